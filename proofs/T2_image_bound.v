(** * T2_image_bound.v: the deterministic part of the bound on one image
    (page T2.image-bound.md). The probability that the event below occurs is not
    formalised; what follows from it is. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T2_steps T2 T2_rank_error.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Minkowski without roots: |x|^2 <= a^2 and |y|^2 <= b^2 give |x - y|^2 <= (a + b)^2.
    Assumes: a >= 0, b >= 0, |x|^2 <= a^2, |y|^2 <= b^2. *)
Theorem norm_of_difference (R : realFieldType) m n (x y : 'M[R]_(m, n)) a b :
  0 <= a -> 0 <= b -> sqnorm x <= a ^+ 2 -> sqnorm y <= b ^+ 2 ->
  sqnorm (x - y) <= (a + b) ^+ 2.
Proof.
move=> a0 b0 xa yb; have xy : - dot x y <= a * b.
  have ab0 := mulr_ge0 a0 b0; have [|pos] := lerP (- dot x y) 0; first by move/le_trans; apply.
  rewrite -ler_sqr ?nnegrE //; last exact: ltW.
  rewrite sqrrN exprMn; apply: le_trans (cauchy_schwarz _ _) _.
  by apply: ler_pmul; rewrite ?sqnorm_ge0.
rewrite dotBl !dotBr (dotC y x) square_difference sqrrD -[X in _ <= X]addrA [X in _ <= X]addrCA addrC.
rewrite -mulrN mulr2n -[1 + 1]/(2%:R) mulr_natl; apply: ler_add.
  by rewrite -mulr2n ler_muln2r //= xy.
exact: ler_add.
Qed.

(** On the event |(I - Pi) w_0|^2 <= S^2, with E^2 >= |(I - Pi) e|^2, every image
    whose patches have |(I - Pi) q|^2 <= m has a sum of squared errors of at most
    M m (S + E)^2. S^2 = sigma^2 chi^2 gives (1) of the page, after division by M C.
    Assumes: S >= 0, E >= 0, |(I - Pi) w_0|^2 <= S^2, |(I - Pi) e|^2 <= E^2, |(I - Pi) q|^2 <= m. *)
Theorem image_bound_on_event (R : realFieldType) N M d C (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d))
    (e w0 : 'M[R]_(d, C)) S E m :
  let rest := 1%:M - pinv P *m P in
  0 <= S -> 0 <= E -> sqnorm (rest *m w0) <= S ^+ 2 -> sqnorm (rest *m e) <= E ^+ 2 ->
  0 <= m -> (forall i, sqnorm (row i Q *m rest) <= m) ->
  squared_error Q (e + rest *m (w0 - e)) e <= M%:R * m * (S + E) ^+ 2.
Proof.
move=> rest S0 E0 wS eE m0 Qm; apply: le_trans (per_image_bound e w0 Qm) _.
apply: ler_wpmul2l; first by rewrite mulr_ge0 ?ler0n.
by rewrite mulmxBr; exact: norm_of_difference.
Qed.

(** On the event |(I - Pi)(w_0 - e)|^2 <= rho^2 the same with rho.
    Assumes: |(I - Pi)(w_0 - e)|^2 <= rho^2, |(I - Pi) q|^2 <= m. *)
Theorem image_bound_on_ball (R : realFieldType) N M d C (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d))
    (e w0 : 'M[R]_(d, C)) rho m :
  let rest := 1%:M - pinv P *m P in
  sqnorm (rest *m (w0 - e)) <= rho ^+ 2 ->
  0 <= m -> (forall i, sqnorm (row i Q *m rest) <= m) ->
  squared_error Q (e + rest *m (w0 - e)) e <= M%:R * m * rho ^+ 2.
Proof.
move=> rest h m0 Qm; apply: le_trans (per_image_bound e w0 Qm) _.
by apply: ler_wpmul2l h; rewrite mulr_ge0 ?ler0n.
Qed.

(** * T2_uniform_bound.v: one bound for all images (page T2.uniform-bound.md),
    the deterministic part. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T2_steps T2 T2_rank_error T2_image_bound.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** On the event |(I - Pi) w_0|^2 <= S^2, for all images with pixels of size at most
    B simultaneously: sum of the squared errors <= M d B^2 (S + E)^2.
    Assumes: S >= 0, E >= 0, |(I - Pi) w_0|^2 <= S^2, |(I - Pi) e|^2 <= E^2, |pixel| <= B. *)
Theorem uniform_bound_on_event (R : realFieldType) N M d C (P : 'M[R]_(N, d))
    (e w0 : 'M[R]_(d, C)) S E B :
  let rest := 1%:M - pinv P *m P in
  0 <= S -> 0 <= E -> sqnorm (rest *m w0) <= S ^+ 2 -> sqnorm (rest *m e) <= E ^+ 2 ->
  forall Q : 'M[R]_(M, d), (forall i j, `|Q i j| <= B) ->
  squared_error Q (e + rest *m (w0 - e)) e <= M%:R * (d%:R * B ^+ 2) * (S + E) ^+ 2.
Proof.
move=> rest S0 E0 wS eE Q QB; apply: image_bound_on_event => //.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
by move=> i; apply: patch_size => j; rewrite mxE.
Qed.

(** With m = d C parameters, d (d - r) = (m/C)(m/C - r): the order of the paper's bound.
    Assumes: C <> 0. *)
Theorem order_of_bound (F : fieldType) (C d r m : F) : C != 0 -> m = d * C ->
  d * (d - r) = m * (m / C - r) / C.
Proof. by move=> C0 ->; rewrite mulfK // mulrAC mulfK. Qed.

(** * Cyclic.v: one example, or one image, at a time
    Step t uses block i = order t alone: W <- W - alpha (W X_i - Y_i) X_i^T, where the block X_i
    has one column (an example) or several (the patches of an image), and the
    targets are consistent, Y_i = E X_i. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import Ring.
From Idem Require Import Identities Frobenius PseudoInverse Limits Descent Stability.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Scalars.
Variable R : comRingType.
Add Ring R_ring : (@mk_rt (GRing.Zmodule.sort (GRing.ComRing.zmodType R))
  0 1 +%R *%R (fun x y => x - y) -%R eq
  (@add0r R) (@addrC R) (@addrA R) (@mul1r R) (@mulrC R) (@mulrA R)
  (@mulrDl R) (fun x y => erefl) (@subrr R)).
Lemma decrease_scalars (e a h u b : R) :
  e - a * ((1 + 1) - a * h) * u - (e - a * u - (a * u - a * (a * b))) = a * (a * (h * u - b)).
Proof.
apply: (@addrI R 0).
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
Lemma seen_scalars (h j a s : R) : h * (j * (a * h * s)) = a * (h * h) * (j * s).
Proof.
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
apply: (@addrI R 0); ring.
Qed.
Lemma weighted_scalars (w a b c : R) :
  (1 + w) * (w * a + b) - w * (a - c - (c - b)) = w * (w * a) + w * c + (w * c + b).
Proof.
apply: (@addrI R 0).
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
Lemma odd_scalars (s u : R) :
  s + (1 + (1 + (1 + (1 + 1))) * u) + (u + 1) = s + u + ((1 + 1) * ((1 + 1) * u) + (1 + 1)).
Proof.
apply: (@addrI R 0).
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
Lemma next_square (u : R) : (1 + 1) * (u * u) + ((1 + 1) * ((1 + 1) * u) + (1 + 1)) = (1 + 1) * ((u + 1) * (u + 1)).
Proof.
apply: (@addrI R 0).
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
End Scalars.

Fixpoint one_at_a_time (R : comRingType) k d m n (alpha : R) (X : 'I_n -> 'M[R]_(d, m))
    (Y : 'I_n -> 'M[R]_(k, m)) (order : nat -> 'I_n) (W0 : 'M[R]_(k, d)) (t : nat) : 'M[R]_(k, d) :=
  if t is u.+1 then
    let W := one_at_a_time alpha X Y order W0 u in
    W - alpha *: ((W *m X (order u) - Y (order u)) *m (X (order u))^T)
  else W0.

(** The product of the factors I - alpha X_i X_i^T in the order of the steps. *)
Fixpoint step_product (R : comRingType) d m n (alpha : R) (X : 'I_n -> 'M[R]_(d, m))
    (order : nat -> 'I_n) (t : nat) : 'M[R]_d :=
  if t is u.+1 then
    step_product alpha X order u *m (1%:M - alpha *: (X (order u) *m (X (order u))^T))
  else 1%:M.

Lemma one_at_a_time_path (R : comRingType) k d m n (alpha : R) (X : 'I_n -> 'M[R]_(d, m)) Y order
    (W0 E : 'M[R]_(k, d)) t : (forall i, E *m X i = Y i) ->
  one_at_a_time alpha X Y order W0 t - E = (W0 - E) *m step_product alpha X order t.
Proof.
move=> EX; elim: t => [|t IH] /=; first by rewrite mulmx1.
rewrite mulmxA -IH; move: (one_at_a_time _ _ _ _ _ _) => W.
by rewrite -EX -mulmxBl addrAC mulmxBr mulmx1 -scalemxAr mulmxA.
Qed.

Lemma dot_suml (R : comRingType) k d j (Z : 'I_j -> 'M[R]_(k, d)) B :
  dot (\sum_l Z l) B = \sum_l dot (Z l) B.
Proof. by rewrite /dot mulmx_suml raddf_sum. Qed.

Lemma sqnorm_sum_le (R : realFieldType) k d j (Z : 'I_j -> 'M[R]_(k, d)) :
  sqnorm (\sum_l Z l) <= j%:R * \sum_l sqnorm (Z l).
Proof.
rewrite -(@ler_pmul2l _ 2%:R) ?ltr0n // dot_suml mulr_sumr.
have le l : 2%:R * dot (Z l) (\sum_l' Z l') <= \sum_l' (sqnorm (Z l) + sqnorm (Z l')).
  rewrite dotC dot_suml mulr_sumr; apply: ler_sum => l' _.
  have := sqnorm_ge0 (Z l - Z l'); rewrite dotBl !dotBr (dotC (Z l')).
  by rewrite square_difference subr_ge0.
apply: le_trans (ler_sum _ (fun l _ => le l)) _.
have row l : \sum_l' (sqnorm (Z l) + sqnorm (Z l')) = j%:R * sqnorm (Z l) + \sum_l' sqnorm (Z l').
  by rewrite big_split /= sumr_const card_ord mulr_natl.
under eq_bigr do rewrite row.
rewrite big_split /= -mulr_sumr sumr_const card_ord.
by rewrite -(mulr_natl (\sum_l sqnorm (Z l)) j) [2%:R]mulr2n mulrDl mul1r.
Qed.

(** A difference by its parts, with weights 1 and w. *)
Lemma sqnorm_sub_weighted (R : realFieldType) k d (w : R) (A B : 'M[R]_(k, d)) :
  w * sqnorm (A - B) <= (1 + w) * (w * sqnorm A + sqnorm B).
Proof.
rewrite -subr_ge0 dotBl !dotBr (dotC B A) weighted_scalars.
by have := sqnorm_ge0 (w *: A + B); rewrite dotDl !dotDr !dotZl !dotZr (dotC B A).
Qed.

(** The first T odd numbers 1 + 4 j add up to 2 T^2 - T. *)
Lemma sum_of_odd (R : comRingType) T : \sum_(j < T) (1 + 4%:R * j%:R) + T%:R = 2%:R * (T%:R * T%:R) :> R.
Proof.
elim: T => [|T IH]; first by rewrite big_ord0 addr0 mulr0 mulr0.
have -> : T.+1%:R = T%:R + 1 :> R by rewrite -addn1 natrD.
rewrite big_ord_recr /=; move: IH; move: (\sum_(j < T) _) => s IH.
have -> : s + (1 + 4%:R * T%:R) + (T%:R + 1) = s + T%:R + (2%:R * (2%:R * T%:R) + 2%:R) by exact: odd_scalars.
by rewrite IH; exact: next_square.
Qed.

Section Convergence.
Variables (R : archiFieldType) (k d m n T : nat) (alpha low high : R).
Variables (X : 'I_n -> 'M[R]_(d, m)) (order : nat -> 'I_n) (P : 'M[R]_d) (E W0 : 'M[R]_(k, d)).
Hypotheses (P_sym : P^T = P) (P_idem : P *m P = P) (PX : forall i, P *m X i = X i).
Hypotheses (alpha0 : 0 < alpha) (low0 : 0 < low).
Hypothesis lower : forall v : 'M[R]_(k, d), v *m P = v -> low * sqnorm v <= \sum_i sqnorm (v *m X i).
Hypothesis upper : forall i, bounds_curvature (X i) high.
Hypothesis stable : alpha * high < 2%:R.
Hypothesis T0 : (0 < T)%N.
Hypothesis recur : forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i.

Let Y i := E *m X i.
Let limit := E + (W0 - E) *m (1%:M - P).
Let err t := one_at_a_time alpha X Y order W0 t - limit.
Let U t := err t *m X (order t).

Local Fact limitX (i : 'I_n) : limit *m X i = Y i.
Proof. by rewrite mulmxDl -mulmxA [(1%:M - P) *m _]mulmxBl mul1mx PX subrr mulmx0 addr0. Qed.

Local Fact errS t : err t.+1 = err t - alpha *: (U t *m (X (order t))^T).
Proof. by rewrite /err /= -(limitX (order t)) -mulmxBl addrAC. Qed.

Local Fact errP t : err t *m P = err t.
Proof.
elim: t => [|t IH]; last first.
  rewrite errS mulmxBl IH -scalemxAl -mulmxA; congr (_ - _ *: (_ *m _)).
  by rewrite -{1}P_sym -trmx_mul PX.
have -> : err 0 = (W0 - E) *m P.
  by rewrite /err /limit /= opprD addrA mulmxBr mulmx1 opprB addrC subrK.
by rewrite -mulmxA P_idem.
Qed.

Let gap := 2%:R - alpha * high.
Local Fact gap0 : 0 < gap. Proof. by rewrite subr_gt0. Qed.
Local Fact high0 (i : 'I_n) : 0 <= high. Proof. by case: (upper i). Qed.

Local Fact decrease t : sqnorm (err t.+1) + alpha * gap * sqnorm (U t) <= sqnorm (err t).
Proof.
rewrite errS; set A := U t *m _.
have VA : dot (err t) A = sqnorm (U t) by rewrite /A dotC dot_adj trmxK dotC.
have A_le : sqnorm A <= high * sqnorm (U t) by apply: curvature_boundT.
have key (e A' : 'M[R]_(k, d)) u : dot e A' = u -> sqnorm A' <= high * u ->
    sqnorm (e - alpha *: A') + alpha * gap * u <= sqnorm e.
  move=> eA le; rewrite dotBl !dotBr !dotZl !dotZr (dotC A') eA -ler_subr_addr -subr_ge0.
  have -> : sqnorm e - alpha * gap * u - (sqnorm e - alpha * u - (alpha * u - alpha * (alpha * sqnorm A')))
      = alpha * (alpha * (high * u - sqnorm A')) by rewrite /gap; exact: decrease_scalars.
  by rewrite !mulr_ge0 ?subr_ge0 // ltW.
exact: key VA A_le.
Qed.

(** The distance to the limit never grows. *)
Lemma one_at_a_time_shrinks t u : sqnorm (err (t + u)%N) <= sqnorm (err t).
Proof.
elim: u => [|u IH]; first by rewrite addn0.
rewrite addnS; apply: le_trans IH; apply: le_trans (decrease _).
by rewrite ler_addl !mulr_ge0 ?sqnorm_ge0 // ltW ?gap0.
Qed.

(** The sum of the |U|^2 over a window is bounded by the decrease. *)
Local Fact window t u :
  (sqnorm (err (t + u)%N) + alpha * gap * (\sum_(l < u) sqnorm (U (t + l)%N)) <= sqnorm (err t))%R.
Proof.
elim: u => [|u IH]; first by rewrite addn0 big_ord0 mulr0 addr0.
rewrite big_ord_recr /= mulrDr addnS; apply: le_trans IH.
rewrite addrCA [X in _ <= X]addrC ler_add2l; exact: decrease.
Qed.

Local Fact unroll t u :
  err t - err (t + u)%N = \sum_(l < u) (alpha *: (U (t + l)%N *m (X (order (t + l)%N))^T)).
Proof.
elim: u => [|u IH]; first by rewrite addn0 subrr big_ord0.
by rewrite big_ord_recr /= -IH addnS errS opprB addrA addrAC.
Qed.

Let S t := \sum_(l < T) sqnorm (U (t + l)%N).

Local Fact S0 t : 0 <= S t.
Proof. by apply: sumr_ge0 => l _; exact: sqnorm_ge0. Qed.

Local Fact part t u : (u <= T)%N -> \sum_(l < u) sqnorm (U (t + l)%N) <= S t.
Proof.
move=> uT; rewrite /S (big_ord_widen T (fun l => sqnorm (U (t + l)%N))) //.
by rewrite big_mkcond /=; apply: ler_sum => l _; case: ifP => // _; exact: sqnorm_ge0.
Qed.

(** What the steps before step t + j changed, seen by any example. *)
Local Fact moved t j i : sqnorm ((err (t + j)%N - err t) *m X i) <= 4%:R * (j%:R * \sum_(l < j) sqnorm (U (t + l)%N)).
Proof.
have h0 := high0 i; have a0 := ltW alpha0.
apply: (@le_trans _ _ (high * (j%:R * \sum_(l < j) (alpha ^+ 2 * (high * sqnorm (U (t + l)%N)))))).
  apply: le_trans (curvature_boundM _ (upper i)) _; apply: ler_wpmul2l => //.
  have -> : sqnorm (err (t + j)%N - err t) = sqnorm (err t - err (t + j)%N).
    by rewrite -opprB dotNl dotNr opprK.
  rewrite unroll; apply: le_trans (sqnorm_sum_le _) _; apply: ler_wpmul2l; first exact: ler0n.
  apply: ler_sum => l _; rewrite dotZl dotZr mulrA -expr2; apply: ler_wpmul2l; first exact: sqr_ge0.
  by apply: curvature_boundT.
have -> : \sum_(l < j) (alpha ^+ 2 * (high * sqnorm (U (t + l)%N))) = alpha ^+ 2 * high * \sum_(l < j) sqnorm (U (t + l)%N).
  by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mulrA.
have ah : (alpha * high) ^+ 2 <= 4%:R.
  have -> : 4%:R = 2%:R ^+ 2 :> R by rewrite -natrX.
  by rewrite ler_sqr ?nnegrE ?ler0n ?mulr_ge0 // ltW.
rewrite seen_scalars -[high * high]expr2 -exprMn; apply: ler_wpmul2r ah.
by rewrite mulr_ge0 ?ler0n //; apply: sumr_ge0 => l _; exact: sqnorm_ge0.
Qed.

(** The example of step t + j has a small residual at the start of the window, against the residuals met on the way. *)
Local Fact seen t j : (j < T)%N -> sqnorm (err t *m X (order (t + j)%N)) <= (1 + 4%:R * j%:R) * S t.
Proof.
move=> jT; case: (posnP j) => [->|j0].
  rewrite addn0 mulr0 addr0 mul1r; apply: le_trans (part t T0).
  by rewrite big_ord_recl big_ord0 addr0 addn0.
set i := order _; set w : R := 4%:R * j%:R; have w0 : 0 < w by rewrite mulr_gt0 ?ltr0n.
have -> : err t *m X i = U (t + j)%N - (err (t + j)%N - err t) *m X i.
  by rewrite /U -/i; move: (err t) (err (t + j)%N) => e1 e2; rewrite mulmxBl opprB addrC subrK.
rewrite -(ler_pmul2l w0); apply: le_trans (sqnorm_sub_weighted _ _ _) _; rewrite mulrCA.
apply: ler_wpmul2l; first by rewrite addr_ge0 ?ler01 // ltW.
apply: le_trans (ler_wpmul2l (ltW w0) (part t jT)); rewrite big_ord_recr /= mulrDr addrC ler_add2r.
by apply: le_trans (moved _ _ _) _; rewrite mulrA.
Qed.

(** Every example is one of those of a window. *)
Local Fact covered b (f : 'I_n -> R) : (forall i, 0 <= f i) -> \sum_i f i <= \sum_(j < T) f (order (b * T + j)%N).
Proof.
move=> f0; rewrite [X in _ <= X](partition_big (fun j : 'I_T => order (b * T + j)%N) xpredT) //=.
apply: ler_sum => i _; have [j [jT oj]] := recur b i.
rewrite (bigD1 (Ordinal jT)) /= ?oj ?eqxx // ler_addl.
by apply: sumr_ge0.
Qed.

Let C : R := 2%:R * T%:R ^+ 2.
Local Fact C0 : 0 < C.
Proof. by rewrite /C mulr_gt0 ?exprn_gt0 ?ltr0n. Qed.

Let q2 := 1 - alpha * gap * low / C.

(** The rate per window: |W_((b+1)T) - W*|^2 <= q^2 |W_(bT) - W*|^2. *)
Local Fact window_rate b : sqnorm (err (b.+1 * T)%N) <= q2 * sqnorm (err (b * T)%N).
Proof.
rewrite mulrBl mul1r ler_subr_addr mulSn addnC; apply: le_trans (window (b * T)%N T).
rewrite ler_add2l -/(S (b * T)%N) -!mulrA ler_pmul2l // ler_pmul2l ?gap0 // mulrCA ler_pdivr_mull ?C0 //.
apply: le_trans (lower (errP _)) _.
apply: le_trans (covered b (fun i => sqnorm_ge0 (err (b * T)%N *m X i))) _.
apply: le_trans (ler_sum _ (fun j _ => seen (b * T)%N (ltn_ord j))) _.
rewrite -mulr_suml; apply: ler_wpmul2r; first exact: S0.
by rewrite /C expr2 -sum_of_odd ler_addl ler0n.
Qed.

Theorem one_at_a_time_rate b : sqnorm (err (b * T)%N) <= q2 ^+ b * sqnorm (err 0).
Proof.
have [q0|q0] := lerP 0 q2.
  elim: b => [|b IH]; first by rewrite mul0n expr0 mul1r.
  by apply: le_trans (window_rate b) _; rewrite exprS -mulrA ler_wpmul2l.
have e0 : sqnorm (err 0) = 0.
  apply/eqP; rewrite eq_le sqnorm_ge0 andbT -(nmulr_rge0 _ q0).
  by apply: le_trans (window_rate 0); exact: sqnorm_ge0.
by have := one_at_a_time_shrinks 0 (b * T)%N; rewrite add0n e0 mulr0.
Qed.

Let rate := Num.max 0 q2.

Local Fact rate01 : 0 <= rate < 1.
Proof.
rewrite le_maxr lexx /= lt_maxl ltr01 gtr_addl oppr_lt0 /=; apply: divr_gt0 C0.
by apply: mulr_gt0 low0; apply: mulr_gt0 alpha0 gap0.
Qed.

Theorem one_at_a_time_converges : tends_to (one_at_a_time alpha X Y order W0) limit.
Proof.
have win b : sqnorm (err (b * T)%N) <= rate ^+ b * sqnorm (err 0).
  elim: b => [|b IH]; first by rewrite mul0n expr0 mul1r.
  apply: le_trans (window_rate b) _; rewrite exprS -mulrA.
  apply: (@le_trans _ _ (rate * sqnorm (err (b * T)%N))).
    by rewrite ler_wpmul2r ?sqnorm_ge0 // le_maxr lexx orbT.
  by rewrite ler_wpmul2l //; case/andP: rate01.
apply: (@tends_to_geometric _ _ _ _ _ (sqnorm (err 0)) rate T) => //.
- exact: sqnorm_ge0.
- exact: rate01.
move=> t; apply: le_trans (win (t %/ T)%N).
by have := one_at_a_time_shrinks (t %/ T * T)%N (t %% T)%N; rewrite -divn_eq.
Qed.
End Convergence.

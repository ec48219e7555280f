(** * T1_cyclic.v: one example at a time (page T1.cyclic.md)
    Step t uses the example order(t) alone: W <- W - alpha (W x_i - y_i) x_i^T. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Cyclic Gradients.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Every step is one of gradient descent on the loss (c/2)|W x_i - y_i|^2 of its example alone, with alpha = eta c.
    Assumes: nothing. *)
Theorem single_example_step_is_gradient_step (R : realFieldType) k d n (eta c : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (order : nat -> 'I_n) (W0 : 'M[R]_(k, d)) t :
  let x := col (order t) X in let y := col (order t) Y in
  let W := one_at_a_time (eta * c) (fun i => col i X) (fun i => col i Y) order W0 in
  W t.+1 = W t - eta *: gradient c 0 x y (W t) /\ has_gradient (loss c 0 x y) (W t) (gradient c 0 x y (W t)).
Proof.
move=> x y W; split; last exact: gradient_is_gradient.
by rewrite /gradient scale0r addr0 scalerA.
Qed.

(** (a) Exact path for every order and every alpha: W_t = W* + (W_0 - W* ) times the product of the
    I - alpha x_i x_i^T, for every W* with W* x_i = y_i for all i.
    Assumes: W* X = Y. *)
Theorem cyclic_exact_path (R : comRingType) k d n (alpha : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (order : nat -> 'I_n) (W0 star : 'M[R]_(k, d)) t : star *m X = Y ->
  one_at_a_time alpha (fun i => col i X) (fun i => col i Y) order W0 t
  = star + (W0 - star) *m step_product alpha (fun i => col i X) order t.
Proof.
move=> EX; apply/eqP; rewrite addrC -subr_eq; apply/eqP.
by apply: one_at_a_time_path => i; rewrite -EX !colE mulmxA.
Qed.

(** What no example contains is never touched, whatever the targets, the order and alpha; Z = I - X X^+ is one such matrix.
    Assumes: X^T Z = 0. *)
Theorem cyclic_complement_is_kept (R : comRingType) k d n m (alpha : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (order : nat -> 'I_n) (W0 : 'M[R]_(k, d)) (Z : 'M[R]_(d, m)) t : X^T *m Z = 0 ->
  one_at_a_time alpha (fun i => col i X) (fun i => col i Y) order W0 t *m Z = W0 *m Z.
Proof.
move=> XZ; elim: t => //= t IH; rewrite mulmxBl IH -scalemxAl -mulmxA.
by rewrite tr_col -row_mul XZ row0 mulmx0 scaler0 subr0.
Qed.

Lemma examples_are_blocks (R : realFieldType) k d n (s : R) (X : 'M[R]_(d, n)) :
  0 <= s -> (forall i, sqnorm (col i X) <= s) ->
  [/\ forall i, X *m pinv X *m col i X = col i X, forall i, bounds_curvature (col i X) s
    & forall v : 'M[R]_(k, d), sqnorm (v *m X) = \sum_i sqnorm (v *m col i X)].
Proof.
move=> s0 Xs; have [XXX _ _ _] := pinvP X; split=> [i|i|v].
- by rewrite colE mulmxA XXX.
- split=> // v; rewrite mulrC; apply: le_trans (sqnormM_le _ _) _.
  by rewrite ler_wpmul2l ?sqnorm_ge0.
rewrite -sqnorm_tr sqnorm_rows.
by apply: eq_bigr => i _; rewrite -tr_col sqnorm_tr !colE mulmxA.
Qed.

(** (b) The rate: if every window of T steps contains every example, then |W_(bT) - W*|^2 <= q^(2b) |W_0 - W*|^2 with
    q^2 = 1 - alpha (2 - alpha s) low / (2 T^2), and the distance never grows in between. [low] is any lower bound of the
    non-zero eigenvalues of X X^T.
    Assumes: Y = E X (consistent targets), alpha > 0, |x_i|^2 <= s for all i, alpha s < 2, low |v|^2 <= |v X|^2 for all v in the span of the examples, T > 0, every example occurs in each window from b T to (b + 1) T. *)
Theorem cyclic_rate (R : archiFieldType) k d n T (alpha s low : R) (X : 'M[R]_(d, n))
    (E W0 : 'M[R]_(k, d)) (order : nat -> 'I_n) :
  0 < alpha -> 0 <= s -> (forall i, sqnorm (col i X) <= s) -> alpha * s < 2%:R ->
  (forall v : 'M[R]_(k, d), v *m (X *m pinv X) = v -> low * sqnorm v <= sqnorm (v *m X)) -> (0 < T)%N ->
  (forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i) ->
  let W := one_at_a_time alpha (fun i => col i X) (fun i => E *m col i X) order W0 in
  let star := E *m X *m pinv X + W0 *m (1%:M - X *m pinv X) in
  (forall b, sqnorm (W (b * T)%N - star)
    <= (1 - alpha * (2%:R - alpha * s) * low / (2%:R * T%:R ^+ 2)) ^+ b * sqnorm (W0 - star))
  /\ forall t u, sqnorm (W (t + u)%N - star) <= sqnorm (W t - star).
Proof.
move=> a0 s0 Xs stable lower T0 recur W star; rewrite /star consistent_limit.
have [XXX XpXXp s1 s2] := pinvP X; have [PX upper sums] := examples_are_blocks k s0 Xs.
have lower' (v : 'M[R]_(k, d)) : v *m (X *m pinv X) = v -> low * sqnorm v <= \sum_i sqnorm (v *m col i X).
  by move=> vP; rewrite -sums; exact: lower.
have idem : X *m pinv X *m (X *m pinv X) = X *m pinv X by rewrite mulmxA XXX.
split=> [b|t u].
  exact: (@one_at_a_time_rate _ _ _ _ _ T alpha low s (fun i => col i X) order (X *m pinv X) E W0 s1 idem PX a0 lower' upper stable T0 recur b).
exact: (@one_at_a_time_shrinks _ _ _ _ _ alpha s (fun i => col i X) order (X *m pinv X) E W0 PX a0 upper stable t u).
Qed.

(** (b) If every window of T steps contains every example, single-example steps reach the limit of
    full-batch training, Y X^+ + W_0 (I - X X^+). Cyclic order is T = n, a new random order in every
    epoch too.
    Assumes: Y = E X (consistent targets), alpha > 0, |x_i|^2 <= s for all i, alpha s < 2, T > 0, every example occurs in each window from b T to (b + 1) T. *)
Theorem cyclic_converges (R : archiFieldType) k d n T (alpha s : R) (X : 'M[R]_(d, n))
    (E W0 : 'M[R]_(k, d)) (order : nat -> 'I_n) :
  0 < alpha -> 0 <= s -> (forall i, sqnorm (col i X) <= s) -> alpha * s < 2%:R -> (0 < T)%N ->
  (forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i) ->
  tends_to (one_at_a_time alpha (fun i => col i X) (fun i => E *m col i X) order W0)
           (E *m X *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof.
move=> a0 s0 Xs stable T0 recur; rewrite consistent_limit.
have [XXX XpXXp s1 s2] := pinvP X; have [PX upper sums] := examples_are_blocks k s0 Xs.
apply: (@one_at_a_time_converges _ _ _ _ _ T alpha (lower_curvature X) s) => //.
- by rewrite mulmxA XXX.
- exact: lower_curvature_gt0.
by move=> v vP; rewrite -sums; exact: lower_curvatureM.
Qed.

(** The order 1, 2, ..., n, 1, 2, ... has this property with T = n.
    Assumes: n > 0. *)
Theorem cyclic_order_recurs n b (i : 'I_n.+1) :
  exists j, (j < n.+1)%N /\ (inord ((b * n.+1 + j) %% n.+1) : 'I_n.+1) = i.
Proof.
exists i; split; first exact: ltn_ord.
by apply: val_inj; rewrite /= modnMDl modn_small ?ltn_ord // inordK ?ltn_ord.
Qed.

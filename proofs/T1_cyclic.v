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
have [XXX XpXXp s1 s2] := pinvP X.
apply: (@one_at_a_time_converges _ _ _ _ _ T alpha (lower_curvature X) s) => //.
- by rewrite mulmxA XXX.
- by move=> i; rewrite colE mulmxA XXX.
- exact: lower_curvature_gt0.
- move=> v vP; apply: le_trans (lower_curvatureM vP) _.
  rewrite -sqnorm_tr sqnorm_rows le_eqVlt; apply/orP; left; apply/eqP.
  by apply: eq_bigr => i _; rewrite -tr_col sqnorm_tr !colE mulmxA.
move=> i; split=> // v; rewrite mulrC; apply: le_trans (sqnormM_le _ _) _.
by rewrite ler_wpmul2l ?sqnorm_ge0.
Qed.

(** The order 1, 2, ..., n, 1, 2, ... has this property with T = n.
    Assumes: n > 0. *)
Theorem cyclic_order_recurs n b (i : 'I_n.+1) :
  exists j, (j < n.+1)%N /\ (inord ((b * n.+1 + j) %% n.+1) : 'I_n.+1) = i.
Proof.
exists i; split; first exact: ltn_ord.
by apply: val_inj; rewrite /= modnMDl modn_small ?ltn_ord // inordK ?ltn_ord.
Qed.

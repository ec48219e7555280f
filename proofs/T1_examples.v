(** * T1_examples.v: several examples (page T1.examples.md)
    The examples are the columns of X, of any rank and number; the targets Y may
    be inconsistent. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** What training follows is the derivative of the loss (c/2)|W X - Y|^2 + (omega/2)|W|^2.
    Assumes: nothing. *)
Theorem examples_gradient_is_gradient (R : realFieldType) k d n (c omega : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W : 'M[R]_(k, d)) :
  has_gradient (loss c omega X Y) W (gradient c omega X Y W).
Proof. exact: gradient_is_gradient. Qed.

(** The t-th power of a square matrix of any width. *)
Definition power (R : comRingType) d (A : 'M[R]_d) t : 'M[R]_d := iter t (mulmx A) 1%:M.

Lemma powerSr (R : comRingType) d (A : 'M[R]_d) t : power A t.+1 = power A t *m A.
Proof.
rewrite /power; elim: t => [|t IH]; first by rewrite /= mulmx1 mul1mx.
by rewrite iterS {1}IH mulmxA.
Qed.

(** Where such matrices form a ring, it is the power of that ring. *)
Lemma power_in_ring (R : comRingType) d (A : 'M[R]_d.+1) t : power A t = A ^+ t.
Proof. by elim: t => [|t IH]; [rewrite expr0 | rewrite exprSr -mulmxE -IH powerSr]. Qed.

(** Closed form: W_t = W* + (W_0 - W* )(I - alpha X X^T)^t for every t and every
    stationary point W*; Y X^+ + W_0 (I - X X^+) is one.
    Assumes: gradient(W* ) = 0. *)
Theorem examples_closed_form (R : comRingType) k d n (eta c : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) t :
  gradient c 0 X Y fixed = 0 ->
  gradient_descent eta (gradient c 0 X Y) W0 t
  = fixed + (W0 - fixed) *m power (1%:M - (eta * c) *: (X *m X^T)) t.
Proof.
move=> st; apply/eqP; rewrite addrC -subr_eq; apply/eqP.
elim: t => [|t IH]; first by rewrite mulmx1.
rewrite /gradient_descent iterS -/(gradient_descent _ _ _ _) (gradient_around _ st).
rewrite addrAC IH /curvature raddf0 addr0 powerSr mulmxA; move: (_ *m power _ t) => E.
by rewrite mulmxBr mulmx1 -!scalemxAr scalerA.
Qed.

(** W* = Y X^+ + W_0 (I - X X^+) is such a point.
    Assumes: nothing. *)
Theorem least_squares_point_is_stationary (R : archiFieldType) k d n (c : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  gradient c 0 X Y (Y *m pinv X + W0 *m (1%:M - X *m pinv X)) = 0.
Proof. exact: least_squares_limit_stationary. Qed.

(** No weights have a smaller loss: W* minimises (c/2)|W X - Y|^2.
    Assumes: c >= 0. *)
Theorem least_squares_point_minimises (R : archiFieldType) k d n (c : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 W : 'M[R]_(k, d)) : 0 <= c ->
  loss c 0 X Y (Y *m pinv X + W0 *m (1%:M - X *m pinv X)) <= loss c 0 X Y W.
Proof.
move=> c0; set star := _ + _; have -> : W = star + (W - star) by rewrite addrC subrK.
have z (H : 'M[R]_(k, d)) : dot 0 H = 0 by rewrite /dot mul0mx linear0.
have g0 : gradient c 0 X Y star = 0 := least_squares_point_is_stationary c X Y W0.
have -> : loss c 0 X Y (star + (W - star))
    = loss c 0 X Y star + (c / 2%:R * sqnorm ((W - star) *m X) + 0 / 2%:R * sqnorm (W - star)).
  rewrite loss_expansion -[in RHS](addr0 (loss _ _ _ _ star)); congr (_ + _ + _).
  exact: etrans (congr1 (fun G => dot G (W - star)) g0) (z _).
by rewrite ler_addl !mul0r addr0 mulr_ge0 ?sqnorm_ge0 // divr_ge0 ?ler0n.
Qed.

(** Mode by mode: along an eigenvector u of X X^T with eigenvalue lambda the error
    is multiplied by (1 - alpha lambda)^t.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u. *)
Theorem examples_mode (R : comRingType) k d n (eta c lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t :
  gradient c 0 X Y fixed = 0 -> X *m X^T *m u = lambda *: u ->
  (gradient_descent eta (gradient c 0 X Y) W0 t - fixed) *m u
  = (1 - eta * c * lambda) ^+ t *: ((W0 - fixed) *m u).
Proof.
move=> st Xu; rewrite gradient_descent_is_heavy_ball heavy_ball_is_momentum.
have Au : curvature c 0 X *m u = (c * lambda) *: u.
  by rewrite /curvature raddf0 addr0 -scalemxAl Xu scalerA.
have := path_mode eta 0 0 W0 (fun theta => gradient_around theta st) t Au.
by rewrite -heavy_ball_residualE residual_without_momentum mulrA.
Qed.

(** Convergence to Y X^+ + W_0 (I - X X^+).
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of X X^T (for instance the largest one), eta c L < 2. *)
Theorem examples_converge (R : archiFieldType) k d n (eta c L : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 < c -> 0 < eta -> bounds_curvature X L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (gradient c 0 X Y) W0)
           (Y *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof.
move=> c0 eta0 XL stable.
apply: (tends_to_eq (u := momentum eta 0 (gradient c 0 X Y) 0 W0)).
  by move=> t; rewrite gradient_descent_is_heavy_ball heavy_ball_is_momentum.
apply: (least_squares_converges (L := L)) => //; first exact: ltr01.
by rewrite mulr0 !addr0 !mulr1 mulrA.
Qed.

(** On the identity task the limit is Pi + W_0 (I - Pi), Pi = X X^+.
    Assumes: as for the convergence. *)
Corollary examples_converge_identity_task (R : archiFieldType) d n (eta c L : R)
    (X : 'M[R]_(d, n)) (W0 : 'M[R]_d) :
  0 < c -> 0 < eta -> bounds_curvature X L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (gradient c 0 X X) W0)
           (X *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof. exact: examples_converge. Qed.

(** W* is the stationary point closest to W_0.
    Assumes: c <> 0, gradient(W) = 0. *)
Theorem limit_is_closest (R : archiFieldType) k d n (c : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 W : 'M[R]_(k, d)) : c != 0 -> gradient c 0 X Y W = 0 ->
  let star := Y *m pinv X + W0 *m (1%:M - X *m pinv X) in
  sqnorm (W - W0) = sqnorm (W - star) + sqnorm (star - W0).
Proof.
move=> c0 gW star; have [XXX XpXXp s1 s2] := pinvP X.
have WX : (W - star) *m X = 0.
  have : (W - star) *m curvature c 0 X = 0.
    by rewrite -(gradient_around W (least_squares_limit_stationary c X Y W0)).
  rewrite /curvature raddf0 addr0 -scalemxAr => /eqP; rewrite scaler_eq0 (negPf c0) /= => /eqP h.
  apply: sqnorm_eq0; rewrite dot_adj -mulmxA h.
  by rewrite /dot trmx0 mulmx0 linear0.
have -> : W - W0 = (W - star) + (star - W0) by rewrite addrA subrK.
have pythagoras (a b : 'M[R]_(k, d)) : dot a b = 0 -> sqnorm (a + b) = sqnorm a + sqnorm b.
  by move=> ab; rewrite dotDl !dotDr (dotC b a) ab addr0 add0r.
apply: pythagoras.
have -> : star - W0 = (Y - W0 *m X) *m pinv X.
  rewrite /star mulmxBr mulmx1 mulmxBl mulmxA; move: (Y *m _) (W0 *m _ *m _) => a b.
  by apply/matrixP => i j; rewrite !mxE; exact: closest_entries.
have -> : pinv X = pinv X *m (pinv X)^T *m X^T by rewrite -mulmxA -trmx_mul s1 mulmxA XpXXp.
by rewrite mulmxA -dot_adj WX /dot mul0mx linear0.
Qed.

(** Sharpness: for alpha lambda >= 2 the error along the eigenvector never gets
    smaller than at the start.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u, alpha lambda >= 2. *)
Theorem examples_bound_is_sharp (R : realFieldType) k d n (eta c lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t i :
  gradient c 0 X Y fixed = 0 -> X *m X^T *m u = lambda *: u -> 2%:R <= eta * c * lambda ->
  `|((W0 - fixed) *m u) i 0|
  <= `|((gradient_descent eta (gradient c 0 X Y) W0 t - fixed) *m u) i 0|.
Proof.
move=> st Xu h; rewrite (examples_mode _ _ _ st Xu) [X in _ <= `|X|]mxE normrM normrX.
rewrite ler_pemull // exprn_ege1 // distrC ler_normr; apply/orP; left.
by rewrite ler_subr_addr.
Qed.

(** The hypotheses of every theorem of convergence can be met: for all examples and every c > 0 there are a bound L of the
    eigenvalues and a learning rate in the range of the method, with decay or without.
    Assumes: c > 0, omega >= 0, beta >= 0, p >= 0. *)
Theorem stable_learning_rates_exist (R : realFieldType) d n (beta p c omega : R) (X : 'M[R]_(d, n)) :
  0 < c -> 0 <= omega -> 0 <= beta -> 0 <= p ->
  exists L eta, [/\ bounds_curvature X L, 0 < eta & eta * (c * L + omega) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta)].
Proof.
move=> c0 w0 b0 p0; set L := sqnorm X; have L0 : 0 <= L by exact: sqnorm_ge0.
set m := (c * L + omega) * (1 + 2%:R * beta * p).
have m0 : 0 <= m by rewrite mulr_ge0 // addr_ge0 ?ler01 ?mulr_ge0 ?ler0n // ltW.
have m1 : 0 < m + 1 by rewrite ltr_paddl ?ltr01.
exists L, (m + 1)^-1; split; last 2 first.
- by rewrite invr_gt0.
- rewrite -mulrA -/m mulrC ltr_pdivr_mulr //; apply: (@lt_le_trans _ _ (m + 1)); first by rewrite ltr_addl ltr01.
  by rewrite ler_pemull ?(ltW m1) // mulrDr mulr1 [2%:R]mulr2n -addrA ler_addl addr_ge0 ?ler01 // mulr_ge0 // addr_ge0 ?ler01.
split=> // v; rewrite mulrC; exact: sqnormM_le.
Qed.

(** For instance over the rational numbers: every least-squares problem has a learning rate with which gradient descent converges.
    Assumes: c > 0. *)
Theorem rational_examples_converge k d n (c : rat) (X : 'M[rat]_(d, n)) (Y : 'M[rat]_(k, n)) (W0 : 'M[rat]_(k, d)) :
  0 < c -> exists eta, 0 < eta /\
  tends_to (gradient_descent eta (gradient c 0 X Y) W0) (Y *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof.
move=> c0; have [L [eta [XL eta0 stable]]] := @stable_learning_rates_exist _ _ _ 0 0 c 0 X c0 (lexx _) (lexx _) (lexx _).
exists eta; split=> //; apply: (examples_converge (L := L)) => //.
by move: stable; rewrite !addr0 !mulr1 mulrA.
Qed.

(** * T1_bias.v: a trained bias (page T1.bias.md)
    Weights W and bias b are trained together, with the same learning rate, on
    (c/2) sum_i |W x_i + b - y_i|^2. The pair is the matrix [W, b], the data are
    the inputs with a 1 appended. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients T1_steps T1 T1_examples.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** X with a row of ones below: every example gets a 1 appended. *)
Definition with_one (R : ringType) d n (X : 'M[R]_(d, n)) : 'M[R]_(d + 1, n) :=
  col_mx X (const_mx 1).

(** The output W x + b is [W, b] (x, 1).
    Assumes: nothing. *)
Theorem bias_is_constant_input (R : comRingType) k d n (W : 'M[R]_(k, d)) (b : 'cV[R]_k)
    (X : 'M[R]_(d, n)) :
  row_mx W b *m with_one X = W *m X + b *m const_mx 1.
Proof. by rewrite /with_one mul_row_col. Qed.

(** The derivatives by W and by b of (c/2)|W X + b 1^T - Y|^2. *)
Section Bias.
Variables (R : comRingType) (k d n : nat) (c omega : R).
Variables (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)).

Definition residual_with_bias (W : 'M[R]_(k, d)) (b : 'cV[R]_k) := W *m X + b *m const_mx 1 - Y.
Definition gradient_weights W b : 'M[R]_(k, d) :=
  c *: (residual_with_bias W b *m X^T) + omega *: W.
Definition gradient_bias W b : 'cV[R]_k :=
  c *: (residual_with_bias W b *m (const_mx 1)^T) + omega *: b.

(** The derivatives by W and by b, side by side, are the gradient of the bias-free network on the extended
    data; decay acts on the bias too. Hence every statement about [gradient] (T1.examples,
    T1.decay, T1.heavy-ball, T1.nesterov) holds with [W, b] and the extended data.
    Assumes: nothing. *)
Theorem bias_gradient W b :
  gradient c omega (with_one X) Y (row_mx W b) = row_mx (gradient_weights W b) (gradient_bias W b).
Proof.
rewrite /gradient bias_is_constant_input /with_one tr_col_mx mul_mx_row.
by rewrite !scale_row_mx add_row_mx.
Qed.
End Bias.

Definition loss_with_bias (R : realFieldType) k d n (c omega : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (W : 'M[R]_(k, d)) (b : 'cV[R]_k) :=
  c / 2%:R * sqnorm (residual_with_bias X Y W b) + omega / 2%:R * (sqnorm W + sqnorm b).

(** They are the derivatives of the loss (c/2)|W X + b 1^T - Y|^2 + (omega/2)(|W|^2 + |b|^2): by W and b together,
    and by each while the other is held.
    Assumes: nothing. *)
Theorem bias_gradient_is_gradient (R : realFieldType) k d n (c omega : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (W : 'M[R]_(k, d)) (b : 'cV[R]_k) :
  [/\ has_gradient (fun s => loss_with_bias c omega X Y (lsubmx s) (rsubmx s)) (row_mx W b)
        (row_mx (gradient_weights c omega X Y W b) (gradient_bias c omega X Y W b)),
      has_gradient (fun V => loss_with_bias c omega X Y V b) W (gradient_weights c omega X Y W b)
    & has_gradient (loss_with_bias c omega X Y W) b (gradient_bias c omega X Y W b)].
Proof.
have both : has_gradient (fun s => loss_with_bias c omega X Y (lsubmx s) (rsubmx s)) (row_mx W b)
    (row_mx (gradient_weights c omega X Y W b) (gradient_bias c omega X Y W b)).
  rewrite -bias_gradient; apply: has_gradient_eq (gradient_is_gradient _ _ _ _ _) => s.
  rewrite -{1 2}[s]hsubmxK /loss bias_is_constant_input sqnorm_row_mx.
  by rewrite /loss_with_bias /residual_with_bias !(row_mxKl, row_mxKr).
by have [] := has_gradient_blocks both.
Qed.

(** Training weights and bias together is training the extended network, step by
    step: heavy ball and Nesterov, hence gradient descent (beta = 0) as well.
    Assumes: nothing. *)
Theorem bias_trajectory (R : comRingType) k d n (eta beta c omega p : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) (b0 : 'cV[R]_k) t :
  let both (s : 'M[R]_(k, d + 1)) :=
    row_mx (gradient_weights c omega X Y (lsubmx s) (rsubmx s))
           (gradient_bias c omega X Y (lsubmx s) (rsubmx s)) in
  momentum eta beta both p (row_mx W0 b0) t
  = momentum eta beta (gradient c omega (with_one X) Y) p (row_mx W0 b0) t.
Proof.
move=> both; congr (_.1); apply: eq_iter => s; rewrite /momentum_step.
suff -> : both s.1 = gradient c omega (with_one X) Y s.1 by [].
by rewrite /both -bias_gradient hsubmxK.
Qed.

(** Closed form: theta_t = theta* + (theta_0 - theta* )(I - alpha X X^T)^t with the extended data in place of X, for every t
    and every stationary point theta*, such as the limit below.
    Assumes: gradient(theta* ) = 0. *)
Theorem bias_closed_form (R : comRingType) k d n (eta c : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (theta0 fixed : 'M[R]_(k, d + 1)) t :
  gradient c 0 (with_one X) Y fixed = 0 ->
  gradient_descent eta (gradient c 0 (with_one X) Y) theta0 t
  = fixed + (theta0 - fixed) *m power (1%:M - (eta * c) *: (with_one X *m (with_one X)^T)) t.
Proof. exact: examples_closed_form. Qed.

(** With weight decay, which acts on the bias too, heavy ball (p = 0) and Nesterov (p = 1): along an eigenvector u of the
    extended X X^T with eigenvalue lambda the error is multiplied by the residual polynomial r_t(c lambda + omega).
    Assumes: gradient(theta* ) = 0, the extended X X^T u = lambda u. *)
Theorem bias_mode (R : comRingType) k d n (eta beta p c omega lambda : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (theta0 fixed : 'M[R]_(k, d + 1)) (u : 'cV[R]_(d + 1)) t :
  gradient c omega (with_one X) Y fixed = 0 -> with_one X *m (with_one X)^T *m u = lambda *: u ->
  (momentum eta beta (gradient c omega (with_one X) Y) p theta0 t - fixed) *m u
  = momentum_residual eta beta p (c * lambda + omega) t *: ((theta0 - fixed) *m u).
Proof.
move=> st Xu; apply: (path_mode eta beta p theta0 (fun theta => gradient_around theta st) t).
by rewrite /curvature mulmxDl -scalemxAl Xu mul_scalar_mx scalerA scalerDl.
Qed.

(** Convergence of every method to the limit of T1.examples on the extended data.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of the extended X X^T, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem bias_momentum_converges (R : archiFieldType) k d n (eta beta p c L : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (theta0 : 'M[R]_(k, d + 1)) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_curvature (with_one X) L ->
  eta * (c * L) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (gradient c 0 (with_one X) Y) p theta0)
    (Y *m pinv (with_one X) + theta0 *m (1%:M - with_one X *m pinv (with_one X))).
Proof. by move=> p0 b0 b1 c0 eta0 XL stable; apply: (least_squares_converges (L := L)). Qed.

(** With weight decay on weights and bias: to ridge regression on the extended data, whatever theta_0 is.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, omega > 0, eta > 0, L bounds the eigenvalues of the extended X X^T, eta (c L + omega) (1 + 2 beta p) < 2 (1 + beta). *)
Theorem bias_decay_converges (R : archiFieldType) k d n (eta beta p c omega L : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (theta0 : 'M[R]_(k, d + 1)) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < omega -> 0 < eta -> bounds_curvature (with_one X) L ->
  eta * (c * L + omega) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (gradient c omega (with_one X) Y) p theta0)
    (c *: (Y *m (with_one X)^T) *m invmx (curvature c omega (with_one X))).
Proof. by move=> p0 b0 b1 c0 w0 eta0 XL stable; apply: (ridge_converges (L := L)) => //; exact: ltW. Qed.

(** Convergence, any examples: the limit of T1.examples on the extended data.
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of the extended X X^T, eta c L < 2. *)
Theorem bias_converges (R : archiFieldType) k d n (eta c L : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (theta0 : 'M[R]_(k, d + 1)) :
  0 < c -> 0 < eta -> bounds_curvature (with_one X) L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (gradient c 0 (with_one X) Y) theta0)
    (Y *m pinv (with_one X) + theta0 *m (1%:M - with_one X *m pinv (with_one X))).
Proof. exact: examples_converge. Qed.

(** On the identity task the limit is E + (theta_0 - E)(I - Pi), E = [I, 0].
    Assumes: as for the convergence. *)
Theorem bias_converges_identity_task (R : archiFieldType) d n (eta c L : R) (X : 'M[R]_(d, n))
    (theta0 : 'M[R]_(d, d + 1)) :
  0 < c -> 0 < eta -> bounds_curvature (with_one X) L -> eta * c * L < 2%:R ->
  let E := row_mx 1%:M 0 in
  tends_to (gradient_descent eta (gradient c 0 (with_one X) X) theta0)
    (E + (theta0 - E) *m (1%:M - with_one X *m pinv (with_one X))).
Proof.
move=> c0 eta0 XL stable E; rewrite -consistent_limit.
have -> : E *m with_one X = X by rewrite bias_is_constant_input mul1mx mul0mx addr0.
exact: bias_converges XL stable.
Qed.

(** One example on the identity task, in the limit:
    f(z) = W_0 z + b_0 + (x - W_0 x - b_0) (x.z + 1)/(s + 1).
    Assumes: s + 1 <> 0. *)
Theorem bias_one_example (F : fieldType) d (x z : 'cV[F]_d) (W0 : 'M[F]_d) (b0 : 'cV[F]_d) :
  dot x x + 1 != 0 ->
  one_example_limit (with_one x) x (row_mx W0 b0) *m with_one z
  = W0 *m z + b0 + ((dot x z + 1) / (dot x x + 1)) *: (x - W0 *m x - b0).
Proof.
move=> s0; have one : b0 *m const_mx 1 = b0 :> 'cV[F]_d.
  by apply/matrixP => i j; rewrite !mxE big_ord1 mxE mulr1 (ord1 j).
have ip (u v : 'cV[F]_d) : dot (with_one u) (with_one v) = dot u v + 1 :> F.
  by rewrite -!dot_cV /with_one tr_col_mx mul_row_col mxE; congr (_ + _); rewrite !mxE big_ord1 !mxE mulr1.
rewrite /one_example_limit mulmxDl !bias_is_constant_input !one ip; congr (_ + _).
rewrite -scalemxAl -mulmxA [(with_one x)^T *m _]mx11_scalar dot_cV ip mul_mx_scalar scalerA mulrC.
by rewrite opprD addrA.
Qed.

(** So for z orthogonal to x the output contains x / (s + 1), a piece of the
    constant function.
    Assumes: s + 1 <> 0, x.z = 0. *)
Corollary bias_constant_piece (F : fieldType) d (x z : 'cV[F]_d) (W0 : 'M[F]_d) (b0 : 'cV[F]_d) :
  dot x x + 1 != 0 -> dot x z = 0 ->
  one_example_limit (with_one x) x (row_mx W0 b0) *m with_one z
  = W0 *m z + b0 + (dot x x + 1)^-1 *: (x - W0 *m x - b0).
Proof. by move=> s0 xz; rewrite bias_one_example // xz add0r mul1r. Qed.

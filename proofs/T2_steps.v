(** * T2_steps.v: one-layer CNN after t steps (page T2.steps.md)
    P (N x d) is the patch matrix of one image, or the stack of those of several
    images, one patch per row; the filters are the columns of w (d x C), the
    targets those of y (N x C). The identity task has y = P e with the centre
    selectors e (see Patches.v). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients T1_examples.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** The gradient c P^T (P w - y) + omega w of
    (c/2) |P w - y|^2 + (omega/2)|w|^2. *)
Definition cnn_gradient (R : comRingType) N d C (c omega : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w : 'M[R]_(d, C)) :=
  c *: (P^T *m (P *m w - y)) + omega *: w.

Definition cnn_loss (R : realFieldType) N d C (c omega : R) (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C))
    (w : 'M[R]_(d, C)) := c / 2%:R * sqnorm (P *m w - y) + omega / 2%:R * sqnorm w.

(** It is [gradient] of Trajectory.v with X = P^T, everything transposed: the
    one-layer CNN and the one-layer FCN are the same least-squares problem.
    Assumes: nothing. *)
Theorem cnn_is_fcn_transposed (R : comRingType) N d C (c omega : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w : 'M[R]_(d, C)) :
  (cnn_gradient c omega P y w)^T = gradient c omega P^T y^T w^T.
Proof.
by rewrite /cnn_gradient /gradient linearD !linearZ /= trmx_mul linearB /= trmx_mul trmxK.
Qed.

(** What training follows is the derivative of the loss (c/2)|P w - y|^2 + (omega/2)|w|^2.
    Assumes: nothing. *)
Theorem cnn_gradient_is_gradient (R : realFieldType) N d C (c omega : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w : 'M[R]_(d, C)) :
  has_gradient (cnn_loss c omega P y) w (cnn_gradient c omega P y w).
Proof.
apply: (has_gradient_eq (f := fun v => loss c omega P^T y^T v^T)).
  by move=> v; rewrite /cnn_loss /loss -(sqnorm_tr (P *m v - y)) -(sqnorm_tr v) linearB /= trmx_mul.
by apply: has_gradient_tr; rewrite cnn_is_fcn_transposed; exact: gradient_is_gradient.
Qed.

(** Consequently the filters move like transposed weights, for every method.
    Assumes: nothing. *)
Theorem cnn_momentum_transposed (R : comRingType) N d C (eta beta c omega p : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) t :
  (momentum eta beta (cnn_gradient c omega P y) p w0 t)^T
  = momentum eta beta (gradient c omega P^T y^T) p w0^T t.
Proof.
exact: (momentum_transport (f := [linear of @trmx R d C]) eta beta (cnn_is_fcn_transposed c omega P y)).
Qed.

(** A point e with P e = y, or more generally with P^T (P e - y) = 0, is
    stationary without decay.
    Assumes: P^T (P e - y) = 0. *)
Lemma cnn_stationary (R : comRingType) N d C (c : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (e : 'M[R]_(d, C)) :
  P^T *m (P *m e - y) = 0 -> gradient c 0 P^T y^T e^T = 0.
Proof. by move=> h; rewrite -cnn_is_fcn_transposed /cnn_gradient h scaler0 scale0r addr0 trmx0. Qed.

(** Closed form w_t = e + (I - alpha P^T P)^t (w_0 - e) for every t, stable or not, on
    the identity task and for every e with P^T (P e - y) = 0.
    Assumes: P^T (P e - y) = 0 (true for y = P e). *)
Theorem cnn_closed_form (R : comRingType) N d C (eta c : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 e : 'M[R]_(d, C)) t :
  P^T *m (P *m e - y) = 0 ->
  gradient_descent eta (cnn_gradient c 0 P y) w0 t
  = e + power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - e).
Proof.
move=> st; apply/eqP; rewrite addrC -subr_eq; apply/eqP.
elim: t => [|t IH]; first by rewrite mul1mx.
rewrite /gradient_descent iterS -/(gradient_descent _ _ _ _); set w := gradient_descent _ _ _ _ in IH *.
have -> : cnn_gradient c 0 P y w = c *: (P^T *m P *m (w - e)).
  have E : P *m w - y = P *m (w - e) + (P *m e - y) by rewrite mulmxBr addrA subrK.
  by rewrite /cnn_gradient scale0r addr0 E mulmxDr st addr0 mulmxA.
rewrite addrAC IH [power _ t.+1]iterS -/(power _ t) -[in RHS]mulmxA; move: (power _ t *m (w0 - e)) => E.
by rewrite mulmxBl mul1mx -scalemxAl scalerA.
Qed.

(** P^+ y + (I - P^+ P) w_0 is such a point for any targets y.
    Assumes: nothing. *)
Theorem cnn_least_squares_point (R : realFieldType) N d C (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  P^T *m (P *m (pinv P *m y + (1%:M - pinv P *m P) *m w0) - y) = 0.
Proof.
have [PPP pPp s1 s2] := pinvP P.
have PtP : P^T *m (P *m pinv P) = P^T by rewrite -s1 -trmx_mul PPP.
have -> : P *m (pinv P *m y + (1%:M - pinv P *m P) *m w0) = P *m pinv P *m y.
  have Z : P *m (1%:M - pinv P *m P) = 0 by rewrite mulmxBr mulmx1 mulmxA PPP subrr.
  by rewrite mulmxDr !mulmxA Z mul0mx addr0.
by rewrite mulmxBr mulmxA PtP subrr.
Qed.

(** On a test image with patch matrix Q the error of the outputs is
    Q (I - alpha P^T P)^t (w_0 - e).
    Assumes: nothing. *)
Corollary cnn_test_error (R : comRingType) N M d C (eta c : R) (P : 'M[R]_(N, d))
    (Q : 'M[R]_(M, d)) (w0 e : 'M[R]_(d, C)) t :
  Q *m gradient_descent eta (cnn_gradient c 0 P (P *m e)) w0 t - Q *m e
  = Q *m (power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - e)).
Proof.
rewrite (@cnn_closed_form _ _ _ _ _ _ _ _ _ e) ?subrr ?mulmx0 //.
by rewrite mulmxDr addrAC subrr add0r.
Qed.

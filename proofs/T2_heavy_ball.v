(** * T2_heavy_ball.v: the heavy ball for a one-layer CNN (page T2.heavy-ball.md) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_heavy_ball T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** In the mode of an eigenvector u, P^T P u = lambda u, the error is multiplied
    by r_t = [M^t]_11, M = [[1 - eta mu, -eta beta], [mu, beta]] with
    mu = c lambda, for every t; on the identity task w* = e.
    Assumes: P^T (P w* - y) = 0 (true for y = P w* ), P^T P u = lambda u. *)
Theorem cnn_heavy_ball_mode (R : comRingType) N d C (eta beta c lambda : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d, C)) (u : 'cV[R]_d) t :
  P^T *m (P *m fixed - y) = 0 -> P^T *m P *m u = lambda *: u ->
  u^T *m (heavy_ball eta beta (cnn_gradient c 0 P y) w0 t - fixed)
  = (mat2 (1 - eta * (c * lambda)) (- (eta * beta)) (c * lambda) beta ^+ t) 0 0
    *: (u^T *m (w0 - fixed)).
Proof.
move=> st Pu; have Pu' : P^T *m P^T^T *m u = lambda *: u by rewrite trmxK.
have := heavy_ball_mode eta beta w0^T t (cnn_stationary c st) Pu'.
rewrite heavy_ball_is_momentum -cnn_momentum_transposed -heavy_ball_is_momentum addr0.
rewrite -!linearB /= => /(congr1 trmx); rewrite linearZ /= !trmx_mul !trmxK => ->.
by [].
Qed.

(** For every t, in matrix form: w_t = w* + r_t(P^T P)(w_0 - w* ), transposed, where
    r_t is the residual polynomial in c P^T P.
    Assumes: P^T (P w* - y) = 0, d >= 1. *)
Theorem cnn_heavy_ball_closed_form (R : comRingType) N d C (eta beta c : R)
    (P : 'M[R]_(N, d.+1)) (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d.+1, C)) t :
  P^T *m (P *m fixed - y) = 0 ->
  (heavy_ball eta beta (cnn_gradient c 0 P y) w0 t)^T
  = fixed^T + (w0 - fixed)^T *m
      horner_mx (c *: (P^T *m P)) (residual_polynomial eta beta 0 t).
Proof.
move=> st; rewrite heavy_ball_is_momentum cnn_momentum_transposed -heavy_ball_is_momentum.
rewrite (heavy_ball_closed_form _ _ _ _ (cnn_stationary c st)) raddf0 addr0 trmxK.
by rewrite [(w0 - fixed)^T]linearB.
Qed.

(** Convergence to the limit of plain gradient descent, any targets.
    Assumes: 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L < 2 (1 + beta). *)
Theorem cnn_heavy_ball_converges (R : archiFieldType) N d C (eta beta c L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L < 2%:R * (1 + beta) ->
  tends_to (heavy_ball eta beta (cnn_gradient c 0 P y) w0)
           (pinv P *m y + (1%:M - pinv P *m P) *m w0).
Proof.
move=> b0 b1 c0 eta0 PL stable.
apply: (tends_to_eq (u := momentum eta beta (cnn_gradient c 0 P y) 0 w0)).
  by move=> t; rewrite heavy_ball_is_momentum.
apply: (cnn_momentum_converges (L := L)) => //.
by rewrite ?mulr0 ?addr0 ?mulr1.
Qed.

(** On the identity task: w_t -> e + (I - Pi)(w_0 - e).
    Assumes: as above. *)
Corollary cnn_heavy_ball_converges_identity_task (R : archiFieldType) N d C (eta beta c L : R)
    (P : 'M[R]_(N, d)) (e w0 : 'M[R]_(d, C)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L < 2%:R * (1 + beta) ->
  tends_to (heavy_ball eta beta (cnn_gradient c 0 P (P *m e)) w0)
           (e + (1%:M - pinv P *m P) *m (w0 - e)).
Proof. by move=> *; rewrite -cnn_identity_limit; apply: cnn_heavy_ball_converges; eassumption. Qed.

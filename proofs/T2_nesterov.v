(** * T2_nesterov.v: Nesterov's momentum for a one-layer CNN (page T2.nesterov.md) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_nesterov T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** In the mode of an eigenvector u, P^T P u = lambda u, the error is multiplied
    by r_t = [M^t]_11, M = [[1 - eta mu (1 + beta), -eta beta^2], [mu, beta]] with
    mu = c lambda, for every t; on the identity task w* = e.
    Assumes: P^T (P w* - y) = 0 (true for y = P w* ), P^T P u = lambda u. *)
Theorem cnn_nesterov_mode (R : comRingType) N d C (eta beta c lambda : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d, C)) (u : 'cV[R]_d) t :
  P^T *m (P *m fixed - y) = 0 -> P^T *m P *m u = lambda *: u ->
  u^T *m (nesterov eta beta (cnn_gradient c 0 P y) w0 t - fixed)
  = (mat2 (1 - eta * (c * lambda) * (1 + beta)) (- (eta * beta ^+ 2)) (c * lambda) beta ^+ t) 0 0
    *: (u^T *m (w0 - fixed)).
Proof.
move=> st Pu; have Pu' : P^T *m P^T^T *m u = lambda *: u by rewrite trmxK.
have := nesterov_mode eta beta w0^T t (cnn_stationary c st) Pu'.
rewrite nesterov_is_momentum -cnn_momentum_transposed -nesterov_is_momentum addr0.
rewrite -!linearB /= => /(congr1 trmx); rewrite linearZ /= !trmx_mul !trmxK => ->.
by [].
Qed.

(** For every t, in matrix form: w_t = w* + r_t(P^T P)(w_0 - w* ), transposed, where
    r_t is the residual polynomial in c P^T P.
    Assumes: P^T (P w* - y) = 0, d >= 1. *)
Theorem cnn_nesterov_closed_form (R : comRingType) N d C (eta beta c : R)
    (P : 'M[R]_(N, d.+1)) (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d.+1, C)) t :
  P^T *m (P *m fixed - y) = 0 ->
  (nesterov eta beta (cnn_gradient c 0 P y) w0 t)^T
  = fixed^T + (w0 - fixed)^T *m
      horner_mx (c *: (P^T *m P)) (residual_polynomial eta beta 1 t).
Proof.
move=> st; rewrite nesterov_is_momentum cnn_momentum_transposed -nesterov_is_momentum.
rewrite (nesterov_closed_form _ _ _ _ (cnn_stationary c st)) raddf0 addr0 trmxK.
by rewrite [(w0 - fixed)^T]linearB.
Qed.

(** Convergence to the limit of plain gradient descent, any targets.
    Assumes: 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta) < 2 (1 + beta). *)
Theorem cnn_nesterov_converges (R : archiFieldType) N d C (eta beta c L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta) < 2%:R * (1 + beta) ->
  tends_to (nesterov eta beta (cnn_gradient c 0 P y) w0)
           (pinv P *m y + (1%:M - pinv P *m P) *m w0).
Proof.
move=> b0 b1 c0 eta0 PL stable.
apply: (tends_to_eq (u := momentum eta beta (cnn_gradient c 0 P y) 1 w0)).
  by move=> t; rewrite nesterov_is_momentum.
apply: (cnn_momentum_converges (L := L)) => //; first exact: ler01.
by rewrite ?mulr0 ?addr0 ?mulr1.
Qed.

(** On the identity task: w_t -> e + (I - Pi)(w_0 - e).
    Assumes: as above. *)
Corollary cnn_nesterov_converges_identity_task (R : archiFieldType) N d C (eta beta c L : R)
    (P : 'M[R]_(N, d)) (e w0 : 'M[R]_(d, C)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta) < 2%:R * (1 + beta) ->
  tends_to (nesterov eta beta (cnn_gradient c 0 P (P *m e)) w0)
           (e + (1%:M - pinv P *m P) *m (w0 - e)).
Proof. by move=> *; rewrite -cnn_identity_limit; apply: cnn_nesterov_converges; eassumption. Qed.

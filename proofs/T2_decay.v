(** * T2_decay.v: one-layer CNN with weight decay (page T2.decay.md) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_examples T1_decay T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** In the mode of an eigenvector u, P^T P u = lambda u, the error is multiplied
    by (1 - eta (c lambda + omega))^t, for every t.
    Assumes: gradient(w* ) = 0, P^T P u = lambda u. *)
Theorem cnn_decay_mode (R : comRingType) N d C (eta c omega lambda : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d, C)) (u : 'cV[R]_d) t :
  cnn_gradient c omega P y fixed = 0 -> P^T *m P *m u = lambda *: u ->
  u^T *m (gradient_descent eta (cnn_gradient c omega P y) w0 t - fixed)
  = (1 - eta * (c * lambda + omega)) ^+ t *: (u^T *m (w0 - fixed)).
Proof.
move=> st Pu; have Pu' : P^T *m P^T^T *m u = lambda *: u by rewrite trmxK.
have st' : gradient c omega P^T y^T fixed^T = 0 by rewrite -cnn_is_fcn_transposed st trmx0.
have := decay_mode eta w0^T t st' Pu'.
rewrite gradient_descent_is_heavy_ball heavy_ball_is_momentum -cnn_momentum_transposed.
rewrite -heavy_ball_is_momentum -gradient_descent_is_heavy_ball.
by rewrite -!linearB /= => /(congr1 trmx); rewrite linearZ /= !trmx_mul !trmxK.
Qed.

(** For every t, in matrix form: w_t = w* + (I - eta G)^t (w_0 - w* ), G = c P^T P + omega I.
    Assumes: gradient(w* ) = 0. *)
Theorem cnn_decay_closed_form (R : comRingType) N d C (eta c omega : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 fixed : 'M[R]_(d, C)) t :
  cnn_gradient c omega P y fixed = 0 ->
  gradient_descent eta (cnn_gradient c omega P y) w0 t
  = fixed + power (1%:M - eta *: (c *: (P^T *m P) + omega%:M)) t *m (w0 - fixed).
Proof.
move=> st; apply/eqP; rewrite addrC -subr_eq; apply/eqP.
elim: t => [|t IH]; first by rewrite mul1mx.
rewrite /gradient_descent iterS -/(gradient_descent _ _ _ _) [power _ _]iterS -/(power _ t) -[in RHS]mulmxA -IH.
move: (gradient_descent _ _ _ _) => w; rewrite mulmxBl mul1mx addrAC -scalemxAl; congr (_ - _ *: _).
rewrite -[LHS]subr0 -st /cnn_gradient opprD addrACA -!scalerBr -mulmxBr opprB addrA subrK -mulmxBr mulmxA.
by rewrite mulmxDl -scalemxAl mul_scalar_mx.
Qed.

(** On the identity task w* has in the mode u the coordinate c lambda / (c lambda + omega) u.e.
    Assumes: gradient(w* ) = 0 for y = P e, P^T P u = lambda u. *)
Theorem cnn_decay_shrunken_selector (R : comRingType) N d C (c omega lambda : R) (P : 'M[R]_(N, d))
    (e fixed : 'M[R]_(d, C)) (u : 'cV[R]_d) :
  cnn_gradient c omega P (P *m e) fixed = 0 -> P^T *m P *m u = lambda *: u ->
  (c * lambda + omega) *: (u^T *m fixed) = (c * lambda) *: (u^T *m e).
Proof.
move=> st Pu; have st' : gradient c omega P^T (P *m e)^T fixed^T = 0 by rewrite -cnn_is_fcn_transposed st trmx0.
have Pu' : P^T *m P^T^T *m u = lambda *: u by rewrite trmxK.
have := decay_fixed_point_mode st' Pu'; rewrite trmx_mul -!mulmxA trmxK (mulmxA P^T) Pu -scalemxAr scalerA.
by move/(congr1 trmx); rewrite !linearZ /= !trmx_mul !trmxK.
Qed.

(** The limit is c (c P^T P + omega I)^-1 P^T y, for every w_0.
    Assumes: c > 0, omega > 0, eta > 0, L bounds the eigenvalues of P^T P, eta (c L + omega) < 2. *)
Theorem cnn_decay_converges (R : archiFieldType) N d C (eta c omega L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 < c -> 0 < omega -> 0 < eta -> bounds_patches P L -> eta * (c * L + omega) < 2%:R ->
  tends_to (gradient_descent eta (cnn_gradient c omega P y) w0)
           (invmx (c *: (P^T *m P) + omega%:M) *m (c *: (P^T *m y))).
Proof.
move=> c0 w0' eta0 PL stable; apply: tends_to_tr.
have -> : (invmx (c *: (P^T *m P) + omega%:M) *m (c *: (P^T *m y)))^T
    = c *: (y^T *m P^T^T) *m invmx (c *: (P^T *m P^T^T) + omega%:M).
  rewrite trmx_mul linearZ /= trmx_mul; congr (_ *m _).
  by rewrite trmx_inv linearD linearZ /= trmx_mul !trmxK tr_scalar_mx.
apply: (tends_to_eq (u := gradient_descent eta (gradient c omega P^T y^T) w0^T)).
  move=> t; rewrite !gradient_descent_is_heavy_ball !heavy_ball_is_momentum.
  by rewrite cnn_momentum_transposed.
by apply: (decay_converges (L := L)) => //; exact: bounds_patchesE.
Qed.

(** The same limit by gradient descent, heavy ball (p = 0) and Nesterov (p = 1).
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, omega > 0, eta > 0, L bounds the eigenvalues of P^T P, eta (c L + omega) (1 + 2 beta p) < 2 (1 + beta). *)
Theorem cnn_decay_momentum_converges (R : archiFieldType) N d C (eta beta p c omega L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < omega -> 0 < eta -> bounds_patches P L ->
  eta * (c * L + omega) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c omega P y) p w0)
           (invmx (c *: (P^T *m P) + omega%:M) *m (c *: (P^T *m y))).
Proof.
move=> p0 b0 b1 c0 w0' eta0 PL stable; apply: tends_to_tr.
have -> : (invmx (c *: (P^T *m P) + omega%:M) *m (c *: (P^T *m y)))^T
    = c *: (y^T *m P^T^T) *m invmx (c *: (P^T *m P^T^T) + omega%:M).
  rewrite trmx_mul linearZ /= trmx_mul; congr (_ *m _).
  by rewrite trmx_inv linearD linearZ /= trmx_mul !trmxK tr_scalar_mx.
apply: (tends_to_eq (u := momentum eta beta (gradient c omega P^T y^T) p w0^T)).
  by move=> t; rewrite cnn_momentum_transposed.
by apply: (ridge_converges (L := L)) => //; exact: bounds_patchesE.
Qed.

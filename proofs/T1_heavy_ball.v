(** * T1_heavy_ball.v: the heavy ball (page T1.heavy-ball.md)
    v <- beta v + g, W <- W - eta v, velocity 0 at the start. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_steps T1.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Closed form in the mode of an eigenvector u, X X^T u = lambda u: the error is
    multiplied by r_t = [M^t]_11, M = [[1 - eta mu, -eta beta], [mu, beta]] with
    mu = c lambda + omega, for every t, with or without weight decay.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u. *)
Theorem heavy_ball_mode (R : comRingType) k d n (eta beta c omega lambda : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t :
  gradient c omega X Y fixed = 0 -> X *m X^T *m u = lambda *: u ->
  (heavy_ball eta beta (gradient c omega X Y) W0 t - fixed) *m u
  = (mat2 (1 - eta * (c * lambda + omega)) (- (eta * beta)) (c * lambda + omega) beta ^+ t) 0 0
    *: ((W0 - fixed) *m u).
Proof.
move=> st Xu; rewrite heavy_ball_is_momentum -/(heavy_ball_matrix _ _ _).
have Au : curvature c omega X *m u = (c * lambda + omega) *: u.
  by rewrite /curvature mulmxDl -scalemxAl Xu mul_scalar_mx scalerA scalerDl.
have := path_mode eta beta 0 W0 (fun theta => gradient_around theta st) t Au.
by rewrite -heavy_ball_residualE.
Qed.

(** Closed form in matrix form: W_t = W* + (W_0 - W* ) r_t(c X X^T + omega I) with
    the residual polynomial r_t.
    Assumes: gradient(W* ) = 0, d >= 1. *)
Theorem heavy_ball_closed_form (R : comRingType) k d n (eta beta c omega : R)
    (X : 'M[R]_(d.+1, n)) (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d.+1)) t :
  gradient c omega X Y fixed = 0 ->
  heavy_ball eta beta (gradient c omega X Y) W0 t
  = fixed + (W0 - fixed) *m
      horner_mx (c *: (X *m X^T) + omega%:M) (residual_polynomial eta beta 0 t).
Proof.
move=> st; rewrite heavy_ball_is_momentum.
exact: (path_polynomial eta beta 0 W0 (fun theta => gradient_around theta st) t).
Qed.

(** r_t at a number is the corner of the matrix power, and obeys
    r_0 = 1, r_1 = 1 - eta mu, r_{t+2} = (1 + beta - eta mu) r_{t+1} - beta r_t.
    Assumes: nothing. *)
Theorem heavy_ball_recursion (R : comRingType) (eta beta mu : R) :
  let r t := (mat2 (1 - eta * mu) (- (eta * beta)) mu beta ^+ t) 0 0 in
  [/\ r 0%N = 1, r 1%N = 1 - eta * mu,
      forall t, r t.+2 = (1 + beta - eta * mu) * r t.+1 - beta * r t
    & forall t, (residual_polynomial eta beta 0 t).[mu] = r t].
Proof.
move=> r; have rE t : r t = momentum_residual eta beta 0 mu t by rewrite -heavy_ball_residualE.
split=> [||t|t]; rewrite ?rE.
- exact: momentum_residual0.
- by rewrite momentum_residual1 mulr0 addr0 mulr1.
- by rewrite momentum_residualSS !mulr0 subr0 addr0 !mulr1.
exact: residual_polynomialE.
Qed.

(** Convergence to the limit of plain gradient descent, for any examples.
    Assumes: 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of X X^T, eta c L < 2 (1 + beta). *)
Theorem heavy_ball_converges (R : archiFieldType) k d n (eta beta c L : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta ->
  bounds_curvature X L -> eta * c * L < 2%:R * (1 + beta) ->
  tends_to (heavy_ball eta beta (gradient c 0 X Y) W0)
           (Y *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof.
move=> b0 b1 c0 eta0 XL stable.
apply: (tends_to_eq (u := momentum eta beta (gradient c 0 X Y) 0 W0)).
  by move=> t; rewrite heavy_ball_is_momentum.
apply: (least_squares_converges (L := L)) => //.
by rewrite mulr0 addr0 mulr1 mulrA.
Qed.

(** Convergence with weight decay, to ridge regression.
    Assumes: 0 <= beta < 1, c > 0, omega > 0, eta > 0, L bounds the eigenvalues of X X^T, eta (c L + omega) < 2 (1 + beta). *)
Theorem heavy_ball_decay_converges (R : archiFieldType) k d n (eta beta c omega L : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < omega -> 0 < eta ->
  bounds_curvature X L -> eta * (c * L + omega) < 2%:R * (1 + beta) ->
  tends_to (heavy_ball eta beta (gradient c omega X Y) W0)
           (c *: (Y *m X^T) *m invmx (c *: (X *m X^T) + omega%:M)).
Proof.
move=> b0 b1 c0 w0 eta0 XL stable.
apply: (tends_to_eq (u := momentum eta beta (gradient c omega X Y) 0 W0)).
  by move=> t; rewrite heavy_ball_is_momentum.
apply: (ridge_converges (L := L)) => //.
by rewrite mulr0 addr0 mulr1.
Qed.

(** One example: W_t = W_0 + (1 - r_t(s)) (y - W_0 x) x^T / s for every t.
    Assumes: s <> 0. *)
Theorem heavy_ball_one_example (F : fieldType) k d (eta beta c : F) (x : 'cV[F]_d)
    (y : 'cV[F]_k) (W0 : 'M[F]_(k, d)) t : dot x x != 0 ->
  heavy_ball eta beta (gradient c 0 x y) W0 t
  = W0 + ((1 - (mat2 (1 - eta * (c * dot x x)) (- (eta * beta)) (c * dot x x) beta ^+ t) 0 0)
          / dot x x) *: ((y - W0 *m x) *m x^T).
Proof.
move=> s0; rewrite heavy_ball_is_momentum -/(heavy_ball_matrix _ _ _) -/(heavy_ball_residual _ _ _ _).
by rewrite heavy_ball_residualE momentum_one_example.
Qed.

(** Sharpness: at and beyond the end of the range, eta mu >= 2 (1 + beta), the
    factor never falls below 1: |r_t(mu)| >= 1 for every t.
    Assumes: 0 <= beta, eta mu >= 2 (1 + beta). *)
Theorem heavy_ball_bound_is_sharp (R : realFieldType) (eta beta mu : R) t :
  0 <= beta -> 2%:R * (1 + beta) <= eta * mu ->
  1 <= `|(mat2 (1 - eta * mu) (- (eta * beta)) mu beta ^+ t) 0 0|.
Proof.
move=> b0 h; pose r u := heavy_ball_residual eta beta mu u.
have [r0 r1 rS] : [/\ r 0%N = 1, r 1%N = 1 - eta * mu
    & forall u, r u.+2 = (1 + beta - eta * mu) * r u.+1 - beta * r u].
  by have [] := heavy_ball_recursion eta beta mu.
rewrite -/(r t).
pose s t := (-1) ^+ t * r t.
have sS u : s u.+2 = (eta * mu - 1 - beta) * s u.+1 - beta * s u.
  by rewrite /s rS !exprS; move: ((-1) ^+ u) (r u) (r u.+1) => e a b; exact: alternating_step.
have [t1 _] : 1 <= s t /\ s t <= s t.+1.
  elim: t => [|t [IH1 IH2]].
    rewrite /s r0 r1 expr0 expr1 mul1r mulN1r opprB; split=> //.
    rewrite ler_subr_addr; apply: le_trans h; rewrite mulrDr mulr1 ler_addl mulr_ge0 ?ler0n //.
  have t1 : 1 <= s t.+1 by apply: le_trans IH2.
  split=> //; rewrite -subr_ge0 sS alternating_growth.
  apply: addr_ge0; apply: mulr_ge0 => //; rewrite ?subr_ge0 //.
  exact: le_trans ler01 t1.
have -> : `|r t| = `|s t| by rewrite /s normrM normrX normrN1 expr1n mul1r.
by apply: le_trans t1 (ler_norm _).
Qed.

(** So along an eigenvector the error of W_t itself never gets smaller than at the start.
    Assumes: 0 <= beta, gradient(W* ) = 0, X X^T u = lambda u, alpha lambda >= 2 (1 + beta). *)
Theorem heavy_ball_weights_do_not_converge (R : realFieldType) k d n (eta beta c lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t i :
  0 <= beta -> gradient c 0 X Y fixed = 0 -> X *m X^T *m u = lambda *: u -> 2%:R * (1 + beta) <= eta * (c * lambda) ->
  `|((W0 - fixed) *m u) i 0| <= `|((heavy_ball eta beta (gradient c 0 X Y) W0 t - fixed) *m u) i 0|.
Proof.
move=> b0 st Xu h; rewrite (heavy_ball_mode eta beta W0 t st Xu) [X in _ <= `|X|]mxE normrM ler_pemull //.
by rewrite addr0; exact: heavy_ball_bound_is_sharp.
Qed.

(** * T1_nesterov.v: Nesterov's momentum (page T1.nesterov.md)
    v <- beta v + g, W <- W - eta (g + beta v), velocity 0 at the start. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_steps T1.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Closed form in the mode of an eigenvector u, X X^T u = lambda u: the error is
    multiplied by r_t = [M^t]_11, M = [[1 - eta mu (1 + beta), -eta beta^2], [mu, beta]] with
    mu = c lambda + omega, for every t, with or without weight decay.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u. *)
Theorem nesterov_mode (R : comRingType) k d n (eta beta c omega lambda : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t :
  gradient c omega X Y fixed = 0 -> X *m X^T *m u = lambda *: u ->
  (nesterov eta beta (gradient c omega X Y) W0 t - fixed) *m u
  = (mat2 (1 - eta * (c * lambda + omega) * (1 + beta)) (- (eta * beta ^+ 2)) (c * lambda + omega) beta ^+ t) 0 0
    *: ((W0 - fixed) *m u).
Proof.
move=> st Xu; rewrite nesterov_is_momentum -/(nesterov_matrix _ _ _).
have Au : curvature c omega X *m u = (c * lambda + omega) *: u.
  by rewrite /curvature mulmxDl -scalemxAl Xu mul_scalar_mx scalerA scalerDl.
have := path_mode eta beta 1 W0 (fun theta => gradient_around theta st) t Au.
by rewrite -nesterov_residualE.
Qed.

(** Closed form in matrix form: W_t = W* + (W_0 - W* ) r_t(c X X^T + omega I) with
    the residual polynomial r_t.
    Assumes: gradient(W* ) = 0, d >= 1. *)
Theorem nesterov_closed_form (R : comRingType) k d n (eta beta c omega : R)
    (X : 'M[R]_(d.+1, n)) (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d.+1)) t :
  gradient c omega X Y fixed = 0 ->
  nesterov eta beta (gradient c omega X Y) W0 t
  = fixed + (W0 - fixed) *m
      horner_mx (c *: (X *m X^T) + omega%:M) (residual_polynomial eta beta 1 t).
Proof.
move=> st; rewrite nesterov_is_momentum.
exact: (path_polynomial eta beta 1 W0 (fun theta => gradient_around theta st) t).
Qed.

(** r_t at a number is the corner of the matrix power, and obeys
    r_0 = 1, r_1 = 1 - eta mu (1 + beta),
    r_{t+2} = (1 + beta)(1 - eta mu) r_{t+1} - beta (1 - eta mu) r_t.
    Assumes: nothing. *)
Theorem nesterov_recursion (R : comRingType) (eta beta mu : R) :
  let r t := (mat2 (1 - eta * mu * (1 + beta)) (- (eta * beta ^+ 2)) mu beta ^+ t) 0 0 in
  [/\ r 0%N = 1, r 1%N = 1 - eta * mu * (1 + beta),
      forall t, r t.+2 = (1 + beta) * (1 - eta * mu) * r t.+1 - beta * (1 - eta * mu) * r t
    & forall t, (residual_polynomial eta beta 1 t).[mu] = r t].
Proof.
move=> r; have rE t : r t = momentum_residual eta beta 1 mu t by rewrite -nesterov_residualE.
split=> [||t|t]; rewrite ?rE.
- exact: momentum_residual0.
- by rewrite momentum_residual1 mulr1.
- by rewrite momentum_residualSS !mulr1 nesterov_trace.
exact: residual_polynomialE.
Qed.

(** Convergence to the limit of plain gradient descent, for any examples.
    Assumes: 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of X X^T, eta c L (1 + 2 beta) < 2 (1 + beta). *)
Theorem nesterov_converges (R : archiFieldType) k d n (eta beta c L : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < eta ->
  bounds_curvature X L -> eta * c * L * (1 + 2%:R * beta) < 2%:R * (1 + beta) ->
  tends_to (nesterov eta beta (gradient c 0 X Y) W0)
           (Y *m pinv X + W0 *m (1%:M - X *m pinv X)).
Proof.
move=> b0 b1 c0 eta0 XL stable.
apply: (tends_to_eq (u := momentum eta beta (gradient c 0 X Y) 1 W0)).
  by move=> t; rewrite nesterov_is_momentum.
apply: (least_squares_converges (L := L)) => //; first exact: ler01.
by rewrite mulr1 mulrA.
Qed.

(** Convergence with weight decay, to ridge regression.
    Assumes: 0 <= beta < 1, c > 0, omega > 0, eta > 0, L bounds the eigenvalues of X X^T, eta (c L + omega) (1 + 2 beta) < 2 (1 + beta). *)
Theorem nesterov_decay_converges (R : archiFieldType) k d n (eta beta c omega L : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 <= beta -> beta < 1 -> 0 < c -> 0 < omega -> 0 < eta ->
  bounds_curvature X L -> eta * (c * L + omega) * (1 + 2%:R * beta) < 2%:R * (1 + beta) ->
  tends_to (nesterov eta beta (gradient c omega X Y) W0)
           (c *: (Y *m X^T) *m invmx (c *: (X *m X^T) + omega%:M)).
Proof.
move=> b0 b1 c0 w0 eta0 XL stable.
apply: (tends_to_eq (u := momentum eta beta (gradient c omega X Y) 1 W0)).
  by move=> t; rewrite nesterov_is_momentum.
apply: (ridge_converges (L := L)) => //; first exact: ler01.
by rewrite mulr1.
Qed.

(** One example: W_t = W_0 + (1 - r_t(s)) (y - W_0 x) x^T / s for every t.
    Assumes: s <> 0. *)
Theorem nesterov_one_example (F : fieldType) k d (eta beta c : F) (x : 'cV[F]_d)
    (y : 'cV[F]_k) (W0 : 'M[F]_(k, d)) t : dot x x != 0 ->
  nesterov eta beta (gradient c 0 x y) W0 t
  = W0 + ((1 - (mat2 (1 - eta * (c * dot x x) * (1 + beta)) (- (eta * beta ^+ 2)) (c * dot x x) beta ^+ t) 0 0)
          / dot x x) *: ((y - W0 *m x) *m x^T).
Proof.
move=> s0; rewrite nesterov_is_momentum -/(nesterov_matrix _ _ _) -/(nesterov_residual _ _ _ _).
by rewrite nesterov_residualE momentum_one_example.
Qed.

(** Sharpness: at and beyond the end of the range, eta mu (1 + 2 beta) >= 2 (1 + beta),
    the factor never falls below 1: |r_t(mu)| >= 1 for every t.
    Assumes: 0 <= beta, eta mu (1 + 2 beta) >= 2 (1 + beta). *)
Theorem nesterov_bound_is_sharp (R : realFieldType) (eta beta mu : R) t :
  0 <= beta -> 2%:R * (1 + beta) <= eta * mu * (1 + 2%:R * beta) ->
  1 <= `|(mat2 (1 - eta * mu * (1 + beta)) (- (eta * beta ^+ 2)) mu beta ^+ t) 0 0|.
Proof.
move=> b0 h; pose r u := nesterov_residual eta beta mu u.
have [r0 r1 rS] : [/\ r 0%N = 1, r 1%N = 1 - eta * mu * (1 + beta)
    & forall u, r u.+2 = (1 + beta) * (1 - eta * mu) * r u.+1 - beta * (1 - eta * mu) * r u].
  by have [] := nesterov_recursion eta beta mu.
rewrite -/(r t).
pose s t := (-1) ^+ t * r t; set m := eta * mu in h r0 r1 rS.
have sS u : s u.+2 = (1 + beta) * (m - 1) * s u.+1 + beta * (m - 1) * s u.
  by rewrite /s rS !exprS; move: ((-1) ^+ u) (r u) (r u.+1) => e a b; exact: nesterov_alternating.
have b2 : 0 < 1 + 2%:R * beta by rewrite ltr_paddr ?ltr01 // mulr_ge0 ?ler0n.
have h' : 1 <= (1 + 2%:R * beta) * (m - 1).
  by rewrite -subr_ge0 nesterov_gap subr_ge0.
have m1 : 0 <= m - 1 by rewrite -(pmulr_rge0 _ b2); exact: le_trans ler01 h'.
have [t1 _] : 1 <= s t /\ 1 <= s t.+1.
  elim: t => [|t [IH1 IH2]].
    rewrite /s r0 r1 expr0 expr1 mul1r mulN1r opprB; split=> //.
    rewrite -subr_ge0 -(pmulr_rge0 _ b2) nesterov_first; apply: addr_ge0.
      by apply: mulr_ge0; rewrite ?subr_ge0 // addr_ge0 ?ler01.
    by rewrite !mulr_ge0 // addr_ge0 ?ler01.
  split=> //; rewrite sS; apply: le_trans h' _.
  have -> : (1 + 2%:R * beta) * (m - 1) = (1 + beta) * (m - 1) + beta * (m - 1).
    exact: nesterov_split.
  by apply: ler_add; rewrite ler_pemulr // mulr_ge0 // addr_ge0 ?ler01.
have -> : `|r t| = `|s t| by rewrite /s normrM normrX normrN1 expr1n mul1r.
by apply: le_trans t1 (ler_norm _).
Qed.

(** So along an eigenvector the error of W_t itself never gets smaller than at the start.
    Assumes: 0 <= beta, gradient(W* ) = 0, X X^T u = lambda u, alpha lambda (1 + 2 beta) >= 2 (1 + beta). *)
Theorem nesterov_weights_do_not_converge (R : realFieldType) k d n (eta beta c lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t i :
  0 <= beta -> gradient c 0 X Y fixed = 0 -> X *m X^T *m u = lambda *: u -> 2%:R * (1 + beta) <= eta * (c * lambda) * (1 + 2%:R * beta) ->
  `|((W0 - fixed) *m u) i 0| <= `|((nesterov eta beta (gradient c 0 X Y) W0 t - fixed) *m u) i 0|.
Proof.
move=> b0 st Xu h; rewrite (nesterov_mode eta beta W0 t st Xu) [X in _ <= `|X|]mxE normrM ler_pemull //.
by rewrite addr0; exact: nesterov_bound_is_sharp.
Qed.

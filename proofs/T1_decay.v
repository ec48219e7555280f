(** * T1_decay.v: weight decay (page T1.decay.md)
    Gradient descent on (c/2)|W X - Y|^2 + (omega/2)|W|^2. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_heavy_ball.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** In the mode of an eigenvector u, X X^T u = lambda u, the error is multiplied
    by (1 - eta (c lambda + omega))^t, for every t.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u. *)
Theorem decay_mode (R : comRingType) k d n (eta c omega lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) t :
  gradient c omega X Y fixed = 0 -> X *m X^T *m u = lambda *: u ->
  (gradient_descent eta (gradient c omega X Y) W0 t - fixed) *m u
  = (1 - eta * (c * lambda + omega)) ^+ t *: ((W0 - fixed) *m u).
Proof.
move=> st Xu; rewrite gradient_descent_is_heavy_ball (heavy_ball_mode _ _ _ _ st Xu).
by rewrite -/(heavy_ball_matrix eta 0 _) -/(heavy_ball_residual eta 0 _ t) residual_without_momentum.
Qed.

(** The fixed point in that mode: W* u = c Y X^T u / (c lambda + omega); it is 0 for
    lambda = 0 and omega <> 0, where X^T u = 0.
    Assumes: gradient(W* ) = 0, X X^T u = lambda u. *)
Theorem decay_fixed_point_mode (R : comRingType) k d n (c omega lambda : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (fixed : 'M[R]_(k, d)) (u : 'cV[R]_d) :
  gradient c omega X Y fixed = 0 -> X *m X^T *m u = lambda *: u ->
  (c * lambda + omega) *: (fixed *m u) = c *: (Y *m X^T *m u).
Proof.
move=> st Xu; have := congr1 (mulmx^~ u) st; rewrite /= gradientE mul0mx mulmxBl => /eqP.
rewrite subr_eq0 => /eqP; rewrite -mulmxA /curvature mulmxDl -scalemxAl Xu mul_scalar_mx.
by rewrite scalerA -scalerDl -scalemxAr -scalemxAl.
Qed.

(** What the data do not see shrinks like (1 - eta omega)^t.
    Assumes: X^T u = 0. *)
Theorem decay_forgets (R : comRingType) k d n (eta c omega : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) m (u : 'M[R]_(d, m)) t : X^T *m u = 0 ->
  gradient_descent eta (gradient c omega X Y) W0 t *m u = (1 - eta * omega) ^+ t *: (W0 *m u).
Proof.
move=> Xu; elim: t => [|t IH]; first by rewrite expr0 scale1r.
have gu w : gradient c omega X Y w *m u = omega *: (w *m u).
  by rewrite /gradient [LHS]mulmxDl -!scalemxAl -[_ *m X^T *m u]mulmxA Xu mulmx0 scaler0 add0r.
rewrite /gradient_descent iterS -/(gradient_descent _ _ _ _) mulmxBl -scalemxAl gu IH.
by rewrite !scalerA -scalerBl exprS mulrBl mul1r.
Qed.

(** The limit is ridge regression, c Y X^T (c X X^T + omega I)^-1, for every W_0.
    Assumes: c > 0, omega > 0, eta > 0, L bounds the eigenvalues of X X^T, eta (c L + omega) < 2. *)
Theorem decay_converges (R : archiFieldType) k d n (eta c omega L : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W0 : 'M[R]_(k, d)) :
  0 < c -> 0 < omega -> 0 < eta -> bounds_curvature X L -> eta * (c * L + omega) < 2%:R ->
  tends_to (gradient_descent eta (gradient c omega X Y) W0)
           (c *: (Y *m X^T) *m invmx (c *: (X *m X^T) + omega%:M)).
Proof.
move=> c0 w0 eta0 XL stable.
apply: (tends_to_eq (u := heavy_ball eta 0 (gradient c omega X Y) W0)).
  by move=> t; rewrite gradient_descent_is_heavy_ball.
by apply: heavy_ball_decay_converges XL _ => //; rewrite ?ltr01 // addr0 mulr1.
Qed.

(** The inverse exists.
    Assumes: c > 0, omega > 0. *)
Theorem decay_curvature_invertible (R : archiFieldType) d n (c omega : R) (X : 'M[R]_(d, n)) :
  0 < c -> 0 < omega -> c *: (X *m X^T) + omega%:M \in unitmx.
Proof. exact: curvature_unit. Qed.

(** One example: the only stationary point is c y x^T / (c s + omega).
    Assumes: omega <> 0, c s + omega <> 0, gradient(W) = 0. *)
Theorem decay_one_example (F : fieldType) k d (c omega : F) (x : 'cV[F]_d)
    (y : 'cV[F]_k) (W : 'M[F]_(k, d)) : omega != 0 -> c * dot x x + omega != 0 ->
  gradient c omega x y W = 0 -> W = (c / (c * dot x x + omega)) *: (y *m x^T).
Proof.
move=> w0 cs0 st.
have xTx : x^T *m x = (dot x x)%:M by rewrite [LHS]mx11_scalar dot_cV.
have xx : x *m x^T *m x = dot x x *: x by rewrite -mulmxA xTx mul_mx_scalar.
have Wx := decay_fixed_point_mode st xx.
have wW : omega *: W = c *: ((y - W *m x) *m x^T).
  have : c *: ((W *m x - y) *m x^T) + omega *: W = 0 by [].
  by rewrite addrC => /eqP; rewrite addr_eq0 => /eqP ->; rewrite -[y - _]opprB mulNmx scalerN.
have D : (c * dot x x + omega) *: (y - W *m x) = omega *: y.
  rewrite scalerBr Wx -[Y in _ - c *: Y]mulmxA xTx mul_mx_scalar scalerA scalerDl.
  by rewrite addrAC subrr add0r.
apply: (scalerI w0); apply: (scalerI cs0); rewrite wW; set K := c * dot x x + omega in cs0 D *.
have -> : K *: (c *: ((y - W *m x) *m x^T)) = c *: (K *: ((y - W *m x) *m x^T)).
  by rewrite !scalerA mulrC.
rewrite [K *: (_ *m _)]scalemxAl D -scalemxAl !scalerA; congr (_ *: _).
by rewrite -!mulrA [RHS]mulrCA [K * _]mulrCA divff // mulr1 mulrC.
Qed.

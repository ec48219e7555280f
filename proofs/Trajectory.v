(** * Trajectory.v: least squares, its gradient and its exact path
    The setting of trajectory.md: parameters theta (k x d), design matrix X
    (d x n, one example or patch per column), targets Y (k x n), and the loss
    (c/2) |theta X - Y|^2 + (omega/2) |theta|^2. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Methods Residual.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** The loss, over every ordered field ... *)
Definition loss (R : realFieldType) k d n (c omega : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (theta : 'M[R]_(k, d)) :=
  c / 2%:R * sqnorm (theta *m X - Y) + omega / 2%:R * sqnorm theta.

(** ... and c (theta X - Y) X^T + omega theta, its gradient, over every
    commutative ring. *)
Definition gradient (R : comRingType) k d n (c omega : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (theta : 'M[R]_(k, d)) :=
  c *: ((theta *m X - Y) *m X^T) + omega *: theta.

(** Lemma 1 of trajectory.md. The loss expands exactly:
    L(theta + H) = L(theta) + <gradient, H> + (c/2)|H X|^2 + (omega/2)|H|^2,
    so [gradient] is the gradient of [loss]. *)
Theorem loss_expansion (R : realFieldType) k d n (c omega : R)
    (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (theta H : 'M[R]_(k, d)) :
  loss c omega X Y (theta + H) =
    loss c omega X Y theta + dot (gradient c omega X Y theta) H
    + (c / 2%:R * sqnorm (H *m X) + omega / 2%:R * sqnorm H).
Proof.
have sq m p (A B : 'M[R]_(m, p)) (e : R) :
    e / 2%:R * sqnorm (A + B) = e / 2%:R * sqnorm A + e * dot A B + e / 2%:R * sqnorm B.
  set h := e / 2%:R; have -> : e * dot A B = (h + h) * dot A B by rewrite -splitr.
  by rewrite dotDl !dotDr (dotC B A) expand_square.
have half (e x : R) : e * x = (e / 2%:R + e / 2%:R) * x by rewrite -splitr.
have gH : dot (gradient c omega X Y theta) H
    = c * dot (theta *m X - Y) (H *m X) + omega * dot theta H.
  by rewrite dotDl !dotZl dot_adj trmxK.
rewrite /loss gH mulmxDl.
have -> : theta *m X + H *m X - Y = (theta *m X - Y) + H *m X by rewrite addrAC.
rewrite (sq _ _ _ (H *m X)) (sq _ _ theta) (half c (dot _ (H *m X))) (half omega (dot theta H)).
exact: expand_loss.
Qed.

(** The curvature matrix c X X^T + omega I. *)
Definition curvature (R : comRingType) d n (c omega : R) (X : 'M[R]_(d, n)) : 'M[R]_d :=
  c *: (X *m X^T) + omega%:M.

Section Gradient.
Variables (R : comRingType) (k d n : nat) (c omega : R).
Variables (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)).
Implicit Types theta fixed : 'M[R]_(k, d).

Lemma curvature_sym : (curvature c omega X)^T = curvature c omega X.
Proof. by rewrite linearD linearZ /= trmx_mul trmxK tr_scalar_mx. Qed.

Lemma gradientE theta : gradient c omega X Y theta = theta *m curvature c omega X - c *: (Y *m X^T).
Proof.
rewrite /gradient /curvature mulmxBl scalerBr mulmxDr mul_mx_scalar -scalemxAr mulmxA.
by rewrite addrAC.
Qed.

(** Around a point where it vanishes the gradient is the error times the
    curvature matrix. *)
Lemma gradient_around fixed theta : gradient c omega X Y fixed = 0 ->
  gradient c omega X Y theta = (theta - fixed) *m curvature c omega X.
Proof.
move=> g0; rewrite -[LHS]subr0 -g0 !gradientE mulmxBl opprB addrA subrK //.
Qed.

End Gradient.

(** ** The exact path on a quadratic loss (Theorem 3 of trajectory.md) *)
Section Path.
Variables (R : comRingType) (k d : nat) (eta beta p : R) (A : 'M[R]_d).
Variables (g : 'M[R]_(k, d) -> 'M[R]_(k, d)) (fixed theta0 : 'M[R]_(k, d)).
Hypothesis gE : forall theta, g theta = (theta - fixed) *m A.

Let s t := iter t (momentum_step eta beta g p) (theta0, 0).
Let err t := (s t).1 - fixed.
Let vel t := (s t).2.
Let q := 1 - p + beta * p.

Lemma path_error t :
  err t.+1 = err t - (eta * (1 + beta * p)) *: (err t *m A) - (eta * q * beta) *: vel t.
Proof.
rewrite /err /vel /s iterS /=; set th := (iter _ _ _).1; set v := (iter _ _ _).2.
rewrite gE; move: (_ *m A) => a; apply/matrixP => i j; rewrite !mxE; exact: path_step.
Qed.

Lemma path_velocity t : vel t.+1 = err t *m A + beta *: vel t.
Proof. by rewrite /err /vel /s iterS /= gE addrC. Qed.

(** The error alone obeys a recursion over two steps. *)
Lemma path_recursion t :
  err t.+2 = err t.+1 *m ((1 + beta)%:M - (eta * (1 + beta * p)) *: A)
             - err t *m (beta *: (1%:M - (eta * p) *: A)).
Proof.
rewrite path_error path_velocity -scalemxAr mulmxBr mul_mx_scalar mulmxBr mulmx1 -!scalemxAr.
move: (err t.+1 *m A) => b; rewrite path_error.
move: (err t) (err t *m A) (vel t) => x a v.
by apply/matrixP => i j; rewrite !mxE; exact: path_two_steps.
Qed.

(** Mode by mode: in a direction u with A u = mu u the error is multiplied by
    r_t(mu). (u may have several columns.) *)
Lemma path_mode m (u : 'M[R]_(d, m)) mu t : A *m u = mu *: u ->
  err t *m u = momentum_residual eta beta p mu t *: (err 0 *m u).
Proof.
move=> Au; rewrite /momentum_residual; set M := momentum_matrix _ _ _ _.
suff [-> _] : err t *m u = (M ^+ t) 0 0 *: (err 0 *m u) /\
              vel t *m u = (M ^+ t) 1 0 *: (err 0 *m u) by [].
elim: t => [|t [IH1 IH2]].
  by rewrite /vel /= mul0mx; have [-> ->] := corner0 (1 - eta * mu * (1 + beta * p)) (- (eta * q * beta)) mu beta; rewrite scale1r scale0r.
have [-> ->] := cornerS (1 - eta * mu * (1 + beta * p)) (- (eta * q * beta)) mu beta t.
rewrite -/(momentum_matrix eta beta p mu) -/M.
move: (path_error t) (path_velocity t) IH1 IH2.
move: (err t) (vel t) (err t.+1) (vel t.+1) (err 0) => x v x' v' x0 -> -> IH1 IH2.
rewrite !mulmxBl mulmxDl -!scalemxAl -mulmxA Au -scalemxAr IH1 IH2.
move: (x0 *m u) ((M ^+ t) 0 0) ((M ^+ t) 1 0) => z a b.
by split; apply/matrixP => i j; rewrite !mxE; [exact: mode_error | exact: mode_velocity].
Qed.

(** If all rows of the initial error are (left) eigenvectors of A, the whole
    error is multiplied by r_t(mu). *)
Lemma path_left_mode mu t : err 0 *m A = mu *: err 0 ->
  err t = momentum_residual eta beta p mu t *: err 0.
Proof.
move=> EA; rewrite /momentum_residual; set M := momentum_matrix _ _ _ _.
suff [-> _] : err t = (M ^+ t) 0 0 *: err 0 /\ vel t = (M ^+ t) 1 0 *: err 0 by [].
elim: t => [|t [IH1 IH2]].
  by have [-> ->] := corner0 (1 - eta * mu * (1 + beta * p)) (- (eta * q * beta)) mu beta; rewrite scale1r scale0r.
have [-> ->] := cornerS (1 - eta * mu * (1 + beta * p)) (- (eta * q * beta)) mu beta t.
rewrite -/(momentum_matrix eta beta p mu) -/M.
move: (path_error t) (path_velocity t) IH1 IH2 EA.
move: (err t) (vel t) (err t.+1) (vel t.+1) (err 0) => x v x' v' x0 -> -> -> -> EA.
rewrite -!scalemxAl EA; move: ((M ^+ t) 0 0) ((M ^+ t) 1 0) => a b.
have -> : a *: (mu *: x0) = mu *: (a *: x0) by rewrite !scalerA mulrC.
by split; apply/matrixP => i j; rewrite !mxE; [exact: mode_error | exact: mode_velocity].
Qed.

End Path.

(** The same in matrix form, theta_t = theta* + (theta_0 - theta* ) r_t(A), r_t a
    polynomial in the matrix A (of size at least 1). *)
Section MatrixForm.
Variables (R : comRingType) (k d : nat) (eta beta p : R) (A : 'M[R]_d.+1).
Variables (g : 'M[R]_(k, d.+1) -> 'M[R]_(k, d.+1)) (fixed theta0 : 'M[R]_(k, d.+1)).
Hypothesis gE : forall theta, g theta = (theta - fixed) *m A.

Lemma path_polynomial t : momentum eta beta g p theta0 t =
  fixed + (theta0 - fixed) *m horner_mx A (residual_polynomial eta beta p t).
Proof.
apply/eqP; rewrite addrC -subr_eq; apply/eqP.
rewrite /momentum /residual_polynomial /momentum_residual; set M := momentum_matrix _ _ _ _.
set s := iter _ _ _; suff [-> _] : s.1 - fixed = (theta0 - fixed) *m horner_mx A ((M ^+ t) 0 0) /\
    s.2 = (theta0 - fixed) *m horner_mx A ((M ^+ t) 1 0) by [].
rewrite {}/s; elim: t => [|t].
  by rewrite expr0 !mxE /= rmorph1 rmorph0 mulmx1 mulmx0.
have [-> ->] := cornerS (1 - eta%:P * 'X * (1 + beta%:P * p%:P))
  (- (eta%:P * (1 - p%:P + beta%:P * p%:P) * beta%:P)) 'X beta%:P t.
rewrite -/(momentum_matrix _ _ _ _) -/M.
move: (path_error eta beta p theta0 gE t) (path_velocity eta beta p theta0 gE t).
rewrite /= => -> ->; move: (iter _ _ _) => [th v] /= [-> ->].
move: (theta0 - fixed) ((M ^+ t) 0 0) ((M ^+ t) 1 0) => x a b.
pose h f := x *m horner_mx A f.
have hX f : h f *m A = h ('X * f).
  by rewrite /h -mulmxA mulrC rmorphM /= horner_mx_X mulmxE.
have hB f f' : h f - h f' = h (f - f') by rewrite /h rmorphB mulmxBr.
have hD f f' : h f + h f' = h (f + f') by rewrite /h rmorphD mulmxDr.
have hZ e f : e *: h f = h (e *: f) by rewrite /h horner_mxZ scalemxAr.
rewrite -!/(h _) !hX !hZ !hB hD; split; congr h.
  rewrite -!mul_polyC !(polyCM, polyCD, polyCN, polyC1); exact: poly_step.
by rewrite mul_polyC.
Qed.

End MatrixForm.

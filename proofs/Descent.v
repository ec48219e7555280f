(** * Descent.v: convergence on a quadratic loss
    Gradient descent, heavy ball and Nesterov on a loss whose gradient is the
    error times a symmetric curvature matrix A: the error vanishes if A is
    bounded below by low > 0 where the error lives and above by high, and
    eta high < 2 (1 + beta) / (1 + 2 beta p) (Theorems 5 and 6 of trajectory.md;
    p = 0 heavy ball, p = 1 Nesterov). No eigenvalues are needed: [high] is any
    upper bound, so in particular the largest eigenvalue. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Stability.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** L is an upper bound of the eigenvalues of X X^T: |v X|^2 <= L |v|^2 for
    every row v. *)
Definition bounds_curvature (R : realFieldType) d n (X : 'M[R]_(d, n)) (L : R) :=
  0 <= L /\ forall v : 'rV[R]_d, sqnorm (v *m X) <= L * sqnorm v.

Section DataBounds.
Variables (R : realFieldType) (d n : nat) (X : 'M[R]_(d, n)).

(** Such a bound always exists, so the hypotheses below can be met. *)
Lemma curvature_bound_exists : bounds_curvature X (sqnorm X).
Proof. by split=> [|v]; rewrite ?sqnorm_ge0 // mulrC sqnormM_le. Qed.

Lemma sqnorm_rows m q (A : 'M[R]_(m, q)) : sqnorm A = \sum_i sqnorm (row i A).
Proof.
rewrite dotE; apply: eq_bigr => i _; rewrite dotE big_ord1.
by apply: eq_bigr => j _; rewrite !mxE.
Qed.

Lemma curvature_boundM L k (V : 'M[R]_(k, d)) : bounds_curvature X L ->
  sqnorm (V *m X) <= L * sqnorm V.
Proof.
case=> _ XL; rewrite !sqnorm_rows mulr_sumr; apply: ler_sum => i _.
by rewrite row_mul XL.
Qed.

Lemma curvature_boundT L k (U : 'M[R]_(k, n)) : bounds_curvature X L ->
  sqnorm (U *m X^T) <= L * sqnorm U.
Proof.
move=> XL; set b := sqnorm _; have [b0|bN0] := eqVneq b 0.
  by rewrite b0 mulr_ge0 ?sqnorm_ge0 //; case: XL.
have b_gt0 : 0 < b by rewrite lt_def bN0 sqnorm_ge0.
rewrite -(ler_pmul2r b_gt0) -expr2 {1}/b dot_adj trmxK.
apply: le_trans (cauchy_schwarz _ _) _.
by rewrite (mulrC L) -mulrA ler_wpmul2l ?sqnorm_ge0 // curvature_boundM.
Qed.

(** On the span of the inputs |v X|^2 is at least |v|^2 / (1 + |X^+|^2). *)
Definition lower_curvature : R := (1 + sqnorm (pinv X))^-1.

Lemma lower_curvature_gt0 : 0 < lower_curvature.
Proof. by rewrite invr_gt0 ltr_paddr ?ltr01 ?sqnorm_ge0. Qed.

Lemma lower_curvatureM k (V : 'M[R]_(k, d)) : V *m (X *m pinv X) = V ->
  lower_curvature * sqnorm V <= sqnorm (V *m X).
Proof.
move=> VXX; rewrite mulrC ler_pdivr_mulr ?ltr_paddr ?ltr01 ?sqnorm_ge0 //.
rewrite -{1 2}VXX mulmxA; apply: le_trans (sqnormM_le _ _) _.
by rewrite ler_wpmul2l ?sqnorm_ge0 // ler_addr ler01.
Qed.

End DataBounds.

Section Descent.
Variables (R : archiFieldType) (k d : nat) (eta beta p low high : R) (A P : 'M[R]_d).
Variables (g : 'M[R]_(k, d) -> 'M[R]_(k, d)) (fixed theta0 : 'M[R]_(k, d)).
Hypotheses (gE : forall theta, g theta = (theta - fixed) *m A) (A_sym : A^T = A).
Hypotheses (AP : A *m P = A) (start : (theta0 - fixed) *m P = theta0 - fixed).
Hypotheses (p0 : 0 <= p) (beta0 : 0 <= beta) (beta1 : beta < 1) (eta0 : 0 < eta).
Hypotheses (low0 : 0 < low)
  (lower : forall x : 'M[R]_(k, d), x *m P = x -> low * sqnorm x <= dot (x *m A) x)
  (upper : forall x : 'M[R]_(k, d), dot (x *m A) x <= high * sqnorm x).
Hypothesis stable : eta * high * (1 + 2%:R * beta * p) < 2%:R * (1 + beta).

Let err t := momentum eta beta g p theta0 t - fixed.
Let T := (1 + beta)%:M - (eta * (1 + beta * p)) *: A.
Let D := beta *: (1%:M - (eta * p) *: A).

Local Fact inside t : err t *m P = err t.
Proof.
rewrite /err /momentum; set s := iter t _ _.
suff [] : (s.1 - fixed) *m P = s.1 - fixed /\ s.2 *m P = s.2 by [].
rewrite {}/s; elim: t => [|t [IH1 IH2]] /=; first by rewrite mul0mx.
move: (iter _ _ _) IH1 IH2 => [th v] /= IH1 IH2; rewrite gE.
have aP : (th - fixed) *m A *m P = (th - fixed) *m A by rewrite -mulmxA AP.
split; last by rewrite mulmxDl -scalemxAl IH2 aP.
rewrite addrAC mulmxBl IH1; congr (_ - _); rewrite -scalemxAl; congr (_ *: _).
by rewrite mulmxDl -!scalemxAl aP; congr (_ + _ *: _); rewrite mulmxDl -scalemxAl IH2 aP.
Qed.

Local Fact form a b (x : 'M[R]_(k, d)) :
  dot (x *m (a%:M + b *: A)) x = a * sqnorm x + b * dot (x *m A) x.
Proof. by rewrite mulmxDr dotDl mul_mx_scalar -scalemxAr !dotZl. Qed.

Local Fact WmT : 1%:M + D - T = 0%:M + eta *: A.
Proof. by rewrite /D /T; apply/matrixP => i j; rewrite !mxE; exact: matrix_minus. Qed.

Local Fact WpT : 1%:M + D + T = (2%:R * (1 + beta))%:M + (- (eta * (1 + 2%:R * beta * p))) *: A.
Proof. by rewrite /D /T; apply/matrixP => i j; rewrite !mxE; exact: matrix_plus. Qed.

Local Fact WmD : 1%:M - D = (1 - beta)%:M + (eta * beta * p) *: A.
Proof. by rewrite /D; apply/matrixP => i j; rewrite !mxE; exact: matrix_drop. Qed.

Let gap := 2%:R * (1 + beta) - eta * high * (1 + 2%:R * beta * p).
Let m := Num.min (eta * low) (Num.min gap (1 - beta)).

Local Fact Asemi (x : 'M[R]_(k, d)) : x *m P = x -> 0 <= dot (x *m A) x.
Proof. by move=> xP; apply: le_trans (lower xP); rewrite mulr_ge0 ?sqnorm_ge0 ?ltW. Qed.

(** The iterates converge to the fixed point. *)
Theorem descent_converges : tends_to (momentum eta beta g p theta0) fixed.
Proof.
have m0 : 0 < m by rewrite !lt_minr mulr_gt0 //= !subr_gt0 stable.
have err0 : tends_to err 0.
  apply: (@two_step_recursion_vanishes _ _ _ T D P m err) => //.
  - by rewrite /T linearB linearZ /= tr_scalar_mx A_sym.
  - by rewrite /D linearZ /= linearB linearZ /= trmx1 A_sym.
  - by move=> t; exact: (path_recursion eta beta p theta0 gE t).
  - exact: inside.
  - move=> x xP; rewrite WmT form mul0r add0r.
    apply: (@le_trans _ _ (eta * low * sqnorm x)).
      by rewrite ler_wpmul2r ?sqnorm_ge0 // le_minl lexx.
    by rewrite -mulrA ler_pmul2l // lower.
  - move=> x xP; rewrite WpT form mulNr.
    apply: (@le_trans _ _ (gap * sqnorm x)).
      by rewrite ler_wpmul2r ?sqnorm_ge0 // !le_minl lexx orbT.
    rewrite mulrBl ler_add2l ler_opp2 [eta * high * _]mulrAC -[X in _ <= X]mulrA.
    apply: ler_wpmul2l (upper x); apply: mulr_ge0; first exact: ltW.
    by rewrite addr_ge0 ?ler01 // !mulr_ge0 // ler0n.
  - move=> x xP; rewrite WmD form.
    apply: (@le_trans _ _ ((1 - beta) * sqnorm x)).
      by rewrite ler_wpmul2r ?sqnorm_ge0 // !le_minl lexx !orbT.
    by rewrite ler_addl mulr_ge0 ?Asemi // !mulr_ge0 // ltW.
move=> eps /err0[N eN]; exists N => t /eN{}eN i j.
by have := eN i j; rewrite /err !mxE subr0.
Qed.

End Descent.

(** ** Least squares, with and without weight decay *)
Section LeastSquares.
Variables (R : archiFieldType) (k d n : nat) (eta beta p c omega L : R).
Variables (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n)) (theta0 : 'M[R]_(k, d)).
Hypotheses (p0 : 0 <= p) (beta0 : 0 <= beta) (beta1 : beta < 1).
Hypotheses (c0 : 0 < c) (eta0 : 0 < eta) (XL : bounds_curvature X L).

Let g := gradient c omega X Y.
Let A := curvature c omega X.

Local Fact form_curvature (x : 'M[R]_(k, d)) :
  dot (x *m A) x = c * sqnorm (x *m X) + omega * sqnorm x.
Proof.
rewrite /A /curvature mulmxDr dotDl mul_mx_scalar -scalemxAr !dotZl; congr (_ * _ + _).
by rewrite mulmxA dot_adj trmxK.
Qed.

Local Fact upper_curvature (x : 'M[R]_(k, d)) :
  dot (x *m A) x <= (c * L + omega) * sqnorm x.
Proof.
rewrite form_curvature mulrDl ler_add2r -mulrA ler_pmul2l //; exact: curvature_boundM.
Qed.

(** The limit without decay: Y X^+ + theta_0 (I - X X^+). *)
Definition least_squares_limit : 'M[R]_(k, d) :=
  Y *m pinv X + theta0 *m (1%:M - X *m pinv X).

Lemma least_squares_limit_stationary : gradient c 0 X Y least_squares_limit = 0.
Proof.
have [XXX XpXXp s1 s2] := pinvP X.
have XpXXt : pinv X *m X *m X^T = X^T by rewrite -s2 -trmx_mul mulmxA XXX.
rewrite /gradient scale0r addr0; have -> : least_squares_limit *m X = Y *m (pinv X *m X).
  by rewrite mulmxDl -!mulmxA mulmxBl mul1mx XXX subrr mulmx0 addr0.
by rewrite mulmxBl -mulmxA XpXXt subrr scaler0.
Qed.

Theorem least_squares_converges : omega = 0 ->
  eta * (c * L) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta g p theta0) least_squares_limit.
Proof.
move=> w0 stable; have [XXX XpXXp s1 s2] := pinvP X.
have XtP : X^T *m (X *m pinv X) = X^T by rewrite -s1 -trmx_mul XXX.
apply: (@descent_converges _ _ _ eta beta p (c * lower_curvature X) (c * L + omega) A (X *m pinv X)) => //.
- by move=> theta; apply: gradient_around; rewrite w0 least_squares_limit_stationary.
- exact: curvature_sym.
- by rewrite /A /curvature w0 raddf0 addr0 -scalemxAl -mulmxA XtP.
- have -> : theta0 - least_squares_limit = (theta0 *m X - Y) *m pinv X.
    rewrite /least_squares_limit mulmxBr mulmx1 mulmxBl mulmxA.
    move: (Y *m _) (theta0 *m _ *m _) => a b; apply/matrixP => i j; rewrite !mxE.
    exact: limit_entries.
  by rewrite -mulmxA (mulmxA (pinv X)) XpXXp.
- by rewrite mulr_gt0 ?lower_curvature_gt0.
- move=> x xP; rewrite form_curvature w0 mul0r addr0 -mulrA ler_pmul2l //.
  exact: lower_curvatureM.
- exact: upper_curvature.
by rewrite w0 addr0.
Qed.

(** With decay omega > 0 the curvature matrix is invertible and the limit is the
    one stationary point c Y X^T (c X X^T + omega I)^-1, whatever theta_0 is. *)
Lemma curvature_unit : 0 < omega -> A \in unitmx.
Proof.
move=> w0; rewrite -row_free_unit -kermx_eq0; apply/eqP; apply: sqnorm_eq0.
set V := kermx A; have VA : V *m A = 0 by rewrite mulmx_ker.
have : omega * sqnorm V <= 0.
  have <- : dot (V *m A) V = 0 by rewrite VA /dot mul0mx linear0.
  rewrite /A /curvature mulmxDr dotDl mul_mx_scalar -scalemxAr !dotZl ler_addr.
  by rewrite mulmxA dot_adj trmxK mulr_ge0 ?sqnorm_ge0 // ltW.
by rewrite pmulr_rle0 // => V0; apply/le_anti; rewrite V0 sqnorm_ge0.
Qed.

Definition ridge : 'M[R]_(k, d) := c *: (Y *m X^T) *m invmx A.

Lemma ridge_stationary : 0 < omega -> g ridge = 0.
Proof. by move=> w0; rewrite /g gradientE mulmxKV ?curvature_unit // subrr. Qed.

Theorem ridge_converges : 0 < omega ->
  eta * (c * L + omega) * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta g p theta0) ridge.
Proof.
move=> w0 stable.
apply: (@descent_converges _ _ _ eta beta p omega (c * L + omega) A 1%:M) => //.
- by move=> theta; apply: gradient_around; exact: ridge_stationary.
- exact: curvature_sym.
- by rewrite mulmx1.
- by rewrite mulmx1.
- move=> x _; rewrite form_curvature ler_addr mulr_ge0 ?sqnorm_ge0 //; exact: ltW.
exact: upper_curvature.
Qed.

End LeastSquares.

(** With consistent targets Y = E X the limit is E + (theta_0 - E)(I - X X^+). *)
Lemma consistent_limit (R : realFieldType) k d n (X : 'M[R]_(d, n)) (E theta0 : 'M[R]_(k, d)) :
  E *m X *m pinv X + theta0 *m (1%:M - X *m pinv X) = E + (theta0 - E) *m (1%:M - X *m pinv X).
Proof.
rewrite -mulmxA; move: (X *m pinv X) => Q; rewrite !mulmxBr !mulmx1 mulmxBl.
by move: (theta0 *m Q) (E *m Q) => a b; apply/matrixP => i j; rewrite !mxE; exact: consistent_entries.
Qed.

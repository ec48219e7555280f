(** * T1.v: one example, in the limit (page T1.md)
    For 0 < alpha s < 2 training converges to W_0 + (y - W_0 x) x^T / s. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T1_steps.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Limit.
Variables (F : fieldType) (k d : nat) (x : 'cV[F]_d) (y : 'cV[F]_k).
Let s := dot x x.

Lemma line_projector_sym : (line_projector x)^T = line_projector x.
Proof. by rewrite linearZ /= trmx_mul trmxK. Qed.

Lemma line_projector_x : s != 0 -> line_projector x *m x = x.
Proof.
by move=> s0; rewrite -scalemxAl -mulmxA xTx mul_mx_scalar scalerA mulVf ?scale1r.
Qed.

Lemma line_projector_idempotent : s != 0 ->
  line_projector x *m line_projector x = line_projector x.
Proof. by move=> s0; rewrite {2}/line_projector -scalemxAr mulmxA line_projector_x. Qed.

Lemma line_projector_orthogonal (z : 'cV_d) : x^T *m z = 0 -> line_projector x *m z = 0.
Proof. by move=> xz; rewrite -scalemxAl -mulmxA xz mulmx0 scaler0. Qed.

Lemma one_example_limitE (W0 : 'M_(k, d)) :
  one_example_limit x y W0 = y *m (s^-1 *: x^T) + W0 *m (1%:M - x *m (s^-1 *: x^T)).
Proof.
rewrite /one_example_limit mulmxBl scalerBr -!scalemxAr mulmxBr mulmx1 -scalemxAr mulmxA.
by rewrite [RHS]addrC addrAC -addrA.
Qed.

Lemma pinv_column : s != 0 -> is_pinv x (s^-1 *: x^T).
Proof.
move=> s0; have E : s^-1 *: x^T *m x = 1%:M.
  by rewrite -scalemxAl xTx scale_scalar_mx mulVf.
split; rewrite ?E ?mul1mx ?trmx1 //; first by rewrite -mulmxA E mulmx1.
by rewrite -scalemxAr line_projector_sym.
Qed.
End Limit.

(** T1: gradient descent on one example converges to W_0 + (y - W_0 x) x^T / s.
    Assumes: c > 0, eta > 0, s > 0, eta c s < 2. *)
Theorem one_example_converges (R : archiFieldType) k d (eta c : R) (x : 'cV[R]_d)
    (y : 'cV[R]_k) (W0 : 'M[R]_(k, d)) :
  0 < c -> 0 < eta -> 0 < dot x x -> eta * c * dot x x < 2%:R ->
  tends_to (gradient_descent eta (gradient c 0 x y) W0)
           (W0 + (dot x x)^-1 *: ((y - W0 *m x) *m x^T)).
Proof.
move=> c0 eta0 s0 stable; have sN0 : dot x x != 0 by rewrite gt_eqF.
rewrite -/(one_example_limit x y W0) one_example_limitE.
rewrite -(pinv_unique (pinvP x) (pinv_column sN0)).
apply: (tends_to_eq (u := momentum eta 0 (gradient c 0 x y) 0 W0)).
  by move=> t; rewrite gradient_descent_is_heavy_ball heavy_ball_is_momentum.
apply: (least_squares_converges (L := dot x x)) => //; first exact: ltr01.
  by split=> [|v]; [exact: ltW | rewrite mulrC sqnormM_le].
by rewrite mulr0 !addr0 !mulr1 mulrA.
Qed.

(** On the identity task (y = x) the limit is f(z) = Pi z + W_0 (I - Pi) z.
    Assumes: s <> 0. *)
Theorem limit_on_identity_task (F : fieldType) d (x z : 'cV[F]_d) (W0 : 'M[F]_d) :
  dot x x != 0 ->
  one_example_limit x x W0 *m z
  = line_projector x *m z + W0 *m ((1%:M - line_projector x) *m z).
Proof.
move=> s0; rewrite one_example_limitE mulmxDl; congr (_ + _).
  by rewrite -scalemxAr.
by rewrite -scalemxAr -mulmxA.
Qed.

(** Multiples of the example are reproduced.
    Assumes: s <> 0. *)
Corollary multiples_are_reproduced (F : fieldType) d (x : 'cV[F]_d) (W0 : 'M[F]_d) a :
  dot x x != 0 -> one_example_limit x x W0 *m (a *: x) = a *: x.
Proof.
move=> s0; rewrite limit_on_identity_task // mulmxBl mul1mx -!scalemxAr line_projector_x //.
by rewrite subrr mulmx0 addr0.
Qed.

(** An input orthogonal to the example sees the initial weights only.
    Assumes: s <> 0, x.z = 0. *)
Corollary orthogonal_inputs_see_initial_weights (F : fieldType) d (x z : 'cV[F]_d) (W0 : 'M[F]_d) :
  dot x x != 0 -> x^T *m z = 0 -> one_example_limit x x W0 *m z = W0 *m z.
Proof.
move=> s0 xz; rewrite limit_on_identity_task // mulmxBl mul1mx line_projector_orthogonal //.
by rewrite add0r subr0.
Qed.

(** The weights move only along the example.
    Assumes: s <> 0. *)
Theorem weights_move_along_example (F : fieldType) k d (eta c : F) (x : 'cV[F]_d) (y : 'cV[F]_k) (W0 : 'M[F]_(k, d)) t :
  dot x x != 0 ->
  gradient_descent eta (gradient c 0 x y) W0 t *m (1%:M - line_projector x) = W0 *m (1%:M - line_projector x).
Proof.
move=> s0; have along : x^T *m (1%:M - line_projector x) = 0.
  apply: trmx_inj; rewrite trmx_mul trmxK linearB /= trmx1 line_projector_sym.
  by rewrite mulmxBl mul1mx line_projector_x // subrr trmx0.
rewrite one_example_closed_form // mulmxDl -scalemxAl -[_ *m x^T *m _]mulmxA along.
by rewrite mulmx0 scaler0 addr0.
Qed.

(** A zero example moves nothing.
    Assumes: x = 0. *)
Corollary zero_example_moves_nothing (F : fieldType) k d (eta c : F) (x : 'cV[F]_d) (y : 'cV[F]_k) (W0 : 'M[F]_(k, d)) t :
  x = 0 -> gradient_descent eta (gradient c 0 x y) W0 t = W0.
Proof. exact: zero_example. Qed.

(** The condition is sharp: for eta c s >= 2 no component of the residual ever
    falls below its initial size.
    Assumes: eta c s >= 2. *)
Theorem step_bound_is_sharp (R : realFieldType) k d (eta c : R) (x : 'cV[R]_d) (y : 'cV[R]_k)
    (W0 : 'M[R]_(k, d)) t i : 2%:R <= eta * c * dot x x ->
  `|(W0 *m x - y) i 0| <= `|(gradient_descent eta (gradient c 0 x y) W0 t *m x - y) i 0|.
Proof.
move=> h; rewrite one_example_residual [X in _ <= `|X|]mxE normrM normrX.
rewrite ler_pemull // exprn_ege1 // distrC ler_normr; apply/orP; left.
by rewrite ler_subr_addr.
Qed.

(** * T1_steps.v: one example, after t steps (page T1.steps.md)
    A layer W (k x d), one example x with target y, loss (c/2)|W x - y|^2,
    gradient descent with learning rate eta; s = |x|^2 and alpha = eta c. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section OneExample.
Variables (F : fieldType) (k d : nat) (eta c : F) (x : 'cV[F]_d) (y : 'cV[F]_k).
Implicit Types W : 'M[F]_(k, d).
Let s := dot x x.
Let alpha := eta * c.
Let W_ W0 t := gradient_descent eta (gradient c 0 x y) W0 t.

Lemma xTx : x^T *m x = s%:M.
Proof. by rewrite [LHS]mx11_scalar dot_cV. Qed.

Lemma descent_step W0 t : W_ W0 t.+1 = W_ W0 t - alpha *: ((W_ W0 t *m x - y) *m x^T).
Proof. by rewrite /W_ /gradient_descent iterS /gradient scale0r addr0 scalerA. Qed.

(** Residual: W_t x - y = (1 - alpha s)^t (W_0 x - y).
    Assumes: nothing. *)
Theorem one_example_residual W0 t :
  W_ W0 t *m x - y = (1 - alpha * s) ^+ t *: (W0 *m x - y).
Proof.
elim: t => [|t IH]; first by rewrite expr0 scale1r.
rewrite descent_step mulmxBl -scalemxAl -[_ *m x^T *m x]mulmxA xTx mul_mx_scalar addrAC IH.
by rewrite !scalerA -scalerBl exprS mulrBl mul1r.
Qed.

(** Closed form: W_t = W_0 + (1 - (1 - alpha s)^t)/s (y - W_0 x) x^T for every t,
    stable or not.
    Assumes: s <> 0. *)
Theorem one_example_closed_form W0 t : s != 0 ->
  gradient_descent eta (gradient c 0 x y) W0 t
  = W0 + ((1 - (1 - alpha * s) ^+ t) / s) *: ((y - W0 *m x) *m x^T).
Proof.
move=> s0; rewrite -/(W_ W0 t); elim: t => [|t IH].
  by rewrite expr0 subrr mul0r scale0r addr0.
rewrite descent_step one_example_residual {1}IH -addrA; congr (_ + _).
rewrite -(opprB y) scalerN mulNmx scalerN opprK -scalemxAl scalerA -scalerDl.
congr (_ *: _); rewrite exprS; set q := (1 - _) ^+ t.
rewrite -[alpha * q](mulfK s0) -mulrDl; congr (_ / s).
by rewrite mulrBl mul1r opprB addrA addrAC mulrAC.
Qed.

(** The orthogonal projector onto the line of x. *)
Definition line_projector : 'M[F]_d := s^-1 *: (x *m x^T).

(** The limit W_0 + (y - W_0 x) x^T / s (see T1.v). *)
Definition one_example_limit W0 : 'M[F]_(k, d) := W0 + s^-1 *: ((y - W0 *m x) *m x^T).

(** A zero example moves nothing.
    Assumes: x = 0. *)
Theorem zero_example W0 t : x = 0 -> gradient_descent eta (gradient c 0 x y) W0 t = W0.
Proof.
move=> x0; rewrite -/(W_ W0 t); elim: t => // t IH.
by rewrite descent_step {2}x0 trmx0 mulmx0 scaler0 subr0.
Qed.
End OneExample.

(** On the identity task f_t(x') = W_0 x' + (1 - r_t)(I - W_0) Pi x'.
    Assumes: s <> 0. *)
Theorem one_example_output_identity_task (F : fieldType) d (eta c : F) (x z : 'cV[F]_d) (W0 : 'M[F]_d) t :
  dot x x != 0 ->
  gradient_descent eta (gradient c 0 x x) W0 t *m z
  = W0 *m z + (1 - (1 - eta * c * dot x x) ^+ t) *: ((1%:M - W0) *m (line_projector x *m z)).
Proof.
move=> s0; rewrite one_example_closed_form // [LHS]mulmxDl; congr (_ + _).
rewrite /line_projector -scalemxAl -[in RHS]scalemxAl -scalemxAr scalerA; congr (_ *: _).
by rewrite [(1%:M - W0) *m _]mulmxBl mul1mx !mulmxA !mulmxBl.
Qed.

(** One example with momentum (both kinds; see T1_heavy_ball.v and T1_nesterov.v). *)
Lemma momentum_one_example (F : fieldType) k d (eta beta p c : F) (x : 'cV[F]_d)
    (y : 'cV[F]_k) (W0 : 'M[F]_(k, d)) t : dot x x != 0 ->
  momentum eta beta (gradient c 0 x y) p W0 t
  = W0 + ((1 - momentum_residual eta beta p (c * dot x x) t) / dot x x)
         *: ((y - W0 *m x) *m x^T).
Proof.
move=> s0; set fixed := one_example_limit x y W0.
have fx : fixed *m x = y.
  rewrite /fixed /one_example_limit mulmxDl -scalemxAl -mulmxA xTx mul_mx_scalar scalerA.
  by rewrite mulVf // scale1r addrC subrK.
have st : gradient c 0 x y fixed = 0.
  by rewrite /gradient fx subrr mul0mx !scaler0 scale0r addr0.
have gE := fun theta => gradient_around theta st.
have W0E : W0 - fixed = - ((dot x x)^-1 *: ((y - W0 *m x) *m x^T)).
  by rewrite /fixed /one_example_limit opprD addrA subrr add0r.
have EA : (W0 - fixed) *m curvature c 0 x = (c * dot x x) *: (W0 - fixed).
  rewrite W0E /curvature raddf0 addr0 -scalemxAr mulNmx -scalemxAl mulmxA -(mulmxA _ x^T x).
  rewrite xTx mul_mx_scalar -scalemxAl !scalerN !scalerA; congr (- (_ *: _)).
  by rewrite -!mulrA; congr (_ * _); exact: mulrC.
have := @path_left_mode F k d eta beta p _ _ fixed W0 gE (c * dot x x) t EA; rewrite -/(momentum _ _ _ _ _ _).
move/eqP; rewrite subr_eq => /eqP ->; rewrite W0E /fixed /one_example_limit.
move: ((y - W0 *m x) *m x^T) (dot x x)^-1 => D h.
by apply/matrixP => i j; rewrite !mxE; exact: one_example_entries.
Qed.

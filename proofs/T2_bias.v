(** * T2_bias.v: one-layer CNN with a trained bias (page T2.bias.md)
    Every patch gets a 1 appended, every filter its bias. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients Networks Patches Cyclic T1_examples T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** P with a column of ones at its end. *)
Definition patches_with_one (R : ringType) N d (P : 'M[R]_(N, d)) : 'M[R]_(N, d + 1) :=
  row_mx P (const_mx 1).

(** The output P w + b at every pixel is (P, 1) times (w, b).
    Assumes: nothing. *)
Theorem cnn_bias_is_constant_input (R : comRingType) N d C (P : 'M[R]_(N, d)) (w : 'M[R]_(d, C))
    (b : 'rV[R]_C) :
  patches_with_one P *m col_mx w b = P *m w + const_mx 1 *m b.
Proof. by rewrite /patches_with_one mul_row_col. Qed.

(** The derivatives by the filters and by the biases, one below the other, are the gradient of
    the bias-free network on the extended patches.
    Assumes: nothing. *)
Theorem cnn_bias_gradient (R : comRingType) N d C (c omega : R) (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C))
    (w : 'M[R]_(d, C)) (b : 'rV[R]_C) :
  let residual := P *m w + const_mx 1 *m b - y in
  cnn_gradient c omega (patches_with_one P) y (col_mx w b)
  = col_mx (c *: (P^T *m residual) + omega *: w)
           (c *: ((const_mx 1)^T *m residual) + omega *: b).
Proof.
move=> residual; rewrite /cnn_gradient cnn_bias_is_constant_input /patches_with_one tr_row_mx.
by rewrite mul_col_mx !scale_col_mx add_col_mx.
Qed.

(** It is the derivative of the loss with biases, by filters and biases together.
    Assumes: nothing. *)
Theorem cnn_bias_gradient_is_gradient (R : realFieldType) N d C (c omega : R) (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C))
    (w : 'M[R]_(d, C)) (b : 'rV[R]_C) :
  has_gradient (fun s => c / 2%:R * sqnorm (P *m usubmx s + const_mx 1 *m dsubmx s - y)
      + omega / 2%:R * (sqnorm (usubmx s) + sqnorm (dsubmx s))) (col_mx w b)
    (cnn_gradient c omega (patches_with_one P) y (col_mx w b)).
Proof.
apply: has_gradient_eq (cnn_gradient_is_gradient _ _ _ _ _) => s.
have E : sqnorm s = sqnorm (usubmx s) + sqnorm (dsubmx s).
  by rewrite -{1 2}[s]vsubmxK -[LHS]sqnorm_tr tr_col_mx sqnorm_row_mx !sqnorm_tr.
by rewrite /cnn_loss E -{1 2}[s]vsubmxK !cnn_bias_is_constant_input.
Qed.

(** The outputs of a convolutional layer with biases on n images are the stack of their patches, each with a 1 appended, times
    the filters with their biases.
    Assumes: nothing. *)
Theorem images_with_bias (R : comRingType) C D h n H V o read (W : nat -> nat -> nat -> nat -> R) (bias : nat -> R)
    (x : nat -> image R) :
  patches_with_one (stack C h n H V o read x) *m col_mx (filter C h D W) (\row_c bias c)
  = stacked_images D n H V o (fun s => cnn read (fun _ => C) (fun _ => h) (fun _ => W) (fun _ => bias) (fun _ a => a)
      (no_shortcut) 1 (x s)).
Proof.
rewrite cnn_bias_is_constant_input outputs_are_stack_times_filter; apply/matrixP => r c.
rewrite !mxE big_ord1 !mxE mul1r /one_layer plain_cnnS; congr (_ + _).
Qed.

(** On the identity task the target is (P, 1) times (e, 0): the trajectory and limits of
    T2.steps and T2 hold with these.
    Assumes: nothing. *)
Theorem cnn_bias_identity_task (R : comRingType) N d C (P : 'M[R]_(N, d)) (e : 'M[R]_(d, C)) :
  patches_with_one P *m col_mx e 0 = P *m e.
Proof. by rewrite cnn_bias_is_constant_input mulmx0 addr0. Qed.

(** Closed form on the identity task, for every t: (w, b)_t = (e, 0) + (I - alpha P^T P)^t ((w, b)_0 - (e, 0)) with the
    extended patches in place of P.
    Assumes: nothing. *)
Theorem cnn_bias_closed_form (R : comRingType) N d C (eta c : R) (P : 'M[R]_(N, d)) (e : 'M[R]_(d, C))
    (w0 : 'M[R]_(d + 1, C)) t :
  let e1 := col_mx e 0 in let Q := patches_with_one P in
  gradient_descent eta (cnn_gradient c 0 Q (P *m e)) w0 t
  = e1 + power (1%:M - (eta * c) *: (Q^T *m Q)) t *m (w0 - e1).
Proof. by move=> e1 Q; apply: cnn_closed_form; rewrite cnn_bias_identity_task subrr mulmx0. Qed.

(** Any targets, every method: gradient descent, heavy ball (p = 0) and Nesterov (p = 1) converge to
    P^+ y + (I - Pi)(w, b)_0 with the extended patches.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of the extended P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem cnn_bias_momentum_converges (R : archiFieldType) N d C (eta beta p c L : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d + 1, C)) :
  let Q := patches_with_one P in
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches Q L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 Q y) p w0) (pinv Q *m y + (1%:M - pinv Q *m Q) *m w0).
Proof. by move=> Q; exact: cnn_momentum_converges. Qed.

(** If the extended patches have rank d + 1, then Pi is the unit matrix, so the limit on the identity task is (e, 0): the
    identity on every image.
    Assumes: the extended patches have rank d + 1. *)
Theorem cnn_bias_full_rank (R : realFieldType) N d C (P : 'M[R]_(N, d)) (e : 'M[R]_(d, C)) (w0 : 'M[R]_(d + 1, C)) :
  let e1 := col_mx e 0 in let Q := patches_with_one P in
  \rank Q = (d + 1)%N -> e1 + (1%:M - pinv Q *m Q) *m (w0 - e1) = e1.
Proof.
move=> e1 Q full; have [PPP _ _ _] := pinvP Q.
have /row_fullP [B BQ] : row_full Q by rewrite /row_full full.
suff -> : pinv Q *m Q = 1%:M by rewrite subrr mul0mx addr0.
by rewrite -[LHS]mul1mx -BQ -mulmxA (mulmxA Q) PPP.
Qed.

(** That is so exactly if P has rank d and the vector of ones lies outside of its column space.
    Assumes: nothing. *)
Theorem cnn_bias_rank (F : fieldType) N d (P : 'M[F]_(N, d)) :
  \rank (patches_with_one P) = (d + 1)%N <-> \rank P = d /\ ~ exists v : 'cV_d, P *m v = const_mx 1.
Proof.
set one : 'M[F]_(1, N) := const_mx 1.
have -> : \rank (patches_with_one P) = \rank (P^T + one)%MS.
  by rewrite -mxrank_tr /patches_with_one tr_row_mx trmx_const -addsmxE.
have span : (one <= P^T)%MS <-> exists v : 'cV_d, P *m v = const_mx 1.
  split=> [/submxP[v E]|[v E]]; last by apply/submxP; exists v^T; rewrite -trmx_mul E trmx_const.
  by exists v^T; rewrite -[P]trmxK -trmx_mul -E trmx_const.
have le1 : (\rank one <= 1)%N := rank_leq_row one.
have led : (\rank P^T <= d)%N := rank_leq_row P^T.
have leq_sum : (\rank (P^T + one)%MS <= \rank P^T + \rank one)%N := mxrank_adds_leqif P^T one.
have [sup iff] := mxrank_leqif_sup (addsmxSl P^T one).
rewrite -(mxrank_tr P); split=> [full|[rank outside]].
  split; first by apply/eqP; rewrite eqn_leq led -(leq_add2r 1) -full (leq_trans leq_sum) // leq_add2l.
  move/(proj2 span) => inside; move: led; rewrite -(addsmx_idPl inside) full.
  by rewrite addn1 ltnn.
apply/eqP; rewrite eqn_leq (leq_trans leq_sum) ?rank ?leq_add2l //= addn1 -[X in (X < _)%N]rank.
rewrite ltn_neqAle sup andbT iff addsmx_sub submx_refl /=.
by apply/negP => /span.
Qed.

(** Convergence on the identity task.
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of the extended P^T P, eta c L < 2. *)
Theorem cnn_bias_converges (R : archiFieldType) N d C (eta c L : R) (P : 'M[R]_(N, d))
    (e : 'M[R]_(d, C)) (w0 : 'M[R]_(d + 1, C)) :
  0 < c -> 0 < eta -> bounds_patches (patches_with_one P) L -> eta * c * L < 2%:R ->
  let e1 := col_mx e 0 in let Q := patches_with_one P in
  tends_to (gradient_descent eta (cnn_gradient c 0 Q (P *m e)) w0)
           (e1 + (1%:M - pinv Q *m Q) *m (w0 - e1)).
Proof.
move=> c0 eta0 PL stable e1 Q; rewrite -(cnn_bias_identity_task P e).
exact: cnn_converges_identity_task PL stable.
Qed.

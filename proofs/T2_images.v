(** * T2_images.v: several images (page T2.images.md)
    The patch matrices are stacked; everything in T2_steps.v and T2.v is stated for
    an arbitrary matrix P and therefore holds for the stack. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients Networks Patches T1_examples T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** The gradient of the stack is the sum of the gradients of its parts (two
    stacks at a time, hence any number).
    Assumes: nothing. *)
Theorem stacked_gradient (R : comRingType) N M d C (c : R) (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d))
    (y : 'M[R]_(N, C)) (z : 'M[R]_(M, C)) (w : 'M[R]_(d, C)) :
  cnn_gradient c 0 (col_mx P Q) (col_mx y z) w
  = cnn_gradient c 0 P y w + cnn_gradient c 0 Q z w.
Proof.
rewrite /cnn_gradient !scale0r !addr0 -scalerDr; congr (_ *: _).
by rewrite mul_col_mx opp_col_mx add_col_mx tr_col_mx mul_row_col.
Qed.

(** P^T P of the stack is the sum of those of the parts.
    Assumes: nothing. *)
Theorem stacked_gram (R : comRingType) N M d (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d)) :
  (col_mx P Q)^T *m col_mx P Q = P^T *m P + Q^T *m Q.
Proof. by rewrite tr_col_mx mul_row_col. Qed.

(** On the identity task the targets of the stack are consistent: one selector e
    serves all images.
    Assumes: nothing. *)
Theorem stacked_identity_task (R : comRingType) N M d C (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d))
    (e : 'M[R]_(d, C)) : col_mx (P *m e) (Q *m e) = col_mx P Q *m e.
Proof. by rewrite mul_col_mx. Qed.

(** Training on both images converges to e + (I - Pi)(w_0 - e), Pi the projector of
    the stack.
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of P^T P + Q^T Q, eta c L < 2. *)
Theorem stacked_converges (R : archiFieldType) N M d C (eta c L : R) (P : 'M[R]_(N, d))
    (Q : 'M[R]_(M, d)) (e w0 : 'M[R]_(d, C)) :
  0 < c -> 0 < eta -> bounds_patches (col_mx P Q) L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (cnn_gradient c 0 (col_mx P Q) (col_mx (P *m e) (Q *m e))) w0)
           (e + (1%:M - pinv (col_mx P Q) *m col_mx P Q) *m (w0 - e)).
Proof. by move=> *; rewrite stacked_identity_task; apply: cnn_converges_identity_task; eassumption. Qed.

(** ** From the images themselves *)
Section Images.
Variables (C h n H V o : nat).
Let K := h.*2.+1.

(** The loss of the one-layer CNN with filters w on n images x with targets y:
    (c/2) times the squared errors over all images, output pixels and channels, plus decay. *)
Definition images_loss (R : realFieldType) D read (c omega : R) (x y : nat -> image R)
    (w : 'M[R]_(C * (K * K), D)) : R :=
  c / 2%:R * (\sum_(s < n) \sum_(i < H) \sum_(j < V) \sum_(k < D)
      (one_layer C h read (weights_of w) (x s) k (o + i)%N%:Z (o + j)%N%:Z - y s k (o + i)%N%:Z (o + j)%N%:Z) ^+ 2)
  + omega / 2%:R * sqnorm w.

(** Its gradient is that of least squares over the stacked patches: a derivative of the network's loss.
    Assumes: nothing. *)
Theorem images_gradient_is_gradient (R : realFieldType) D read (c omega : R) (x y : nat -> image R)
    (w : 'M[R]_(C * (K * K), D)) :
  has_gradient (images_loss read c omega x y) w
    (cnn_gradient c omega (stack C h n H V o read x) (stacked_images D n H V o y) w).
Proof.
apply: has_gradient_eq (cnn_gradient_is_gradient _ _ _ _ _) => v.
by rewrite /images_loss squared_errors_of_images filter_weights_of.
Qed.

(** T2.images: n images, any targets: gradient descent, heavy ball (p = 0) and Nesterov (p = 1) converge to
    P^+ y + (I - Pi) w_0.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem images_converge (R : archiFieldType) D read (eta beta p c L : R) (x y : nat -> image R)
    (w0 : 'M[R]_(C * (K * K), D)) :
  let P := stack C h n H V o read x in let Y := stacked_images D n H V o y in
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 P Y) p w0) (pinv P *m Y + (1%:M - pinv P *m P) *m w0).
Proof. by move=> P Y; exact: cnn_momentum_converges. Qed.

(** On the identity task the limit is e + (I - Pi)(w_0 - e), e the centre selector, for every padding.
    Assumes: as above; the padding reads output pixels as they are (all three do). *)
Theorem images_converge_identity_task (R : archiFieldType) read (eta beta p c L : R) (x : nat -> image R)
    (w0 : 'M[R]_(C * (K * K), C)) :
  let P := stack C h n H V o read x in let e := centre_selector R C h in
  (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 P (stacked_images C n H V o x)) p w0)
           (e + (1%:M - pinv P *m P) *m (w0 - e)).
Proof.
move=> P e own p0 b0 b1 c0 eta0 PL stable; rewrite -(identity_task_is_consistent C h n x own) -/P -/e.
by rewrite -cnn_identity_limit; exact: cnn_momentum_converges PL stable.
Qed.

(** The path: every step of gradient descent multiplies the error w_t - e by I - alpha P^T P.
    Assumes: the padding reads output pixels as they are. *)
Theorem images_path (R : archiFieldType) read (eta c : R) (x : nat -> image R) (w0 : 'M[R]_(C * (K * K), C)) t :
  let P := stack C h n H V o read x in let e := centre_selector R C h in
  (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  gradient_descent eta (cnn_gradient c 0 P (stacked_images C n H V o x)) w0 t.+1 - e
  = (1%:M - (eta * c) *: (P^T *m P)) *m
    (gradient_descent eta (cnn_gradient c 0 P (stacked_images C n H V o x)) w0 t - e).
Proof.
move=> P e own; rewrite -(identity_task_is_consistent C h n x own) -/P -/e /gradient_descent iterS.
move: (iter _ _ _) => w; rewrite /cnn_gradient scale0r addr0 -mulmxBr scalerA mulmxA.
by rewrite addrAC mulmxBl mul1mx -scalemxAl.
Qed.

(** So w_t = e + (I - alpha P^T P)^t (w_0 - e) for every t.
    Assumes: the padding reads output pixels as they are. *)
Theorem images_closed_form (R : archiFieldType) read (eta c : R) (x : nat -> image R) (w0 : 'M[R]_(C * (K * K), C)) t :
  let P := stack C h n H V o read x in let e := centre_selector R C h in
  (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  gradient_descent eta (cnn_gradient c 0 P (stacked_images C n H V o x)) w0 t
  = e + power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - e).
Proof.
move=> P e own; rewrite -(identity_task_is_consistent C h n x own) -/P -/e.
by apply: cnn_closed_form; rewrite subrr mulmx0.
Qed.

(** Any targets: w_t = w* + (I - alpha P^T P)^t (w_0 - w* ) with w* = P^+ y + (I - Pi) w_0.
    Assumes: nothing. *)
Theorem images_closed_form_of_targets (R : realFieldType) D read (eta c : R) (x y : nat -> image R)
    (w0 : 'M[R]_(C * (K * K), D)) t :
  let P := stack C h n H V o read x in let Y := stacked_images D n H V o y in
  let star := pinv P *m Y + (1%:M - pinv P *m P) *m w0 in
  gradient_descent eta (cnn_gradient c 0 P Y) w0 t
  = star + power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - star).
Proof. by move=> P Y star; apply: cnn_closed_form; exact: cnn_least_squares_point. Qed.
End Images.

(** w* = P^+ y + (I - Pi) w_0 is the least-squares solution closest to w_0, whatever P stacks.
    Assumes: P^T (P w - y) = 0, that is, w is a least-squares solution. *)
Theorem images_limit_is_closest (R : archiFieldType) N d D (P : 'M[R]_(N, d)) (Y : 'M[R]_(N, D)) (w0 w : 'M[R]_(d, D)) :
  P^T *m (P *m w - Y) = 0 ->
  let star := pinv P *m Y + (1%:M - pinv P *m P) *m w0 in
  sqnorm (w - w0) = sqnorm (w - star) + sqnorm (star - w0).
Proof.
move=> st star; have := limit_is_closest w0^T (oner_neq0 R) (cnn_stationary 1 st).
rewrite -cnn_limit_transposed -/star => closest; rewrite -[LHS]sqnorm_tr -(sqnorm_tr (w - star)) -(sqnorm_tr (star - w0)).
by rewrite !linearB.
Qed.

(** What a padding reads at a place, given an image's channel. *)
Definition padding (R : Type) := (int -> int -> R) -> int -> int -> R.

(** ** Images of different sizes
    Image s has H s x V s output pixels, and [read s] is its padding. *)
Section Sizes.
Variables (C h n o : nat) (H V : nat -> nat).
Let K := h.*2.+1.

(** The patches of all images, one image below the other, and what the images y say at the output pixels. *)
Definition stack_of_sizes (R : comRingType) (read : nat -> padding R) (x : nat -> image R) :=
  \mxcol_(s < n) stack C h 1 (H s) (V s) o (read s) (fun _ => x s).
Definition images_of_sizes (R : comRingType) D (y : nat -> image R) :=
  \mxcol_(s < n) stacked_images D 1 (H s) (V s) o (fun _ => y s).

(** The outputs of a network on all images are the stack times its filters.
    Assumes: nothing. *)
Theorem outputs_of_sizes (R : comRingType) D (read : nat -> padding R) W (x : nat -> image R) :
  stack_of_sizes read x *m filter C h D W = images_of_sizes D (fun s => one_layer C h (read s) W (x s)).
Proof. by rewrite mxcol_mul; apply: eq_mxcol => s; rewrite outputs_are_stack_times_filter. Qed.

(** P^T P is the sum of those of the images.
    Assumes: nothing. *)
Theorem gram_of_sizes (R : comRingType) (read : nat -> padding R) (x : nat -> image R) :
  (stack_of_sizes read x)^T *m stack_of_sizes read x
  = \sum_(s < n) (stack C h 1 (H s) (V s) o (read s) (fun _ => x s))^T *m stack C h 1 (H s) (V s) o (read s) (fun _ => x s).
Proof. by rewrite tr_mxcol mul_mxrow_mxcol. Qed.

Lemma sqnorm_of_sizes (R : comRingType) m (N : 'I_n -> nat) (A : forall s, 'M[R]_(N s, m)) :
  sqnorm (\mxcol_s A s) = \sum_s sqnorm (A s).
Proof.
rewrite -sqnorm_tr /dot trmxK tr_mxcol mul_mxrow_mxcol raddf_sum.
by apply: eq_bigr => s _; rewrite mxtrace_mulC.
Qed.

(** The loss: (c/2) times the squared errors over all images, output pixels and channels, plus decay. *)
Definition loss_of_sizes (R : realFieldType) D (read : nat -> padding R) (c omega : R) (x y : nat -> image R) (w : 'M[R]_(C * (K * K), D)) : R :=
  c / 2%:R * (\sum_(s < n) \sum_(i < H s) \sum_(j < V s) \sum_(k < D)
      (one_layer C h (read s) (weights_of w) (x s) k (o + i)%N%:Z (o + j)%N%:Z - y s k (o + i)%N%:Z (o + j)%N%:Z) ^+ 2)
  + omega / 2%:R * sqnorm w.

(** Its gradient is that of least squares over the stack.
    Assumes: nothing. *)
Theorem sizes_gradient_is_gradient (R : realFieldType) D (read : nat -> padding R) (c omega : R) (x y : nat -> image R)
    (w : 'M[R]_(C * (K * K), D)) :
  has_gradient (loss_of_sizes read c omega x y) w
    (cnn_gradient c omega (stack_of_sizes read x) (images_of_sizes D y) w).
Proof.
apply: has_gradient_eq (cnn_gradient_is_gradient _ _ _ _ _) => v.
rewrite /cnn_loss /loss_of_sizes; congr (_ * _ + _).
have -> : stack_of_sizes read x *m v - images_of_sizes D y = \mxcol_(s < n)
    (stack C h 1 (H s) (V s) o (read s) (fun _ => x s) *m filter C h D (weights_of v) - stacked_images D 1 (H s) (V s) o (fun _ => y s)).
  by rewrite filter_weights_of mxcolB -mxcol_mul.
rewrite (sqnorm_of_sizes (fun s : 'I_n => _)); apply: eq_bigr => s _.
by rewrite -squared_errors_of_images big_ord1.
Qed.

(** On the identity task the images are the stack times the centre selector, one selector for all sizes.
    Assumes: the paddings read output pixels as they are (all three do). *)
Theorem identity_task_of_sizes (R : comRingType) (read : nat -> padding R) (x : nat -> image R) :
  (forall s f i j, (i < H s)%N -> (j < V s)%N -> read s f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  stack_of_sizes read x *m centre_selector R C h = images_of_sizes C x.
Proof.
by move=> own; rewrite mxcol_mul; apply: eq_mxcol => s; apply: identity_task_is_consistent; exact: own.
Qed.

(** Any targets: gradient descent, heavy ball (p = 0) and Nesterov (p = 1) converge to P^+ y + (I - Pi) w_0.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem sizes_converge (R : archiFieldType) D (read : nat -> padding R) (eta beta p c L : R) (x y : nat -> image R) (w0 : 'M[R]_(C * (K * K), D)) :
  let P := stack_of_sizes read x in let Y := images_of_sizes D y in
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 P Y) p w0) (pinv P *m Y + (1%:M - pinv P *m P) *m w0).
Proof. by move=> P Y; exact: cnn_momentum_converges. Qed.

(** On the identity task, after t steps and in the limit: w_t = e + (I - alpha P^T P)^t (w_0 - e), and w_t -> e + (I - Pi)(w_0 - e).
    Assumes: the paddings read output pixels as they are; for the limit c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L < 2. *)
Theorem sizes_identity_task (R : archiFieldType) (read : nat -> padding R) (eta c L : R) (x : nat -> image R) (w0 : 'M[R]_(C * (K * K), C)) :
  let P := stack_of_sizes read x in let e := centre_selector R C h in
  let w := gradient_descent eta (cnn_gradient c 0 P (images_of_sizes C x)) w0 in
  (forall s f i j, (i < H s)%N -> (j < V s)%N -> read s f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  (forall t, w t = e + power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - e))
  /\ (0 < c -> 0 < eta -> bounds_patches P L -> eta * c * L < 2%:R -> tends_to w (e + (1%:M - pinv P *m P) *m (w0 - e))).
Proof.
move=> P e w own; rewrite /w -(identity_task_of_sizes x own) -/P -/e; split=> [t|c0 eta0 PL stable].
  by apply: cnn_closed_form; rewrite subrr mulmx0.
exact: cnn_converges_identity_task PL stable.
Qed.

(** Any targets, after t steps: w_t = w* + (I - alpha P^T P)^t (w_0 - w* ) with w* = P^+ y + (I - Pi) w_0.
    Assumes: nothing. *)
Theorem sizes_closed_form_of_targets (R : realFieldType) D (read : nat -> padding R) (eta c : R) (x y : nat -> image R) (w0 : 'M[R]_(C * (K * K), D)) t :
  let P := stack_of_sizes read x in let Y := images_of_sizes D y in
  let star := pinv P *m Y + (1%:M - pinv P *m P) *m w0 in
  gradient_descent eta (cnn_gradient c 0 P Y) w0 t = star + power (1%:M - (eta * c) *: (P^T *m P)) t *m (w0 - star).
Proof. by move=> P Y star; apply: cnn_closed_form; exact: cnn_least_squares_point. Qed.
End Sizes.

(** * T2_images.v: several images (page T2.images.md)
    The patch matrices are stacked; everything in T2_steps.v and T2.v is stated for
    an arbitrary matrix P and therefore holds for the stack. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T2_steps T2.
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

(** * T2.v: one-layer CNN, in the limit (page T2.md)
    w -> e + (I - Pi)(w_0 - e), Pi = P^+ P the projector onto the span of the
    patches; P and the filters as in T2_steps.v. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Networks Patches T1_examples T2_steps.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** L is an upper bound of the eigenvalues of P^T P. *)
Definition bounds_patches (R : realFieldType) N d (P : 'M[R]_(N, d)) (L : R) :=
  0 <= L /\ forall v : 'cV[R]_d, sqnorm (P *m v) <= L * sqnorm v.

Lemma bounds_patchesE (R : realFieldType) N d (P : 'M[R]_(N, d)) L :
  bounds_patches P L -> bounds_curvature P^T L.
Proof.
case=> L0 PL; split=> // v; rewrite -(sqnorm_tr (v *m _)) trmx_mul trmxK -(sqnorm_tr v).
exact: PL.
Qed.

(** The Moore-Penrose inverse of the transposed matrix.
    Assumes: nothing. *)
Theorem pinv_transposed (R : realFieldType) N d (P : 'M[R]_(N, d)) : pinv P^T = (pinv P)^T.
Proof.
apply: pinv_unique (pinvP _) _; have [PPP pPp s1 s2] := pinvP P.
split.
- by rewrite -!trmx_mul mulmxA PPP.
- by rewrite -!trmx_mul mulmxA pPp.
- by rewrite -trmx_mul trmxK s2.
by rewrite -trmx_mul trmxK s1.
Qed.

(** The unlearned part, for any targets y.
    Assumes: nothing. *)
Lemma cnn_limit_transposed (R : realFieldType) N d C (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C))
    (w0 : 'M[R]_(d, C)) :
  (pinv P *m y + (1%:M - pinv P *m P) *m w0)^T
  = y^T *m pinv P^T + w0^T *m (1%:M - P^T *m pinv P^T).
Proof.
by rewrite pinv_transposed linearD /= (trmx_mul (pinv P) y) (trmx_mul _ w0) linearB /= trmx1 (trmx_mul (pinv P) P).
Qed.

(** Gradient descent, heavy ball (p = 0) and Nesterov (p = 1) at once, any
    targets: w_t -> P^+ y + (I - Pi) w_0.
    Assumes: 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem cnn_momentum_converges (R : archiFieldType) N d C (eta beta p c L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 P y) p w0)
           (pinv P *m y + (1%:M - pinv P *m P) *m w0).
Proof.
move=> p0 b0 b1 c0 eta0 PL stable; apply: tends_to_tr; rewrite cnn_limit_transposed.
apply: (tends_to_eq (u := momentum eta beta (gradient c 0 P^T y^T) p w0^T)).
  by move=> t; rewrite cnn_momentum_transposed.
by apply: (least_squares_converges (L := L)) => //; [exact: bounds_patchesE | rewrite mulrA].
Qed.

(** A calculation, entry by entry. *)
Lemma cnn_entries (R : comRingType) (a b x e : R) : b + (x - a) = e + (x - a - (e - b)).
Proof. by rewrite opprB [RHS]addrC -addrA subrK addrC. Qed.

(** On the identity task that is e + (I - Pi)(w_0 - e).
    Assumes: nothing. *)
Lemma cnn_identity_limit (R : realFieldType) N d C (P : 'M[R]_(N, d)) (e w0 : 'M[R]_(d, C)) :
  pinv P *m (P *m e) + (1%:M - pinv P *m P) *m w0 = e + (1%:M - pinv P *m P) *m (w0 - e).
Proof.
rewrite mulmxA; move: (pinv P *m P) => Q; rewrite mulmxBr !mulmxBl !mul1mx.
by move: (Q *m e) (Q *m w0) => b a; apply/matrixP => i j; rewrite !mxE; exact: cnn_entries.
Qed.

(** T2: gradient descent, any targets.
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L < 2. *)
Theorem cnn_converges (R : archiFieldType) N d C (eta c L : R)
    (P : 'M[R]_(N, d)) (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) :
  0 < c -> 0 < eta -> bounds_patches P L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (cnn_gradient c 0 P y) w0)
           (pinv P *m y + (1%:M - pinv P *m P) *m w0).
Proof.
move=> c0 eta0 PL stable.
apply: (tends_to_eq (u := momentum eta 0 (cnn_gradient c 0 P y) 0 w0)).
  by move=> t; rewrite gradient_descent_is_heavy_ball heavy_ball_is_momentum.
apply: (cnn_momentum_converges (L := L)) => //; first exact: ltr01.
by rewrite mulr0 !addr0 !mulr1.
Qed.

(** T2 on the identity task: w_t -> e + (I - Pi)(w_0 - e).
    Assumes: c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L < 2. *)
Theorem cnn_converges_identity_task (R : archiFieldType) N d C (eta c L : R)
    (P : 'M[R]_(N, d)) (e w0 : 'M[R]_(d, C)) :
  0 < c -> 0 < eta -> bounds_patches P L -> eta * c * L < 2%:R ->
  tends_to (gradient_descent eta (cnn_gradient c 0 P (P *m e)) w0)
           (e + (1%:M - pinv P *m P) *m (w0 - e)).
Proof. by move=> *; rewrite -cnn_identity_limit; apply: cnn_converges; eassumption. Qed.

(** T2 for a network: a convolutional layer of C channels with kernels of side 2 h + 1, trained on one image x with H x V
    output pixels to return it, converges to e + (I - Pi)(w_0 - e), e the centre selector and Pi the projector onto the
    patches of x, under padding with zeros (same), circular and valid padding (where x has h more pixels on each side), by
    gradient descent (beta = 0), heavy ball (p = 0) and Nesterov (p = 1).
    Assumes: one image of any size; C channels in and out; padding same, circular or valid; 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem image_converges (R : archiFieldType) C h H V (eta beta p c L : R) (x : image R)
    (w0 : 'M[R]_(C * (h.*2.+1 * h.*2.+1), C)) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  let e := centre_selector R C h in
  let learns read o :=
    let P := stack C h 1 H V o read (fun _ => x) in let y := stacked_images C 1 H V o (fun _ => x) in
    bounds_patches P L ->
    tends_to (momentum eta beta (cnn_gradient c 0 P y) p w0) (e + (1%:M - pinv P *m P) *m (w0 - e)) in
  [/\ learns (@zero_padding R H V) 0%N, learns (@circular_padding R H V) 0%N & learns (@valid_padding R) h].
Proof.
move=> p0 b0 b1 c0 eta0 stable e learns.
have all read o : (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
    learns read o.
  move=> own P y PL; rewrite /y -(identity_task_is_consistent C h 1 (fun _ => x) own) -/P -/e -cnn_identity_limit.
  exact: cnn_momentum_converges PL stable.
split; apply: all => f i j iH jV; by have [] := paddings_read_own_pixels h f iH jV.
Qed.

(** Pi = P^+ P is the orthogonal projector onto the span of the patches: symmetric,
    idempotent, it fixes the patches, and its columns are combinations of them.
    Assumes: nothing. *)
Theorem patch_projector (R : realFieldType) N d (P : 'M[R]_(N, d)) :
  let Pi := pinv P *m P in
  [/\ Pi^T = Pi, Pi *m Pi = Pi, P *m Pi = P & Pi = P^T *m (pinv P)^T].
Proof.
have [PPP pPp s1 s2] := pinvP P; split => //; first by rewrite mulmxA pPp.
  by rewrite mulmxA PPP.
by rewrite -trmx_mul s2.
Qed.

(** What no patch contains is never touched.
    Assumes: P q = 0. *)
Theorem cnn_kernel_is_kept (R : comRingType) N d C (eta c : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) (q : 'cV[R]_d) t : P *m q = 0 ->
  q^T *m gradient_descent eta (cnn_gradient c 0 P y) w0 t = q^T *m w0.
Proof.
move=> Pq; elim: t => // t IH; rewrite /gradient_descent iterS -/(gradient_descent _ _ _ _) /=.
rewrite mulmxBr IH -scalemxAr /cnn_gradient scale0r addr0 -scalemxAr mulmxA -trmx_mul Pq.
by rewrite trmx0 mul0mx !scaler0 subr0.
Qed.

(** A zero image teaches nothing.
    Assumes: P = 0. *)
Corollary zero_image_teaches_nothing (R : comRingType) N d C (eta c : R) (P : 'M[R]_(N, d))
    (y : 'M[R]_(N, C)) (w0 : 'M[R]_(d, C)) t : P = 0 -> gradient_descent eta (cnn_gradient c 0 P y) w0 t = w0.
Proof.
move=> P0; rewrite -[LHS]mul1mx -[RHS]mul1mx; apply/row_matrixP => i; rewrite !row_mul.
have -> : row i 1%:M = (delta_mx i 0 : 'cV[R]_d)^T by rewrite rowE mulmx1 trmx_delta.
by apply: cnn_kernel_is_kept; rewrite P0 mul0mx.
Qed.

(** Sharpness: along an eigenvector with alpha lambda >= 2 the error never gets smaller
    than at the start.
    Assumes: P^T P u = lambda u, alpha lambda >= 2. *)
Theorem cnn_bound_is_sharp (R : realFieldType) N d C (eta c lambda : R) (P : 'M[R]_(N, d))
    (e w0 : 'M[R]_(d, C)) (u : 'cV[R]_d) t j :
  P^T *m P *m u = lambda *: u -> 2%:R <= eta * c * lambda ->
  `|(u^T *m (w0 - e)) 0 j|
  <= `|(u^T *m (gradient_descent eta (cnn_gradient c 0 P (P *m e)) w0 t - e)) 0 j|.
Proof.
move=> Pu h; have st : gradient c 0 P^T (P *m e)^T e^T = 0.
  by apply: cnn_stationary; rewrite subrr mulmx0.
have Pu' : P^T *m P^T^T *m u = lambda *: u by rewrite trmxK.
have := examples_bound_is_sharp w0^T t j st Pu' h.
have -> : gradient_descent eta (gradient c 0 P^T (P *m e)^T) w0^T t
  = (gradient_descent eta (cnn_gradient c 0 P (P *m e)) w0 t)^T.
  by rewrite !gradient_descent_is_heavy_ball !heavy_ball_is_momentum cnn_momentum_transposed.
have tr (w : 'M[R]_(d, C)) : (w^T *m u) j 0 = (u^T *m w) 0 j.
  by rewrite -[X in _ *m X]trmxK -trmx_mul mxE.
by rewrite -!linearB /= !tr.
Qed.

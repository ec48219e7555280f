(** * T2_cyclic.v: one image at a time (page T2.cyclic.md)
    Step t uses the patch matrix P_i of the image i = order(t) alone. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Gradients Networks Patches Cyclic T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Fixpoint cnn_one_at_a_time (R : comRingType) N d C n (alpha : R) (P : 'I_n -> 'M[R]_(N, d))
    (y : 'I_n -> 'M[R]_(N, C)) (order : nat -> 'I_n) (w0 : 'M[R]_(d, C)) (t : nat) : 'M[R]_(d, C) :=
  if t is u.+1 then
    let w := cnn_one_at_a_time alpha P y order w0 u in
    w - alpha *: ((P (order u))^T *m (P (order u) *m w - y (order u)))
  else w0.

(** Every step is one of gradient descent on the loss (c/2)|P_i w - y_i|^2 of its image alone, with alpha = eta c.
    Assumes: nothing. *)
Theorem single_image_step_is_gradient_step (R : realFieldType) N d C n (eta c : R) (P : 'I_n -> 'M[R]_(N, d))
    (y : 'I_n -> 'M[R]_(N, C)) (order : nat -> 'I_n) (w0 : 'M[R]_(d, C)) t :
  let w := cnn_one_at_a_time (eta * c) P y order w0 in
  w t.+1 = w t - eta *: cnn_gradient c 0 (P (order t)) (y (order t)) (w t)
  /\ has_gradient (cnn_loss c 0 (P (order t)) (y (order t))) (w t)
       (cnn_gradient c 0 (P (order t)) (y (order t)) (w t)).
Proof.
move=> w; split; last exact: cnn_gradient_is_gradient.
by rewrite /cnn_gradient scale0r addr0 scalerA.
Qed.

(** It is training on examples, transposed.
    Assumes: nothing. *)
Theorem cnn_one_at_a_time_transposed (R : comRingType) N d C n (alpha : R) (P : 'I_n -> 'M[R]_(N, d))
    (y : 'I_n -> 'M[R]_(N, C)) order (w0 : 'M[R]_(d, C)) t :
  (cnn_one_at_a_time alpha P y order w0 t)^T
  = one_at_a_time alpha (fun i => (P i)^T) (fun i => (y i)^T) order w0^T t.
Proof.
by elim: t => //= t IH; rewrite -IH linearB linearZ /= trmx_mul linearB /= trmx_mul trmxK.
Qed.

(** (a) Exact path for every order and every alpha, transposed:
    (w_t - e)^T = (w_0 - e)^T times the product of the I - alpha P_i^T P_i in the order of the steps.
    Assumes: y_i = P_i e. *)
Theorem cnn_cyclic_exact_path (R : comRingType) N d C n (alpha : R) (P : 'I_n -> 'M[R]_(N, d))
    (order : nat -> 'I_n) (w0 e : 'M[R]_(d, C)) t :
  (cnn_one_at_a_time alpha P (fun i => P i *m e) order w0 t - e)^T
  = (w0 - e)^T *m step_product alpha (fun i => (P i)^T) order t.
Proof.
rewrite linearB /= cnn_one_at_a_time_transposed [(w0 - e)^T]linearB.
by apply: one_at_a_time_path => i; rewrite trmx_mul.
Qed.

(** What no patch contains is never touched, whatever the targets, the order and alpha; the columns of I - Pi are such vectors.
    Assumes: P_i z = 0 for every image i. *)
Theorem cnn_cyclic_complement_is_kept (R : comRingType) N d C n m (alpha : R) (P : 'I_n -> 'M[R]_(N, d))
    (y : 'I_n -> 'M[R]_(N, C)) (order : nat -> 'I_n) (w0 : 'M[R]_(d, C)) (Z : 'M[R]_(d, m)) t : (forall i, P i *m Z = 0) ->
  Z^T *m cnn_one_at_a_time alpha P y order w0 t = Z^T *m w0.
Proof.
move=> PZ; elim: t => //= t IH; rewrite mulmxBr IH -scalemxAr mulmxA -trmx_mul.
by rewrite PZ trmx0 mul0mx scaler0 subr0.
Qed.

(** The images are blocks of their stack. *)
Lemma images_are_blocks (R : realFieldType) N M d n (P : 'I_n -> 'M[R]_(N, d)) (full : 'M[R]_(M, d)) :
  full^T *m full = \sum_i (P i)^T *m P i ->
  let Q := pinv full *m full in
  [/\ Q^T = Q, Q *m Q = Q, forall i, Q *m (P i)^T = (P i)^T
    & forall q (V : 'M[R]_(q, d)), \sum_i sqnorm (V *m (P i)^T) = sqnorm (V *m full^T)].
Proof.
move=> stack Q; have [Ps Pi Pf Pc] := patch_projector full; rewrite -/Q in Ps Pi Pf Pc.
have sums q (V : 'M[R]_(q, d)) : \sum_i sqnorm (V *m (P i)^T) = sqnorm (V *m full^T).
  rewrite /dot !trmx_mul !trmxK mulmxA -(mulmxA V) stack mulmx_sumr mulmx_suml raddf_sum.
  by apply: eq_bigr => i _; rewrite trmx_mul trmxK !mulmxA.
split=> // i; have Z : \sum_j sqnorm ((1%:M - Q) *m (P j)^T) = 0.
  rewrite sums; have -> : (1%:M - Q) *m full^T = 0; last by rewrite /dot mul0mx linear0.
  by rewrite mulmxBl mul1mx -Ps -trmx_mul Pf subrr.
have /eqP := Z; rewrite psumr_eq0 => [/allP/(_ i)|j _]; last exact: sqnorm_ge0.
rewrite mem_index_enum => /(_ isT) /eqP /sqnorm_eq0.
by rewrite mulmxBl mul1mx => /eqP; rewrite subr_eq0 => /eqP <-.
Qed.

(** (b) The rate: if every window of T steps contains every image, then |w_(bT) - w*|^2 <= q^(2b) |w_0 - w*|^2 with
    q^2 = 1 - alpha (2 - alpha L) low / (2 T^2), and the distance never grows in between. [low] is any lower bound of the
    non-zero eigenvalues of P^T P, [full] the stack of all patch matrices.
    Assumes: y_i = P_i e, full^T full = sum_i P_i^T P_i, alpha > 0, L bounds the eigenvalues of every P_i^T P_i, alpha L < 2, low |v|^2 <= |P v|^2 for all v in the span of the patches, T > 0, every image occurs in each window from b T to (b + 1) T. *)
Theorem cnn_cyclic_rate (R : archiFieldType) N M d C n T (alpha L low : R) (P : 'I_n -> 'M[R]_(N, d))
    (full : 'M[R]_(M, d)) (e w0 : 'M[R]_(d, C)) (order : nat -> 'I_n) :
  full^T *m full = \sum_i (P i)^T *m P i ->
  0 < alpha -> (forall i, bounds_patches (P i) L) -> alpha * L < 2%:R ->
  (forall v : 'M[R]_(d, C), pinv full *m full *m v = v -> low * sqnorm v <= sqnorm (full *m v)) -> (0 < T)%N ->
  (forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i) ->
  let w := cnn_one_at_a_time alpha P (fun i => P i *m e) order w0 in
  let star := e + (1%:M - pinv full *m full) *m (w0 - e) in
  (forall b, sqnorm (w (b * T)%N - star)
    <= (1 - alpha * (2%:R - alpha * L) * low / (2%:R * T%:R ^+ 2)) ^+ b * sqnorm (w0 - star))
  /\ forall t u, sqnorm (w (t + u)%N - star) <= sqnorm (w t - star).
Proof.
move=> stack a0 PL stable lower T0 recur w star; have [Qs Qi QX sums] := images_are_blocks stack.
set Q := pinv full *m full in Qs Qi QX.
have upper i : bounds_curvature (P i)^T L by exact: bounds_patchesE.
have lower' (v : 'M[R]_(C, d)) : v *m Q = v -> low * sqnorm v <= \sum_i sqnorm (v *m (P i)^T).
  move=> vQ; rewrite sums -sqnorm_tr -(sqnorm_tr (v *m _)) trmx_mul trmxK; apply: lower.
  by rewrite -/Q -{1}Qs -trmx_mul vQ.
have err t : sqnorm (w t - star)
    = sqnorm (one_at_a_time alpha (fun i => (P i)^T) (fun i => e^T *m (P i)^T) order w0^T t - (e^T + (w0^T - e^T) *m (1%:M - Q))).
  have -> : e^T + (w0^T - e^T) *m (1%:M - Q) = star^T.
    by rewrite /star [RHS]linearD /= trmx_mul !linearB /= trmx1 -/Q Qs.
  rewrite -sqnorm_tr linearB /= cnn_one_at_a_time_transposed.
  have same : one_at_a_time alpha (fun i => (P i)^T) (fun i => (P i *m e)^T) order w0^T t
      = one_at_a_time alpha (fun i => (P i)^T) (fun i => e^T *m (P i)^T) order w0^T t.
    by elim: t => //= t ->; rewrite trmx_mul.
  by rewrite same.
split=> [b|t u]; last first.
  by rewrite !err; exact: (@one_at_a_time_shrinks _ _ _ _ _ alpha L (fun i => (P i)^T) order Q e^T w0^T QX a0 upper stable t u).
rewrite err; have -> : w0 - star = w 0%N - star by [].
rewrite (err 0%N).
exact: (@one_at_a_time_rate _ _ _ _ _ T alpha low L (fun i => (P i)^T) order Q e^T w0^T Qs Qi QX a0 lower' upper stable T0 recur b).
Qed.

(** (b) If every window of T steps contains every image, one image at a time reaches the limit of
    full-batch training, e + (I - Pi)(w_0 - e). [full] is the stack of all patch matrices.
    Assumes: y_i = P_i e, full^T full = sum_i P_i^T P_i, alpha > 0, L bounds the eigenvalues of every P_i^T P_i, alpha L < 2, T > 0, every image occurs in each window from b T to (b + 1) T. *)
Theorem cnn_cyclic_converges (R : archiFieldType) N M d C n T (alpha L : R) (P : 'I_n -> 'M[R]_(N, d))
    (full : 'M[R]_(M, d)) (e w0 : 'M[R]_(d, C)) (order : nat -> 'I_n) :
  full^T *m full = \sum_i (P i)^T *m P i ->
  0 < alpha -> (forall i, bounds_patches (P i) L) -> alpha * L < 2%:R -> (0 < T)%N ->
  (forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i) ->
  tends_to (cnn_one_at_a_time alpha P (fun i => P i *m e) order w0)
           (e + (1%:M - pinv full *m full) *m (w0 - e)).
Proof.
move=> stack a0 PL stable T0 recur; apply: tends_to_tr; have [Ps Pi QX sums] := images_are_blocks stack.
set Q := pinv full *m full in Ps Pi QX *.
have XX : full^T *m pinv full^T = Q by rewrite pinv_transposed -trmx_mul Ps.
have -> : (e + (1%:M - Q) *m (w0 - e))^T = e^T + (w0^T - e^T) *m (1%:M - Q).
  by rewrite linearD /= trmx_mul !linearB /= trmx1 Ps.
apply: (tends_to_eq (u := one_at_a_time alpha (fun i => (P i)^T) (fun i => e^T *m (P i)^T) order w0^T)).
  move=> t; rewrite cnn_one_at_a_time_transposed; elim: t => //= t ->.
  by rewrite trmx_mul.
apply: (@one_at_a_time_converges _ _ _ _ _ T alpha (lower_curvature full^T) L) => //.
- exact: lower_curvature_gt0.
- by move=> v vQ; rewrite sums; apply: lower_curvatureM; rewrite XX.
by move=> i; exact: bounds_patchesE.
Qed.

(** The same from the images themselves, with no matrix assumed: P_i stacks the patches of image i, full those of all images.
    Assumes: the padding reads output pixels as they are (all three do), alpha > 0, L bounds the eigenvalues of every P_i^T P_i, alpha L < 2, T > 0, every image occurs in each window from b T to (b + 1) T. *)
Theorem images_cyclic_converges (R : archiFieldType) C h n H V o read T (alpha L : R) (x : nat -> image R)
    (w0 : 'M[R]_(C * (h.*2.+1 * h.*2.+1), C)) (order : nat -> 'I_n) :
  let P (i : 'I_n) := stack C h 1 H V o read (fun _ => x i) in
  let full := stack C h n H V o read x in let e := centre_selector R C h in
  (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  0 < alpha -> (forall i, bounds_patches (P i) L) -> alpha * L < 2%:R -> (0 < T)%N ->
  (forall b i, exists j, (j < T)%N /\ order (b * T + j)%N = i) ->
  tends_to (cnn_one_at_a_time alpha P (fun i => stacked_images C 1 H V o (fun _ => x i)) order w0)
           (e + (1%:M - pinv full *m full) *m (w0 - e)).
Proof.
move=> P full e own a0 PL stable T0 recur.
apply: (tends_to_eq (u := cnn_one_at_a_time alpha P (fun i => P i *m e) order w0)).
  by elim=> //= t ->; rewrite {2}/P (identity_task_is_consistent C h 1 _ own).
apply: cnn_cyclic_converges a0 PL stable T0 recur; rewrite gram_of_stack; apply: eq_bigr => i _.
by rewrite /P gram_of_stack big_ord1.
Qed.

(** * Patches.v: from an image and its padding to the patch matrix
    The index l < C K^2 of a patch stands for channel l / K^2, kernel row (l mod K^2) / K and
    kernel column l mod K: channel slowest, as on the pages (trajectory.md, section 8). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius Networks.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** A sum over l < m n is a double sum over the quotient and the remainder. *)
Lemma sum_quotient_remainder (R : zmodType) m n (F : nat -> nat -> R) :
  \sum_(l < m * n) F (l %/ n)%N (l %% n)%N = \sum_(i < m) \sum_(j < n) F i j.
Proof.
case: n => [|n].
  rewrite muln0 big_ord0 big1 // => i _; exact: big_ord0.
elim: m => [|m IH]; first by rewrite !big_ord0.
rewrite [RHS]big_ord_recr /= -IH mulSn addnC.
rewrite big_split_ord /=.
congr (_ + _); apply: eq_bigr => j _.
by rewrite divnMDl // divn_small // addn0 modnMDl modn_small.
Qed.

Section Patch.
Variables (R : comRingType) (C h : nat) (read : (int -> int -> R) -> int -> int -> R).
Let K := h.*2.+1.

(** The patch of the output pixel (i, j), a row of the patch matrix. *)
Definition patch (x : image R) (i j : int) : 'rV[R]_(C * (K * K)) :=
  \row_l read (x (l %/ (K * K))%N) (i + ((l %% (K * K)) %/ K)%N%:Z - h%:Z)
                                   (j + ((l %% (K * K)) %% K)%N%:Z - h%:Z).

(** A filter, one column per output channel, in the same order. *)
Definition filter D (W : nat -> nat -> nat -> nat -> R) : 'M[R]_(C * (K * K), D) :=
  \matrix_(l, c) W c (l %/ (K * K))%N ((l %% (K * K)) %/ K)%N ((l %% (K * K)) %% K)%N.

(** The output of a convolutional layer is patch times filter.
    Assumes: nothing. *)
Theorem convolution_is_patch_times_filter D W (x : image R) i j (c : 'I_D) :
  (patch x i j *m filter D W) 0 c
  = plain_cnn read (fun _ => C) (fun _ => h) (fun _ => W) (fun _ a => a) 1 x c i j.
Proof.
rewrite mxE plain_cnnS /=; pose F c' a b := W c c' a b * read (x c') (i + a%:Z - h%:Z) (j + b%:Z - h%:Z).
rewrite (eq_bigr (fun l : 'I_(C * (K * K)) =>
  F (l %/ (K * K))%N ((l %% (K * K)) %/ K)%N ((l %% (K * K)) %% K)%N)); last first.
  by move=> l _; rewrite !mxE mulrC.
rewrite (sum_quotient_remainder C (K * K) (fun c' r => F c' (r %/ K)%N (r %% K)%N)).
by apply: eq_bigr => c' _; exact: (sum_quotient_remainder K K (F c')).
Qed.

(** The selector of the centre tap of channel c. *)
Definition centre_selector : 'M[R]_(C * (K * K), C) :=
  filter C (fun c c' a b => ((c == c') && ((a == h) && (b == h)))%:R).

(** Lemma 9 of trajectory.md: the selector returns the pixel itself, wherever the padding
    reads the pixel (i, j) at (i, j).
    Assumes: the padding reads (i, j) at (i, j). *)
Theorem centre_selector_returns_pixel (x : image R) i j (c : 'I_C) :
  (forall f, read f i j = f i j) -> (patch x i j *m centre_selector) 0 c = x c i j.
Proof.
move=> ri; rewrite convolution_is_patch_times_filter plain_cnnS /=.
have hK : (h < h.*2.+1)%N by rewrite ltnS -addnn leq_addr.
have zero (c' : 'I_C) (a b : 'I_K) f : ~~ [&& c == c', a == h :> nat & b == h :> nat] ->
    ((c == c' :> nat) && ((a == h :> nat) && (b == h :> nat)))%:R * f = 0 :> R.
  by move=> no; rewrite val_eqE (negPf no) mul0r.
rewrite (bigD1 c) //= [X in _ + X]big1 => [|c' cc]; last first.
  by do 2!(apply: big1 => ? _); apply: zero; rewrite eq_sym (negPf cc).
rewrite addr0 (bigD1 (Ordinal hK)) //= [X in _ + X]big1 => [|a ah]; last first.
  apply: big1 => ? _; apply: zero; rewrite eqxx /=; apply: contra ah => /andP[ah _].
  by rewrite -val_eqE.
rewrite addr0 (bigD1 (Ordinal hK)) //= big1 => [|b bh]; last first.
  by apply: (zero c (Ordinal hK) b); rewrite !eqxx /=; apply: contra bh; rewrite -val_eqE.
by rewrite addr0 !eqxx mul1r !addrK ri.
Qed.

End Patch.

(** The stack of the patches of n images with H x V output pixels each. Output pixel (i, j) has its place at (o + i, o + j):
    o = h under valid padding, whose outputs are the central crop, and o = 0 under the others. A row r stands for image
    r / (H V) and pixel r mod (H V), row by row. *)
Section Stack.
Variables (R : comRingType) (C D h n H V o : nat) (read : (int -> int -> R) -> int -> int -> R).
Let K := h.*2.+1.

Definition image_of (r : nat) : nat := r %/ (H * V).
Definition row_of (r : nat) : int := (o + (r %% (H * V)) %/ V)%N%:Z.
Definition column_of (r : nat) : int := (o + (r %% (H * V)) %% V)%N%:Z.

Definition stack (x : nat -> image R) : 'M[R]_(n * (H * V), C * (K * K)) :=
  \matrix_(r, l) patch C h read (x (image_of r)) (row_of r) (column_of r) 0 l.

(** What images say at the output pixels, in the order of the stack: targets, or the images themselves. *)
Definition stacked_images (y : nat -> image R) : 'M[R]_(n * (H * V), D) :=
  \matrix_(r, c) y (image_of r) c (row_of r) (column_of r).

(** One convolutional layer with weights W. *)
Definition one_layer (W : nat -> nat -> nat -> nat -> R) (x : image R) : image R :=
  plain_cnn read (fun _ => C) (fun _ => h) (fun _ => W) (fun _ a => a) 1 x.

(** The outputs of the network on all images are the stack times its filters.
    Assumes: nothing. *)
Theorem outputs_are_stack_times_filter W (x : nat -> image R) :
  stack x *m filter C h D W = stacked_images (fun s => one_layer W (x s)).
Proof.
apply/matrixP => r c; rewrite [RHS]mxE /one_layer -(convolution_is_patch_times_filter C h read W).
by rewrite !mxE; apply: eq_bigr => l _; rewrite !mxE.
Qed.

(** Every matrix of filters belongs to weights. *)
Definition weights_of (w : 'M[R]_(C * (K * K), D)) (c c' a b : nat) : R :=
  if (insub (c' * (K * K) + (a * K + b))%N, insub c) is (Some l, Some k) then w l k else 0.

Lemma filter_weights_of w : filter C h D (weights_of w) = w.
Proof.
apply/matrixP => l c; rewrite mxE /weights_of -divn_eq -divn_eq.
by rewrite (valK l) (valK c).
Qed.

(** A sum over the rows of the stack runs over images and pixels. *)
Lemma stack_sum (F : nat -> int -> int -> R) :
  \sum_(r < n * (H * V)) F (image_of r) (row_of r) (column_of r)
  = \sum_(s < n) \sum_(i < H) \sum_(j < V) F s (o + i)%N%:Z (o + j)%N%:Z.
Proof.
rewrite (sum_quotient_remainder n (H * V) (fun s q => F s (o + q %/ V)%N%:Z (o + q %% V)%N%:Z)).
by apply: eq_bigr => s _; exact: (sum_quotient_remainder H V (fun i j => F s (o + i)%N%:Z (o + j)%N%:Z)).
Qed.

(** The sum of the squared errors over all images, channels and pixels is |P w - y|^2.
    Assumes: nothing. *)
Theorem squared_errors_of_images W (x y : nat -> image R) :
  \sum_(s < n) \sum_(i < H) \sum_(j < V) \sum_(c < D)
    (one_layer W (x s) c (o + i)%N%:Z (o + j)%N%:Z - y s c (o + i)%N%:Z (o + j)%N%:Z) ^+ 2
  = sqnorm (stack x *m filter C h D W - stacked_images y).
Proof.
rewrite outputs_are_stack_times_filter dotE.
rewrite -(stack_sum (fun s i j => \sum_(c < D) (one_layer W (x s) c i j - y s c i j) ^+ 2)).
by apply: eq_bigr => r _; apply: eq_bigr => c _; rewrite !mxE expr2.
Qed.

(** P^T P of the stack is the sum of those of single images.
    Assumes: nothing. *)
Theorem gram_of_stack (x : nat -> image R) :
  (stack x)^T *m stack x = \sum_(s < n) \matrix_(l, m) \sum_(i < H) \sum_(j < V)
    patch C h read (x s) (o + i)%N%:Z (o + j)%N%:Z 0 l * patch C h read (x s) (o + i)%N%:Z (o + j)%N%:Z 0 m.
Proof.
apply/matrixP => l m; rewrite summxE mxE.
under [RHS]eq_bigr do rewrite mxE.
rewrite -(stack_sum (fun s i j => patch C h read (x s) i j 0 l * patch C h read (x s) i j 0 m)).
by apply: eq_bigr => r _; rewrite !mxE.
Qed.
End Stack.

(** The identity task: the images at the output pixels are the stack times the centre selector, one selector for all images,
    wherever the padding reads an output's own pixel as it is.
    Assumes: the padding reads (o + i, o + j) there for all output pixels. *)
Theorem identity_task_is_consistent (R : comRingType) C h n H V o read (x : nat -> image R) :
  (forall f i j, (i < H)%N -> (j < V)%N -> read f (o + i)%N%:Z (o + j)%N%:Z = f (o + i)%N%:Z (o + j)%N%:Z) ->
  stack C h n H V o read x *m centre_selector R C h = stacked_images C n H V o x.
Proof.
move=> own; apply/matrixP => r c; have hv : (0 < H * V)%N.
  by case: (H * V)%N r => // -[r]; rewrite muln0.
have v0 : (0 < V)%N by move: hv; rewrite muln_gt0 => /andP[].
rewrite [RHS]mxE -(@centre_selector_returns_pixel _ C h read).
  by rewrite !mxE; apply: eq_bigr => l _; rewrite !mxE.
move=> f; apply: own; last by rewrite ltn_mod.
by rewrite ltn_divLR // ltn_mod.
Qed.

(** The three paddings read so: zeros and circular for images of H x V pixels, valid for any (its images have h more on each side).
    Assumes: nothing. *)
Theorem paddings_read_own_pixels (R : comRingType) h H V (f : int -> int -> R) i j : (i < H)%N -> (j < V)%N ->
  [/\ zero_padding H V f (0 + i)%N%:Z (0 + j)%N%:Z = f (0 + i)%N%:Z (0 + j)%N%:Z,
      circular_padding H V f (0 + i)%N%:Z (0 + j)%N%:Z = f (0 + i)%N%:Z (0 + j)%N%:Z
    & valid_padding f (h + i)%N%:Z (h + j)%N%:Z = f (h + i)%N%:Z (h + j)%N%:Z].
Proof.
move=> iH jV; have ij : inside H V (0 + i)%N%:Z (0 + j)%N%:Z by rewrite /inside !lez_nat !ltz_nat !add0n iH jV.
by split=> //; [exact: zero_padding_inside | exact: circular_padding_inside].
Qed.

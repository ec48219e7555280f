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

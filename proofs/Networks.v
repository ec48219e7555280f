(** * Networks.v: fully connected and convolutional networks of any depth
    A vector is a function of its index, an image a function of channel, row and
    column; only the entries within the stated sizes are ever read. Layer l adds its
    bias to a linear map, applies the activation act l entry by entry (the linear layers
    use the identity), and adds its own input where shortcut l says so. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Networks.
Variable R : ringType.

(** Fully connected: width l inputs to layer l, weights W l i j, biases bias l i. *)
Fixpoint fcn (width : nat -> nat) (W : nat -> nat -> nat -> R) (bias : nat -> nat -> R)
    (act : nat -> R -> R) (shortcut : nat -> bool) (depth : nat) (x : nat -> R) : nat -> R :=
  if depth is l.+1 then
    let h := fcn width W bias act shortcut l x in
    fun i => let z := act l (\sum_(j < width l) W l i j * h j + bias l i) in
      if shortcut l then h i + z else z
  else x.

(** Convolutional, stride 1, kernel side 2 h + 1 in layer l, cross-correlation: the
    output at (i, j) reads (i + a - h, j + b - h). [read] says what stands there,
    which is the padding. A bias belongs to a channel. *)
Definition image := nat -> int -> int -> R.

Fixpoint cnn (read : (int -> int -> R) -> int -> int -> R) (channels half : nat -> nat)
    (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R)
    (shortcut : nat -> bool) (depth : nat) (x : image) : image :=
  if depth is l.+1 then
    let h := cnn read channels half W bias act shortcut l x in
    fun c i j => let z := act l (\sum_(c' < channels l) \sum_(a < (half l).*2.+1) \sum_(b < (half l).*2.+1)
        W l c c' a b * read (h c') (i + a%:Z - (half l)%:Z) (j + b%:Z - (half l)%:Z) + bias l c) in
      if shortcut l then h c i j + z else z
  else x.

(** Without biases and shortcuts. *)
Definition no_bias (l c : nat) : R := 0.
Definition no_shortcut (l : nat) := false.

Definition plain_fcn width W act depth x := fcn width W no_bias act no_shortcut depth x.
Definition plain_cnn read channels half W act depth x :=
  cnn read channels half W no_bias act no_shortcut depth x.

Lemma plain_fcnS width W act l x i : plain_fcn width W act l.+1 x i =
  act l (\sum_(j < width l) W l i j * plain_fcn width W act l x j).
Proof. by rewrite /plain_fcn /= /no_bias addr0. Qed.

Lemma plain_cnnS read channels half W act l x c i j : plain_cnn read channels half W act l.+1 x c i j =
  act l (\sum_(c' < channels l) \sum_(a < (half l).*2.+1) \sum_(b < (half l).*2.+1)
    W l c c' a b * read (plain_cnn read channels half W act l x c')
                        (i + a%:Z - (half l)%:Z) (j + b%:Z - (half l)%:Z)).
Proof. by rewrite /plain_cnn /= /no_bias addr0. Qed.

(** The three paddings of an image with H rows and V columns. *)
Definition inside (H V : nat) (i j : int) : bool :=
  [&& (0 <= i)%R, (i < H%:Z)%R, (0 <= j)%R & (j < V%:Z)%R].

Definition zero_padding H V (f : int -> int -> R) i j : R := if inside H V i j then f i j else 0.
Definition circular_padding (H V : nat) (f : int -> int -> R) i j : R :=
  f (i %% H%:Z)%Z (j %% V%:Z)%Z.
Definition valid_padding (f : int -> int -> R) i j : R := f i j.

(** At a pixel of the image every padding reads the pixel. *)
Lemma zero_padding_inside H V f i j : inside H V i j -> zero_padding H V f i j = f i j.
Proof. by rewrite /zero_padding => ->. Qed.

Lemma circular_padding_inside H V f i j : inside H V i j -> circular_padding H V f i j = f i j.
Proof. by case/and4P => i0 iH j0 jV; rewrite /circular_padding !modz_small ?i0 ?j0. Qed.

End Networks.

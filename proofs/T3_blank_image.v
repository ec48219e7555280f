(** * T3_blank_image.v: what CNNs make of a blank image (page T3.blank-image.md)
    An image that is constant in each channel tells a pixel only which of the positions
    around it lie inside, as far as the pixel sees. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks T3_receptive_field.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Two pixels see the same of the borders within a radius. *)
Definition same_borders (H V r : nat) (i j i' j' : int) : Prop :=
  forall u v, near r u -> near r v -> inside H V (i + u) (j + v) = inside H V (i' + u) (j' + v).

Definition blank (R : ringType) (x : image R) (value : nat -> R) : Prop := forall c i j, x c i j = value c.

Section BlankImage.
Variables (R : ringType) (channels half : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

(** Zero padding: pixels that see the same of the borders have the same output.
    Assumes: x constant in each channel, the same positions around both pixels lie inside, as far as h_0 + ... + h_(L-1). *)
Theorem blank_image_same_borders depth (x : image R) (value : nat -> R) c i j i' j' :
  blank x value -> same_borders H V (radius half depth) i j i' j' ->
  cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j
  = cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i' j'.
Proof.
move=> xv sb; apply: (@same_window_same_output R channels half W bias act shortcut (inside H V) id id) => //.
by move=> u v ur vr; split=> [|c']; [exact: sb | rewrite !xv].
Qed.

(** So all pixels that are at least the radius away from the border have the same output.
    Assumes: x constant in each channel, both windows of radius h_0 + ... + h_(L-1) lie in the image. *)
Theorem constant_image_constant_inside depth (x : image R) (value : nat -> R) c i j i' j' :
  blank x value ->
  (forall u v, near (radius half depth) u -> near (radius half depth) v ->
    inside H V (i + u) (j + v) && inside H V (i' + u) (j' + v)) ->
  cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j
  = cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i' j'.
Proof.
move=> xv win; apply: blank_image_same_borders xv _ => u v ur vr.
by have /andP[-> ->] := win u v ur vr.
Qed.

(** Valid padding: all outputs of a channel are equal.
    Assumes: x constant in each channel. *)
Theorem blank_image_valid_padding depth (x : image R) (value : nat -> R) c i j i' j' :
  blank x value ->
  cnn (@valid_padding R) channels half W bias act shortcut depth x c i j
  = cnn (@valid_padding R) channels half W bias act shortcut depth x c i' j'.
Proof.
move=> xv; apply: (@same_window_same_output R channels half W bias act shortcut (fun _ _ => true) id id) => //.
by move=> u v ur vr; split=> // c'; rewrite !xv.
Qed.

(** Circular padding: the same.
    Assumes: x constant in each channel. *)
Theorem blank_image_circular_padding depth (x : image R) (value : nat -> R) c i j i' j' :
  blank x value ->
  cnn (@circular_padding R H V) channels half W bias act shortcut depth x c (i %% H%:Z)%Z (j %% V%:Z)%Z
  = cnn (@circular_padding R H V) channels half W bias act shortcut depth x c (i' %% H%:Z)%Z (j' %% V%:Z)%Z.
Proof.
move=> xv; apply: (@same_window_same_output R channels half W bias act shortcut (fun _ _ => true)
  (fun i => i %% H%:Z)%Z (fun j => j %% V%:Z)%Z) => //.
- by move=> k k'; rewrite modzDml.
- by move=> k k'; rewrite modzDml.
by move=> u v ur vr; split=> // c'; rewrite !xv.
Qed.
End BlankImage.

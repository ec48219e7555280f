(** * T3_receptive_field.v: what a pixel of the output can see (page T3.receptive-field.md)
    Convolutional networks of any depth, any weights, biases and activations, with or
    without shortcuts, as in Networks.v; layer l has kernels of side 2 h_l + 1. The radius of L layers is
    h_0 + ... + h_(L-1), which is L (K - 1)/2 for equal kernels of side K. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Definition radius (half : nat -> nat) (depth : nat) : nat := \sum_(l < depth) half l.

Section ReceptiveField.
Variables (R : ringType) (channels half : nat -> nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

(** Offsets of size at most r. *)
Definition near (r : nat) (u : int) : Prop := (`|u| <= r%:Z)%R.

Lemma near0 r : near r 0. Proof. by rewrite /near normr0. Qed.

Lemma near_add r h u (a : 'I_(h.*2.+1)) : near r u -> near (r + h) (u + (a%:Z - h%:Z)).
Proof.
rewrite /near => ur; apply: le_trans (ler_norm_add _ _) _; rewrite PoszD ler_add //.
rewrite ler_norml ler_subr_addr addNr; apply/andP; split=> //.
rewrite ler_subl_addr -PoszD lez_nat addnn -ltnS; exact: ltn_ord.
Qed.
Lemma near_wider r h u : near r u -> near (r + h) u.
Proof. by rewrite /near => ur; apply: le_trans ur _; rewrite lez_nat leq_addr. Qed.

Section Reading.
(** Zero and valid padding read the pixel itself or a constant 0, circular padding the
    pixel at the remainders: f (pr i) (pc j) where [mask i j] holds, and 0 elsewhere. *)
Variables (mask : int -> int -> bool) (pr pc : int -> int).
Hypothesis prD : forall i k, pr (pr i + k) = pr (i + k).
Hypothesis pcD : forall j k, pc (pc j + k) = pc (j + k).
Hypothesis maskD : forall i j k k', mask (pr i + k) (pc j + k') = mask (i + k) (j + k').

Definition read (f : int -> int -> R) i j : R := if mask i j then f (pr i) (pc j) else 0.

(** What two pixels see within a radius is the same. *)
Definition same_window r (x x' : image R) i j i' j' :=
  forall u v, near r u -> near r v ->
  mask (i + u) (j + v) = mask (i' + u) (j' + v) /\
  forall c, x c (pr (i + u)) (pc (j + v)) = x' c (pr (i' + u)) (pc (j' + v)).

Lemma same_window_step r h x x' i j i' j' (a b : 'I_(h.*2.+1)) :
  same_window (r + h) x x' i j i' j' ->
  same_window r x x' (i + (a%:Z - h%:Z)) (j + (b%:Z - h%:Z)) (i' + (a%:Z - h%:Z)) (j' + (b%:Z - h%:Z)).
Proof.
move=> sw u v ur vr; have := sw _ _ (near_add a ur) (near_add b vr).
by rewrite !(addrC u) !(addrC v) !addrA.
Qed.

Lemma reading_step (f f' : int -> int -> R) i j i' j' k k' :
  mask (i + k) (j + k') = mask (i' + k) (j' + k') ->
  f (pr (i + k)) (pc (j + k')) = f' (pr (i' + k)) (pc (j' + k')) ->
  read f (pr i + k) (pc j + k') = read f' (pr i' + k) (pc j' + k').
Proof. by move=> m ff; rewrite /read !maskD m !prD !pcD ff. Qed.

Theorem same_window_same_output depth x x' i j i' j' c :
  same_window (radius half depth) x x' i j i' j' ->
  cnn read channels half W bias act shortcut depth x c (pr i) (pc j)
  = cnn read channels half W bias act shortcut depth x' c (pr i') (pc j').
Proof.
elim: depth i j i' j' c => [|l IH] i j i' j' c sw.
  by have [_ /(_ c)] := sw 0 0 (near0 _) (near0 _); rewrite !addr0.
rewrite /radius big_ord_recr /= -/(radius half l) in sw.
have same : cnn read channels half W bias act shortcut l x c (pr i) (pc j)
    = cnn read channels half W bias act shortcut l x' c (pr i') (pc j').
  by apply: IH => u v ur vr; apply: sw; exact: near_wider.
rewrite /= same; set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _; suff -> : s = s' by [].
apply: eq_bigr => c' _; apply: eq_bigr => a _; apply: eq_bigr => b _; congr (_ * _); rewrite -!addrA; apply: reading_step.
  have [] := same_window_step a b sw (near0 _) (near0 _); by rewrite !addr0.
exact: IH (same_window_step a b sw).
Qed.
End Reading.
End ReceptiveField.

(** The three paddings are of this form. *)
Lemma zero_padding_read (R : ringType) H V : @zero_padding R H V = read (inside H V) id id.
Proof. by []. Qed.

Section Statements.
Variables (R : ringType) (channels half : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

(** T3(b), zero padding: two images that agree within the radius around a pixel give the same
    output there.
    Assumes: x and x' agree at all (i + u, j + v) with |u|, |v| at most h_0 + ... + h_(L-1). *)
Theorem receptive_field_zero_padding depth (x x' : image R) c i j :
  (forall c u v, near (radius half depth) u -> near (radius half depth) v ->
    x c (i + u) (j + v) = x' c (i + u) (j + v)) ->
  cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j
  = cnn (@zero_padding R H V) channels half W bias act shortcut depth x' c i j.
Proof.
move=> xx; apply: (@same_window_same_output R channels half W bias act shortcut (inside H V) id id) => //.
by move=> u v ur vr; split=> // c'; exact: xx.
Qed.

(** Valid padding, where every pixel read has to exist.
    Assumes: the same. *)
Theorem receptive_field_valid_padding depth (x x' : image R) c i j :
  (forall c u v, near (radius half depth) u -> near (radius half depth) v ->
    x c (i + u) (j + v) = x' c (i + u) (j + v)) ->
  cnn (@valid_padding R) channels half W bias act shortcut depth x c i j
  = cnn (@valid_padding R) channels half W bias act shortcut depth x' c i j.
Proof.
move=> xx; apply: (@same_window_same_output R channels half W bias act shortcut (fun _ _ => true) id id) => //.
by move=> u v ur vr; split=> // c'; exact: xx.
Qed.

(** Circular padding, distances modulo the sides of the image.
    Assumes: x and x' agree at the remainders of (i + u, j + v), |u| and |v| at most h_0 + ... + h_(L-1). *)
Theorem receptive_field_circular_padding depth (x x' : image R) c i j :
  (forall c u v, near (radius half depth) u -> near (radius half depth) v ->
    x c ((i + u) %% H%:Z)%Z ((j + v) %% V%:Z)%Z = x' c ((i + u) %% H%:Z)%Z ((j + v) %% V%:Z)%Z) ->
  cnn (@circular_padding R H V) channels half W bias act shortcut depth x c (i %% H%:Z)%Z (j %% V%:Z)%Z
  = cnn (@circular_padding R H V) channels half W bias act shortcut depth x' c (i %% H%:Z)%Z (j %% V%:Z)%Z.
Proof.
move=> xx; apply: (@same_window_same_output R channels half W bias act shortcut (fun _ _ => true)
  (fun i => i %% H%:Z)%Z (fun j => j %% V%:Z)%Z) => //.
- by move=> k k'; rewrite modzDml.
- by move=> k k'; rewrite modzDml.
by move=> u v ur vr; split=> // c'; exact: xx.
Qed.
End Statements.

(** ** Images of finite size and finitely many channels *)
Section Finite.
Variables (R : ringType) (channels half : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.
(** A shortcut adds an input to an output, so there are at least as many inputs as outputs. *)
Hypothesis shapes : forall l, shortcut l -> (channels l.+1 <= channels l)%N.

(** Two networks agree at a pixel that they read if their images agree, in the channels that there are, at the pixels
    within the radius that are read. *)
Local Lemma finite_window (mask : int -> int -> bool) (pr pc : int -> int) depth (x x' : image R) c i j :
  (forall i k, pr (pr i + k) = pr (i + k)) -> (forall j k, pc (pc j + k) = pc (j + k)) ->
  (forall i j k k', mask (pr i + k) (pc j + k') = mask (i + k) (j + k')) ->
  (c < channels depth)%N -> mask i j ->
  (forall c u v, (c < channels 0)%N -> near (radius half depth) u -> near (radius half depth) v ->
    mask (i + u) (j + v) -> x c (pr (i + u)) (pc (j + v)) = x' c (pr (i + u)) (pc (j + v))) ->
  cnn (@read R mask pr pc) channels half W bias act shortcut depth x c (pr i) (pc j)
  = cnn (@read R mask pr pc) channels half W bias act shortcut depth x' c (pr i) (pc j).
Proof.
move=> prD pcD maskD; elim: depth i j c => [|l IH] i j c cL ij xx.
  by have := xx c 0 0 cL (near0 _) (near0 _); rewrite !addr0; apply.
rewrite /radius big_ord_recr /= -/(radius half l) in xx.
have inner : cnn (@read R mask pr pc) channels half W bias act shortcut l x c (pr i) (pc j)
    = cnn (@read R mask pr pc) channels half W bias act shortcut l x' c (pr i) (pc j) \/ ~~ shortcut l.
  have [sl|] := boolP (shortcut l); [left|by right].
  apply: IH ij _; first exact: leq_trans cL (shapes sl).
  by move=> c' u v c'C ur vr; apply: xx => //; exact: near_wider.
rewrite /=; set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _.
have -> : s = s'.
  apply: eq_bigr => c' _; apply: eq_bigr => a _; apply: eq_bigr => b _; congr (_ * _).
  rewrite /read -!addrA !maskD; case: ifP => // m; rewrite !prD !pcD.
  apply: IH (ltn_ord c') m _ => c'' u v c0 ur vr; rewrite -!(addrA i) -!(addrA j).
  by rewrite !(addrC _ u) !(addrC _ v); apply: xx => //; exact: near_add.
by case: inner => [-> //|/negPf ->].
Qed.

(** T3(b) for images of H x V pixels with channels 0 channels: if two agree at the pixels within the radius around an output pixel
    that lie inside, the outputs there are equal, under zero padding; under circular padding it is the pixels at the remainders.
    Assumes: (i, j) is a pixel; the output has a channel c; the images agree in the channels and at the pixels that exist, at most h_0 + ... + h_(L-1) away. *)
Theorem receptive_field_finite depth (x x' : image R) c i j : (c < channels depth)%N -> inside H V i j ->
  ((forall c u v, (c < channels 0)%N -> near (radius half depth) u -> near (radius half depth) v ->
      inside H V (i + u) (j + v) -> x c (i + u) (j + v) = x' c (i + u) (j + v)) ->
    cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j
    = cnn (@zero_padding R H V) channels half W bias act shortcut depth x' c i j)
  /\ ((forall c u v, (c < channels 0)%N -> near (radius half depth) u -> near (radius half depth) v ->
      x c ((i + u) %% H%:Z)%Z ((j + v) %% V%:Z)%Z = x' c ((i + u) %% H%:Z)%Z ((j + v) %% V%:Z)%Z) ->
    cnn (@circular_padding R H V) channels half W bias act shortcut depth x c i j
    = cnn (@circular_padding R H V) channels half W bias act shortcut depth x' c i j).
Proof.
move=> cL ij; split=> xx.
  by apply: (@finite_window (inside H V) id id).
have [i0 iH j0 jV] := and4P ij.
have ei : i = (i %% H%:Z)%Z by rewrite modz_small // i0.
have ej : j = (j %% V%:Z)%Z by rewrite modz_small // j0.
rewrite ei ej; apply: (@finite_window (fun _ _ => true) (fun i => i %% H%:Z)%Z (fun j => j %% V%:Z)%Z) => //.
- by move=> k k'; rewrite modzDml.
- by move=> k k'; rewrite modzDml.
by move=> c' u v c0 ur vr _; exact: xx.
Qed.
End Finite.

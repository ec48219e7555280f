(** * T3_least_depth.v: what CNNs that are not deep enough cannot paint (page T3.least-depth.md)
    A CNN with zero padding paints y on x if its output on x is y. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks T3_receptive_field T3_blank_image.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section LeastDepth.
Variables (R : ringType) (channels : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

Definition paints (half : nat -> nat) (depth : nat) (x y : image R) : Prop :=
  forall c i j, inside H V i j -> cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j = y c i j.

(** No weights and activations paint an image on a blank one that differs between two pixels
    which see the same of the borders.
    Assumes: x constant in each channel, both pixels lie inside and see the same of the borders as far as h_0 + ... + h_(L-1), y differs between them. *)
Theorem cannot_paint half depth (x y : image R) (value : nat -> R) c i j i' j' :
  blank x value -> inside H V i j -> inside H V i' j' ->
  same_borders H V (radius half depth) i j i' j' -> y c i j != y c i' j' ->
  ~ paints half depth x y.
Proof.
move=> xv ij ij' sb /eqP y_differs paint; apply: y_differs.
by rewrite -(paint _ _ _ ij) -(paint _ _ _ ij'); apply: blank_image_same_borders xv sb.
Qed.

(** The least depth: L layers with kernels of side 2 h + 1 cannot paint y if it differs between two
    pixels that are at least m away from the border, and L h <= m. So painting needs
    L >= (m + 1) / h = 2 (m + 1) / (K - 1).
    Assumes: x constant in each channel, the windows of radius m around both pixels lie inside, y differs between them, L h <= m. *)
Theorem least_depth L h m (x y : image R) (value : nat -> R) c i j i' j' :
  blank x value -> (L * h <= m)%N ->
  (forall u v, near m u -> near m v -> inside H V (i + u) (j + v) && inside H V (i' + u) (j' + v)) ->
  y c i j != y c i' j' -> ~ paints (fun _ => h) L x y.
Proof.
move=> xv Lh win.
have := win 0 0 (near0 _) (near0 _); rewrite !addr0 => /andP[ij ij'].
apply: cannot_paint xv ij ij' _ => u v.
have -> : radius (fun _ => h) L = (L * h)%N by rewrite /radius sum_nat_const card_ord.
have wider w : near (L * h) w -> near m w by move=> wL; apply: le_trans wL _; rewrite lez_nat.
by move=> /wider ur /wider vr; have /andP[-> ->] := win u v ur vr.
Qed.
End LeastDepth.

(** The same for images of H x V pixels with channels 0 channels, which are asked nothing beyond them: L layers with kernels of
    side 2 h + 1 do not paint y on a blank x if y differs between two pixels that are at least m >= L h away from the border.
    Assumes: x constant in each of its channels at its pixels, the windows of radius m around both pixels lie inside, y differs between them in a channel of the output, L h <= m; shortcuts have at least as many inputs as outputs. *)
Theorem least_depth_finite (R : ringType) (channels : nat -> nat) (H V : nat)
    (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R) (shortcut : nat -> bool)
    L h m (x y : image R) (value : nat -> R) c i j i' j' :
  (forall l, shortcut l -> (channels l.+1 <= channels l)%N) -> (c < channels L)%N ->
  (forall c i j, (c < channels 0)%N -> inside H V i j -> x c i j = value c) -> (L * h <= m)%N ->
  (forall u v, near m u -> near m v -> inside H V (i + u) (j + v) && inside H V (i' + u) (j' + v)) ->
  y c i j != y c i' j' ->
  ~ (forall c i j, (c < channels L)%N -> inside H V i j ->
      cnn (@zero_padding R H V) channels (fun _ => h) W bias act shortcut L x c i j = y c i j).
Proof.
move=> shapes cL xv Lh win /eqP y_differs paint; apply: y_differs.
have := win 0 0 (near0 _) (near0 _); rewrite !addr0 => /andP[ij ij'].
have grey k l : inside H V k l -> cnn (@zero_padding R H V) channels (fun _ => h) W bias act shortcut L x c k l
    = cnn (@zero_padding R H V) channels (fun _ => h) W bias act shortcut L (fun c _ _ => value c) c k l.
  move=> kl; have [same _] := receptive_field_finite (fun _ => h) W bias act shapes x (fun c _ _ => value c) cL kl.
  by apply: same => c' u v c0 _ _ ins; exact: xv.
rewrite -(paint _ _ _ cL ij) -(paint _ _ _ cL ij') !grey //.
apply: (@blank_image_same_borders _ _ _ _ _ _ _ _ _ _ _ value) => // u v.
have -> : radius (fun _ => h) L = (L * h)%N by rewrite /radius sum_nat_const card_ord.
have wider w : near (L * h) w -> near m w by move=> wL; apply: le_trans wL _; rewrite lez_nat.
by move=> /wider ur /wider vr; have /andP[-> ->] := win u v ur vr.
Qed.

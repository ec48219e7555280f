(** * T6_homogeneous.v: networks without biases pass positive factors on (page T6.homogeneous.md)
    Networks of any depth as in Networks.v, fully connected or convolutional, with or
    without shortcuts; any weights. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius Networks Gradients T0.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Activations that pass positive factors on. *)
Definition passes_factors (R : realFieldType) (phi : R -> R) :=
  forall a z, 0 < a -> phi (a * z) = a * phi z.

Definition leaky_relu (R : realFieldType) (slope z : R) : R := if 0 <= z then z else slope * z.

(** Linear, ReLU and leaky ReLU activations of any slope do.
    Assumes: nothing. *)
Theorem activations_pass_factors (R : realFieldType) (slope : R) :
  [/\ passes_factors (fun z : R => z), passes_factors (@relu R) & passes_factors (leaky_relu slope)].
Proof.
split=> // a z a0.
  by rewrite /relu -{1}(mulr0 a) maxr_pmulr ?ltW.
by rewrite /leaky_relu pmulr_rge0 //; case: ifP => // _; rewrite mulrCA.
Qed.

Section Homogeneous.
Variables (R : realFieldType) (W4 : nat -> nat -> nat -> nat -> nat -> R) (W : nat -> nat -> nat -> R).
Variables (width channels half : nat -> nat) (shortcut : nat -> bool).

(** Paddings read a times the image as a times what they read. *)
Definition linear_padding (read : (int -> int -> R) -> int -> int -> R) :=
  forall a (f g : int -> int -> R) i j, (forall i j, f i j = a * g i j) -> read f i j = a * read g i j.

(** All three paddings do.
    Assumes: nothing. *)
Theorem paddings_are_linear H V :
  [/\ linear_padding (@zero_padding R H V), linear_padding (@circular_padding R H V)
    & linear_padding (@valid_padding R)].
Proof.
split=> a f g i j fg; rewrite /zero_padding /circular_padding /valid_padding ?fg //.
by case: ifP; rewrite ?mulr0.
Qed.

(** One factor a that every activation passes on: so does the fully connected network ... *)
Lemma fcn_factor (act : nat -> R -> R) a depth x y i :
  (forall l z, act l (a * z) = a * act l z) -> (forall j, x j = a * y j) ->
  fcn width W (@no_bias R) act shortcut depth x i = a * fcn width W (@no_bias R) act shortcut depth y i.
Proof.
move=> phi xy; elim: depth i => [|l IH] i; first exact: xy.
rewrite /= /no_bias !addr0.
under eq_bigr do rewrite IH mulrCA.
by rewrite -mulr_sumr phi; case: ifP => // _; rewrite IH mulrDr.
Qed.

(** ... and the convolutional one. *)
Lemma cnn_factor read (act : nat -> R -> R) a depth (x y : image R) c i j :
  linear_padding read ->
  (forall l z, act l (a * z) = a * act l z) -> (forall c i j, x c i j = a * y c i j) ->
  cnn read channels half W4 (@no_bias R) act shortcut depth x c i j
  = a * cnn read channels half W4 (@no_bias R) act shortcut depth y c i j.
Proof.
move=> lin phi xy; elim: depth c i j => [|l IH] c i j; first exact: xy.
rewrite /= /no_bias !addr0.
have E c' (p : 'I_(half l).*2.+1) (q : 'I_(half l).*2.+1) :
    W4 l c c' p q * read (cnn read channels half W4 (@no_bias R) act shortcut l x c')
                      (i + p%:Z - (half l)%:Z) (j + q%:Z - (half l)%:Z)
  = a * (W4 l c c' p q * read (cnn read channels half W4 (@no_bias R) act shortcut l y c')
                      (i + p%:Z - (half l)%:Z) (j + q%:Z - (half l)%:Z)).
  by rewrite mulrCA; congr (_ * _); apply: lin => i' j'; exact: IH.
under eq_bigr do under eq_bigr do under eq_bigr do rewrite E.
under eq_bigr do under eq_bigr do rewrite -mulr_sumr.
under eq_bigr do rewrite -mulr_sumr.
by rewrite -mulr_sumr phi; case: ifP => // _; rewrite IH mulrDr.
Qed.

(** f(a x) = a f(x) for every a > 0, fully connected.
    Assumes: no biases, activations pass positive factors on, a > 0. *)
Theorem fcn_homogeneous (act : nat -> R -> R) a depth (x : nat -> R) i :
  (forall l, passes_factors (act l)) -> 0 < a ->
  fcn width W (@no_bias R) act shortcut depth (fun j => a * x j) i
  = a * fcn width W (@no_bias R) act shortcut depth x i.
Proof. by move=> phi a0; apply: fcn_factor => // l z; exact: phi. Qed.

(** The same for convolutional networks and every padding.
    Assumes: no biases, activations pass positive factors on, a > 0, a padding of the three. *)
Theorem cnn_homogeneous read (act : nat -> R -> R) a depth (x : image R) c i j :
  linear_padding read -> (forall l, passes_factors (act l)) -> 0 < a ->
  cnn read channels half W4 (@no_bias R) act shortcut depth (fun c i j => a * x c i j) c i j
  = a * cnn read channels half W4 (@no_bias R) act shortcut depth x c i j.
Proof. by move=> lin phi a0; apply: cnn_factor => // l z; exact: phi. Qed.

(** Such activations are 0 at 0. *)
Lemma passes_factors0 (phi : R -> R) : passes_factors phi -> phi 0 = 0.
Proof.
move=> phi0; have := phi0 2%:R 0 (ltr0n _ 2); rewrite mulr0 mulr2n mulrDl mul1r.
by move/eqP; rewrite -subr_eq subrr eq_sym => /eqP.
Qed.

(** f(0) = 0, fully connected and convolutional.
    Assumes: no biases, activations pass positive factors on. *)
Theorem zero_is_kept (act : nat -> R -> R) depth : (forall l, passes_factors (act l)) ->
  (forall (x : nat -> R) i, (forall j, x j = 0) -> fcn width W (@no_bias R) act shortcut depth x i = 0)
  /\ (forall read (x : image R) c i j, linear_padding read -> (forall c i j, x c i j = 0) ->
      cnn read channels half W4 (@no_bias R) act shortcut depth x c i j = 0).
Proof.
move=> phi; have phi0 l z : act l (0 * z) = 0 * act l z by rewrite !mul0r passes_factors0.
split=> [x i x0|read x c i j lin x0].
  by rewrite (@fcn_factor act 0 depth x x) ?mul0r // => k; rewrite x0 mulr0.
by rewrite (@cnn_factor read act 0 depth x x) ?mul0r // => k *; rewrite x0 mulr0.
Qed.

(** Without activations every factor is passed on, of either sign.
    Assumes: no biases, no activations. *)
Theorem linear_networks_pass_every_factor a depth :
  (forall (x : nat -> R) i,
    fcn width W (@no_bias R) (fun _ z => z) shortcut depth (fun j => a * x j) i
    = a * fcn width W (@no_bias R) (fun _ z => z) shortcut depth x i)
  /\ (forall read (x : image R) c i j, linear_padding read ->
    cnn read channels half W4 (@no_bias R) (fun _ z => z) shortcut depth (fun c i j => a * x c i j) c i j
    = a * cnn read channels half W4 (@no_bias R) (fun _ z => z) shortcut depth x c i j).
Proof. by split=> *; [apply: fcn_factor | apply: cnn_factor]. Qed.

(** Fixed points come in rays: if f(x) = x at the outputs that are asked for, then f(a x) = a x there.
    Assumes: no biases, activations pass positive factors on, f(x) = x, a > 0. *)
Corollary fixed_points_are_rays (act : nat -> R -> R) a depth : (forall l, passes_factors (act l)) -> 0 < a ->
  (forall (x : nat -> R) i, fcn width W (@no_bias R) act shortcut depth x i = x i ->
    fcn width W (@no_bias R) act shortcut depth (fun j => a * x j) i = a * x i)
  /\ (forall read (x : image R) c i j, linear_padding read ->
    cnn read channels half W4 (@no_bias R) act shortcut depth x c i j = x c i j ->
    cnn read channels half W4 (@no_bias R) act shortcut depth (fun c i j => a * x c i j) c i j = a * x c i j).
Proof.
by move=> phi a0; split=> [x i|read x c i j lin] fx; rewrite ?fcn_homogeneous ?cnn_homogeneous // fx.
Qed.
End Homogeneous.

(** Euler's relation: where a function with F(a X) = a F(X) for a > 0 has a gradient G,
    <G, X> = F(X). *)
Lemma euler (R : realFieldType) p q (F : 'M[R]_(p, q) -> R) (X G : 'M[R]_(p, q)) :
  (forall a, 0 < a -> F (a *: X) = a * F X) -> has_gradient F X G -> dot G X = F X.
Proof.
move=> hom grad; apply/eqP; rewrite eq_sym -subr_eq0; apply/eqP.
apply: (@vanishing_slope _ _ (sqnorm X)); first exact: sqnorm_ge0.
move=> e e0; have [delta [delta0 small]] := grad e e0; exists delta; split=> // s s0.
have -> : s ^+ 2 * sqnorm X = sqnorm (s *: X) by rewrite dotZl dotZr mulrA -expr2.
move=> /small; suff -> : F (X + s *: X) - F X - dot G (s *: X) = s * (F X - dot G X) by [].
rewrite -{1}[X]scale1r -scalerDl hom ?addr_gt0 ?ltr01 //.
by rewrite mulrDl mul1r (addrAC (F X)) subrr add0r dotZr mulrBr.
Qed.

(** Entries of a vector, and pixels of an image with C channels, H rows and V columns that lie in
    a matrix with one channel a row; 0 elsewhere. *)
Definition entries (R : ringType) d (v : 'cV[R]_d) : nat -> R :=
  fun j => if insub j is Some j' then v j' 0 else 0.

Definition pixels (R : ringType) C H V (v : 'M[R]_(C, H * V)) : image R := fun c i j =>
  if inside H V i j then
    if (insub c, insub (`|i| * V + `|j|)%N) is (Some c', Some k) then v c' k else 0
  else 0.

(** J(x) x = f(x), fully connected: the derivative of every output in the direction of x is the
    output itself.
    Assumes: no biases, activations pass positive factors on, output i has a gradient G at x. *)
Theorem fcn_jacobian (R : realFieldType) (width : nat -> nat) (W : nat -> nat -> nat -> R) shortcut
    (act : nat -> R -> R) depth d (x G : 'cV[R]_d) i : (forall l, passes_factors (act l)) ->
  has_gradient (fun v => fcn width W (@no_bias R) act shortcut depth (entries v) i) x G ->
  dot G x = fcn width W (@no_bias R) act shortcut depth (entries x) i.
Proof.
move=> phi; apply: euler => a a0; apply: fcn_factor => [l z|j]; first exact: phi.
by rewrite /entries; case: insub => [j'|]; rewrite ?mulr0 ?mxE.
Qed.

(** The same for convolutional networks on images of any size and number of channels.
    Assumes: no biases, activations pass positive factors on, a padding of the three, output (c, i, j) has a gradient G at x. *)
Theorem cnn_jacobian (R : realFieldType) read (channels half : nat -> nat)
    (W : nat -> nat -> nat -> nat -> nat -> R) shortcut (act : nat -> R -> R) depth C H V
    (x G : 'M[R]_(C, H * V)) c i j :
  linear_padding read -> (forall l, passes_factors (act l)) ->
  has_gradient (fun v => cnn read channels half W (@no_bias R) act shortcut depth (pixels v) c i j) x G ->
  dot G x = cnn read channels half W (@no_bias R) act shortcut depth (pixels x) c i j.
Proof.
move=> lin phi; apply: euler => a a0; apply: cnn_factor => // [l z|c' i' j']; first exact: phi.
rewrite /pixels; case: ifP; rewrite ?mulr0 // => _.
by move: (@insub _ _ _ c') (@insub _ _ _ (_ + _)%N) => [k|] [k'|]; rewrite ?mulr0 ?mxE.
Qed.

(** * T6_equivariance.v: a CNN moves its output with its input (page T6.equivariance.md)
    Convolutional networks of any depth, as in Networks.v; any weights, so any training. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks T3_receptive_field.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** The image of H rows and V columns moved by a rows and b columns round the sides. *)
Definition cyclic_shift (R : ringType) (H V : nat) (a b : int) (x : image R) : image R :=
  fun c i j => x c ((i - a) %% H%:Z)%Z ((j - b) %% V%:Z)%Z.

Section Circular.
Variables (R : ringType) (channels half : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

Let net := cnn (@circular_padding R H V) channels half W bias act shortcut.

(** T6.equivariance, 1: circular padding, any kernels, biases, activations and shortcuts: f(S x) = S f(x)
    for every shift S round the sides.
    Assumes: nothing. *)
Theorem circular_equivariance depth (x : image R) a b c i j :
  net depth (cyclic_shift H V a b x) c i j = cyclic_shift H V a b (net depth x) c i j.
Proof.
rewrite /net; elim: depth c i j => // l IH c i j; rewrite /= /cyclic_shift IH.
set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _; suff -> : s = s' by [].
apply: eq_bigr => c' _; apply: eq_bigr => p _; apply: eq_bigr => q _; congr (_ * _).
rewrite /circular_padding IH /cyclic_shift; set h := cnn _ _ _ _ _ _ _ l x c'.
have F (k a' u v M : int) : ((((k + u - v) %% M)%Z - a') %% M)%Z = ((((k - a') %% M)%Z + u - v) %% M)%Z.
  rewrite modzDml -[in RHS]addrA modzDml -!addrA; congr ((k + _) %% M)%Z.
  by rewrite addrA [RHS]addrC.
by rewrite !F.
Qed.
End Circular.

Section Zero.
Variables (R : ringType) (channels half : nat -> nat) (H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (act : nat -> R -> R) (shortcut : nat -> bool).
Hypothesis act0 : forall l, act l 0 = 0.

(** The image with zeros around it. *)
Definition extended (x : image R) : image R := fun c i j => if inside H V i j then x c i j else 0.

(** The pixels of x within m of the border are 0. *)
Definition framed (m : nat) (x : image R) := forall c i j, inside H V i j -> x c i j != 0 ->
  forall u v, near m u -> near m v -> inside H V (i + u) (j + v).

(** y is x moved by a rows and b columns, nothing being lost. *)
Definition moved (a b : int) (x y : image R) :=
  forall c i j, extended y c (i + a) (j + b) = extended x c i j.

Let net := cnn (@zero_padding R H V) channels half W (@no_bias R) act shortcut.
Let endless := cnn (@valid_padding R) channels half W (@no_bias R) act shortcut.

Local Lemma near_opp r u : near r u -> near r (- u).
Proof. by rewrite /near normrN. Qed.

(** Without biases a network on an endless image is 0 where it sees zeros alone. *)
Local Lemma endless_zero depth (x : image R) c i j :
  (forall c u v, near (radius half depth) u -> near (radius half depth) v -> x c (i + u) (j + v) = 0) ->
  endless depth x c i j = 0.
Proof.
rewrite /endless; elim: depth c i j => [|l IH] c i j x0.
  by have := x0 c 0 0 (near0 _) (near0 _); rewrite !addr0.
rewrite /radius big_ord_recr /= -/(radius half l) in x0.
rewrite /=; have -> : cnn (@valid_padding R) channels half W (@no_bias R) act shortcut l x c i j = 0.
  by apply: IH => c' u v ur vr; apply: x0; exact: near_wider.
rewrite big1 => [|c' _]; first by rewrite /no_bias !addr0 act0 addr0 if_same.
apply: big1 => p _; apply: big1 => q _; rewrite /valid_padding -!(addrA i) -!(addrA j) IH ?mulr0 // => c'' u v ur vr.
by rewrite -(addrA i) -(addrA j) (addrC _ u) (addrC _ v); apply: x0; exact: near_add.
Qed.

Local Lemma endless_moves depth a b (x y : image R) :
  (forall c i j, y c (i + a) (j + b) = x c i j) ->
  forall c i j, endless depth y c (i + a) (j + b) = endless depth x c i j.
Proof.
move=> xy; rewrite /endless; elim: depth => // l IH c i j; rewrite /= IH.
set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _; suff -> : s = s' by [].
apply: eq_bigr => c' _; apply: eq_bigr => p _; apply: eq_bigr => q _; congr (_ * _).
have E (k a' u v : int) : k + a' + u - v = k + u - v + a' by rewrite [k + a' + u]addrAC addrAC.
by rewrite /valid_padding !E IH.
Qed.

(** Inside the frame the zero-padded network is the endless one. *)
Local Lemma zero_is_endless depth m (x : image R) : framed m x -> (radius half depth.-1 <= m)%N ->
  forall c i j, inside H V i j -> net depth x c i j = endless depth (extended x) c i j.
Proof.
move=> fr rm; have outside l : (l <= depth.-1)%N -> forall c i j, ~~ inside H V i j ->
    endless l (extended x) c i j = 0.
  move=> ld c i j out; apply: endless_zero => c' u v ur vr.
  rewrite /extended; case: ifP => // ins; apply/eqP; apply: contraNT out => xn0.
  have wide w : near (radius half l) w -> near m (- w).
    move=> wr; apply: near_opp; apply: le_trans wr _; rewrite lez_nat; apply: leq_trans rm.
    by rewrite /radius -(subnKC ld) big_split_ord /= leq_addr.
  by have := fr c' _ _ ins xn0 (- u) (- v) (wide _ ur) (wide _ vr); rewrite !addrK.
suff main l : (l <= depth)%N -> forall c i j, inside H V i j -> net l x c i j = endless l (extended x) c i j.
  exact: main.
elim: l => [|l IH] ld c i j ins; first by rewrite /net /endless /= /extended ins.
rewrite /net /endless /= -/(net l x) -/(endless l (extended x)) IH // 1?ltnW //.
set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _; suff -> : s = s' by [].
apply: eq_bigr => c' _; apply: eq_bigr => p _; apply: eq_bigr => q _; congr (_ * _).
rewrite /zero_padding /valid_padding; case: ifP => ins'; first by rewrite IH // ltnW.
by rewrite outside ?ins' // -ltnS prednK // (leq_ltn_trans _ ld).
Qed.

(** T6.equivariance, 2: zero padding, no biases, activations that are 0 at 0: away from the border the output
    moves with the image.
    Assumes: act 0 = 0; y is x moved by (a, b), nothing lost; the pixels of both within h_0 + ... + h_(L-2) of the border are 0; (i, j) and (i + a, j + b) are pixels. *)
Theorem zero_padding_equivariance depth m a b (x y : image R) c i j :
  moved a b x y -> framed m x -> framed m y -> (radius half depth.-1 <= m)%N ->
  inside H V i j -> inside H V (i + a) (j + b) ->
  net depth y c (i + a) (j + b) = net depth x c i j.
Proof.
move=> xy fx fy rm ij ij'; rewrite (zero_is_endless fx rm) // (zero_is_endless fy rm) //.
exact: endless_moves.
Qed.
End Zero.

(** For equal kernels of side 2 p + 1 that margin is (L - 1) p.
    Assumes: nothing. *)
Theorem equal_kernels_margin p depth : radius (fun _ => p) depth.-1 = (depth.-1 * p)%N.
Proof. by rewrite /radius sum_nat_const card_ord. Qed.

(** * T0.v: the identity is representable (page T0.md)
    Four constructions: linear and ReLU, fully connected and convolutional. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Lemma sum_pick (R : ringType) n k (x : nat -> R) : (k < n)%N ->
  \sum_(j < n) (k == j :> nat)%:R * x j = x k.
Proof.
move=> kn; rewrite (bigD1 (Ordinal kn)) //= eqxx mul1r big1 ?addr0 // => j jk.
have -> : (k == j :> nat) = false; last by rewrite mul0r.
by apply/negbTE; apply: contra jk => /eqP kj; rewrite -val_eqE /= kj.
Qed.

Lemma sum_pick_none (R : ringType) n k (x : nat -> R) : (n <= k)%N ->
  \sum_(j < n) (k == j :> nat)%:R * x j = 0.
Proof.
move=> nk; apply: big1 => j _; have -> : (k == j :> nat) = false; last by rewrite mul0r.
by apply/negbTE; rewrite neq_ltn (leq_trans (ltn_ord j) nk) orbT.
Qed.

(** 1. Linear FCN: every layer the rectangular identity, W[i, j] = 1 if i = j < d, else 0. *)
Definition rectangular_identity (R : ringType) (d i j : nat) : R := ((i == j) && (i < d)%N)%:R.

(** A linear FCN of any depth, all widths at least d, computes f(x) = x for every x.
    Assumes: width of the input d, all other widths at least d. *)
Theorem linear_fcn_identity (R : ringType) d (width : nat -> nat) depth (x : nat -> R) i :
  width 0%N = d -> (forall l, (l < depth)%N -> (d <= width l)%N) -> (i < d)%N ->
  plain_fcn width (fun _ => rectangular_identity R d) (fun _ a => a) depth x i = x i.
Proof.
move=> _; elim: depth i => // l IH i wide id_; rewrite plain_fcnS.
rewrite -[RHS](IH i) //; last by move=> m ml; apply: wide; apply: ltn_trans ml _.
set y := plain_fcn _ _ _ l x; rewrite -(sum_pick y (leq_trans id_ (wide l (ltnSn l)))).
by apply: eq_bigr => j _; rewrite /rectangular_identity id_ andbT.
Qed.

(** 2. ReLU FCN of depth n + 2: the first layer stores (x, -x), hidden layers copy,
    the last recombines. *)
Definition relu (R : realDomainType) (a : R) : R := Num.max a 0.

Definition relu_weights (R : ringType) (d n l i j : nat) : R :=
  if l == 0%N then (i == j)%:R - (i == d + j)%N%:R
  else if (l <= n)%N then ((i == j) && (i < d + d)%N)%:R
  else (i == j)%:R - (d + i == j)%N%:R.

Definition relu_but_last (R : realDomainType) (n l : nat) (a : R) : R :=
  if (l <= n)%N then relu a else a.

Lemma relu_minus (R : realDomainType) (a : R) : relu a - relu (- a) = a.
Proof.
rewrite /relu; case: (lerP a 0) => a0.
  rewrite sub0r; case: (lerP (- a) 0) => b0; last by rewrite opprK.
  by rewrite oppr0; apply/le_anti; rewrite -oppr_le0 b0 a0.
case: (lerP (- a) 0) => b0; first by rewrite subr0.
by move: b0; rewrite oppr_gt0 ltNge ltW.
Qed.

Lemma relu_idempotent (R : realDomainType) (a : R) : relu (relu a) = relu a.
Proof. by rewrite /relu; apply/max_idPl; rewrite le_maxr lexx orbT. Qed.

(** A ReLU FCN with hidden widths at least 2 d computes f(x) = x for every x.
    Assumes: depth n + 2, width of the input d, hidden widths at least 2 d. *)
Theorem relu_fcn_identity (R : realDomainType) d n (width : nat -> nat) (x : nat -> R) i :
  width 0%N = d -> (forall l, (0 < l)%N -> (l <= n.+1)%N -> (d + d <= width l)%N) -> (i < d)%N ->
  plain_fcn width (relu_weights R d n) (@relu_but_last R n) n.+2 x i = x i.
Proof.
move=> w0 wide id_; set h := plain_fcn width (relu_weights R d n) (@relu_but_last R n).
have hidden l : (l <= n)%N -> forall j, (j < d)%N ->
    h l.+1 x j = relu (x j) /\ h l.+1 x (d + j)%N = relu (- x j).
  elim: l => [|l IH] ln j jd.
    rewrite /h !plain_fcnS w0 /relu_but_last /= /relu_weights /=; split; congr relu.
      rewrite -(sum_pick x jd); apply: eq_bigr => k _.
      suff -> : (j == d + k)%N = false by rewrite mulr0n subr0.
      by apply/negbTE; rewrite neq_ltn (leq_trans jd (leq_addr _ _)).
    rewrite -(sum_pick x jd) -sumrN; apply: eq_bigr => k _; rewrite eqn_add2l.
    suff -> : (d + j == k)%N = false by rewrite mulr0n sub0r mulNr.
    by apply/negbTE; rewrite neq_ltn (leq_trans (ltn_ord k) (leq_addr _ _)) orbT.
  have copy m : (m < d + d)%N -> h l.+2 x m = relu (h l.+1 x m).
    move=> md; rewrite {1}/h plain_fcnS -/h /relu_but_last ln; congr relu.
    rewrite -(sum_pick (h l.+1 x) (leq_trans md (wide l.+1 isT (leq_trans ln (leqnSn n))))).
    by apply: eq_bigr => k _; rewrite /relu_weights ln md andbT.
  have [hj hdj] := IH (ltnW ln) j jd.
  by rewrite !copy ?ltn_add2l ?(leq_trans jd (leq_addr _ _)) // hj hdj !relu_idempotent.
have [hi hdi] := hidden n (leqnn n) i id_.
rewrite {1}/h plain_fcnS -/h /relu_but_last ltnn.
have wn := wide n.+1 isT (leqnn _).
rewrite -[RHS](relu_minus (x i)) -hi -hdi.
have in1 : (i < width n.+1)%N by apply: leq_trans (leq_trans id_ (leq_addr _ _)) wn.
have in2 : (d + i < width n.+1)%N by apply: leq_trans wn; rewrite ltn_add2l.
rewrite -(sum_pick (h n.+1 x) in1) -(sum_pick (h n.+1 x) in2) -sumrB.
by apply: eq_bigr => k _; rewrite /relu_weights /= ltnn mulrBl.
Qed.

(** 3 and 4. CNNs in which only the centre tap of a kernel is not 0. *)
Definition centre_tap (R : ringType) (half : nat -> nat) (V : nat -> nat -> nat -> R)
    (l c c' a b : nat) : R := if (a == half l) && (b == half l) then V l c c' else 0.

Lemma centre_sum (R : ringType) h (v : R) (f : int -> int -> R) (i j : int) :
  \sum_(a < h.*2.+1) \sum_(b < h.*2.+1)
    (if (a == h :> nat) && (b == h :> nat) then v else 0) * f (i + a%:Z - h%:Z) (j + b%:Z - h%:Z)
  = v * f i j.
Proof.
have hh : (h < h.*2.+1)%N by rewrite ltnS -addnn leq_addr.
rewrite (bigD1 (Ordinal hh)) //= [X in _ + X]big1 => [|a ah]; last first.
  apply: big1 => b _; suff -> : (a == h :> nat) = false by rewrite mul0r.
  by apply/negbTE; apply: contra ah => /eqP ah; rewrite -val_eqE /= ah.
rewrite addr0 (bigD1 (Ordinal hh)) //= big1 => [|b bh]; last first.
  suff -> : (b == h :> nat) = false by rewrite andbF mul0r.
  by apply/negbTE; apply: contra bh => /eqP bh; rewrite -val_eqE /= bh.
by rewrite !eqxx addr0 !addrK.
Qed.

(** Such a CNN is, at every pixel where the padding reads the pixel itself, an
    FCN on the channels of that pixel.
    Assumes: the padding reads (i, j) at (i, j); true inside the image for zero, circular and valid padding. *)
Theorem centre_tap_cnn_is_fcn (R : ringType) read channels half V bias act shortcut depth (x : image R) c i j :
  (forall f, read f i j = f i j) ->
  cnn read channels half (centre_tap half V) bias act shortcut depth x c i j
  = fcn channels V bias act shortcut depth (fun c' => x c' i j) c.
Proof.
move=> ri; elim: depth c => // l IH c /=; rewrite -IH.
set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _; suff -> : s = s' by [].
apply: eq_bigr => c' _.
by rewrite -IH -[cnn _ _ _ _ _ _ _ _ _ _ i j]ri; exact: centre_sum.
Qed.

(** 3. The linear CNN with at least C channels everywhere returns the image.
    Assumes: C input channels, all others at least C, the padding reads (i, j) at (i, j). *)
Theorem linear_cnn_identity (R : ringType) C read channels half depth (x : image R) c i j :
  (forall f, read f i j = f i j) -> channels 0%N = C ->
  (forall l, (l < depth)%N -> (C <= channels l)%N) -> (c < C)%N ->
  plain_cnn read channels half (centre_tap half (fun _ => rectangular_identity R C)) (fun _ a => a) depth x c i j
  = x c i j.
Proof.
by move=> ri c0 wide cC; rewrite /plain_cnn centre_tap_cnn_is_fcn // -/(plain_fcn _ _ _ _ _) linear_fcn_identity.
Qed.

(** 4. The ReLU CNN with at least 2 C hidden channels returns the image.
    Assumes: depth n + 2, C input channels, hidden channels at least 2 C, the padding reads (i, j) at (i, j). *)
Theorem relu_cnn_identity (R : realDomainType) C n read channels half (x : image R) c i j :
  (forall f, read f i j = f i j) -> channels 0%N = C ->
  (forall l, (0 < l)%N -> (l <= n.+1)%N -> (C + C <= channels l)%N) -> (c < C)%N ->
  plain_cnn read channels half (centre_tap half (relu_weights R C n)) (@relu_but_last R n) n.+2 x c i j
  = x c i j.
Proof.
by move=> ri c0 wide cC; rewrite /plain_cnn centre_tap_cnn_is_fcn // -/(plain_fcn _ _ _ _ _) relu_fcn_identity.
Qed.

(** The three paddings read pixels of the image as they are.
    Assumes: (i, j) is a pixel of the image. *)
Theorem paddings_read_pixels (R : ringType) H V i j : inside H V i j ->
  [/\ forall f : int -> int -> R, zero_padding H V f i j = f i j,
      forall f : int -> int -> R, circular_padding H V f i j = f i j
    & forall f : int -> int -> R, valid_padding f i j = f i j].
Proof.
by move=> ij; split=> // f; [exact: zero_padding_inside | exact: circular_padding_inside].
Qed.

(** 7. On non-negative inputs the weights of 1 represent the identity in a ReLU network too.
    Assumes: width of the input d, all other widths at least d, x >= 0. *)
Theorem nonnegative_relu_identity (R : realDomainType) d (width : nat -> nat) depth (x : nat -> R) i :
  width 0%N = d -> (forall l, (l < depth)%N -> (d <= width l)%N) -> (i < d)%N ->
  (forall j, (j < d)%N -> 0 <= x j) ->
  plain_fcn width (fun _ => rectangular_identity R d) (fun _ => @relu R) depth x i = x i.
Proof.
move=> _ wide id_ x0; elim: depth i wide id_ => // l IH i wide id_; rewrite plain_fcnS.
have IH' : plain_fcn width (fun _ => rectangular_identity R d) (fun _ => @relu R) l x i = x i.
  by apply: IH => // m ml; apply: wide; apply: ltn_trans ml _.
rewrite -[RHS]IH'; set y := plain_fcn _ _ _ l x in IH' *.
have -> : \sum_(j < width l) rectangular_identity R d i j * y j = y i.
  rewrite -(sum_pick y (leq_trans id_ (wide l (ltnSn l)))).
  by apply: eq_bigr => j _; rewrite /rectangular_identity id_ andbT.
by rewrite /relu; apply/max_idPl; rewrite IH' x0.
Qed.

(** Valid padding on an image of H x V pixels: layer l gives the pixels at least h_0 + ... + h_(l-1) away from the border. *)
Definition valid_output (half : nat -> nat) (H V l : nat) (i j : int) : bool :=
  let r : int := (\sum_(m < l) half m)%N%:Z in [&& r <= i, i + r < H%:Z, r <= j & j + r < V%:Z].

(** A pixel of layer l + 1 exists exactly where all pixels that its kernel reads exist in layer l; layer 0 is the image.
    Assumes: nothing. *)
Theorem valid_padding_sizes (half : nat -> nat) H V l (i j : int) :
  valid_output half H V 0 i j = inside H V i j /\
  (valid_output half H V l.+1 i j <->
   forall a b, (a < (half l).*2.+1)%N -> (b < (half l).*2.+1)%N ->
     valid_output half H V l (i + a%:Z - (half l)%:Z) (j + b%:Z - (half l)%:Z)).
Proof.
rewrite /valid_output big_ord0 /inside !addr0 big_ord_recr /=; split=> //; rewrite PoszD.
set r : int := (\sum_(m < l) half m)%N%:Z; set h : int := (half l)%:Z.
have low (k a : int) : 0 <= a -> r + h <= k -> r <= k + a - h.
  by move=> a0 rk; rewrite ler_subr_addr; apply: le_trans rk _; rewrite ler_addl.
have high (k a : int) (S : int) : a <= h + h -> k + (r + h) < S -> k + a - h + r < S.
  move=> ah; apply: le_lt_trans; rewrite -!addrA ler_add2l addrCA [r + h]addrC.
  by rewrite addrA [- h + _]addrC ler_add2r ler_subl_addr.
split=> [/and4P[ri iH rj jV] a b al bl|all].
  have small (c : nat) : (c < (half l).*2.+1)%N -> 0 <= c%:Z :> int /\ c%:Z <= h + h :> int.
    by rewrite ltnS => ch; split=> //; rewrite -PoszD addnn lez_nat.
  have [[a0 ah] [b0 bh]] := (small a al, small b bl).
  by rewrite !low ?high.
have h2 : ((half l).*2 < (half l).*2.+1)%N by [].
have /and4P[ri _ rj _] := all 0%N 0%N isT isT.
have /and4P[_ iH _ jV] := all _ _ h2 h2.
have back (k S : int) : k + (half l).*2%:Z - h + r < S -> k + (r + h) < S.
  by rewrite -addnn PoszD -/h addrA addrK -addrA [h + r]addrC.
have up (k : int) : r <= k + 0%N%:Z - h -> r + h <= k by rewrite addr0 ler_subr_addr.
by rewrite !up // !back.
Qed.

(** 3 and 4 under valid padding: on an image of H x V pixels, whatever stands outside of it, the pixels that the last layer
    gives are those of the image: its central crop.
    Assumes: C input channels, all others at least C (linear) or the hidden ones at least 2 C (ReLU, depth n + 2), x' is x inside the image. *)
Theorem valid_cnn_identity (R : realDomainType) C n channels half depth (x x' : image R) H V c i j :
  channels 0%N = C -> (c < C)%N -> (forall i j, inside H V i j -> x' c i j = x c i j) ->
  ((forall l, (l < depth)%N -> (C <= channels l)%N) -> valid_output half H V depth i j ->
   plain_cnn (@valid_padding R) channels half (centre_tap half (fun _ => rectangular_identity R C)) (fun _ a => a) depth x' c i j
   = x c i j)
  /\ ((forall l, (0 < l)%N -> (l <= n.+1)%N -> (C + C <= channels l)%N) -> valid_output half H V n.+2 i j ->
   plain_cnn (@valid_padding R) channels half (centre_tap half (relu_weights R C n)) (@relu_but_last R n) n.+2 x' c i j
   = x c i j).
Proof.
move=> c0 cC xx.
have in_image l : valid_output half H V l i j -> inside H V i j.
  rewrite /valid_output /inside => /and4P[ri iH rj jV].
  have r0 : 0 <= (\sum_(m < l) half m)%N%:Z :> int by [].
  rewrite (le_trans r0 ri) (le_trans r0 rj) /=.
  by rewrite (le_lt_trans _ iH) ?(le_lt_trans _ jV) // ler_addl.
split=> wide crop; rewrite -(xx i j (in_image _ crop)).
  exact: linear_cnn_identity.
exact: relu_cnn_identity.
Qed.

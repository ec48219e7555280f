(** * T6_no_memory.v: a circular CNN cannot memorise an image (page T6.no-memory.md)
    Images of C channels, H rows and V columns; the mean runs over all H V shifts
    round the sides. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Networks T6_equivariance.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Sums.
Variable R : realFieldType.

(** The remainder of i - a is the difference in the ring of remainders. *)
Local Lemma remainder H (i a : 'I_H.+1) : ((i%:Z - a%:Z) %% H.+1%:Z)%Z = ((i - a)%R : 'I_H.+1)%:Z.
Proof.
have aH : (a <= H.+1)%N by exact: ltnW.
by rewrite /= -modz_nat PoszD -modz_nat modzDmr -subzn // addrCA modzDl.
Qed.

(** As a runs through all rows, so does the row that the shift by a brings to row i. *)
Lemma shifted_sum H (i : 'I_H.+1) (F : int -> R) :
  \sum_(a < H.+1) F ((i%:Z - a%:Z) %% H.+1%:Z)%Z = \sum_(p < H.+1) F p%:Z.
Proof.
rewrite [RHS](reindex_inj (h := fun a => (i - a)%R)); last by move=> a b /addrI/oppr_inj.
by apply: eq_bigr => a _; rewrite remainder.
Qed.

(** All pairs of two families, one of them around its mean. *)
Lemma all_pairs (I J : finType) (g : I -> R) (y : J -> R) m : \sum_j y j = #|J|%:R * m ->
  \sum_j \sum_i (g i - y j) ^+ 2
  = #|I|%:R * (\sum_j (y j - m) ^+ 2) + #|J|%:R * (\sum_i (g i - m) ^+ 2).
Proof.
move=> mean; pose G := \sum_i (g i - m) ^+ 2.
have row j : \sum_i (g i - y j) ^+ 2
    = #|I|%:R * (y j - m) ^+ 2 + G - (2%:R * \sum_i (g i - m)) * (y j - m).
  have E i : (g i - y j) ^+ 2 = (y j - m) ^+ 2 + (g i - m) ^+ 2 - 2%:R * (g i - m) * (y j - m).
    have -> : g i - y j = (g i - m) - (y j - m) by rewrite opprB addrA subrK.
    move: (g i - m) (y j - m) => u v; rewrite sqrrB -mulrA mulr_natl.
    by rewrite addrAC [v ^+ 2 + _]addrC.
  transitivity (\sum_i ((y j - m) ^+ 2 + (g i - m) ^+ 2) - \sum_i 2%:R * (g i - m) * (y j - m)).
    by rewrite -sumrB; apply: eq_bigr.
  rewrite [X in X - _]big_split /=; congr (_ + _ - _).
    by rewrite sumr_const -[_ *+ #|_|]mulr_natl.
  by rewrite -mulr_suml -mulr_sumr.
transitivity (\sum_j (#|I|%:R * (y j - m) ^+ 2 + G) - \sum_j (2%:R * \sum_i (g i - m)) * (y j - m)).
  by rewrite -sumrB; apply: eq_bigr.
have -> : \sum_j (2%:R * \sum_i (g i - m)) * (y j - m) = 0.
  have z : \sum_j (y j - m) = 0 by rewrite sumrB mean sumr_const -[_ *+ #|_|]mulr_natl subrr.
  by rewrite -mulr_sumr z mulr0.
by rewrite subr0 big_split /= -mulr_sumr sumr_const -[G *+ _]mulr_natl.
Qed.
End Sums.

Section NoMemory.
Variables (R : realFieldType) (channels half : nat -> nat) (C H V : nat).
Variables (W : nat -> nat -> nat -> nat -> nat -> R) (bias : nat -> nat -> R) (act : nat -> R -> R).
Variable shortcut : nat -> bool.

(** Images of H + 1 rows and V + 1 columns, so that there is a pixel. *)
Definition distance2 (x y : image R) : R :=
  \sum_(c < C) \sum_(i < H.+1) \sum_(j < V.+1) (x c i%:Z j%:Z - y c i%:Z j%:Z) ^+ 2.

Definition number_of_pixels : R := (H.+1 * V.+1)%N%:R.

(** The mean per channel, as an image. *)
Definition grey (y : image R) : image R :=
  fun c _ _ => number_of_pixels^-1 * \sum_(i < H.+1) \sum_(j < V.+1) y c i%:Z j%:Z.

Definition mean_over_shifts (F : int -> int -> R) : R :=
  number_of_pixels^-1 * \sum_(a < H.+1) \sum_(b < V.+1) F a%:Z b%:Z.

Let net := cnn (@circular_padding R H.+1 V.+1) channels half W bias act shortcut.

Local Lemma pixels0 : number_of_pixels != 0.
Proof. by rewrite pnatr_eq0. Qed.

(** Whatever the network f, if f(S x) = S f(x). *)
Local Lemma mean_distance (g y : image R) :
  mean_over_shifts (fun a b => distance2 (cyclic_shift H.+1 V.+1 a b g) y)
  = distance2 y (grey y) + distance2 g (grey y).
Proof.
rewrite /mean_over_shifts /distance2.
have step : \sum_(a < H.+1) \sum_(b < V.+1) \sum_(c < C) \sum_(i < H.+1) \sum_(j < V.+1)
      (cyclic_shift H.+1 V.+1 a b g c i j - y c i%:Z j%:Z) ^+ 2
  = \sum_(c < C) \sum_(i < H.+1) \sum_(j < V.+1) \sum_(p < H.+1) \sum_(q < V.+1)
      (g c p%:Z q%:Z - y c i%:Z j%:Z) ^+ 2.
  under eq_bigr do rewrite exchange_big /=.
  rewrite exchange_big /=; apply: eq_bigr => c _.
  under eq_bigr do rewrite exchange_big /=.
  rewrite exchange_big /=; apply: eq_bigr => i _.
  under eq_bigr do rewrite exchange_big /=.
  rewrite exchange_big /=; apply: eq_bigr => j _.
  rewrite /cyclic_shift.
  rewrite (shifted_sum i (fun k => \sum_(b < V.+1) (g c k ((j%:Z - b%:Z) %% V.+1%:Z)%Z - y c i%:Z j%:Z) ^+ 2)).
  by apply: eq_bigr => p _; rewrite (shifted_sum j (fun k => (g c p%:Z k - y c i%:Z j%:Z) ^+ 2)).
rewrite step mulr_sumr -big_split /=; apply: eq_bigr => c _.
pose y' (s : 'I_H.+1 * 'I_V.+1) := y c s.1%:Z s.2%:Z.
pose g' (s : 'I_H.+1 * 'I_V.+1) := g c s.1%:Z s.2%:Z.
pose m := grey y c 0 0.
have card : #|[finType of 'I_H.+1 * 'I_V.+1]|%:R = number_of_pixels.
  by rewrite /number_of_pixels card_prod !card_ord.
have mean : \sum_s y' s = #|[finType of 'I_H.+1 * 'I_V.+1]|%:R * m.
  by rewrite card /m /grey mulrA divff ?pixels0 // mul1r pair_big.
have := all_pairs g' mean; rewrite card => all.
transitivity (number_of_pixels^-1 * \sum_s \sum_t (g' t - y' s) ^+ 2).
  congr (_ * _); rewrite pair_big /=; apply: eq_bigr => s _; rewrite pair_big /=.
  exact: eq_bigr.
rewrite all -mulrDr mulrA mulVf ?pixels0 // mul1r.
by congr (_ + _); rewrite pair_big /=; apply: eq_bigr.
Qed.

(** T6.no-memory: over all shifts of x the outputs of a network with circular padding miss the target y by
    |y - grey|^2 + |f(x) - grey|^2 on average, whatever its weights.
    Assumes: circular padding, at least one pixel. *)
Theorem mean_error_over_shifts depth (x y : image R) :
  mean_over_shifts (fun a b => distance2 (net depth (cyclic_shift H.+1 V.+1 a b x)) y)
  = distance2 y (grey y) + distance2 (net depth x) (grey y).
Proof.
rewrite -mean_distance /mean_over_shifts; congr (_ * _).
apply: eq_bigr => a _; apply: eq_bigr => b _.
do 3!(apply: eq_bigr => ? _); congr ((_ - _) ^+ 2).
exact: circular_equivariance.
Qed.

(** So they miss it by its whole contrast or more.
    Assumes: circular padding, at least one pixel. *)
Corollary no_memory depth (x y : image R) :
  distance2 y (grey y)
  <= mean_over_shifts (fun a b => distance2 (net depth (cyclic_shift H.+1 V.+1 a b x)) y).
Proof.
by rewrite mean_error_over_shifts ler_addl; do 3!(apply: sumr_ge0 => ? _); exact: sqr_ge0.
Qed.

(** They miss it by no more than its contrast exactly if the answer to x is the grey image; a network that answers x itself with y
    misses by twice the contrast.
    Assumes: circular padding, at least one pixel. *)
Corollary no_memory_equality depth (x y : image R) :
  (mean_over_shifts (fun a b => distance2 (net depth (cyclic_shift H.+1 V.+1 a b x)) y)
    = distance2 y (grey y) <->
   forall c i j, (c < C)%N -> (i < H.+1)%N -> (j < V.+1)%N -> net depth x c i%:Z j%:Z = grey y c i%:Z j%:Z)
  /\ ((forall c i j, (c < C)%N -> (i < H.+1)%N -> (j < V.+1)%N -> net depth x c i%:Z j%:Z = y c i%:Z j%:Z) ->
    mean_over_shifts (fun a b => distance2 (net depth (cyclic_shift H.+1 V.+1 a b x)) y)
    = 2%:R * distance2 y (grey y)).
Proof.
rewrite mean_error_over_shifts; split; last first.
  move=> fy; rewrite mulr_natl mulr2n; congr (_ + _).
  by do 3!(apply: eq_bigr => ? _); rewrite fy ?ltn_ord.
split=> [|eq]; last first.
  apply/eqP; rewrite -subr_eq0 addrAC subrr add0r; apply/eqP.
  by do 3!(apply: big1 => ? _); rewrite eq ?ltn_ord // subrr expr0n.
move/eqP; rewrite -subr_eq0 addrAC subrr add0r => /eqP d0 c i j cC iH jV.
have sq z : 0 <= z ^+ 2 :> R := sqr_ge0 z.
have s1 c' i' : 0 <= \sum_(j < V.+1) (net depth x c' i' j%:Z - grey y c' i' j%:Z) ^+ 2 by apply: sumr_ge0.
have s2 c' : 0 <= \sum_(i < H.+1) \sum_(j < V.+1) (net depth x c' i%:Z j%:Z - grey y c' i%:Z j%:Z) ^+ 2.
  by apply: sumr_ge0 => *; exact: s1.
move/eqP: d0; rewrite psumr_eq0 => [/allP/(_ (Ordinal cC) (mem_index_enum _))/= |*]; last exact: s2.
rewrite psumr_eq0 => [/allP/(_ (Ordinal iH) (mem_index_enum _))/= |*]; last exact: s1.
rewrite psumr_eq0 => [/allP/(_ (Ordinal jV) (mem_index_enum _))/= |*]; last exact: sq.
by rewrite sqrf_eq0 subr_eq0 => /eqP.
Qed.
End NoMemory.

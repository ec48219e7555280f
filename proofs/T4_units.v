(** * T4_units.v: the balance of every hidden unit (page T4.units.md)
    Networks of any depth whose layers share weights between places: layer l computes
    at the place q the sum over its inputs c' and its taps a of W l c c' a times what
    tap a reads of input c' at q, plus a bias, and an activation. Fully connected and
    convolutional networks on batches are of this kind. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius Gradients Networks T6_homogeneous.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Units.
Variables (R : realFieldType) (Place : Type) (n : nat -> nat) (taps : nat -> finType).

Definition weights := forall l : nat, nat -> nat -> taps l -> R.
Definition biases := nat -> nat -> R.
Implicit Types (W D G : weights) (b d g : biases).

Variable tap : forall l, taps l -> (Place -> R) -> Place -> R.
Variable act : nat -> R -> R.

Fixpoint shared W b (L : nat) (x : nat -> Place -> R) : nat -> Place -> R :=
  if L is l.+1 then
    let h := shared W b l x in
    fun c q => act l (\sum_(c' < n l) \sum_a W l c c' a * tap a (h c') q + b l c)
  else x.

(** Sums over a unit's own weights (its row) and over those that read it (its column). *)
Definition row_dot W W' l i : R := \sum_(c < n l) \sum_a W l i c a * W' l i c a.
Definition column_dot W W' l i : R := \sum_(k < n l.+2) \sum_a W l.+1 k i a * W' l.+1 k i a.

(** The inner product over all weights and biases of the first L layers. *)
Definition parameters_dot L G g D d : R :=
  \sum_(l < L) \sum_(c < n l.+1) (row_dot G D l c + g l c * d l c).

(** (G, g) is the gradient of F by all weights and biases of the first L layers at once. *)
Definition has_parameters_gradient L (F : weights -> biases -> R) W b G g :=
  forall eps, 0 < eps -> exists delta, 0 < delta /\ forall D d,
  parameters_dot L D d D d < delta ->
  (F (fun l c c' a => W l c c' a + D l c c' a) (fun l c => b l c + d l c) - F W b - parameters_dot L G g D d) ^+ 2
  <= eps * parameters_dot L D d D d.

(** Taps read k times a signal as k times what they read of it. *)
Definition linear_taps := forall l (a : taps l) k (f f' : Place -> R) q,
  (forall q, f q = k * f' q) -> tap a f q = k * tap a f' q.

Hypothesis tap_linear : linear_taps.

(** The change that multiplies the weights and the bias of unit i of layer l by k and divides by k those that read it. *)
Definition scaling_weights (k : R) (l i : nat) W : weights := fun m c c' a =>
  if (m == l) && (c == i) then (k - 1) * W m c c' a
  else if (m == l.+1) && (c' == i) then (k^-1 - 1) * W m c c' a else 0.
Definition scaling_biases (k : R) (l i : nat) b : biases :=
  fun m c => if (m == l) && (c == i) then (k - 1) * b m c else 0.

Section Scaling.
Variables (L l i : nat) (k : R).
Hypotheses (lL : (l.+1 < L)%N) (il : (i < n l.+1)%N) (k0 : 0 < k).
Hypothesis act_l : passes_factors (act l).
Let D W := scaling_weights k l i W.
Let d b := scaling_biases k l i b.
Let W' W : weights := fun m c c' a => W m c c' a + @D W m c c' a.
Let b' b : biases := fun m c => b m c + d b m c.

Local Lemma tap_ext m (a : taps m) (f f' : Place -> R) q : (forall q, f q = f' q) -> tap a f q = tap a f' q.
Proof. by move=> ff; rewrite (@tap_linear _ a 1 f f') ?mul1r // => q'; rewrite mul1r. Qed.

Local Lemma far_weights W m c c' a : m != l -> m != l.+1 -> @W' W m c c' a = W m c c' a.
Proof. by rewrite /W' /D /scaling_weights => /negPf -> /negPf ->; rewrite addr0. Qed.

Local Lemma far_biases b m c : m != l -> b' b m c = b m c.
Proof. by rewrite /b' /d /scaling_biases => /negPf ->; rewrite addr0. Qed.

Local Lemma scaled_below W b x m : (m <= l)%N -> forall c q, shared (W' W) (b' b) m x c q = shared W b m x c q.
Proof.
elim: m => // m IH ml c q; have ml1 : m != l by rewrite ltn_eqF.
have ml2 : m != l.+1 by rewrite ltn_eqF // ltnW.
rewrite /= far_biases //; congr (act m (_ + _)); apply: eq_bigr => c' _; apply: eq_bigr => a _.
rewrite far_weights //; congr (_ * _).
by apply: tap_ext => q'; apply: IH; exact: ltnW.
Qed.

Local Lemma scaled_unit W b x c q :
  shared (W' W) (b' b) l.+1 x c q = (if c == i then k else 1) * shared W b l.+1 x c q.
Proof.
rewrite /=; set s := \sum_(c' < _) _; set s' := \sum_(c' < _) _.
have -> : s = (if c == i then k else 1) * s'.
  rewrite /s /s' mulr_sumr; apply: eq_bigr => c' _; rewrite mulr_sumr; apply: eq_bigr => a _.
  have -> : @W' W l c c' a = (if c == i then k else 1) * W l c c' a.
    rewrite /W' /D /scaling_weights eqxx (ltn_eqF (ltnSn l)) /=.
    by case: ifP => _; rewrite ?addr0 ?mul1r // mulrBl mul1r addrC subrK.
  by rewrite -mulrA; congr (_ * (_ * _)); apply: tap_ext => q'; exact: scaled_below.
have -> : b' b l c = (if c == i then k else 1) * b l c.
  by rewrite /b' /d /scaling_biases eqxx /=; case: ifP => _; rewrite ?addr0 ?mul1r // mulrBl mul1r addrC subrK.
by rewrite -mulrDr; case: ifP => _; rewrite ?mul1r // act_l.
Qed.

Local Lemma scaled_above W b x m : (l.+2 <= m)%N -> forall c q, shared (W' W) (b' b) m x c q = shared W b m x c q.
Proof.
elim: m => // m IH; rewrite ltnS leq_eqVlt => /orP[/eqP <- c q|lm c q].
  rewrite [LHS]/= [RHS]/= -/(shared (W' W) (b' b) l.+1 x) -/(shared W b l.+1 x) far_biases ?gtn_eqF //.
  congr (act _ (_ + _)); apply: eq_bigr => c' _; apply: eq_bigr => a _.
  rewrite (@tap_linear _ a (if c' == i :> nat then k else 1) _ (shared W b l.+1 x c')); last first.
    by move=> q'; exact: scaled_unit.
  rewrite /W' /D /scaling_weights eqxx (gtn_eqF (ltnSn l)) /=; case: ifP => _; last by rewrite addr0 mul1r.
  by rewrite mulrBl mul1r addrC subrK mulrACA mulVf ?gt_eqF // mul1r.
have ml1 : m != l by rewrite gtn_eqF // ltnW.
have ml2 : m != l.+1 by rewrite gtn_eqF.
rewrite /= far_biases //; congr (act m (_ + _)); apply: eq_bigr => c' _; apply: eq_bigr => a _.
rewrite far_weights //; congr (_ * _).
by apply: tap_ext => q'; exact: IH.
Qed.

(** What the change has to do with the gradient. *)
Local Lemma scaling_dot W b G g : parameters_dot L G g (D W) (d b)
  = (k - 1) * (row_dot G W l i + g l i * b l i) + (k^-1 - 1) * column_dot G W l i.
Proof.
have l_lt : (l < L)%N by exact: ltnW.
have ne : Ordinal lL != Ordinal l_lt by rewrite -val_eqE /= gtn_eqF.
rewrite /parameters_dot (bigD1 (Ordinal l_lt)) //= (bigD1 (Ordinal lL) ne) /= [X in _ + (_ + X)]big1 ?addr0; last first.
  move=> m /andP[ml ml1]; apply: big1 => c _; rewrite /row_dot /d /scaling_biases.
  rewrite -val_eqE /= in ml; rewrite -val_eqE /= in ml1.
  rewrite (negPf ml) mulr0 addr0; apply: big1 => c' _; apply: big1 => a _.
  by rewrite /D /scaling_weights (negPf ml) (negPf ml1) mulr0.
congr (_ + _).
  rewrite (bigD1 (Ordinal il)) //= [X in _ + X]big1 ?addr0 => [|c ci]; last first.
    rewrite -val_eqE /= in ci; rewrite /row_dot /d /scaling_biases (negPf ci) andbF mulr0 addr0.
    apply: big1 => c' _; apply: big1 => a _.
    by rewrite /D /scaling_weights (negPf ci) andbF (ltn_eqF (ltnSn l)) mulr0.
  rewrite mulrDr /row_dot /d /scaling_biases !eqxx /= [in RHS]mulrCA; congr (_ + _).
  rewrite mulr_sumr; apply: eq_bigr => c' _; rewrite mulr_sumr; apply: eq_bigr => a _.
  by rewrite /D /scaling_weights !eqxx /= mulrCA.
rewrite /column_dot mulr_sumr; apply: eq_bigr => c _.
rewrite /d /scaling_biases (gtn_eqF (ltnSn l)) mulr0 addr0 /row_dot.
rewrite (bigD1 (Ordinal il)) //= [X in _ + X]big1 ?addr0 => [|c' ci]; last first.
  rewrite -val_eqE /= in ci; apply: big1 => a _.
  by rewrite /D /scaling_weights (negPf ci) andbF (gtn_eqF (ltnSn l)) mulr0.
rewrite mulr_sumr; apply: eq_bigr => a _.
by rewrite /D /scaling_weights !eqxx (gtn_eqF (ltnSn l)) /= mulrCA.
Qed.

Local Lemma scaling_size W b : parameters_dot L (D W) (d b) (D W) (d b)
  = (k - 1) ^+ 2 * (row_dot W W l i + b l i ^+ 2) + (k^-1 - 1) ^+ 2 * column_dot W W l i.
Proof.
rewrite scaling_dot !expr2 -!mulrA; congr (_ * _ + _ * _).
  rewrite mulrDr /d /scaling_biases !eqxx /= mulrA; congr (_ + _).
  rewrite /row_dot mulr_sumr; apply: eq_bigr => c _; rewrite mulr_sumr; apply: eq_bigr => a _.
  by rewrite /D /scaling_weights !eqxx mulrA.
rewrite /column_dot mulr_sumr; apply: eq_bigr => c _; rewrite mulr_sumr; apply: eq_bigr => a _.
by rewrite /D /scaling_weights !eqxx (gtn_eqF (ltnSn l)) mulrA.
Qed.
End Scaling.

(** The relation behind it: <W_l[i,:], G_l[i,:]> + b_i g_i = <W_(l+1)[:,i], G_(l+1)[:,i]>.
    Assumes: a loss of the outputs on any data, with the gradient (G, g) by all parameters; unit i of layer l is hidden, and its activation passes positive factors on (linear, ReLU, leaky ReLU); taps are linear; no shortcuts. *)
Theorem unit_relation L l i (ell : (nat -> Place -> R) -> R) x W b G g :
  (forall f f', (forall c q, f c q = f' c q) -> ell f = ell f') ->
  (l.+1 < L)%N -> (i < n l.+1)%N -> passes_factors (act l) ->
  has_parameters_gradient L (fun W b => ell (shared W b L x)) W b G g ->
  row_dot G W l i + g l i * b l i = column_dot G W l i.
Proof.
move=> ext lL il act_l grad; set A := _ + _; set B := column_dot G W l i.
pose N1 := row_dot W W l i + b l i ^+ 2; pose N2 := column_dot W W l i.
have N10 : 0 <= N1.
  by rewrite addr_ge0 ?sqr_ge0 //; do 2!(apply: sumr_ge0 => ? _); rewrite -expr2 sqr_ge0.
have N20 : 0 <= N2 by do 2!(apply: sumr_ge0 => ? _); rewrite -expr2 sqr_ge0.
apply/eqP; rewrite -subr_eq0 -sqrf_eq0 eq_le sqr_ge0 andbT.
have K0 : 0 <= 2%:R * (4%:R * N1 + N2 + 1).
  by rewrite mulr_ge0 ?ler0n // !addr_ge0 ?ler01 // mulr_ge0 ?ler0n.
apply: (vanishing K0) => e e0; have [delta [delta0 small]] := grad e e0.
have [s1 [s10 s11 small1]] := small_steps delta0 (addr_ge0 N10 N20).
have [s2 [s20 _ small2]] := small_steps e0 (sqr_ge0 A).
pose s := Num.min s1 s2; have s0 : 0 < s by rewrite lt_minr s10.
have ss1 : s <= s1 by rewrite le_minl lexx.
have ss2 : s <= s2 by rewrite le_minl lexx orbT.
pose k := 1 + s; have k0 : 0 < k by rewrite addr_gt0 ?ltr01.
have kN0 : k != 0 by rewrite gt_eqF.
have k1 : k - 1 = s by rewrite /k addrC addKr.
have kV : k^-1 - 1 = - (s / k).
  by apply: (mulIf kN0); rewrite mulrBl mulVf // mul1r mulNr divfK // -k1 opprB.
have sk : (s / k) ^+ 2 <= s ^+ 2.
  rewrite exprMn ler_pimulr ?sqr_ge0 // exprVn invf_le1 ?exprn_gt0 // exprn_ege1 //.
  by rewrite ler_addl ltW.
have k2 : k ^+ 2 <= 4%:R.
  have -> : 4%:R = 2%:R ^+ 2 :> R by rewrite -natrX.
  rewrite ler_sqr ?nnegrE ?ler0n ?(ltW k0) // /k [2%:R]mulr2n ler_add2l.
  exact: le_trans ss1 s11.
have := small (scaling_weights k l i W) (scaling_biases k l i b).
rewrite scaling_size // scaling_dot // -/A -/B -/N1 -/N2 k1 kV.
have sz : s ^+ 2 * N1 + (- (s / k)) ^+ 2 * N2 < delta.
  apply: le_lt_trans (small1 s s0 ss1); rewrite sqrrN [X in _ <= X]mulrDr ler_add2l.
  by rewrite ler_wpmul2r.
move=> /(_ sz).
rewrite (ext _ (shared W b L x)); last by move=> c q; apply: scaled_above.
rewrite subrr sub0r sqrrN.
have -> : s * A + - (s / k) * B = (s / k) * (k * A - B).
  by rewrite mulrBr mulrA divfK // mulNr.
have -> : s ^+ 2 * N1 + (- (s / k)) ^+ 2 * N2 = (s / k) ^+ 2 * (k ^+ 2 * N1 + N2).
  by rewrite sqrrN [RHS]mulrDr mulrA -exprMn divfK.
rewrite exprMn [X in _ <= X]mulrCA ler_pmul2l ?exprn_gt0 ?divr_gt0 // => main.
have -> : A - B = (k * A - B) - s * A by rewrite /k mulrDl mul1r addrAC addrK.
apply: le_trans (square_sum_le _ _) _; rewrite sqrrN [X in _ <= X]mulrCA ler_pmul2l ?ltr0n // [X in _ <= X]mulrDr.
apply: ler_add.
  by apply: le_trans main _; rewrite ler_pmul2l // ler_add2r ler_wpmul2r.
by rewrite mulr1 exprMn ltW // small2.
Qed.

(** B of unit i of layer l: the squares of its weights and its bias without those of the weights that read it. *)
Definition unit_balance W b l i : R := row_dot W W l i + b l i * b l i - column_dot W W l i.

(** T4.units. A step of gradient descent with learning rate eta on any batch and loss changes the balance of every
    hidden unit by eta^2 (|G_l[i,:]|^2 + g_i^2 - |G_(l+1)[:,i]|^2): nothing of first order.
    Assumes: as for the relation; W' = W - eta G and b' = b - eta g in the layers l and l + 1. *)
Theorem unit_balance_step L l i (ell : (nat -> Place -> R) -> R) x W b G g W' b' eta :
  (forall f f', (forall c q, f c q = f' c q) -> ell f = ell f') ->
  (l.+1 < L)%N -> (i < n l.+1)%N -> passes_factors (act l) ->
  has_parameters_gradient L (fun W b => ell (shared W b L x)) W b G g ->
  (forall m c c' a, W' m c c' a = W m c c' a - eta * G m c c' a) ->
  (forall m c, b' m c = b m c - eta * g m c) ->
  unit_balance W' b' l i - unit_balance W b l i
  = eta ^+ 2 * (row_dot G G l i + g l i ^+ 2 - column_dot G G l i).
Proof.
move=> ext lL il act_l grad WW bb; have rel := unit_relation ext lL il act_l grad.
have sq N (T : finType) (w w' h : 'I_N -> T -> R) : (forall j a, w' j a = w j a - eta * h j a) ->
    \sum_j \sum_a w' j a * w' j a = \sum_j \sum_a w j a * w j a
      - (1 + 1) * eta * (\sum_j \sum_a h j a * w j a) + eta * eta * (\sum_j \sum_a h j a * h j a).
  move=> ww; rewrite !mulr_sumr -sumrB -big_split /=; apply: eq_bigr => j _.
  rewrite !mulr_sumr -sumrB -big_split /=; apply: eq_bigr => a _; rewrite ww; exact: square_step.
rewrite /unit_balance bb /row_dot /column_dot.
rewrite (sq _ _ (fun c a => W l i c a) (fun c a => W' l i c a) (fun c a => G l i c a)) //.
rewrite (sq _ _ (fun c a => W l.+1 c i a) (fun c a => W' l.+1 c i a) (fun c a => G l.+1 c i a)) //.
rewrite -/(column_dot G W l i) -rel -/(row_dot G W l i) !expr2.
exact: unit_squares.
Qed.

(** Over many steps, each with its own batch and loss, the changes add up.
    Assumes: as above at every step. *)
Corollary unit_balance_path L l i (ell : nat -> (nat -> Place -> R) -> R) (x : nat -> nat -> Place -> R)
    (W G : nat -> weights) (b g : nat -> biases) (eta : R) t :
  (forall s f f', (forall c q, f c q = f' c q) -> ell s f = ell s f') ->
  (l.+1 < L)%N -> (i < n l.+1)%N -> passes_factors (act l) ->
  (forall s, has_parameters_gradient L (fun W b => ell s (shared W b L (x s))) (W s) (b s) (G s) (g s)) ->
  (forall s m c c' a, W s.+1 m c c' a = W s m c c' a - eta * G s m c c' a) ->
  (forall s m c, b s.+1 m c = b s m c - eta * g s m c) ->
  unit_balance (W t) (b t) l i - unit_balance (W 0%N) (b 0%N) l i
  = eta ^+ 2 * \sum_(s < t) (row_dot (G s) (G s) l i + g s l i ^+ 2 - column_dot (G s) (G s) l i).
Proof.
move=> ext lL il act_l grad WW bb; elim: t => [|t IH]; first by rewrite big_ord0 mulr0 subrr.
rewrite big_ord_recr mulrDr -IH /=.
have E := @unit_balance_step L l i (ell t) (x t) (W t) (b t) (G t) (g t) (W t.+1) (b t.+1) eta
  (ext t) lL il act_l (grad t) (WW t) (bb t).
by rewrite -E [RHS]addrC addrA subrK.
Qed.
End Units.

(** A fully connected network on a batch is such a network: a place is an example, and there is one tap.
    Assumes: nothing. *)
Theorem fcn_is_shared (R : realFieldType) (E : Type) (n : nat -> nat) (act : nat -> R -> R)
    (W : weights R (fun _ => unit_finType)) (b : biases R) L (x : E -> nat -> R) c e :
  shared n (fun _ _ f q => f q) act W b L (fun j e => x e j) c e
  = fcn n (fun l i j => W l i j tt) b act no_shortcut L (x e) c.
Proof.
elim: L c => // l IH c /=; congr (act l (_ + _)); apply: eq_bigr => c' _.
rewrite (big_pred1 tt) => [|[]] //; congr (_ * _); exact: IH.
Qed.

(** The taps of a kernel, and what they read of an image under a padding. *)
Definition kernel_taps (half : nat -> nat) (l : nat) : finType :=
  prod_finType (ordinal_finType (half l).*2.+1) (ordinal_finType (half l).*2.+1).

Definition kernel_tap (R : realFieldType) (E : Type) (half : nat -> nat) (read : (int -> int -> R) -> int -> int -> R) :
    forall l, kernel_taps half l -> (E * int * int -> R) -> E * int * int -> R :=
  fun l (a : 'I_(half l).*2.+1 * 'I_(half l).*2.+1) f q =>
    read (fun i j => f (q.1.1, i, j)) (q.1.2 + a.1%:Z - (half l)%:Z) (q.2 + a.2%:Z - (half l)%:Z).

(** A convolutional network on a batch is, for every padding: a place is a pixel of an example, and the taps are those
    of the kernel.
    Assumes: a padding of the three. *)
Theorem cnn_is_shared (R : realFieldType) (E : Type) (n half : nat -> nat) read (act : nat -> R -> R)
    (W : weights R (kernel_taps half)) (V : nat -> nat -> nat -> nat -> nat -> R) (b : biases R) L (x : E -> image R) c e i j :
  linear_padding read -> (forall l c c' (p q : 'I_(half l).*2.+1), V l c c' p q = W l c c' (p, q)) ->
  shared n (kernel_tap read) act W b L (fun c q => x q.1.1 c q.1.2 q.2) c (e, i, j)
  = cnn read n half V b act no_shortcut L (x e) c i j.
Proof.
move=> lin VW; elim: L c i j => // l IH c i j /=; congr (act l (_ + _)); apply: eq_bigr => c' _.
rewrite pair_big /=; apply: eq_bigr => [[p q]] _ /=; rewrite VW; congr (_ * _).
rewrite /kernel_tap /= (lin 1 _ (cnn read n half V b act no_shortcut l (x e) c')) ?mul1r // => i' j'.
by rewrite mul1r IH.
Qed.

(** Both kinds of taps are linear.
    Assumes: a padding of the three. *)
Theorem taps_are_linear (R : realFieldType) (E : Type) (half : nat -> nat) (read : (int -> int -> R) -> int -> int -> R) :
  linear_padding read ->
  linear_taps (taps := fun _ => unit_finType) (fun _ _ (f : E -> R) q => f q) /\
  linear_taps (kernel_tap (E := E) (half := half) read).
Proof. by move=> lin; split=> l a k f f' q ff; [exact: ff | apply: lin]. Qed.

(** * DeepLinear.v: deep linear networks and their gradient
    Layers of any widths n 0, n 1, ...: layer l is a matrix W l of n (l + 1) rows and n l
    columns, f(x) = W_(L-1) ... W_1 W_0 x. A change of the network is a change of all
    its layers at once. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius Stability Gradients Networks.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Definition layers (R : ringType) (n : nat -> nat) := forall l, 'M[R]_(n l.+1, n l).

Section Deep.
Variables (R : comRingType) (n : nat -> nat).
Implicit Types W D : layers R n.

(** The outputs of the first L layers on the columns of X. *)
Fixpoint deep W m (X : 'M[R]_(n 0, m)) (L : nat) : 'M[R]_(n L, m) :=
  match L return 'M[R]_(n L, m) with
  | 0 => X
  | l.+1 => W l *m deep W X l
  end.

(** The product W_(L-1) ... W_l. *)
Fixpoint product W (L l : nat) : 'M[R]_(n L, n l) :=
  match L return 'M[R]_(n L, n l) with
  | 0 => pid_mx (n l)
  | k.+1 => if (l <= k)%N then W k *m product W k l else pid_mx (n l)
  end.

Lemma product_id W l : product W l l = 1%:M.
Proof. by case: l => [|l] /=; rewrite ?ltnn pid_mx_1. Qed.

Lemma productS W L l : (l <= L)%N -> product W L.+1 l = W L *m product W L l.
Proof. by move=> lL; rewrite /= lL. Qed.

Lemma deep_product W m (X : 'M[R]_(n 0, m)) L l : (l <= L)%N ->
  deep W X L = product W L l *m deep W X l.
Proof.
elim: L => [|L IH].
  by rewrite leqn0 => /eqP ->; rewrite product_id mul1mx.
rewrite leq_eqVlt => /orP[/eqP ->|]; first by rewrite product_id mul1mx.
by rewrite ltnS => lL; rewrite productS // -mulmxA -IH.
Qed.

Lemma product_product W L l k : (l <= k)%N -> (k <= L)%N ->
  product W L l = product W L k *m product W k l.
Proof.
move=> lk; elim: L => [|L IH].
  by rewrite leqn0 => /eqP k0; rewrite k0 product_id mul1mx.
rewrite leq_eqVlt => /orP[/eqP ->|]; first by rewrite product_id mul1mx.
by rewrite ltnS => kL; rewrite !productS ?(leq_trans lk) // -mulmxA -IH.
Qed.

Lemma product_ext W W' L l : (forall k, (l <= k)%N -> (k < L)%N -> W k = W' k) ->
  product W L l = product W' L l.
Proof.
elim: L => //= L IH same; case: ifP => // lL.
by rewrite same // IH // => k lk kL; apply: same; rewrite // ltnS ltnW.
Qed.

(** The network that is changed by D. *)
Definition changed W D : layers R n := fun l => W l + D l.

(** What is the change's inner product with G, and its squared size, over the first L layers. *)
Definition layers_dot L (G D : layers R n) : R := \sum_(l < L) dot (G l) (D l).

(** For the loss (c/2)|f(X) - Y|^2 + (omega/2) sum_l |W_l|^2: the gradient by layer l is
    c (W_(L-1) ... W_(l+1))^T (f(X) - Y) (W_(l-1) ... W_0 X)^T + omega W_l. *)
Definition deep_gradient (c omega : R) m (X : 'M[R]_(n 0, m)) L (Y : 'M[R]_(n L, m)) W : layers R n :=
  fun l => c *: ((product W L l.+1)^T *m (deep W X L - Y) *m (deep W X l)^T) + omega *: W l.

End Deep.

Definition deep_loss (R : realFieldType) (n : nat -> nat) (c omega : R) m (X : 'M[R]_(n 0%N, m)) L
    (Y : 'M[R]_(n L, m)) (W : layers R n) : R :=
  c / 2%:R * sqnorm (deep W X L - Y) + omega / 2%:R * layers_dot L W W.

(** G is the gradient of F, a function of the first L layers, by all of them at once. *)
Definition has_layers_gradient (R : realFieldType) (n : nat -> nat) L (F : layers R n -> R) (W G : layers R n) :=
  forall eps, 0 < eps -> exists delta, 0 < delta /\ forall D : layers R n,
  layers_dot L D D < delta -> (F (changed W D) - F W - layers_dot L G D) ^+ 2 <= eps * layers_dot L D D.

Section Derivative.
Variables (R : realFieldType) (n : nat -> nat) (W : layers R n) (m : nat) (X : 'M[R]_(n 0%N, m)).
Implicit Types D : layers R n.

Local Lemma sqnorm_add_le k d (A B : 'M[R]_(k, d)) : sqnorm (A + B) <= 2%:R * (sqnorm A + sqnorm B).
Proof. by rewrite -parallelogram ler_addl sqnorm_ge0. Qed.

Let size L D := layers_dot L D D.

Local Lemma size_ge0 L D : 0 <= size L D.
Proof. by apply: sumr_ge0 => l _; exact: sqnorm_ge0. Qed.

Local Lemma sizeS L D : size L.+1 D = size L D + sqnorm (D L).
Proof. by rewrite /size /layers_dot big_ord_recr. Qed.

(** The change of the outputs, its part of first order, and the rest. *)
Let change D L := deep (changed W D) X L - deep W X L.

Fixpoint tangent D L : 'M[R]_(n L, m) :=
  match L return 'M[R]_(n L, m) with
  | 0 => 0
  | l.+1 => W l *m tangent D l + D l *m deep W X l
  end.

Let rest D L := change D L - tangent D L.

Local Lemma changeS D L : change D L.+1 = changed W D L *m change D L + D L *m deep W X L.
Proof.
have E : changed W D L *m deep W X L = W L *m deep W X L + D L *m deep W X L by rewrite mulmxDl.
by rewrite /change /= mulmxBr E opprD addrA subrK.
Qed.

Local Lemma restS D L : rest D L.+1 = W L *m rest D L + D L *m change D L.
Proof.
rewrite /rest changeS /=; move: (change D L) (tangent D L) (deep W X L) => e t p.
rewrite /changed mulmxDl mulmxBr; move: (W L *m e) (D L *m e) (W L *m t) (D L *m p) => a b f g.
by rewrite opprD addrACA subrr addr0 addrAC.
Qed.

Local Lemma change_bound L : exists K, 0 <= K /\ forall D, size L D <= 1 ->
  sqnorm (change D L) <= K * size L D.
Proof.
elim: L => [|L [K [K0 IH]]].
  exists 0; split=> // D _; rewrite /change subrr mul0r.
  by rewrite /dot mul0mx linear0.
set w := sqnorm (W L); set p := sqnorm (deep W X L).
have w0 : 0 <= w by exact: sqnorm_ge0.
have p0 : 0 <= p by exact: sqnorm_ge0.
have K'0 : 0 <= 2%:R * (2%:R * (w + 1) * K + p).
  by rewrite mulr_ge0 ?ler0n // addr_ge0 // !mulr_ge0 ?ler0n // addr_ge0 ?ler01.
exists (2%:R * (2%:R * (w + 1) * K + p)); split=> // D; rewrite sizeS.
have a0 := size_ge0 L D; have b0 := sqnorm_ge0 (D L); move=> ab1.
have a1 : size L D <= 1 by apply: le_trans ab1; rewrite ler_addl.
have b1 : sqnorm (D L) <= 1 by apply: le_trans ab1; rewrite ler_addr.
rewrite changeS; apply: le_trans (sqnorm_add_le _ _) _; rewrite -[X in _ <= X]mulrA ler_pmul2l ?ltr0n //.
rewrite mulrDl; apply: ler_add.
  apply: le_trans (sqnormM_le _ _) _; rewrite -[X in _ <= X]mulrA; apply: ler_pmul; rewrite ?sqnorm_ge0 //.
    by apply: le_trans (sqnorm_add_le _ _) _; rewrite ler_pmul2l ?ltr0n // ler_add2l.
  by apply: le_trans (IH D a1) _; rewrite ler_wpmul2l // ler_addl.
apply: le_trans (sqnormM_le _ _) _; rewrite mulrC ler_wpmul2l // ler_addr //.
Qed.

Local Lemma rest_bound L : exists K, 0 <= K /\ forall D, size L D <= 1 ->
  sqnorm (rest D L) <= K * size L D ^+ 2.
Proof.
elim: L => [|L [K [K0 IH]]].
  exists 0; split=> // D _; rewrite /rest /change subrr sub0r mul0r.
  by rewrite dotNl dotNr opprK /dot mul0mx linear0.
have [K' [K'0 ch]] := change_bound L; set w := sqnorm (W L).
have w0 : 0 <= w by exact: sqnorm_ge0.
exists (2%:R * (w * K + K')); split=> [|D]; first by rewrite mulr_ge0 ?ler0n // addr_ge0 // mulr_ge0.
rewrite sizeS; have a0 := size_ge0 L D; have b0 := sqnorm_ge0 (D L); move=> ab1.
have a1 : size L D <= 1 by apply: le_trans ab1; rewrite ler_addl.
rewrite restS; apply: le_trans (sqnorm_add_le _ _) _; rewrite -mulrA ler_pmul2l ?ltr0n //.
rewrite mulrDl; apply: ler_add.
  apply: le_trans (sqnormM_le _ _) _; rewrite -mulrA ler_wpmul2l //; apply: le_trans (IH D a1) _.
  by rewrite ler_wpmul2l // ler_sqr ?nnegrE ?addr_ge0 // ler_addl.
apply: le_trans (sqnormM_le _ _) _; rewrite mulrC.
apply: (@le_trans _ _ (K' * size L D * sqnorm (D L))); first by rewrite ler_wpmul2r // ch.
rewrite -mulrA ler_wpmul2l // expr2; apply: ler_pmul; rewrite ?ler_addl ?ler_addr //.
Qed.

(** The part of first order, seen from the outputs: back-propagation. *)
Local Lemma tangent_adjoint D L (E : 'M[R]_(n L, m)) :
  dot E (tangent D L) = \sum_(l < L) dot ((product W L l.+1)^T *m E *m (deep W X l)^T) (D l).
Proof.
elim: L E => [|L IH] E; first by rewrite big_ord0 /= /dot trmx0 mulmx0 linear0.
rewrite big_ord_recr /= dotDr; congr (_ + _); last first.
  by rewrite ltnn pid_mx_1 trmx1 mul1mx dot_adj trmxK.
have -> : dot E (W L *m tangent D L) = dot ((W L)^T *m E) (tangent D L).
  by rewrite /dot !trmx_mul mulmxA mxtrace_mulC mulmxA.
rewrite IH; apply: eq_bigr => l _; have lL := ltn_ord l.
by rewrite lL trmx_mul !mulmxA.
Qed.

Variables (L : nat) (c omega : R) (Y : 'M[R]_(n L, m)).

Local Lemma loss_change D :
  deep_loss c omega X Y (changed W D) - deep_loss c omega X Y W
  - layers_dot L (deep_gradient c omega X Y W) D
  = c * dot (deep W X L - Y) (rest D L) + (c / 2%:R * sqnorm (change D L) + omega / 2%:R * size L D).
Proof.
have sq k d (A B : 'M[R]_(k, d)) (e : R) :
    e / 2%:R * sqnorm (A + B) = e / 2%:R * sqnorm A + (e * dot A B + e / 2%:R * sqnorm B).
  have h : e = e / 2%:R + e / 2%:R by rewrite -splitr.
  by rewrite {3}h dotDl !dotDr (dotC B A) mulrDl !mulrDr !addrA.
have E1 : deep (changed W D) X L - Y = (deep W X L - Y) + change D L.
  by rewrite /change [RHS]addrC addrA subrK.
have E2 : omega / 2%:R * layers_dot L (changed W D) (changed W D)
    = omega / 2%:R * layers_dot L W W + (omega * layers_dot L W D + omega / 2%:R * size L D).
  rewrite /layers_dot !mulr_sumr -!big_split /=; apply: eq_bigr => l _; exact: sq.
have E3 : layers_dot L (deep_gradient c omega X Y W) D
    = c * dot (deep W X L - Y) (tangent D L) + omega * layers_dot L W D.
  rewrite /layers_dot /deep_gradient tangent_adjoint !mulr_sumr -big_split /=.
  by apply: eq_bigr => l _; rewrite dotDl !dotZl.
have E4 : dot (deep W X L - Y) (change D L)
    = dot (deep W X L - Y) (tangent D L) + dot (deep W X L - Y) (rest D L).
  by rewrite -dotDr; congr (dot _ _); rewrite /rest [RHS]addrC subrK.
rewrite /deep_loss E1 sq E2 E3 E4 mulrDr.
exact: deep_loss_rest.
Qed.
End Derivative.

(** [deep_gradient] is the gradient of the loss by all layers at once: the derivative of the network's loss,
    of any depth and widths, not a formula by definition.
    Assumes: nothing. *)
Theorem deep_gradient_is_gradient (R : realFieldType) (n : nat -> nat) L (c omega : R) m
    (X : 'M[R]_(n 0%N, m)) (Y : 'M[R]_(n L, m)) (W : layers R n) :
  has_layers_gradient L (deep_loss c omega X Y) W (deep_gradient c omega X Y W).
Proof.
have [K1 [K10 ch]] := change_bound W X L; have [K2 [K20 re]] := rest_bound W X L.
set E := sqnorm (deep W X L - Y); have E0 : 0 <= E by exact: sqnorm_ge0.
pose K := 2%:R * (c ^+ 2 * (E * K2) + 2%:R * ((c / 2%:R) ^+ 2 * K1 ^+ 2 + (omega / 2%:R) ^+ 2)).
have K0 : 0 <= K.
  apply: mulr_ge0; first exact: ler0n.
  apply: addr_ge0; first by apply: mulr_ge0; rewrite ?sqr_ge0 ?mulr_ge0.
  apply: mulr_ge0; first exact: ler0n.
  by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0.
move=> eps eps0; have Kp : 0 < K + 1 by rewrite ltr_paddl ?ltr01.
exists (Num.min 1 (eps / (K + 1))); split=> [|D]; first by rewrite lt_minr ltr01 divr_gt0.
rewrite lt_minr => /andP[/ltW s1]; rewrite loss_change ltr_pdivl_mulr // => s2.
have s0 : 0 <= layers_dot L D D by exact: size_ge0.
set s := layers_dot L D D in s0 s1 s2 *.
apply: (@le_trans _ _ (K * s ^+ 2)); last first.
  rewrite expr2 mulrA ler_wpmul2r //; apply: le_trans (ltW s2).
  by rewrite mulrC ler_wpmul2l // ler_addl ler01.
apply: le_trans (square_sum_le _ _) _; rewrite /K -[X in _ <= X]mulrA ler_pmul2l ?ltr0n // mulrDl; apply: ler_add.
  rewrite exprMn -[X in _ <= X]mulrA ler_wpmul2l ?sqr_ge0 //; apply: le_trans (cauchy_schwarz _ _) _.
  by rewrite -[X in _ <= X]mulrA ler_wpmul2l // re.
apply: le_trans (square_sum_le _ _) _; rewrite -[X in _ <= X]mulrA ler_pmul2l ?ltr0n // mulrDl; apply: ler_add; last first.
  by rewrite exprMn.
rewrite exprMn -[X in _ <= X]mulrA ler_wpmul2l ?sqr_ge0 // -[X in _ <= X]exprMn ler_sqr ?nnegrE ?mulr_ge0 ?sqnorm_ge0 //.
exact: ch.
Qed.

(** There is one gradient only.
    Assumes: l < L. *)
Theorem layers_gradient_unique (R : realFieldType) (n : nat -> nat) L (F : layers R n -> R) (W G G' : layers R n) l :
  has_layers_gradient L F W G -> has_layers_gradient L F W G' -> (l < L)%N -> G l = G' l.
Proof.
move=> g g' lL; pose D : layers R n := fun l => G l - G' l.
have pos k : 0 <= sqnorm (D k) by exact: sqnorm_ge0.
have d0 : 0 <= layers_dot L D D by apply: sumr_ge0.
suff z : layers_dot L D D = 0.
  move/eqP: z; rewrite psumr_eq0 // => /allP/(_ (Ordinal lL) (mem_index_enum _))/= /eqP.
  by move/sqnorm_eq0/eqP; rewrite subr_eq0 => /eqP.
apply: (vanishing_slope d0) => e e0; have e4 : 0 < e / 2%:R / 2%:R by rewrite !divr_gt0 ?ltr0n.
have [d1 [d10 h1]] := g _ e4; have [d2 [d20 h2]] := g' _ e4.
exists (Num.min d1 d2); split=> [|s s0]; first by rewrite lt_minr d10.
pose sD : layers R n := fun l => s *: D l.
have -> : s ^+ 2 * layers_dot L D D = layers_dot L sD sD.
  by rewrite /layers_dot mulr_sumr; apply: eq_bigr => k _; rewrite dotZl dotZr mulrA -expr2.
rewrite lt_minr => /andP[/h1 {}h1 /h2 {}h2]; move: h1 h2.
have -> : s * layers_dot L D D = (F (changed W sD) - F W - layers_dot L G' sD) - (F (changed W sD) - F W - layers_dot L G sD).
  rewrite opprB addrC addrA subrK /layers_dot -sumrB mulr_sumr; apply: eq_bigr => k _.
  by rewrite -dotBl dotZr.
move: (_ - layers_dot L G _) (_ - layers_dot L G' _) (layers_dot L sD sD) => a b N.
exact: two_rests.
Qed.

(** The network is the one of Networks.v without biases, activations and shortcuts.
    Assumes: the weights are those of the matrices. *)
Theorem deep_is_fcn (R : comRingType) (n : nat -> nat) (W : layers R n) (V : nat -> nat -> nat -> R) L
    (x : 'cV[R]_(n 0%N)) (z : nat -> R) (i : 'I_(n L)) :
  (forall l (i : 'I_(n l.+1)) (j : 'I_(n l)), V l i j = W l i j) -> (forall j : 'I_(n 0%N), z j = x j 0) ->
  plain_fcn n V (fun _ a => a) L z i = deep W x L i 0.
Proof.
move=> VW zx; elim: L i => [|L IH] i; first exact: zx.
by rewrite plain_fcnS mxE; apply: eq_bigr => j _; rewrite VW IH.
Qed.

(** * T3_first_layer.v: what a first fully connected layer never learns (page T3.first-layer.md)
    The loss may depend on the first layer V (k x d) in any way, but only through its
    values V X on the training inputs: any number of further layers, any activation, any
    loss, any other parameters, which may change from step to step. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import Ring.
From Idem Require Import Frobenius Methods Residual Trajectory Gradients.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Scalars.
Variable R : comRingType.
Add Ring R_ring : (@mk_rt (GRing.Zmodule.sort (GRing.ComRing.zmodType R))
  0 1 +%R *%R (fun x y => x - y) -%R eq
  (@add0r R) (@addrC R) (@addrA R) (@mul1r R) (@mulrC R) (@mulrA R)
  (@mulrDl R) (fun x y => erefl) (@subrr R)).
Lemma adam_scalars (a b e u v : R) :
  a - e * ((1 + 1) * v) + (b - e * u) * - (1 + 1) - (a + b * - (1 + 1))
  = e * ((1 + 1) * u - (1 + 1) * v).
Proof.
apply: (@addrI R 0).
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
End Scalars.

(** The gradient by the first layer has no part orthogonal to the training inputs.
    Assumes: f depends on the layer through its values on the inputs only, G is its gradient, X^T Q = 0. *)
Theorem gradient_in_span (R : realFieldType) k d n m (loss : 'M[R]_(k, n) -> R) (X : 'M[R]_(d, n))
    (Q : 'M[R]_(d, m)) (W G : 'M[R]_(k, d)) :
  has_gradient (fun V => loss (V *m X)) W G -> X^T *m Q = 0 -> G *m Q = 0.
Proof.
move=> grad XQ; set Z := G *m Q; apply: sqnorm_eq0; set z := sqnorm Z.
have [/eqP //|zN0] := boolP (z == 0); have z0 : 0 < z by rewrite lt_def zN0 sqnorm_ge0.
pose q := sqnorm Q; have q1 : 0 < q + 1 by rewrite ltr_paddl ?ltr01 ?sqnorm_ge0.
have eps0 : 0 < z / (q + 1) / 2%:R by rewrite !divr_gt0 // ltr0n.
have [delta [delta0 small]] := grad _ eps0.
pose H := Z *m Q^T; pose K := sqnorm H.
have K1 : 0 < K + 1 by rewrite ltr_paddl ?ltr01 ?sqnorm_ge0.
pose s := Num.min 1 (delta / (K + 1)).
have s0 : 0 < s by rewrite lt_minr ltr01 divr_gt0.
have HX : H *m X = 0 by rewrite /H -mulmxA -[Q^T *m X]trmxK trmx_mul trmxK XQ trmx0 mulmx0.
have sH : sqnorm (s *: H) = s ^+ 2 * K by rewrite dotZl dotZr mulrA -expr2.
have lt : sqnorm (s *: H) < delta.
  rewrite sH expr2 -mulrA; apply: (@le_lt_trans _ _ (s * K)).
    by rewrite ler_pimull ?mulr_ge0 ?sqnorm_ge0 ?(ltW s0) // le_minl lexx.
  apply: (@le_lt_trans _ _ (delta / (K + 1) * K)).
    by rewrite ler_wpmul2r ?sqnorm_ge0 // le_minl lexx orbT.
  by rewrite mulrAC ltr_pdivr_mulr // ltr_pmul2l // ltr_addl ltr01.
have := small _ lt; rewrite mulmxDl -scalemxAl HX scaler0 addr0 subrr sub0r sqrrN.
have -> : dot G (s *: H) = s * z by rewrite dotZr /H -{1}[Q^T]trmxK -(trmxK Q) -dot_adj !trmxK.
rewrite sH exprMn [X in _ <= X]mulrCA ler_pmul2l ?exprn_gt0 // expr2 => zz.
have : z * z <= z / (q + 1) / 2%:R * (z * q).
  apply: le_trans zz _; rewrite ler_pmul2l //; have -> : q = sqnorm Q^T by rewrite sqnorm_tr.
  exact: sqnormM_le.
rewrite mulrCA ler_pmul2l // leNgt => /negP; case.
rewrite -!mulrA gtr_pmulr // mulrC ltr_pdivr_mulr // mul1r.
apply: (@le_lt_trans _ _ q); last by rewrite ltr_addl ltr01.
by rewrite ler_pimull ?sqnorm_ge0 // invf_le1 ?ltr0n // ler1n.
Qed.

(** Adam is different: its first step divides every entry g of the gradient by |g| + eps. For one
    output, the input x = (2, 1) and the residual 1 the gradient is (2, 1), and the step
    leaves the span of x: orthogonal to it is (1, -2), and the product changes. *)
Definition adam_step (R : realFieldType) k d (eta eps : R) (W g : 'M[R]_(k, d)) : 'M[R]_(k, d) :=
  \matrix_(i, j) (W i j - eta * (g i j / (`|g i j| + eps))).

(** T3(a). An optimiser whose steps are linear in the past gradients (gradient descent, heavy
    ball, Nesterov, any step sizes, full batches or parts) never changes the first layer
    orthogonally to the training inputs: W_t Q = W_0 Q.
    Assumes: the loss depends on the layer through its values on the inputs only (it may change from step to step), G_t is its gradient, W_(t+1) = W_t - sum_(s<=t) a_(t,s) G_s, X^T Q = 0. *)
Theorem first_layer_invariance (R : realFieldType) k d n m (loss : nat -> 'M[R]_(k, n) -> R)
    (X : 'M[R]_(d, n)) (Q : 'M[R]_(d, m)) (W G : nat -> 'M[R]_(k, d)) (a : nat -> nat -> R) :
  (forall t, has_gradient (fun V => loss t (V *m X)) (W t) (G t)) ->
  (forall t, W t.+1 = W t - \sum_(s < t.+1) a t s *: G s) ->
  X^T *m Q = 0 -> forall t, W t *m Q = W 0%N *m Q.
Proof.
move=> grad step XQ; elim=> // t IH.
rewrite step mulmxBl IH mulmx_suml big1 ?subr0 // => s _.
by rewrite -scalemxAl (gradient_in_span (grad s) XQ) scaler0.
Qed.

(** With weight decay in the gradient the orthogonal part only shrinks or grows by
    known factors: W_(t+1) = b_t W_t - sum_(s<=t) a_(t,s) G_s gives W_t Q = (b_0 ... b_(t-1)) W_0 Q.
    Assumes: as above with factors b_t. *)
Theorem first_layer_decay (R : realFieldType) k d n m (loss : nat -> 'M[R]_(k, n) -> R)
    (X : 'M[R]_(d, n)) (Q : 'M[R]_(d, m)) (W G : nat -> 'M[R]_(k, d)) (a : nat -> nat -> R) (b : nat -> R) :
  (forall t, has_gradient (fun V => loss t (V *m X)) (W t) (G t)) ->
  (forall t, W t.+1 = b t *: W t - \sum_(s < t.+1) a t s *: G s) ->
  X^T *m Q = 0 -> forall t, W t *m Q = (\prod_(s < t) b s) *: (W 0%N *m Q).
Proof.
move=> grad step XQ; elim=> [|t IH]; first by rewrite big_ord0 scale1r.
have Z : (\sum_(s < t.+1) a t s *: G s) *m Q = 0.
  rewrite mulmx_suml; apply: big1 => s _.
  by rewrite -scalemxAl (gradient_in_span (grad s) XQ) scaler0.
by rewrite step mulmxBl Z subr0 -scalemxAl IH scalerA big_ord_recr mulrC.
Qed.

(** Where the decay omega is part of the gradient, as in the methods of Methods.v, the factor is r_t(omega), for
    gradient descent (beta = 0), heavy ball (p = 0) and Nesterov (p = 1).
    Assumes: as above; v_(t+1) = beta v_t + (G_t + omega W_t), v_0 = 0, W_(t+1) = W_t - eta (p (G_t + omega W_t) + (1 - p + beta p) v_(t+1)). *)
Theorem first_layer_momentum (R : realFieldType) k d n m (loss : nat -> 'M[R]_(k, n) -> R)
    (X : 'M[R]_(d, n)) (Q : 'M[R]_(d, m)) (W v G : nat -> 'M[R]_(k, d)) (eta beta p omega : R) :
  (forall t, has_gradient (fun V => loss t (V *m X)) (W t) (G t)) ->
  (forall t, v t.+1 = beta *: v t + (G t + omega *: W t)) -> v 0%N = 0 ->
  (forall t, W t.+1 = W t - eta *: (p *: (G t + omega *: W t) + (1 - p + beta * p) *: v t.+1)) ->
  X^T *m Q = 0 -> forall t, W t *m Q = momentum_residual eta beta p omega t *: (W 0%N *m Q).
Proof.
move=> grad vel v0 step XQ t.
have gQ s : (G s + omega *: W s) *m Q = omega *: (W s *m Q).
  by rewrite mulmxDl (gradient_in_span (grad s) XQ) add0r scalemxAl.
have pair : (W t *m Q, v t *m Q) = iter t (momentum_step eta beta (fun z => omega *: z) p) (W 0%N *m Q, 0).
  elim: t => [|t IH]; first by rewrite v0 mul0mx.
  have vQ : v t.+1 *m Q = beta *: (v t *m Q) + omega *: (W t *m Q) by rewrite vel mulmxDl -scalemxAl gQ.
  rewrite iterS -IH /momentum_step /= -vQ; congr (_, _).
  by rewrite step mulmxBl -scalemxAl mulmxDl -!scalemxAl gQ.
have gE z : omega *: z = (z - 0) *m omega%:M :> 'M[R]_(k, m) by rewrite subr0 mul_mx_scalar.
have := @path_left_mode _ _ _ eta beta p omega%:M _ 0 (W 0%N *m Q) gE omega t.
by rewrite -pair /= !subr0 mul_mx_scalar; apply.
Qed.

(** So an input z orthogonal to all training inputs meets the initial first layer
    for ever.
    Assumes: as for the invariance, x_i.z = 0 for every training input. *)
Corollary orthogonal_input_sees_initial_layer (R : realFieldType) k d n (loss : nat -> 'M[R]_(k, n) -> R)
    (X : 'M[R]_(d, n)) (z : 'cV[R]_d) (W G : nat -> 'M[R]_(k, d)) (a : nat -> nat -> R) :
  (forall t, has_gradient (fun V => loss t (V *m X)) (W t) (G t)) ->
  (forall t, W t.+1 = W t - \sum_(s < t.+1) a t s *: G s) ->
  X^T *m z = 0 -> forall t, W t *m z = W 0%N *m z.
Proof. exact: first_layer_invariance. Qed.

(** The example's loss is |W x - y|^2 / 2 with W x - y = 1; its gradient at W is (2, 1) = x^T.
    Assumes: x = (2, 1), y = W x - 1. *)
Theorem adam_example_gradient (R : realFieldType) (W : 'M[R]_(1, 2)) :
  let x : 'cV[R]_2 := \col_i (if i == 0 then 2%:R else 1) in
  has_gradient (fun V => 2%:R^-1 * sqnorm (V *m x - (W *m x - 1%:M))) W x^T.
Proof.
move=> x; apply: (has_gradient_eq (f := loss 1 0 x (W *m x - 1%:M))).
  by move=> V; rewrite /loss !mul0r addr0 mul1r.
have -> : x^T = gradient 1 0 x (W *m x - 1%:M) W.
  by rewrite /gradient scale0r addr0 scale1r subKr mul1mx.
exact: gradient_is_gradient.
Qed.

(** The first step of Adam changes the layer orthogonally to its only training input x = (2, 1):
    the invariance is false for it.
    Assumes: eta <> 0, eps >= 0. *)
Theorem adam_leaves_the_span (R : realFieldType) (eta eps : R) : eta != 0 -> 0 <= eps ->
  let x : 'cV[R]_2 := \col_i (if i == 0 then 2%:R else 1) in
  let q : 'cV[R]_2 := \col_i (if i == 0 then 1 else - 2%:R) in
  x^T *m q = 0 /\ forall W : 'M[R]_(1, 2), adam_step eta eps W x^T *m q <> W *m q.
Proof.
move=> e0 eps0 x q; have two (f : 'I_2 -> R) : \sum_i f i = f 0 + f 1.
  by rewrite big_ord_recl big_ord1; congr (_ + f _); apply: val_inj.
split; first by apply/matrixP => i j; rewrite !mxE two !mxE /= mulr1 mul1r subrr.
move=> W /matrixP/(_ 0 0); rewrite !mxE !two !mxE /= !mulr1 normr1 ger0_norm ?ler0n //.
move/eqP; rewrite -subr_eq0.
have p1 : 0 < 1 + eps by rewrite ltr_paddr ?ltr01.
have p2 : 0 < 2%:R + eps by rewrite ltr_paddr ?ltr0n.
have -> : W 0 0 - eta * (2%:R / (2%:R + eps)) + (W 0 1 - eta * (1 / (1 + eps))) * - 2%:R
    - (W 0 0 + W 0 1 * - 2%:R) = eta * (2%:R * (1 + eps)^-1 - 2%:R * (2%:R + eps)^-1).
  by rewrite div1r; exact: adam_scalars.
rewrite mulf_eq0 (negPf e0) /= subr_eq0 => /eqP h.
have : (1 + eps)^-1 = (2%:R + eps)^-1.
  by apply: (mulfI (_ : 2%:R != 0 :> R)) h; rewrite pnatr_eq0.
by move/invr_inj/addIr/eqP; rewrite eq_sym -subr_eq0 mulr2n addrK oner_eq0.
Qed.

(** * T4_split.v: what a deep linear network says off its training example (page T4.split.md) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius Methods Residual Gradients T3_first_layer DeepLinear.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Split.
Variables (R : realFieldType) (n : nat -> nat) (L : nat) (xh : 'cV[R]_(n 0%N)).
Implicit Types W G v : layers R n.

(** The network with another first layer. *)
Definition with_first (V : 'M[R]_(n 1%N, n 0%N)) W : layers R n :=
  fun l => match l return 'M[R]_(n l.+1, n l) with 0 => V | k.+1 => W k.+1 end.

Local Lemma with_first_product V W : product (with_first V W) L.+1 1 = product W L.+1 1.
Proof. by apply: product_ext => [[|k]]. Qed.

Local Lemma with_first_deep V W m (X : 'M[R]_(n 0%N, m)) :
  deep (with_first V W) X L.+1 = product W L.+1 1 *m (V *m X).
Proof. by rewrite (@deep_product _ _ _ _ _ _ 1) // with_first_product. Qed.

(** The gradient by all layers contains that by the first alone. *)
Lemma first_layer_of_gradient (ell : 'cV[R]_(n L.+1) -> R) W G :
  has_layers_gradient L.+1 (fun V => ell (deep V xh L.+1)) W G ->
  has_gradient (fun V => ell (product W L.+1 1 *m (V *m xh))) (W 0%N) (G 0%N).
Proof.
move=> grad eps /grad[delta [delta0 small]]; exists delta; split=> // H Hd.
pose D : layers R n := with_first H (fun _ => 0).
have pick (A : layers R n) : layers_dot L.+1 A D = dot (A 0%N) H.
  rewrite /layers_dot big_ord_recl /= big1 ?addr0 // => l _.
  by rewrite /dot trmx0 mulmx0 linear0.
have := small D; rewrite !pick => /(_ Hd).
have prod1 (V : layers R n) : (forall k, V k.+1 = W k.+1) -> deep V xh L.+1 = product W L.+1 1 *m (V 0%N *m xh).
  by move=> VW; rewrite (@deep_product _ _ _ _ _ _ 1) //; congr (_ *m _); apply: product_ext => [[|k]].
by rewrite !prod1 // => k; rewrite /changed /= addr0.
Qed.

(** T4.split. Trained on one example xh with any loss, f_t(x) = f_t(xh) <xh, x>/|xh|^2
    + r_t(omega) W_(L-1)(t) ... W_1(t) W_0(0) (x - <xh, x>/|xh|^2 xh): for gradient descent (beta = 0), heavy ball
    (p = 0) and Nesterov (p = 1), with decay omega on all layers.
    Assumes: xh <> 0, at least one layer; at every t the loss, which may change from step to step, has the gradient G_t by all layers; v_(t+1) = beta v_t + (G_t + omega W_t), v_0 = 0, W_(t+1) = W_t - eta (p (G_t + omega W_t) + (1 - p + beta p) v_(t+1)). *)
Theorem split_off_example (ell : nat -> 'cV[R]_(n L.+1) -> R) (W v G : nat -> layers R n) (eta beta p omega : R) :
  xh != 0 ->
  (forall t, has_layers_gradient L.+1 (fun V => ell t (deep V xh L.+1)) (W t) (G t)) ->
  (forall l, v 0%N l = 0) ->
  (forall t l, (l <= L)%N -> v t.+1 l = beta *: v t l + (G t l + omega *: W t l)) ->
  (forall t l, (l <= L)%N ->
    W t.+1 l = W t l - eta *: (p *: (G t l + omega *: W t l) + (1 - p + beta * p) *: v t.+1 l)) ->
  forall t (x : 'cV[R]_(n 0%N)), let a := dot xh x / sqnorm xh in
  deep (W t) x L.+1 = a *: deep (W t) xh L.+1
    + momentum_residual eta beta p omega t *: (product (W t) L.+1 1 *m (W 0%N 0%N *m (x - a *: xh))).
Proof.
move=> x0 grad v0 vel step t x a; set w := x - a *: xh.
have s0 : sqnorm xh != 0 by apply: contraNneq x0 => /sqnorm_eq0 ->.
have ort : xh^T *m w = 0.
  rewrite mulmxBr -scalemxAr; apply/matrixP => i j; rewrite !ord1 !mxE.
  have E (z : 'cV[R]_(n 0%N)) : \sum_k xh^T 0 k * z k 0 = dot xh z by rewrite -dot_cV mxE.
  by rewrite !E /a mulfVK // subrr.
have Ww : W t 0%N *m w = momentum_residual eta beta p omega t *: (W 0%N 0%N *m w).
  apply: (@first_layer_momentum _ _ _ _ _ (fun t Z => ell t (product (W t) L.+1 1 *m Z)) xh w
    (fun t => W t 0%N) (fun t => v t 0%N) (fun t => G t 0%N)) => // s.
  - exact: first_layer_of_gradient.
  - exact: vel.
  exact: step.
have xE : x = a *: xh + w by rewrite addrC subrK.
have deep1 (z : 'cV[R]_(n 0%N)) : deep (W t) z L.+1 = product (W t) L.+1 1 *m (W t 0%N *m z).
  by rewrite (@deep_product _ _ _ _ _ _ 1).
by rewrite {1}xE !deep1 mulmxDr Ww mulmxDr -!scalemxAr.
Qed.
End Split.

(** Without decay the factor is 1, and for gradient descent it is (1 - eta omega)^t.
    Assumes: nothing. *)
Theorem split_factors (R : comRingType) (eta beta p omega : R) t :
  momentum_residual eta beta p 0 t = 1 /\ momentum_residual eta 0 0 omega t = (1 - eta * omega) ^+ t.
Proof. by rewrite momentum_residual_null -heavy_ball_residualE residual_without_momentum. Qed.

(** The hypotheses can be met: for least squares every network has a gradient by all layers.
    Assumes: nothing. *)
Theorem split_loss_has_gradient (R : realFieldType) (n : nat -> nat) L (c : R) (xh : 'cV[R]_(n 0%N))
    (y : 'cV[R]_(n L)) (W : layers R n) :
  has_layers_gradient L (fun V => c / 2%:R * sqnorm (deep V xh L - y)) W (deep_gradient c 0 xh y W).
Proof.
move=> eps /(deep_gradient_is_gradient c 0 xh y W)[delta [delta0 small]]; exists delta; split=> // D /small.
by rewrite /deep_loss !mul0r !addr0.
Qed.

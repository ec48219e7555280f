(** * T4_path.v: aligned deep linear networks follow one number a layer (page T4.path.md)
    One example x = rho u_0 with target y = tau u_L; layer l starts as
    s_l u_(l+1) u_l^T + R_l, where R_l u_l = 0 and u_(l+1)^T R_l = 0. Layers are counted
    from 0 here, from 1 on the page. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius Residual Gradients DeepLinear.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Training of all layers at once: v <- beta v + g(W), W <- W - eta (p g(W) + (1 - p + beta p) v);
    gradient descent for beta = 0, heavy ball for p = 0, Nesterov for p = 1. *)
Definition layers_step (R : comRingType) (n : nat -> nat) (eta beta p : R) (g : layers R n -> layers R n)
    (s : layers R n * layers R n) : layers R n * layers R n :=
  let v : layers R n := fun l => beta *: s.2 l + g s.1 l in
  (fun l => s.1 l - eta *: (p *: g s.1 l + (1 - p + beta * p) *: v l), v).

Definition layers_trained (R : comRingType) (n : nat -> nat) (eta beta p : R) g (W0 : layers R n) t :=
  (iter t (layers_step eta beta p g) (W0, fun _ => 0)).1.

Section Path.
Variables (R : comRingType) (n : nat -> nat) (L : nat) (eta beta p c omega rho tau : R).
Variables (u : forall l, 'cV[R]_(n l)) (rest : layers R n) (s0 : nat -> R).

(** The gradient of a layer's number: c rho (rho prod s - tau) times the product of the others. *)
Definition others (s : nat -> R) l := \prod_(0 <= i < l) s i * \prod_(l.+1 <= i < L) s i.
Definition number_gradient (s : nat -> R) l :=
  c * rho * (rho * (\prod_(0 <= i < L) s i) - tau) * others s l.

(** The same training of the numbers. *)
Definition numbers_step (s : (nat -> R) * (nat -> R)) : (nat -> R) * (nat -> R) :=
  let g l := number_gradient s.1 l + omega * s.1 l in
  let v l := beta * s.2 l + g l in
  (fun l => s.1 l - eta * (p * g l + (1 - p + beta * p) * v l), v).

Definition numbers t := (iter t numbers_step (s0, fun _ => 0)).1.

Definition aligned (s : nat -> R) (r : R) (W : layers R n) :=
  forall l, (l < L)%N -> W l = s l *: (u l.+1 *m (u l)^T) + r *: rest l.

Hypothesis unit_u : forall l, (l <= L)%N -> dot (u l) (u l) = 1.
Hypothesis rest_right : forall l, (l < L)%N -> rest l *m u l = 0.
Hypothesis rest_left : forall l, (l < L)%N -> (u l.+1)^T *m rest l = 0.

Local Lemma uu l : (l <= L)%N -> (u l)^T *m u l = 1%:M.
Proof. by move=> lL; rewrite [LHS]mx11_scalar dot_cV unit_u. Qed.

Local Lemma forward s r W l : aligned s r W -> (l <= L)%N ->
  deep W (rho *: u 0) l = (rho * \prod_(0 <= i < l) s i) *: u l.
Proof.
move=> al; elim: l => [|l IH] lL; first by rewrite big_nil mulr1.
rewrite /= IH ?(ltnW lL) // al // -scalemxAr mulmxDl -!scalemxAl rest_right // scaler0 addr0.
by rewrite -mulmxA uu ?(ltnW lL) // mulmx1 scalerA big_nat_recr //= mulrA.
Qed.

Local Lemma backward s r W l k : aligned s r W -> (l <= k)%N -> (k <= L)%N ->
  (u k)^T *m product W k l = (\prod_(l <= i < k) s i) *: (u l)^T.
Proof.
move=> al; elim: k => [|k IH].
  by rewrite leqn0 => /eqP -> _; rewrite product_id mulmx1 big_nil scale1r.
rewrite leq_eqVlt => /orP[/eqP <- _|]; first by rewrite product_id mulmx1 big_geq // scale1r.
rewrite ltnS => lk kL; rewrite productS // mulmxA al // mulmxDr -!scalemxAr rest_left // scaler0 addr0.
rewrite mulmxA uu // mul1mx -scalemxAl IH ?(ltnW kL) // scalerA big_nat_recr //=.
by rewrite mulrC.
Qed.

Local Lemma aligned_gradient s r W l : aligned s r W -> (l < L)%N ->
  deep_gradient c omega (rho *: u 0) (tau *: u L) W l
  = (number_gradient s l + omega * s l) *: (u l.+1 *m (u l)^T) + (omega * r) *: rest l.
Proof.
move=> al lL; rewrite /deep_gradient !(forward al) ?(ltnW lL) // -scalerBl.
rewrite -scalemxAr linearZ /= -scalemxAl -!scalemxAr.
have -> : (product W L l.+1)^T *m u L = (\prod_(l.+1 <= i < L) s i) *: u l.+1.
  by rewrite -[LHS]trmxK trmx_mul trmxK (backward al) // linearZ /= trmxK.
rewrite al // scalerDr !scalerA -scalemxAl !scalerA addrA -scalerDl; congr (_ *: _ + _).
rewrite /number_gradient /others; congr (_ + _).
by rewrite -!mulrA; congr (_ * _); rewrite mulrCA; congr (_ * _); rewrite !mulrA; congr (_ * _); rewrite mulrC.
Qed.

(** T4.path. Every layer keeps its form: W_l(t) = s_l(t) u_(l+1) u_l^T + r_t(omega) R_l, where the numbers s_l
    follow [numbers_step], a recursion of L numbers, and r_t is the residual polynomial of the method.
    Assumes: |u_l| = 1, R_l u_l = 0 and u_(l+1)^T R_l = 0 for all layers, the start W_l(0) = s_l u_(l+1) u_l^T + R_l. *)
Theorem aligned_path (W0 : layers R n) t l : aligned s0 1 W0 -> (l < L)%N ->
  layers_trained eta beta p (deep_gradient c omega (rho *: u 0) (tau *: u L)) W0 t l
  = numbers t l *: (u l.+1 *m (u l)^T) + momentum_residual eta beta p omega t *: rest l.
Proof.
move=> al0; rewrite /layers_trained /numbers /momentum_residual; set M := momentum_matrix _ _ _ _.
set g := deep_gradient _ _ _ _.
suff main : aligned (iter t numbers_step (s0, fun _ => 0)).1 ((M ^+ t) 0 0) (iter t (layers_step eta beta p g) (W0, fun _ => 0)).1
    /\ aligned (iter t numbers_step (s0, fun _ => 0)).2 ((M ^+ t) 1 0) (iter t (layers_step eta beta p g) (W0, fun _ => 0)).2.
  by case: main => main _; exact: main.
elim: t => [|t [IH1 IH2]].
  have [-> ->] := corner0 (1 - eta * omega * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) omega beta.
  by split=> // k _; rewrite /= !scale0r addr0.
have [-> ->] := cornerS (1 - eta * omega * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) omega beta t.
rewrite -/(momentum_matrix eta beta p omega) -/M !iterS.
move: (iter t numbers_step _) (iter t (layers_step _ _ _ _) _) ((M ^+ t) 0 0) ((M ^+ t) 1 0) IH1 IH2.
move=> s W a b IH1 IH2; split=> k kL; rewrite /= /g (aligned_gradient IH1) // IH2 // ?IH1 //.
  move: (u k.+1 *m (u k)^T) (rest k) => e h; apply/matrixP => i j; rewrite !mxE.
  exact: aligned_position.
move: (u k.+1 *m (u k)^T) (rest k) => e h; apply/matrixP => i j; rewrite !mxE.
exact: aligned_velocity.
Qed.

(** So the network's answer to its example is rho prod_l s_l(t) u_L.
    Assumes: as above. *)
Corollary aligned_output (W0 : layers R n) t : aligned s0 1 W0 ->
  deep (layers_trained eta beta p (deep_gradient c omega (rho *: u 0) (tau *: u L)) W0 t) (rho *: u 0) L
  = (rho * \prod_(0 <= i < L) numbers t i) *: u L.
Proof. by move=> al0; apply: (@forward _ (momentum_residual eta beta p omega t)) => // l lL; exact: aligned_path. Qed.
End Path.

(** For gradient descent the factor of R_l is (1 - eta omega)^t, and the numbers obey
    s <- s - eta (g + omega s).
    Assumes: nothing. *)
Theorem gradient_descent_numbers (R : comRingType) L (eta c omega rho tau : R) (s0 : nat -> R) t l :
  momentum_residual eta 0 0 omega t = (1 - eta * omega) ^+ t /\
  numbers L eta 0 0 c omega rho tau s0 t.+1 l
  = numbers L eta 0 0 c omega rho tau s0 t l
    - eta * (number_gradient L c rho tau (numbers L eta 0 0 c omega rho tau s0 t) l
             + omega * numbers L eta 0 0 c omega rho tau s0 t l).
Proof.
rewrite -heavy_ball_residualE residual_without_momentum; split=> //.
by rewrite /numbers iterS /= !mul0r subr0 addr0 mul1r !add0r.
Qed.

(** The training is on true gradients: [deep_gradient] is the derivative of the loss
    (c/2)|f(x) - y|^2 + (omega/2) sum_l |W_l|^2 by all layers at once.
    Assumes: nothing. *)
Theorem path_gradient_is_gradient (R : realFieldType) (n : nat -> nat) L (c omega : R)
    (x : 'cV[R]_(n 0%N)) (y : 'cV[R]_(n L)) (W : layers R n) :
  has_layers_gradient L (deep_loss c omega x y) W (deep_gradient c omega x y W).
Proof. exact: deep_gradient_is_gradient. Qed.

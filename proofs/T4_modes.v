(** * T4_modes.v: aligned deep linear networks learn each mode by itself (page T4.modes.md)
    Examples X = Q_0 Z with targets Q_L Z, where Z Z^T is diagonal: the identity task if
    Q_L = Q_0. Layer l starts as Q_(l+1) diag(s_l) Q_l^T. Layers are counted from 0 here,
    from 1 on the page. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius Residual Gradients DeepLinear T4_path.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Modes.
Variables (R : comRingType) (n : nat -> nat) (L m N : nat) (eta beta p c omega : R).
Variables (Q : forall l, 'M[R]_(n l, m)) (Z : 'M[R]_(m, N)) (lambda : 'I_m -> R) (s0 : 'I_m -> nat -> R).

(** The gradient of a mode's number: c lambda (prod s - 1) times the product of the others. *)
Definition mode_gradient (lam : R) (s : nat -> R) l :=
  c * lam * (\prod_(0 <= i < L) s i - 1) * others L s l.

(** The training of one mode's numbers, which knows its eigenvalue alone. *)
Definition mode_step (lam : R) (s : (nat -> R) * (nat -> R)) : (nat -> R) * (nat -> R) :=
  let g l := mode_gradient lam s.1 l + omega * s.1 l in
  let v l := beta * s.2 l + g l in
  (fun l => s.1 l - eta * (p * g l + (1 - p + beta * p) * v l), v).

Definition mode k t := (iter t (mode_step (lambda k)) (s0 k, fun _ => 0)).1.

Definition diagonal (f : 'I_m -> R) : 'M[R]_m := diag_mx (\row_k f k).

Definition in_modes (s : 'I_m -> nat -> R) (W : layers R n) :=
  forall l, (l < L)%N -> W l = Q l.+1 *m diagonal (s ^~ l) *m (Q l)^T.

Hypothesis orthonormal : forall l, (l <= L)%N -> (Q l)^T *m Q l = 1%:M.
Hypothesis covariance : Z *m Z^T = diagonal lambda.

Local Lemma diagonal_ext f g : f =1 g -> diagonal f = diagonal g.
Proof. by move=> fg; congr diag_mx; apply/rowP => k; rewrite !mxE fg. Qed.

Local Lemma diagonal1 : diagonal (fun _ => 1) = 1%:M.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.

Local Lemma diagonalM f g : diagonal f *m diagonal g = diagonal (fun k => f k * g k).
Proof. by rewrite /diagonal mulmx_diag; congr diag_mx; apply/rowP => k; rewrite !mxE. Qed.

Local Lemma diagonalT f : (diagonal f)^T = diagonal f.
Proof. by rewrite /diagonal tr_diag_mx. Qed.

Local Lemma diagonalZ a f : a *: diagonal f = diagonal (fun k => a * f k).
Proof. by apply/matrixP => i j; rewrite !mxE mulrnAr. Qed.

Local Lemma diagonalD f g : diagonal f + diagonal g = diagonal (fun k => f k + g k).
Proof. by apply/matrixP => i j; rewrite !mxE mulrnDl. Qed.

Local Lemma diagonalB f g : diagonal f - diagonal g = diagonal (fun k => f k - g k).
Proof. by apply/matrixP => i j; rewrite !mxE mulrnBl. Qed.

Local Lemma frameZ l a f : a *: (Q l.+1 *m diagonal f *m (Q l)^T) = Q l.+1 *m diagonal (fun k => a * f k) *m (Q l)^T.
Proof. by rewrite scalemxAl scalemxAr diagonalZ. Qed.

Local Lemma frameD l f g : Q l.+1 *m diagonal f *m (Q l)^T + Q l.+1 *m diagonal g *m (Q l)^T
  = Q l.+1 *m diagonal (fun k => f k + g k) *m (Q l)^T.
Proof. by rewrite -mulmxDl -mulmxDr diagonalD. Qed.

Local Lemma frameB l f g : Q l.+1 *m diagonal f *m (Q l)^T - Q l.+1 *m diagonal g *m (Q l)^T
  = Q l.+1 *m diagonal (fun k => f k - g k) *m (Q l)^T.
Proof. by rewrite -mulmxBl -mulmxBr diagonalB. Qed.

Local Lemma forward k (Y : 'M[R]_(m, k)) s W l : in_modes s W -> (l <= L)%N ->
  deep W (Q 0 *m Y) l = Q l *m diagonal (fun i => \prod_(0 <= j < l) s i j) *m Y.
Proof.
move=> al; elim: l => [|l IH] lL.
  by rewrite (@diagonal_ext _ (fun _ => 1)) ?diagonal1 ?mulmx1 // => i; rewrite big_nil.
rewrite /= IH ?(ltnW lL) // al // -!mulmxA; congr (_ *m _).
rewrite (mulmxA (Q l)^T) orthonormal ?(ltnW lL) // mul1mx mulmxA diagonalM; congr (_ *m _).
by apply: diagonal_ext => i; rewrite big_nat_recr //= mulrC.
Qed.

Local Lemma backward s W l k : in_modes s W -> (l <= k)%N -> (k <= L)%N ->
  (Q k)^T *m product W k l = diagonal (fun i => \prod_(l <= j < k) s i j) *m (Q l)^T.
Proof.
move=> al; elim: k => [|k IH].
  rewrite leqn0 => /eqP -> _; rewrite product_id mulmx1.
  by rewrite (@diagonal_ext _ (fun _ => 1)) ?diagonal1 ?mul1mx // => i; rewrite big_nil.
rewrite leq_eqVlt => /orP[/eqP <- _|].
  rewrite product_id mulmx1 (@diagonal_ext _ (fun _ => 1)) ?diagonal1 ?mul1mx // => i.
  by rewrite big_geq.
rewrite ltnS => lk kL; rewrite productS // mulmxA al // !mulmxA orthonormal // mul1mx.
rewrite -mulmxA IH ?(ltnW kL) // mulmxA diagonalM; congr (_ *m _).
by apply: diagonal_ext => i; rewrite big_nat_recr //= mulrC.
Qed.

Local Lemma modes_gradient s W l : in_modes s W -> (l < L)%N ->
  deep_gradient c omega (Q 0 *m Z) (Q L *m Z) W l
  = Q l.+1 *m diagonal (fun k => mode_gradient (lambda k) (s k) l + omega * s k l) *m (Q l)^T.
Proof.
move=> al lL; rewrite /deep_gradient !(forward _ al) ?(ltnW lL) //.
set P := fun i => \prod_(0 <= j < L) s i j; set below := fun i => \prod_(0 <= j < l) s i j.
have -> : Q L *m diagonal P *m Z - Q L *m Z = Q L *m (diagonal (fun k => P k - 1) *m Z).
  by rewrite -diagonalB diagonal1 mulmxBl mulmxBr mul1mx mulmxA.
rewrite mulmxA.
have -> : (product W L l.+1)^T *m Q L = Q l.+1 *m diagonal (fun k => \prod_(l.+1 <= i < L) s k i).
  by rewrite -[LHS]trmxK trmx_mul trmxK (backward al) // trmx_mul trmxK diagonalT.
rewrite !trmx_mul diagonalT al // -!mulmxA (mulmxA Z) covariance !mulmxA -!(mulmxA (Q l.+1)) !diagonalM.
rewrite !(scalemxAr _ (Q l.+1)) !scalemxAl -mulmxDr -mulmxDl !diagonalZ diagonalD.
congr (_ *m (_ *m _)); apply: diagonal_ext => k; rewrite /mode_gradient /others /P /below.
move: (\prod_(0 <= i < l) _) (\prod_(l.+1 <= i < L) _) (\prod_(0 <= i < L) _ - 1) (lambda k) => a b e d.
congr (_ + _); rewrite -!mulrA; congr (_ * _); rewrite mulrCA [RHS]mulrCA; congr (_ * _).
by rewrite mulrCA; congr (_ * _); exact: mulrC.
Qed.

(** T4.modes. Every layer keeps its form: W_l(t) = Q_(l+1) diag(s_l(t)) Q_l^T, where the numbers of each mode k follow
    [mode_step] with its own eigenvalue lambda_k, a recursion of L numbers that knows nothing of the other modes.
    Assumes: Q_l^T Q_l = I for all l, Z Z^T = diag(lambda) for the examples X = Q_0 Z with targets Q_L Z, the start
    W_l(0) = Q_(l+1) diag(s_l) Q_l^T. *)
Theorem modes_path (W0 : layers R n) t : in_modes s0 W0 ->
  in_modes (fun k => mode k t) (layers_trained eta beta p (deep_gradient c omega (Q 0 *m Z) (Q L *m Z)) W0 t).
Proof.
move=> al0; rewrite /layers_trained /mode; set g := deep_gradient _ _ _ _.
suff main : in_modes (fun k => (iter t (mode_step (lambda k)) (s0 k, fun _ => 0)).1)
      (iter t (layers_step eta beta p g) (W0, fun _ => 0)).1
    /\ in_modes (fun k => (iter t (mode_step (lambda k)) (s0 k, fun _ => 0)).2)
      (iter t (layers_step eta beta p g) (W0, fun _ => 0)).2.
  by case: main.
elim: t => [|t [IH1 IH2]].
  split=> // l _ /=; rewrite (_ : diagonal _ = 0) ?mulmx0 ?mul0mx //.
  by apply/matrixP => i j; rewrite !mxE mul0rn.
split=> l lL; rewrite !iterS /= /g (modes_gradient IH1) // IH2 // ?IH1 //; last by rewrite frameZ frameD.
by rewrite !frameZ frameD !frameZ frameD frameZ frameB.
Qed.

(** So the network as a map takes the directions of Q_0 to those of Q_L, each with the product of its own numbers.
    Assumes: as above. *)
Corollary modes_map (W0 : layers R n) t : in_modes s0 W0 ->
  product (layers_trained eta beta p (deep_gradient c omega (Q 0 *m Z) (Q L *m Z)) W0 t) L 0 *m Q 0
  = Q L *m diagonal (fun k => \prod_(0 <= i < L) mode k t i).
Proof.
move=> al0; have al := modes_path t al0.
by have := forward 1%:M al (leqnn L); rewrite !mulmx1 (deep_product _ _ (leq0n L)).
Qed.

(** What no example shows is what the method makes of decay alone.
    Assumes: lambda_k = 0. *)
Corollary unseen_mode k t l : lambda k = 0 -> mode k t l = momentum_residual eta beta p omega t * s0 k l.
Proof.
move=> k0; rewrite /mode /momentum_residual k0; set M := momentum_matrix _ _ _ _.
suff main : forall l, (iter t (mode_step 0) (s0 k, fun _ => 0)).1 l = (M ^+ t) 0 0 * s0 k l
    /\ (iter t (mode_step 0) (s0 k, fun _ => 0)).2 l = (M ^+ t) 1 0 * s0 k l by case: (main l).
elim: t => [|t IH] j.
  have [-> ->] := corner0 (1 - eta * omega * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) omega beta.
  by rewrite /= mul1r mul0r.
have [-> ->] := cornerS (1 - eta * omega * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) omega beta t.
rewrite -/(momentum_matrix eta beta p omega) -/M iterS; move: (iter t _ _) IH => s /(_ j) [E1 E2].
rewrite /= E1 E2 /mode_gradient mulr0 !mul0r !add0r; move: ((M ^+ t) 0 0) ((M ^+ t) 1 0) (s0 k j) => a b e.
have := aligned_position eta beta p 0 e 0 0 a b omega 0; have := aligned_velocity beta 0 e 0 a b omega 0.
by rewrite !(mulr0, add0r, addr0) !mulrA => -> ->.
Qed.
End Modes.

Section Identity.
Variables (R : comRingType) (d L : nat) (eta beta p c rho a : R) (q : 'cV[R]_d).
Hypothesis unit_q : dot q q = 1.

(** The projection on the example's direction. *)
Definition projection : 'M[R]_d := q *m q^T.

Local Lemma qq : q^T *m q = 1%:M.
Proof. by rewrite [LHS]mx11_scalar dot_cV unit_q. Qed.

Local Lemma projection_twice : projection *m projection = projection.
Proof. by rewrite /projection mulmxA -(mulmxA q) qq mulmx1. Qed.

Local Lemma split_layers (W : layers R (fun _ => d)) (s : nat -> R) (z : 'cV[R]_d) :
  (forall l, (l < L)%N -> W l = s l *: projection + a *: (1%:M - projection)) ->
  deep W z L = (\prod_(0 <= i < L) s i) *: (projection *m z) + a ^+ L *: (z - projection *m z).
Proof.
elim: L => [|k IH] WE; first by rewrite big_nil expr0 !scale1r addrC subrK.
rewrite /= IH => [|l lk]; last by rewrite WE // ltnS ltnW.
have Pz : projection *m (projection *m z) = projection *m z by rewrite mulmxA projection_twice.
rewrite WE // big_nat_recr //= mulmxDl -!scalemxAl mulmxBl mul1mx !(mulmxDr, mulmxBr) -!scalemxAr !mulmxBr Pz.
by rewrite !subrr !scaler0 !addr0 addrAC subrr add0r !scalerA mulrC exprS.
Qed.

(** One example, layers a I, no decay: the network shows the product of the example's numbers times the part along the
    example, and a^L times all else, whatever the depth and the steps.
    Assumes: the example and its target are rho q with |q| = 1, W_l(0) = a I, omega = 0. *)
Theorem multiples_of_identity t (z : 'cV[R]_d) :
  deep (layers_trained eta beta p (@deep_gradient R (fun _ => d) c 0 1 (rho *: q) L (rho *: q)) (fun _ => a%:M) t) z L
  = (\prod_(0 <= i < L) numbers L eta beta p c 0 rho rho (fun _ => a) t i) *: (projection *m z)
    + a ^+ L *: (z - projection *m z).
Proof.
apply: split_layers => l lL.
rewrite (@aligned_path _ (fun _ => d) L eta beta p c 0 rho rho (fun _ => q) (fun _ => a *: (1%:M - projection)) (fun _ => a)) //.
- by rewrite momentum_residual_null scale1r.
- by move=> k _; rewrite -scalemxAl mulmxBl mul1mx /projection -mulmxA qq mulmx1 subrr scaler0.
- by move=> k _; rewrite -scalemxAr mulmxBr mulmx1 /projection mulmxA qq mul1mx subrr scaler0.
by move=> k _; rewrite scale1r -scalerDr addrCA subrr addr0 scalemx1.
Qed.
End Identity.

(** The training is on true gradients: [deep_gradient] is the derivative of the loss
    (c/2)|f(X) - Y|^2 + (omega/2) sum_l |W_l|^2 by all layers at once.
    Assumes: nothing. *)
Theorem modes_gradient_is_gradient (R : realFieldType) (n : nat -> nat) L (c omega : R) N
    (X : 'M[R]_(n 0%N, N)) (Y : 'M[R]_(n L, N)) (W : layers R n) :
  has_layers_gradient L (deep_loss c omega X Y) W (deep_gradient c omega X Y W).
Proof. exact: deep_gradient_is_gradient. Qed.

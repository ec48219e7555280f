(** * T1_flow.v: gradient flow (page T1.flow.md)
    The loss (c/2)|V X - Y|^2 + (omega/2)|V|^2 of Trajectory.v, one example being X = x; numbers
    are elements of any complete ordered field, time is one of them. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets functions.
From mathcomp.analysis Require Import reals signed topology normedtype sequences derive realfun exp.
From Idem Require Import Frobenius PseudoInverse Limits Methods Trajectory Gradients T1_steps T1 T1_examples Exponential.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Import numFieldNormedType.Exports.
Local Open Scope ring_scope.
Local Open Scope classical_set_scope.

(** V follows gradient flow from time 0 on: entry by entry it is continuous from the right at 0, and
    its derivative is - g(V(t)) at every t > 0. *)
Definition gradient_flow (R : realType) k d (g : 'M[R]_(k, d) -> 'M[R]_(k, d)) (V : R -> 'M[R]_(k, d)) :=
  forall i j, (V s i j @[s --> 0^'+] --> V 0 i j)
    /\ forall t, 0 < t -> is_derive t 1 (fun s => V s i j) (- g (V t) i j).

(** V(t) tends to L as t grows: all entries do. *)
Definition tends_to_at_infinity (R : realType) k d (V : R -> 'M[R]_(k, d)) (L : 'M[R]_(k, d)) :=
  forall eps, 0 < eps -> exists T, forall t, T <= t -> forall i j, `|V t i j - L i j| < eps.

(** The path of the flow for one example. *)
Definition one_example_flow (R : realType) k d (c : R) (x : 'cV[R]_d) (y : 'cV[R]_k) (W0 : 'M[R]_(k, d)) (t : R) :=
  W0 + ((1 - expR (- (c * dot x x * t))) / dot x x) *: ((y - W0 *m x) *m x^T).

(** An entry is at most 1 plus the squared norm. *)
Lemma entry_le (R : realType) k d (D : 'M[R]_(k, d)) i j : `|D i j| <= 1 + sqnorm D.
Proof.
apply: (@le_trans _ _ (1 + `|D i j| ^+ 2)).
  have [small|big] := lerP `|D i j| 1; first by rewrite ler_paddr // exprn_ge0.
  by rewrite ler_paddl ?ler01 // expr2 ler_pemull // ltW.
by rewrite ler_add2l real_normK ?num_real // sqr_entry_le.
Qed.

(** What solves the equation at all times follows gradient flow. *)
Lemma solution_is_flow (R : realType) k d (g : 'M[R]_(k, d) -> 'M[R]_(k, d)) (V : R -> 'M[R]_(k, d)) :
  (forall t i j, is_derive t 1 (fun s : R => V s i j) (- g (V t) i j)) -> gradient_flow g V.
Proof.
by move=> h i j; split=> [|t _]; [exact: right_limit (h 0 i j) | exact: h].
Qed.

(** Mode by mode: along an eigenvector u of the curvature c X X^T + omega I the error of every path
    of gradient flow at time t is exp(- mu t) times that at time 0; u may have several columns.
    Assumes: gradient(W* ) = 0, (c X X^T + omega I) u = mu u, V follows gradient flow, t >= 0. *)
Theorem flow_mode (R : realType) k d n m (c omega mu t : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (fixed : 'M[R]_(k, d)) (V : R -> 'M[R]_(k, d)) (u : 'M[R]_(d, m)) :
  gradient c omega X Y fixed = 0 -> curvature c omega X *m u = mu *: u ->
  gradient_flow (gradient c omega X Y) V -> 0 <= t ->
  (V t - fixed) *m u = expR (- (mu * t)) *: ((V 0 - fixed) *m u).
Proof.
move=> st Cu flow t0; apply/matrixP => i j; rewrite [RHS]mxE.
have E0 s : ((V s - fixed) *m u) i j = \sum_l (V s i l - fixed i l) * u l j.
  by rewrite mxE; apply: eq_bigr => l _; rewrite !mxE.
have E : (fun s => ((V s - fixed) *m u) i j) = fun s => \sum_l (V s i l - fixed i l) * u l j.
  by apply/funext.
apply: (@decay_unique _ mu (fun s => ((V s - fixed) *m u) i j)) => // [|s s0]; rewrite E.
  rewrite E0; apply: (@right_sum _ _ (fun l s => V s i l) (fun l => fixed i l) (fun l => u l j)) => l.
  by have [h _] := flow i l.
have -> : - (mu * ((V s - fixed) *m u) i j) = \sum_l (- gradient c omega X Y (V s) i l) * u l j.
  rewrite (gradient_around (V s) st).
  transitivity ((- ((V s - fixed) *m curvature c omega X *m u)) i j).
    by rewrite -mulmxA Cu -scalemxAr !mxE.
  by rewrite -mulNmx mxE; apply: eq_bigr => l _; rewrite mxE.
apply: (derive_sum (f := fun l s => V s i l - fixed i l)) => l; have [_ h] := flow i l.
have e := is_deriveB (h s s0) (is_derive_cst (fixed i l) s 1).
by apply: is_derive_eq e _; rewrite subr0.
Qed.

(** A path of finitely many modes: if the matrices A_l are (left) eigenvectors of the curvature,
    W* + sum exp(- mu_l t) A_l solves the equation of gradient flow at every time. *)
Lemma modes_solve (R : realType) k d n m (c omega : R) (X : 'M[R]_(d, n)) (Y : 'M[R]_(k, n))
    (fixed : 'M[R]_(k, d)) (mu : 'I_m -> R) (A : 'I_m -> 'M[R]_(k, d)) t i j :
  gradient c omega X Y fixed = 0 -> (forall l, A l *m curvature c omega X = mu l *: A l) ->
  let V (s : R) := fixed + \sum_l expR (- (mu l * s)) *: A l in
  is_derive t 1 (fun s => V s i j) (- gradient c omega X Y (V t) i j).
Proof.
move=> st AC V.
have -> : (fun s => V s i j) = cst (fixed i j) + (fun s : R => \sum_l expR (- (mu l * s)) * A l i j).
  apply/funext => s; rewrite /V mxE summxE; congr (_ + _).
  by apply: eq_bigr => l _; rewrite mxE.
have e := is_deriveD (is_derive_cst (fixed i j) t 1) (derive_sum (fun l => A l i j) (fun l => derive_decay (mu l) t)).
apply: is_derive_eq e _; rewrite add0r (gradient_around _ st) /V [fixed + _]addrC addrK.
rewrite mulmx_suml summxE -sumrN; apply: eq_bigr => l _.
by rewrite -scalemxAl AC !mxE mulNr -mulrA mulrCA.
Qed.

Section OneExample.
Variables (R : realType) (k d : nat) (c : R) (x : 'cV[R]_d) (y : 'cV[R]_k).
Implicit Types (W : 'M[R]_(k, d)) (V : R -> 'M[R]_(k, d)).
Let s := dot x x.
Let g := gradient c 0 x y.
Let mu := c * s.

Lemma example_nonzero : x != 0 -> s != 0.
Proof. by apply: contra => /eqP /sqnorm_eq0 ->. Qed.

Lemma limit_fits W0 : x != 0 -> one_example_limit x y W0 *m x = y.
Proof.
move=> /example_nonzero s0; rewrite /one_example_limit mulmxDl -scalemxAl -mulmxA xTx mul_mx_scalar scalerA.
by rewrite mulVf // scale1r addrC subrK.
Qed.

Lemma limit_is_stationary W0 : x != 0 -> g (one_example_limit x y W0) = 0.
Proof. by move=> x0; rewrite /g /gradient limit_fits // subrr mul0mx scaler0 scale0r addr0. Qed.

Lemma flow_around_limit W0 t : x != 0 ->
  one_example_flow c x y W0 t = one_example_limit x y W0 + expR (- (mu * t)) *: (W0 - one_example_limit x y W0).
Proof.
move=> /example_nonzero s0; rewrite /one_example_flow /one_example_limit -/s.
have -> (B : 'M[R]_(k, d)) : W0 - (W0 + B) = - B by rewrite opprD addrA subrr add0r.
rewrite scalerN scalerA -scaleNr -addrA -scalerDl.
by congr (_ + _ *: _); rewrite mulrBl mul1r.
Qed.

Lemma error_is_mode W0 :
  (W0 - one_example_limit x y W0) *m curvature c 0 x = mu *: (W0 - one_example_limit x y W0).
Proof.
rewrite /one_example_limit opprD addrA subrr add0r.
rewrite /curvature raddf0 addr0 -scalemxAr mulNmx -scalemxAl mulmxA -(mulmxA _ x^T x).
rewrite xTx mul_mx_scalar -scalemxAl !scalerN !scalerA; congr (- (_ *: _)).
by rewrite -!mulrA; congr (_ * _); exact: mulrC.
Qed.

(** The flow follows the derivative of the loss (c/2)|V x - y|^2.
    Assumes: nothing. *)
Theorem flow_gradient_is_gradient W : has_gradient (loss c 0 x y) W (gradient c 0 x y W).
Proof. exact: gradient_is_gradient. Qed.

(** The path W_0 + (1 - exp(- c s t))/s (y - W_0 x) x^T starts at W_0, and at every time, entry by
    entry, its derivative is minus the gradient of the loss.
    Assumes: x <> 0. *)
Theorem one_example_flow_solves W0 : x != 0 ->
  one_example_flow c x y W0 0 = W0 /\
  forall t i j, is_derive t 1 (fun r => one_example_flow c x y W0 r i j)
                          (- gradient c 0 x y (one_example_flow c x y W0 t) i j).
Proof.
move=> x0; split=> [|t i j].
  by rewrite /one_example_flow mulr0 oppr0 expR0 subrr mul0r scale0r addr0.
have E : one_example_flow c x y W0
    = fun r => one_example_limit x y W0 + \sum_(l < 1) expR (- (mu * r)) *: (W0 - one_example_limit x y W0).
  by apply/funext => r; rewrite flow_around_limit // big_ord1.
by rewrite E; apply: (modes_solve _ _ _ (limit_is_stationary W0 x0)) => _; exact: error_is_mode.
Qed.

(** It is the only path of gradient flow: every V that follows it is V(0) + (1 - exp(- c s t))/s (y - V(0) x) x^T.
    Assumes: x <> 0, V follows gradient flow, t >= 0. *)
Theorem one_example_flow_unique V t : x != 0 -> gradient_flow (gradient c 0 x y) V -> 0 <= t ->
  V t = one_example_flow c x y (V 0) t.
Proof.
move=> x0 flow t0; rewrite flow_around_limit //; apply/eqP; rewrite addrC -subr_eq; apply/eqP.
set fixed := one_example_limit x y (V 0).
have st := limit_is_stationary (V 0) x0.
have s0 := example_nonzero x0.
have m1 : curvature c 0 x *m line_projector x = mu *: line_projector x.
  by rewrite /curvature raddf0 addr0 /line_projector -!scalemxAl -!scalemxAr -/s mulmxA -(mulmxA x) xTx mul_mx_scalar -scalemxAl !scalerA -/s mulrAC.
have m2 : curvature c 0 x *m (1%:M - line_projector x) = 0 *: (1%:M - line_projector x).
  rewrite mulmxBr mulmx1 m1 scale0r /curvature raddf0 addr0 /line_projector -/s scalerA -/mu /mu mulfK // subrr //.
have := flow_mode st m1 flow t0; have := flow_mode st m2 flow t0.
rewrite mul0r oppr0 expR0 scale1r -/fixed => e2 e1.
have split_ (D : 'M[R]_(k, d)) : D = D *m line_projector x + D *m (1%:M - line_projector x).
  by rewrite -mulmxDr addrC subrK mulmx1.
rewrite [LHS]split_ e1 e2.
have own : (V 0 - fixed) *m (1%:M - line_projector x) = 0.
  rewrite /fixed /one_example_limit opprD addrA subrr add0r mulNmx -scalemxAl -mulmxA.
  rewrite mulmxBr mulmx1 /line_projector -scalemxAr mulmxA xTx mul_scalar_mx scalerA mulVf // scale1r.
  by rewrite subrr mulmx0 scaler0 oppr0.
by rewrite own addr0 [in RHS](split_ (V 0 - fixed)) own addr0.
Qed.

(** So gradient flow from W_0 exists, and there is only one.
    Assumes: x <> 0. *)
Corollary one_example_flow_exists_once W0 : x != 0 ->
  exists V, [/\ V 0 = W0, gradient_flow (gradient c 0 x y) V
    & forall V', V' 0 = W0 -> gradient_flow (gradient c 0 x y) V' -> forall t, 0 <= t -> V' t = V t].
Proof.
move=> x0; have [start solves] := one_example_flow_solves W0 x0.
exists (one_example_flow c x y W0); split=> // [|V' V0 flow t t0]; first exact: solution_is_flow.
by rewrite (one_example_flow_unique x0 flow t0) V0.
Qed.

(** Gradient flow needs no condition of stability: it tends to W_0 + (y - W_0 x) x^T / s.
    Assumes: x <> 0, c > 0. *)
Theorem one_example_flow_limit W0 : x != 0 -> 0 < c ->
  tends_to_at_infinity (one_example_flow c x y W0) (W0 + (dot x x)^-1 *: ((y - W0 *m x) *m x^T)).
Proof.
move=> x0 c0 eps e0; rewrite -/(one_example_limit x y W0); set D := W0 - one_example_limit x y W0.
have mu0 : 0 < mu by rewrite mulr_gt0 // lt_def example_nonzero // sqnorm_ge0.
have K0 : 0 <= 1 + sqnorm D by rewrite addr_ge0 ?ler01 // sqnorm_ge0.
have [T small] := decay_to_0 mu0 K0 e0; exists T => t /small lt i j; apply: le_lt_trans lt.
have E (L B : 'M[R]_(k, d)) a : (L + a *: B) i j - L i j = a * B i j by rewrite !mxE addrAC subrr add0r.
rewrite flow_around_limit // -/D E normrM gtr0_norm ?expR_gt0 //.
by rewrite ler_pmul2l ?expR_gt0 // entry_le.
Qed.

(** The output on any input z is W_0 z + (1 - exp(- c s t)) (x.z / s) (y - W_0 x).
    Assumes: nothing. *)
Theorem one_example_flow_output W0 t (z : 'cV[R]_d) :
  one_example_flow c x y W0 t *m z
  = W0 *m z + ((1 - expR (- (c * dot x x * t))) * (dot x z / dot x x)) *: (y - W0 *m x).
Proof.
rewrite /one_example_flow mulmxDl -scalemxAl -mulmxA -/s; congr (_ + _).
rewrite [x^T *m z]mx11_scalar dot_cV mul_mx_scalar scalerA; congr (_ *: _).
by rewrite -mulrA (mulrC s^-1).
Qed.
End OneExample.

(** t steps of length tau/t have in a mode of curvature mu the factor (1 - x/t)^t, x = tau mu, the flow
    has exp(- x): the first is smaller, by at most exp(- x) x^2 / (2 (t - x)).
    Assumes: 0 < x < t. *)
Theorem steps_below_flow (R : realType) (x : R) t : 0 < x -> x < t%:R ->
  0 < expR (- x) - (1 - x / t%:R) ^+ t <= expR (- x) * (x ^+ 2 / (2%:R * (t%:R - x))).
Proof. by move=> x0 xt; have [-> ->] := euler_bounds x0 xt. Qed.

(** Short steps near the flow: gradient descent that reaches time tau by t steps of length tau/t
    tends to the flow at time tau as t grows.
    Assumes: x <> 0, c > 0, tau >= 0. *)
Theorem one_example_descent_tends_to_flow (R : realType) k d (c tau : R) (x : 'cV[R]_d) (y : 'cV[R]_k)
    (W0 : 'M[R]_(k, d)) : x != 0 -> 0 < c -> 0 <= tau ->
  tends_to (fun t => gradient_descent (tau / t%:R) (gradient c 0 x y) W0 t) (one_example_flow c x y W0 tau).
Proof.
move=> x0 c0 tau0 eps e0; have s0 := example_nonzero x0.
set B := (y - W0 *m x) *m x^T; set K := 1 + sqnorm ((dot x x)^-1 *: B).
have K0 : 0 < K by rewrite ltr_paddr ?ltr01 // sqnorm_ge0.
have xi0 : 0 <= c * dot x x * tau by rewrite !mulr_ge0 ?sqnorm_ge0 // ltW.
have [N small] := euler_limit xi0 (divr_gt0 e0 K0); exists N => t /small {}small i j.
rewrite one_example_closed_form // /one_example_flow -/B.
rewrite -[(1 - _) / _ *: B]scalerA -[((1 - expR _) / _) *: B]scalerA; set H := _ *: B.
have -> : tau / t%:R * c * dot x x = c * dot x x * tau / t%:R.
  by rewrite -mulrA mulrC mulrA.
set q := (1 - _) ^+ t in small *; set p := expR _ in small *.
have E (V G : 'M[R]_(k, d)) a b : (V + a *: G) i j - (V + b *: G) i j = (a - b) * G i j.
  by rewrite !mxE opprD addrACA subrr add0r mulrBl.
rewrite E; have -> : 1 - q - (1 - p) = p - q by rewrite opprB addrC addrA subrK.
rewrite normrM; apply: (@le_lt_trans _ _ (`|p - q| * K)); first by rewrite ler_wpmul2l // entry_le.
by rewrite -ltr_pdivl_mulr.
Qed.

(** * Exponential.v: exponentials that training meets
    Over the real numbers of MathComp Analysis, that is over every complete ordered field. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.classical Require Import boolp classical_sets functions.
From mathcomp.analysis Require Import reals signed topology normedtype sequences derive realfun exp.
From Idem Require Import Identities.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Import numFieldNormedType.Exports.
Local Open Scope ring_scope.
Local Open Scope classical_set_scope.

Section Exponential.
Variable R : realType.
Implicit Types (h r w x z mu t eps : R).

(** The slope of exp(- mu s). *)
Lemma derive_decay mu t : is_derive t 1 (fun s : R => expR (- (mu * s))) (- (mu * expR (- (mu * t)))).
Proof.
have lin : is_derive t 1 ((- mu) \*: (@id R)) ((- mu) *: 1) by exact: is_deriveZ.
have h := is_derive1_comp (is_derive_expR (((- mu) \*: (@id R)) t)) lin.
have -> : (fun s : R => expR (- (mu * s))) = (@expR R) \o ((- mu) \*: (@id R)).
  by apply/funext => s /=; rewrite -mulNr.
apply: is_derive_eq h _.
by rewrite /= /GRing.scale /= mulr1 mulrN mulNr mulrC.
Qed.

(** A sum of functions times constants. *)
Lemma derive_sum n (f : 'I_n -> R -> R) (b df : 'I_n -> R) t :
  (forall l, is_derive t 1 (f l) (df l)) ->
  is_derive t 1 (fun s => \sum_l f l s * b l) (\sum_l df l * b l).
Proof.
move=> fd; have -> : (fun s => \sum_l f l s * b l) = \sum_l (b l \*: f l).
  by apply/funext => s; rewrite fct_sumE; apply: eq_bigr => l _; rewrite mulrC.
have e : is_derive t 1 (\sum_l (b l \*: f l)) (\sum_l (b l *: df l)) by apply: is_derive_sum.
by apply: is_derive_eq e _; apply: eq_bigr => l _; rewrite mulrC.
Qed.

(** A function with a slope is continuous, from the right too. *)
Lemma right_limit (f : R -> R) t df : is_derive t 1 f df -> f s @[s --> t^'+] --> f t.
Proof.
case=> /derivable1_diffP/differentiable_continuous fc _.
exact: (@cvg_within_filter _ _ f (nbhs t) (nbhs_filter t) _ _ fc).
Qed.

(** A function without slope on (0, oo) that is continuous from the right at 0 is constant. *)
Lemma constant_from_0 (f : R -> R) t : f s @[s --> 0^'+] --> f 0 ->
  (forall s, 0 < s -> is_derive s 1 f 0) -> 0 <= t -> f t = f 0.
Proof.
move=> f0 fd; rewrite le_eqVlt => /orP[/eqP <- //|t0].
have same a : 0 < a -> a <= t -> f a = f t.
  move=> a0 at'.
  have [| |c _] := @MVT_segment _ f (fun=> 0) a t at'.
  - by move=> x; rewrite in_itv /= => /andP[ax _]; apply: fd; exact: lt_trans ax.
  - apply: continuous_in_subspaceT => x; rewrite inE /= in_itv /= => /andP[ax _].
    apply/differentiable_continuous/derivable1_diffP.
    by have [] := fd x (lt_le_trans a0 ax).
  by rewrite mul0r => /eqP; rewrite subr_eq0 => /eqP.
have ft : f s @[s --> 0^'+] --> f t.
  have F : Filter (0 : R)^'+ by apply: within_filter; exact: nbhs_filter.
  apply: (@cvg_near_cst _ _ _ _ _ F); have n := filterI (nbhs_right_gt (0 : R)) (nbhs_right_le t0).
  by apply: (@filterS _ _ F _ _ _ (n F)) => s [s0 st]; exact: same.
have P : ProperFilter (0 : R)^'+ by exact: at_right_proper_filter.
by rewrite -(cvg_lim (@Rhausdorff R) ft) (cvg_lim (@Rhausdorff R) f0).
Qed.

(** The limit from the right of a sum of functions, each less a constant and times a constant. *)
Lemma right_sum n (f : 'I_n -> R -> R) (a b : 'I_n -> R) :
  (forall l, f l s @[s --> 0^'+] --> f l 0) ->
  (\sum_l (f l s - a l) * b l) @[s --> 0^'+] --> \sum_l (f l 0 - a l) * b l.
Proof.
move=> fc; have F : Filter (0 : R)^'+ by apply: within_filter; exact: nbhs_filter.
elim: n f a b fc => [|n IH] f a b fc.
  rewrite big_ord0; have -> : (fun s => \sum_(l < 0) (f l s - a l) * b l) = fun=> 0.
    by apply/funext => s; rewrite big_ord0.
  exact: cvg_cst.
rewrite big_ord_recr; have -> : (fun s => \sum_(l < n.+1) (f l s - a l) * b l)
    = (fun s => \sum_(l < n) (f (widen_ord (leqnSn n) l) s - a (widen_ord (leqnSn n) l)) * b (widen_ord (leqnSn n) l))
      + (fun s => (f ord_max s - a ord_max) * b ord_max).
  by apply/funext => s; rewrite big_ord_recr.
apply: cvgD; first exact: (IH (fun l => f (widen_ord (leqnSn n) l)) (fun l => a (widen_ord (leqnSn n) l))).
apply: cvgMl; apply: cvgB; [exact: fc | exact: cvg_cst].
Qed.

(** What shrinks at the rate mu is exp(- mu t) times what it was. *)
Lemma decay_unique mu (f : R -> R) t : f s @[s --> 0^'+] --> f 0 ->
  (forall s, 0 < s -> is_derive s 1 f (- (mu * f s))) -> 0 <= t ->
  f t = expR (- (mu * t)) * f 0.
Proof.
move=> f0 fd t0; pose g s : R := expR (- ((- mu) * s)); pose h : R -> R := g \* f.
have g0 : g 0 = 1 by rewrite /g mulr0 oppr0 expR0.
have : h t = h 0.
  apply: constant_from_0 => // [|s s0].
    have F : Filter (0 : R)^'+ by apply: within_filter; exact: nbhs_filter.
    have gc : g s @[s --> 0^'+] --> g 0 by exact: right_limit (derive_decay (- mu) 0).
    have := @cvgM R R (0 : R)^'+ F g f (g 0) (f 0) gc f0.
    exact.
  have e := is_deriveM (derive_decay (- mu) s) (fd s s0).
  apply: is_derive_eq e _; rewrite /GRing.scale /=; rewrite -/(g s).
  by rewrite mulNr opprK mulrN [g s * _]mulrCA [f s * _]mulrCA [f s * _]mulrC addNr.
rewrite /h /= g0 mul1r => <-; rewrite /g mulrA -expRD mulNr opprK addNr expR0 mul1r //.
Qed.

(** 1 - z < exp(- z) for z > 0 ... *)
Lemma below_exponential z : 0 < z -> 1 - z < expR (- z).
Proof.
move=> z0; have nz : - z < 0 by rewrite oppr_lt0.
have [|c] := @MVT _ (@expR R) (@expR R) (- z) 0 nz.
  by apply: continuous_subspaceT => x; exact: continuous_expR.
rewrite in_itv /= => /andP[_ c0]; rewrite expR0 sub0r opprK => e.
by rewrite ltr_subl_addr -ltr_subl_addl e gtr_pmull // expR_lt1.
Qed.

(** ... 1 + w + w^2/2 <= exp(w) for w >= 0 ... *)
Lemma quadratic_below_exponential w : 0 <= w -> 1 + w + w ^+ 2 / 2%:R <= expR w.
Proof.
move=> w0; pose f : R -> R := @expR R - (id + 2%:R^-1 \*: (id ^+ 2)).
have fd z : is_derive z 1 f (expR z - (1 + z)).
  apply: trigger_derive.
  by rewrite /GRing.scale /= !mulr1 expr1 mulrA mulVf ?mul1r // pnatr_eq0.
have [|c] := MVT_segment w0 (fun z _ => fd z).
  apply: continuous_subspaceT => z.
  by apply/differentiable_continuous/derivable1_diffP; have [] := fd z.
rewrite in_itv /= => /andP[c0 _]; have fE z : f z = expR z - (z + 2%:R^-1 * z ^+ 2) by [].
rewrite !fE expR0 expr0n mulr0 addr0 !subr0 => e.
have : 0 <= (expR c - (1 + c)) * w by rewrite mulr_ge0 // subr_ge0 expR_ge1Dx.
by rewrite -e subr_ge0 ler_subr_addl addrC addrA [w ^+ 2 / _]mulrC.
Qed.

(* the same with h for 1/2, r for z^2 / (2 (1 - z)) *)
Lemma exponential_square z r h : h + h = 1 -> (1 - z) * r = h * (z * z) ->
  (1 - z) * (1 + (z + r) + h * ((z + r) * (z + r))) = 1 + h * (z * z) * (h * r).
Proof.
move=> hh rE; rewrite square_expansion hh mul1r rE.
by rewrite exponential_rest hh subrr mul0r addr0.
Qed.

(** ... so exp(- z - z^2 / (2 (1 - z))) <= 1 - z for 0 <= z < 1. *)
Lemma above_exponential z : 0 <= z -> z < 1 ->
  expR (- (z + z ^+ 2 / (2%:R * (1 - z)))) <= 1 - z.
Proof.
move=> z0 z1; have q0 : 0 < 1 - z by rewrite subr_gt0.
set r := _ / _; have r0 : 0 <= r by rewrite divr_ge0 ?exprn_ge0 // mulr_ge0 ?ler0n // ltW.
have rE : (1 - z) * r = 2%:R^-1 * (z * z).
  have rK : r * (2%:R * (1 - z)) = z ^+ 2 by rewrite /r divfK // gt_eqF // mulr_gt0 ?ltr0n.
  by rewrite -expr2 -rK [RHS]mulrCA [2%:R^-1 * _]mulrA mulVf ?pnatr_eq0 // mul1r mulrC.
have w0 : 0 <= z + r by exact: addr_ge0.
have p0 : 0 < 1 + (z + r) + (z + r) ^+ 2 / 2%:R.
  by rewrite ltr_paddr ?divr_ge0 ?exprn_ge0 ?ler0n // ltr_paddr ?ltr01.
rewrite expRN; apply: (@le_trans _ _ (1 + (z + r) + (z + r) ^+ 2 / 2%:R)^-1).
  by rewrite lef_pinv ?posrE ?expR_gt0 // quadratic_below_exponential.
rewrite -[_^-1]mul1r ler_pdivr_mulr //.
rewrite [_ ^+ 2 / _]mulrC expr2 (exponential_square _ rE); last by rewrite [RHS]splitr mul1r.
have h0 : 0 <= 2%:R^-1 :> R by rewrite invr_ge0 ler0n.
by rewrite ler_addl mulr_ge0 // mulr_ge0 // mulr_ge0.
Qed.

(** The factor of n steps of length tau/n, x = tau mu, lies below that of the flow, and nears it like 1/n. *)
Lemma euler_bounds x n : 0 < x -> x < n%:R ->
  0 < expR (- x) - (1 - x / n%:R) ^+ n
  /\ expR (- x) - (1 - x / n%:R) ^+ n <= expR (- x) * (x ^+ 2 / (2%:R * (n%:R - x))).
Proof.
move=> x0 xn; have n0 : 0 < n%:R :> R := lt_trans x0 xn.
set z := x / n%:R; have z0 : 0 < z by rewrite divr_gt0.
have z1 : z < 1 by rewrite ltr_pdivr_mulr // mul1r.
have nz : n%:R * z = x by rewrite mulrC divfK // gt_eqF.
have q0 : 0 <= 1 - z by rewrite subr_ge0 ltW.
split.
  have mx : - x = n%:R * - z by rewrite mulrN nz.
  rewrite subr_gt0 mx expRMm ltr_pexpn2r ?nnegrE ?below_exponential //.
    by rewrite -(ltr0n R).
  by rewrite ltW ?expR_gt0.
set r := z ^+ 2 / (2%:R * (1 - z)); set e := x ^+ 2 / _.
have nr : n%:R * r = e.
  have rK : r * (2%:R * (1 - z)) = z ^+ 2 by rewrite /r divfK // gt_eqF // mulr_gt0 ?ltr0n // subr_gt0.
  apply: (canRL (mulfK _)); first by rewrite gt_eqF // mulr_gt0 ?ltr0n // subr_gt0.
  have -> : n%:R - x = n%:R * (1 - z) by rewrite mulrBr mulr1 nz.
  by rewrite [2%:R * _]mulrCA mulrACA rK -expr2 -exprMn nz.
have e0 : 0 < e by rewrite divr_gt0 ?exprn_gt0 // mulr_gt0 ?ltr0n // subr_gt0.
rewrite ler_subl_addr -ler_subl_addl.
have -> : expR (- x) - expR (- x) * e = expR (- x) * (1 - e) by rewrite mulrBr mulr1.
apply: (@le_trans _ _ (expR (- (z + r)) ^+ n)); last first.
  have p : 0 <= expR (- (z + r)) by rewrite ltW ?expR_gt0.
  by rewrite ler_expn2r ?nnegrE // above_exponential // ltW.
rewrite -expRMm; have -> : n%:R * - (z + r) = - x + - e by rewrite mulrN mulrDr nz nr opprD.
rewrite expRD ler_pmul2l ?expR_gt0 //.
by rewrite ltW // below_exponential.
Qed.

(** So it tends to that of the flow. *)
Lemma euler_limit x eps : 0 <= x -> 0 < eps ->
  exists N, forall n, (N <= n)%N -> `|expR (- x) - (1 - x / n%:R) ^+ n| < eps.
Proof.
rewrite le_eqVlt => /orP[/eqP <- e0|x0 e0].
  by exists 0%N => n _; rewrite oppr0 expR0 mul0r subr0 expr1n subrr normr0.
exists (Num.bound (x + x ^+ 2 / eps)) => n Nn.
have p0 : 0 < x ^+ 2 / eps by rewrite divr_gt0 ?exprn_gt0.
have big : x + x ^+ 2 / eps < n%:R.
  apply: lt_le_trans (archi_boundP _) _; first by rewrite ltW // addr_gt0.
  by rewrite ler_nat.
have xn : x < n%:R by apply: lt_trans big; rewrite ltr_addl.
have [low high] := euler_bounds x0 xn; rewrite (gtr0_norm low); apply: le_lt_trans high _.
have d0 : 0 < n%:R - x by rewrite subr_gt0.
have small : x ^+ 2 / (2%:R * (n%:R - x)) < eps.
  rewrite ltr_pdivr_mulr ?mulr_gt0 ?ltr0n //; move: big.
  rewrite -ltr_subr_addl ltr_pdivr_mulr // => big; apply: lt_le_trans big _.
  by rewrite mulrC ler_pmul2l // ler_pemull ?(ltW d0) // ler1n.
apply: le_lt_trans small; rewrite ler_pimull //; last by rewrite ltW // expR_lt1 oppr_lt0.
by rewrite divr_ge0 ?exprn_ge0 ?(ltW x0) // mulr_ge0 ?ler0n ?(ltW d0).
Qed.

(** What decays at a rate mu > 0 becomes smaller than any share of K. *)
Lemma decay_to_0 mu K eps : 0 < mu -> 0 <= K -> 0 < eps ->
  exists T, forall t, T <= t -> expR (- (mu * t)) * K < eps.
Proof.
move=> mu0 K0 e0; exists (K / eps / mu) => t Tt.
have m0 : K / eps <= mu * t by rewrite [mu * t]mulrC -ler_pdivr_mulr.
have t0 : 0 <= mu * t by apply: le_trans m0; rewrite divr_ge0 // ltW.
rewrite expRN mulrC ltr_pdivr_mulr ?expR_gt0 // mulrC -ltr_pdivr_mulr //.
apply: le_lt_trans m0 _; apply: lt_le_trans (expR_ge1Dx t0).
by rewrite addrC ltr_addl.
Qed.

End Exponential.

(** * Limits.v: what a limit means here
    Limits in the elementary sense: for every eps > 0 all but finitely many
    terms are closer than eps, entry by entry. The scalars form an ordered field
    that is Archimedean (every element is below some whole number); completeness
    is not needed, because every limit is given explicitly. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** u_t tends to l: all entries do. *)
Definition tends_to (R : archiFieldType) k d (u : nat -> 'M[R]_(k, d)) (l : 'M[R]_(k, d)) :=
  forall eps, 0 < eps ->
  exists N, forall t, (N <= t)%N -> forall i j, `|u t i j - l i j| < eps.

Section Limits.
Variable R : archiFieldType.

(** Transposition respects limits. *)
Lemma tends_to_tr k d (u : nat -> 'M[R]_(k, d)) l :
  tends_to (fun t => (u t)^T) l^T -> tends_to u l.
Proof.
move=> ul eps /ul[N uN]; exists N => t /uN{}uN i j.
by have := uN j i; rewrite !mxE.
Qed.

(** Two sequences that agree have the same limits. *)
Lemma tends_to_eq k d (u v : nat -> 'M[R]_(k, d)) l :
  u =1 v -> tends_to u l -> tends_to v l.
Proof. by move=> uv ul eps /ul[N uN]; exists N => t /uN{}uN i j; rewrite -uv. Qed.

(** A limit is unique. *)
Lemma tends_to_unique k d (u : nat -> 'M[R]_(k, d)) l l' :
  tends_to u l -> tends_to u l' -> l = l'.
Proof.
move=> ul ul'; apply/matrixP => i j; apply/eqP; rewrite -subr_eq0 -normr_eq0.
apply/eqP; apply/le_anti; rewrite normr_ge0 andbT leNgt; apply/negP => pos.
have half : 0 < `|l i j - l' i j| / 2%:R by rewrite divr_gt0 ?ltr0n.
have [[N uN] [N' uN']] := (ul _ half, ul' _ half).
have := uN _ (leq_maxl N N') i j; have := uN' _ (leq_maxr N N') i j.
set t := maxn N N' => close' close; have := ltr_add close close'.
rewrite -splitr ltNge => /negP; apply.
by rewrite (distrC (u t i j) (l i j)) ler_dist_add.
Qed.

(** The powers of a number in [0, 1) become arbitrarily small (by Bernoulli's
    inequality). *)
Lemma expr_to0 (q eps : R) : 0 <= q < 1 -> 0 < eps ->
  exists N, forall t, (N <= t)%N -> q ^+ t < eps.
Proof.
case/andP=> q0 q1 e0; have h0 : 0 < 1 - q by rewrite subr_gt0.
have bernoulli t : q ^+ t * (1 + t%:R * (1 - q)) <= 1.
  elim: t => [|t IH]; first by rewrite expr0 mul0r addr0 mul1r.
  have -> : 1 + t.+1%:R * (1 - q) = 1 + t%:R * (1 - q) + (1 - q).
    by rewrite -addn1 natrD mulrDl mul1r addrA.
  rewrite mulrDr; apply: (@le_trans _ _ (q + (1 - q))); last by rewrite addrC subrK.
  apply: ler_add; first by rewrite exprS -mulrA ler_pimulr.
  by rewrite ler_pimull ?exprn_ile1 // ltW.
pose N := Num.bound (eps * (1 - q))^-1; exists N => t Nt.
have p0 : 0 < 1 + t%:R * (1 - q) by rewrite ltr_paddr ?ltr01 ?mulr_ge0 ?ler0n ?ltW.
rewrite -(ltr_pmul2r p0); apply: le_lt_trans (bernoulli t) _.
rewrite (mulrDr eps) mulr1 mulrCA ltr_paddl ?ltW // -ltr_pdivr_mulr ?mulr_gt0 // div1r.
apply: lt_le_trans (archi_boundP _) _; first by rewrite invr_ge0 mulr_ge0 ?ltW.
by rewrite ler_nat.
Qed.

(** A sequence whose squared distance to l is at most C q^(t / p), q < 1,
    tends to l; t / p counts windows of p steps. *)
Lemma tends_to_geometric k d (u : nat -> 'M[R]_(k, d)) l (C q : R) p :
  (0 < p)%N -> 0 <= C -> 0 <= q < 1 ->
  (forall t, sqnorm (u t - l) <= q ^+ (t %/ p) * C) -> tends_to u l.
Proof.
move=> p0 C0 q01 uC eps eps0.
have C10 : 0 < C + 1 by rewrite ltr_paddl ?ltr01.
have d0 : 0 < eps ^+ 2 / (C + 1) by rewrite divr_gt0 ?exprn_gt0.
have [N Nq] := expr_to0 q01 d0.
exists (N * p)%N => t; rewrite -leq_divRL // => /Nq; rewrite ltr_pdivl_mulr // => qC i j.
have lt2 : (u t - l) i j ^+ 2 < eps ^+ 2.
  apply: le_lt_trans (sqr_entry_le _ i j) _; apply: le_lt_trans (uC t) _.
  apply: le_lt_trans qC; rewrite ler_wpmul2l ?exprn_ge0 ?ler_addl ?ler01 //.
  by case/andP: q01.
by move: lt2; rewrite !mxE -real_normK ?num_real // ltr_sqr // nnegrE ltW.
Qed.

End Limits.

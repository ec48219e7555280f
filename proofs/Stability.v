(** * Stability.v: when a recursion over two steps dies out
    Lemma 4 of trajectory.md for matrices, without eigenvalues:
    e_{t+2} = e_{t+1} T - e_t D with symmetric T and D tends to 0 if
    I + D - T, I + D + T and I - D are bounded below by a number m > 0, on a
    subspace that the e_t do not leave. The proof follows the page: a quadratic
    form in two consecutive terms never grows, and falls by a fixed factor
    over two steps. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius Limits.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** A symmetric matrix moves from one side of the inner product to the other. *)
Lemma dot_sym_mul (R : comRingType) k d (S : 'M[R]_d) (x y : 'M[R]_(k, d)) :
  S^T = S -> dot (x *m S) y = dot x (y *m S).
Proof. by move=> sS; rewrite dot_adj sS. Qed.

(** Drop of the quadratic form in one step; x' = x T - y D. *)
Lemma energy_drop (R : comRingType) k d (T D : 'M[R]_d) (x y x' : 'M[R]_(k, d)) :
  T^T = T -> D^T = D -> x' = x *m T - y *m D ->
  let energy u v := dot (u *m (1%:M + D)) u + dot (v *m (1%:M + D)) v
                    - 2%:R * dot (u *m T) v in
  energy x' x = energy x y - dot ((x' - y) *m (1%:M - D)) (x' - y).
Proof.
move=> sT sD x'E energy; rewrite /energy.
have xT : x *m T = x' + y *m D by rewrite x'E subrK.
have -> : dot (x' *m T) x = dot x' x' + dot x' (y *m D).
  by rewrite (dot_sym_mul _ _ sT) xT dotDr.
rewrite xT !mulmxBr !mulmxDr !mulmx1 !mulmxBl dotDl (dotDl x) (dotDl y) (dotDl x').
rewrite !dotBl !dotBr (dotC y x') (dotC (y *m D) x') (dot_sym_mul x' y sD) !mulr2n.
exact: energy_step.
Qed.

(** The quadratic form as a sum over u + v and u - v. *)
Lemma energy_split (R : comRingType) k d (W T : 'M[R]_d) (u v : 'M[R]_(k, d)) :
  W^T = W -> T^T = T ->
  dot ((u + v) *m (W - T)) (u + v) + dot ((u - v) *m (W + T)) (u - v) =
  2%:R * (dot (u *m W) u + dot (v *m W) v - 2%:R * dot (u *m T) v).
Proof.
move=> sW sT; rewrite mulmxBr mulmxDr !mulmxDl !mulNmx.
have vu S : S^T = S -> dot (v *m S) u = dot (u *m S) v.
  by move=> sS; rewrite (dot_sym_mul _ _ sS) dotC.
rewrite !dotBl !dotDl !dotNl !dotBr !dotDr !vu // !mulr2n.
exact: energy_halves.
Qed.

Lemma parallelogram (R : comRingType) m n (u v : 'M[R]_(m, n)) :
  sqnorm (u + v) + sqnorm (u - v) = 2%:R * (sqnorm u + sqnorm v).
Proof.
rewrite !dotDl !dotDr !dotNl !dotNr (dotC v u) mulr2n; exact: parallelogram_scalars.
Qed.

Section Bounds.
Variable R : realFieldType.

Lemma sqnorm_sub_le m n (u v : 'M[R]_(m, n)) :
  sqnorm (u - v) <= 2%:R * (sqnorm u + sqnorm v).
Proof. by rewrite -parallelogram ler_addr sqnorm_ge0. Qed.

(** <x S, x> >= m |x|^2 forces |x S|^2 >= m^2 |x|^2. *)
Lemma lower_norm k d (S : 'M[R]_d) (x : 'M[R]_(k, d)) m : 0 <= m ->
  m * sqnorm x <= dot (x *m S) x -> m ^+ 2 * sqnorm x <= sqnorm (x *m S).
Proof.
move=> m0 h; have [/eqP x0|xN0] := boolP (sqnorm x == 0).
  by rewrite x0 mulr0 sqnorm_ge0.
have xp : 0 < sqnorm x by rewrite lt_def xN0 sqnorm_ge0.
rewrite -(ler_pmul2r xp) -mulrA -expr2 -exprMn.
apply: le_trans (cauchy_schwarz _ _); rewrite ler_sqr ?nnegrE //.
  by rewrite mulr_ge0 ?sqnorm_ge0.
by apply: le_trans h; rewrite mulr_ge0 ?sqnorm_ge0.
Qed.

(** Twice <x S, x> is at most (|S|^2 + 1)|x|^2. *)
Lemma upper_form k d (S : 'M[R]_d) (x : 'M[R]_(k, d)) :
  2%:R * dot (x *m S) x <= (sqnorm S + 1) * sqnorm x.
Proof.
apply: (@le_trans _ _ (sqnorm (x *m S) + sqnorm x)); last first.
  by rewrite mulrDl mul1r ler_add2r mulrC sqnormM_le.
have := sqnorm_ge0 (x *m S - x); rewrite dotBl !dotBr (dotC x).
by rewrite square_difference subr_ge0.
Qed.

End Bounds.

Section TwoStep.
Variables (R : archiFieldType) (k d : nat) (T D P : 'M[R]_d) (m : R).
Variable e : nat -> 'M[R]_(k, d).
Hypotheses (T_sym : T^T = T) (D_sym : D^T = D) (m_gt0 : 0 < m).
Hypothesis recursion : forall t, e t.+2 = e t.+1 *m T - e t *m D.
Hypothesis inside : forall t, e t *m P = e t.
Let W := 1%:M + D.
Hypothesis lower_minus : forall x : 'M[R]_(k, d), x *m P = x ->
  m * sqnorm x <= dot (x *m (W - T)) x.
Hypothesis lower_plus : forall x : 'M[R]_(k, d), x *m P = x ->
  m * sqnorm x <= dot (x *m (W + T)) x.
Hypothesis lower_drop : forall x : 'M[R]_(k, d), x *m P = x ->
  m * sqnorm x <= dot (x *m (1%:M - D)) x.

Let energy (u v : 'M[R]_(k, d)) :=
  dot (u *m W) u + dot (v *m W) v - 2%:R * dot (u *m T) v.
Let E t := energy (e t.+1) (e t).

Let W_sym : W^T = W. Proof. by rewrite linearD /= trmx1 D_sym. Qed.

Let insideD t s : (e t + e s) *m P = e t + e s. Proof. by rewrite mulmxDl !inside. Qed.
Let insideB t s : (e t - e s) *m P = e t - e s. Proof. by rewrite mulmxBl !inside. Qed.

Lemma energy_lower t : m * (sqnorm (e t.+1) + sqnorm (e t)) <= E t.
Proof.
rewrite -(@ler_pmul2l _ 2%:R) ?ltr0n // mulrCA -parallelogram -energy_split // mulrDr.
by apply: ler_add; [apply: lower_minus | apply: lower_plus].
Qed.

Lemma energy_ge0 t : 0 <= E t.
Proof.
by apply: le_trans (energy_lower t); rewrite mulr_ge0 ?addr_ge0 ?sqnorm_ge0 ?ltW.
Qed.

Let K := sqnorm (W - T) + sqnorm (W + T) + 1.
Let N t := sqnorm (e t.+1 + e t) + sqnorm (e t.+1 - e t).

Let K_gt0 : 0 < K. Proof. by rewrite ltr_paddl ?ltr01 ?addr_ge0 ?sqnorm_ge0. Qed.

Lemma energy_upper t : 4%:R * E t <= K * N t.
Proof.
have -> : 4%:R = 2%:R * 2%:R :> R by rewrite -natrM.
rewrite -mulrA -energy_split // mulrDr (mulrDr K).
apply: ler_add; apply: le_trans (upper_form _ _) _; rewrite ler_wpmul2r ?sqnorm_ge0 //.
  by rewrite /K ler_add2r ler_addl sqnorm_ge0.
by rewrite /K ler_add2r ler_addr sqnorm_ge0.
Qed.

Let drop t := sqnorm (e t.+2 - e t) + sqnorm (e t.+3 - e t.+1).

Lemma energy_fall t : E t.+2 + m * drop t <= E t.
Proof.
have step s : E s.+1 + m * sqnorm (e s.+2 - e s) <= E s.
  rewrite /E /energy (energy_drop T_sym D_sym (recursion s)) -/W.
  by rewrite -ler_subr_addr ler_add2l ler_opp2 lower_drop.
apply: le_trans (step t); rewrite /drop mulrDr addrCA addrC ler_add2r.
exact: step.
Qed.

Lemma drop_lower t : m ^+ 2 * N t <= 4%:R * (1 + sqnorm T) * drop t.
Proof.
pose a := e t.+2 - e t; pose b := e t.+3 - e t.+1; pose z := b - a *m T.
have za : a + z = - ((e t.+1 + e t) *m (W - T)).
  rewrite /z /b /a (recursion t.+1) !recursion /W; move: (e t.+1) (e t) => x y.
  rewrite !mulmxBl mulmxDl !mulmxBr !mulmxDr !mulmx1.
  move: (x *m T) (x *m D) (y *m T) (y *m D) (x *m T *m T) (y *m D *m T) => a1 a2 a3 a4 a5 a6.
  by apply/matrixP => i j; rewrite !mxE; exact: drop_sum.
have az : a - z = (e t.+1 - e t) *m (W + T).
  rewrite /z /b /a (recursion t.+1) !recursion /W; move: (e t.+1) (e t) => x y.
  rewrite !mulmxBl !mulmxDr !mulmx1.
  move: (x *m T) (x *m D) (y *m T) (y *m D) (x *m T *m T) (y *m D *m T) => a1 a2 a3 a4 a5 a6.
  by apply/matrixP => i j; rewrite !mxE; exact: drop_difference.
have : sqnorm (a + z) + sqnorm (a - z) <= 4%:R * (1 + sqnorm T) * drop t.
  rewrite parallelogram.
  have zle : sqnorm z <= 2%:R * (sqnorm b + sqnorm T * sqnorm a).
    apply: le_trans (sqnorm_sub_le _ _) _; rewrite ler_pmul2l ?ltr0n // ler_add2l.
    by rewrite mulrC sqnormM_le.
  have -> : 4%:R = 2%:R * 2%:R :> R by rewrite -natrM.
  rewrite -!mulrA ler_pmul2l ?ltr0n //; apply: le_trans (ler_add (lexx _) zle) _.
  rewrite /drop -/a -/b; have := sqnorm_ge0 a; have := sqnorm_ge0 b; have := sqnorm_ge0 T.
  move: (sqnorm a) (sqnorm b) (sqnorm T) => A B tau t0 b0 a0.
  by rewrite -subr_ge0 drop_rest !(addr_ge0, mulr_ge0) ?ler01.
apply: le_trans; have -> : sqnorm (a + z) = sqnorm ((e t.+1 + e t) *m (W - T)).
  by move: (congr1 (fun x => sqnorm x) za); rewrite /= dotNl dotNr opprK.
have -> : sqnorm (a - z) = sqnorm ((e t.+1 - e t) *m (W + T)).
  exact: (congr1 (fun x => sqnorm x) az).
rewrite /N mulrDr; apply: ler_add; apply: lower_norm; first exact: ltW.
- exact: lower_minus.
- exact: ltW.
exact: lower_plus.
Qed.

Let C := (1 + sqnorm T) * K.
Let C_gt0 : 0 < C. Proof. by rewrite mulr_gt0 // ltr_paddr ?ltr01 ?sqnorm_ge0. Qed.

(** The factor per two steps. *)
Let rate := Num.max 0 (1 - m ^+ 3 / C).

Let rate01 : 0 <= rate < 1.
Proof.
rewrite le_maxr lexx /= lt_maxl ltr01 gtr_addl oppr_lt0 divr_gt0 ?exprn_gt0 //.
Qed.

Lemma energy_rate t : E t.+2 <= rate * E t.
Proof.
apply: (@le_trans _ _ ((1 - m ^+ 3 / C) * E t)); last first.
  by rewrite ler_wpmul2r ?energy_ge0 // le_maxr lexx orbT.
rewrite mulrBl mul1r ler_subr_addr; apply: le_trans (energy_fall t).
rewrite ler_add2l mulrAC ler_pdivr_mulr // (exprS m 2) -!mulrA ler_pmul2l //.
have four : 0 < 4%:R :> R by rewrite ltr0n.
rewrite -(ler_pmul2l four) mulrCA.
have -> : m * (4%:R * (m * E t)) = m ^+ 2 * (4%:R * E t).
  by rewrite expr2 -mulrA (mulrCA m 4%:R (E t)).
have up : m ^+ 2 * (4%:R * E t) <= K * (m ^+ 2 * N t).
  by rewrite [K * _]mulrCA; apply: ler_wpmul2l (energy_upper t); exact/exprn_ge0/ltW.
apply: le_trans up _; have -> : 4%:R * (drop t * C) = K * (4%:R * (1 + sqnorm T) * drop t).
  by rewrite /C rate_scalars.
by apply: ler_wpmul2l (drop_lower t); exact: ltW.
Qed.

(** The sequence tends to 0, at a geometric rate. *)
Theorem two_step_recursion_vanishes : tends_to e 0.
Proof.
have fall t : E t <= rate ^+ (t %/ 2) * (E 0%N + E 1%N) /\
              E t.+1 <= rate ^+ (t.+1 %/ 2) * (E 0%N + E 1%N).
  elim: t => [|t [IH1 IH2]].
    by rewrite div0n (divn_small (isT : (1 < 2)%N)) !expr0 !mul1r ler_addl ler_addr !energy_ge0.
  split=> //; have -> : (t.+2 %/ 2 = (t %/ 2).+1)%N by rewrite -addn2 divnDr // addn1.
  rewrite exprS -mulrA.
  apply: le_trans (energy_rate t) _; rewrite ler_wpmul2l //.
  by case/andP: rate01.
apply: (@tends_to_geometric _ _ _ _ _ ((E 0%N + E 1%N) / m) rate 2) => //.
  by apply: divr_ge0; [apply: addr_ge0; exact: energy_ge0 | exact: ltW].
move=> t; rewrite subr0 mulrA ler_pdivl_mulr // mulrC.
apply: le_trans (fall t).1; apply: le_trans (energy_lower t).
by rewrite ler_pmul2l // ler_addr sqnorm_ge0.
Qed.

End TwoStep.

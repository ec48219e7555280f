(** * Gradients.v: gradients are derivatives
    What it means that a matrix is the gradient of a function of matrices, over every
    ordered field; the gradients of the least-squares losses are. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius Trajectory.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** G is the gradient of f at W: f(W + H) = f(W) + <G, H> + r with |r|^2 <= eps |H|^2 for
    all small H, for every eps > 0. *)
Definition has_gradient (R : realFieldType) k d (f : 'M[R]_(k, d) -> R) (W G : 'M[R]_(k, d)) :=
  forall eps, 0 < eps -> exists delta, 0 < delta /\
  forall H, sqnorm H < delta -> (f (W + H) - f W - dot G H) ^+ 2 <= eps * sqnorm H.

Section Small.
Variable R : realFieldType.
Implicit Types x z K N e s delta : R.

(** What is at most every multiple of K is at most 0. *)
Lemma vanishing x K : 0 <= K -> (forall e, 0 < e -> x <= e * K) -> x <= 0.
Proof.
move=> K0 h; rewrite leNgt; apply/negP => x0.
have K1 : 0 < K + 1 by rewrite ltr_paddl ?ltr01.
have := h (x / (K + 1)) (divr_gt0 x0 K1).
by rewrite mulrAC ler_pdivl_mulr // ler_pmul2l // ger_addl leNgt ltr01.
Qed.

(** Steps s so small that s^2 N < delta. *)
Lemma small_steps delta N : 0 < delta -> 0 <= N ->
  exists s0, [/\ 0 < s0, s0 <= 1 & forall s, 0 < s -> s <= s0 -> s ^+ 2 * N < delta].
Proof.
move=> delta0 N0; have N1 : 0 < N + 1 by rewrite ltr_paddl ?ltr01.
exists (Num.min 1 (delta / (N + 1))); rewrite lt_minr ltr01 divr_gt0 // le_minl lexx; split=> // s s0.
rewrite le_minr => /andP[s1 sd]; apply: (@le_lt_trans _ _ (s * N)).
  by rewrite ler_wpmul2r // expr2 ler_pimulr // ltW.
apply: (@le_lt_trans _ _ (delta / (N + 1) * N)); first by rewrite ler_wpmul2r.
by rewrite mulrAC ltr_pdivr_mulr // ltr_pmul2l // ltr_addl ltr01.
Qed.

(** A slope z that small steps do not show is 0. *)
Lemma vanishing_slope z N : 0 <= N ->
  (forall e, 0 < e -> exists delta, 0 < delta /\
    forall s, 0 < s -> s ^+ 2 * N < delta -> (s * z) ^+ 2 <= e * (s ^+ 2 * N)) -> z = 0.
Proof.
move=> N0 h; apply/eqP; rewrite -sqrf_eq0 eq_le sqr_ge0 andbT; apply: (vanishing N0) => e e0.
have [delta [delta0 small]] := h e e0; have [s [s0 _ sd]] := small_steps delta0 N0.
have := small s s0 (sd s s0 (lexx _)).
by rewrite exprMn [X in _ <= X]mulrCA ler_pmul2l ?exprn_gt0.
Qed.

Lemma square_sum_le x z : (x + z) ^+ 2 <= 2%:R * (x ^+ 2 + z ^+ 2).
Proof.
rewrite sqrrD addrAC mulr_natl mulr2n ler_add2l.
by have := sqr_ge0 (x - z); rewrite sqrrB addrAC subr_ge0.
Qed.

Lemma two_rests e N x z : x ^+ 2 <= e / 2%:R / 2%:R * N -> z ^+ 2 <= e / 2%:R / 2%:R * N -> (z - x) ^+ 2 <= e * N.
Proof.
move=> hx hz; apply: le_trans (square_sum_le _ _) _; rewrite sqrrN.
apply: (@le_trans _ _ (2%:R * (e / 2%:R / 2%:R * N + e / 2%:R / 2%:R * N))).
  by rewrite ler_pmul2l ?ltr0n // ler_add.
by rewrite -mulrDl -splitr mulrA [2%:R * _]mulrC divfK // pnatr_eq0.
Qed.
End Small.

(** A function has at most one gradient at a point.
    Assumes: nothing. *)
Theorem gradient_unique (R : realFieldType) k d (f : 'M[R]_(k, d) -> R) (W G G' : 'M[R]_(k, d)) :
  has_gradient f W G -> has_gradient f W G' -> G = G'.
Proof.
move=> g g'; apply/eqP; rewrite -subr_eq0; apply/eqP; set D := G - G'; apply: sqnorm_eq0.
apply: (@vanishing_slope _ _ (sqnorm D)); first exact: sqnorm_ge0.
move=> e e0; have e4 : 0 < e / 2%:R / 2%:R by rewrite !divr_gt0 ?ltr0n.
have [d1 [d10 h1]] := g _ e4; have [d2 [d20 h2]] := g' _ e4.
exists (Num.min d1 d2); split=> [|s s0]; first by rewrite lt_minr d10.
have -> : s ^+ 2 * sqnorm D = sqnorm (s *: D) by rewrite dotZl dotZr mulrA -expr2.
rewrite lt_minr => /andP[/h1 {}h1 /h2 {}h2]; move: h1 h2.
have -> : s * sqnorm D = (f (W + s *: D) - f W - dot G' (s *: D)) - (f (W + s *: D) - f W - dot G (s *: D)).
  by rewrite opprB addrC addrA subrK -dotBl -/D dotZr.
exact: two_rests.
Qed.

(** A rest of second order is enough. *)
Lemma quadratic_rest (R : realFieldType) k d (f : 'M[R]_(k, d) -> R) W G K : 0 <= K ->
  (forall H, `|f (W + H) - f W - dot G H| <= K * sqnorm H) -> has_gradient f W G.
Proof.
move=> K0 h eps eps0; have K1 : 0 < K ^+ 2 + 1 by rewrite ltr_paddl ?ltr01 ?sqr_ge0.
exists (eps / (K ^+ 2 + 1)); split; first exact: divr_gt0.
move=> H; rewrite ltr_pdivl_mulr // => small.
rewrite -real_normK ?num_real //; apply: (@le_trans _ _ ((K * sqnorm H) ^+ 2)).
  by rewrite ler_sqr ?nnegrE ?normr_ge0 ?mulr_ge0 ?sqnorm_ge0 // h.
rewrite exprMn [sqnorm H ^+ 2]expr2 mulrA ler_wpmul2r ?sqnorm_ge0 //.
by apply: le_trans (ltW small); rewrite mulrC ler_wpmul2l ?sqnorm_ge0 // ler_addl ler01.
Qed.

(** Functions with the same values have the same gradients. *)
Lemma has_gradient_eq (R : realFieldType) k d (f g : 'M[R]_(k, d) -> R) W G :
  (forall V, f V = g V) -> has_gradient f W G -> has_gradient g W G.
Proof.
move=> fg h eps /h[delta [delta0 small]]; exists delta; split=> // H /small.
by rewrite !fg.
Qed.

(** The transposed function has the transposed gradient. *)
Lemma has_gradient_tr (R : realFieldType) k d (f : 'M[R]_(k, d) -> R) (W G : 'M[R]_(d, k)) :
  has_gradient f W^T G^T -> has_gradient (fun V => f V^T) W G.
Proof.
move=> h eps /h[delta [delta0 small]]; exists delta; split=> // H Hd.
have := small H^T; rewrite sqnorm_tr linearD /= => /(_ Hd).
by rewrite {1}/dot trmxK -mxtrace_tr trmx_mul trmxK mxtrace_mulC.
Qed.

Lemma sqnorm_row_mx (R : comRingType) k d e (A : 'M[R]_(k, d)) (B : 'M[R]_(k, e)) :
  sqnorm (row_mx A B) = sqnorm A + sqnorm B.
Proof. by rewrite /dot tr_row_mx mul_row_col linearD. Qed.

(** From the gradient by two blocks together to those by each of them. *)
Lemma has_gradient_blocks (R : realFieldType) k d e (f : 'M[R]_(k, d) -> 'M[R]_(k, e) -> R) W b G g :
  has_gradient (fun s => f (lsubmx s) (rsubmx s)) (row_mx W b) (row_mx G g) ->
  has_gradient (fun V => f V b) W G /\ has_gradient (f W) b g.
Proof.
move=> h; split=> eps /h[delta [delta0 small]]; exists delta; split=> // H Hd.
  have := small (row_mx H 0); rewrite add_row_mx addr0 !row_mxKl !row_mxKr.
  rewrite sqnorm_row_mx /dot tr_row_mx mul_row_col trmx0 !mulmx0 linear0 !addr0; exact.
have := small (row_mx 0 H); rewrite add_row_mx addr0 !row_mxKl !row_mxKr.
rewrite sqnorm_row_mx /dot tr_row_mx mul_row_col trmx0 !mulmx0 linear0 !add0r; exact.
Qed.

(** [gradient] of Trajectory.v is the gradient of the loss (c/2)|theta X - Y|^2 + (omega/2)|theta|^2.
    Assumes: nothing. *)
Theorem gradient_is_gradient (R : realFieldType) k d n (c omega : R) (X : 'M[R]_(d, n))
    (Y : 'M[R]_(k, n)) (W : 'M[R]_(k, d)) :
  has_gradient (loss c omega X Y) W (gradient c omega X Y W).
Proof.
apply: (@quadratic_rest _ _ _ _ _ _ (`|c / 2%:R| * sqnorm X + `|omega / 2%:R|)).
  by rewrite addr_ge0 ?mulr_ge0 ?normr_ge0 ?sqnorm_ge0.
move=> H; rewrite loss_expansion.
have -> (a b r : R) : a + b + r - a - b = r by rewrite [_ - a]addrAC [a + b]addrC addrK addrAC subrr add0r.
move: (c / 2%:R) (omega / 2%:R) => a b.
apply: le_trans (ler_norm_add _ _) _; rewrite !normrM mulrDl; apply: ler_add; last first.
  by rewrite (ger0_norm (sqnorm_ge0 H)).
rewrite (ger0_norm (sqnorm_ge0 (H *m X))) -mulrA; apply: ler_wpmul2l; first exact: normr_ge0.
by rewrite mulrC sqnormM_le.
Qed.

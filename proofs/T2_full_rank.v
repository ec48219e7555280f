(** * T2_full_rank.v: full rank teaches the identity (page T2.full-rank.md) *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent Networks Patches T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** Patches that span R^d: exact interpolation forces the selector, whatever the
    algorithm.
    Assumes: rank P = d. *)
Theorem full_rank_interpolation (F : fieldType) N d C (P : 'M[F]_(N, d)) (e w : 'M[F]_(d, C)) :
  row_full P -> P *m w = P *m e -> w = e.
Proof. by case/row_fullP => B BP /(congr1 (mulmx B)); rewrite !mulmxA BP !mul1mx. Qed.

(** Then Pi = I.
    Assumes: rank P = d. *)
Theorem full_rank_projector (R : realFieldType) N d (P : 'M[R]_(N, d)) :
  row_full P -> pinv P *m P = 1%:M.
Proof.
by move=> fP; apply: (full_rank_interpolation fP); have [_ _ -> _] := patch_projector P; rewrite mulmx1.
Qed.

(** Training converges to the selector from every initialisation, by gradient
    descent, heavy ball (p = 0) and Nesterov (p = 1).
    Assumes: rank P = d, 0 <= p, 0 <= beta < 1, c > 0, eta > 0, L bounds the eigenvalues of P^T P, eta c L (1 + 2 beta p) < 2 (1 + beta). *)
Theorem full_rank_converges (R : archiFieldType) N d C (eta beta p c L : R)
    (P : 'M[R]_(N, d)) (e w0 : 'M[R]_(d, C)) : row_full P ->
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  tends_to (momentum eta beta (cnn_gradient c 0 P (P *m e)) p w0) e.
Proof.
move=> fP p0 b0 b1 c0 eta0 PL stable.
have := cnn_momentum_converges (P *m e) w0 p0 b0 b1 c0 eta0 PL stable.
by rewrite cnn_identity_limit full_rank_projector // subrr mul0mx addr0.
Qed.

(** Conversely, an unlearned part z = (I - Pi)(w_0 - e) <> 0 of one filter shows:
    the patch q = z is mapped wrongly, by |z|^2 > 0.
    Assumes: (I - Pi)(w_0 - e) <> 0. *)
Theorem missing_rank_shows (R : realFieldType) N d (P : 'M[R]_(N, d)) (e w0 : 'cV[R]_d) :
  let z := (1%:M - pinv P *m P) *m (w0 - e) in z != 0 ->
  0 < dot z (e + z) - dot z e.
Proof.
move=> z zN0; rewrite dotDr addrAC subrr add0r lt_def sqnorm_ge0 andbT.
by apply: contraNneq zN0 => /eqP; rewrite eq_sym => /eqP h; apply/eqP/sqnorm_eq0.
Qed.

(** So training by any of the three methods ends at a filter w that maps the patch z wrongly, by |z|^2 > 0.
    Assumes: as for the convergence, without the rank; z = (I - Pi)(w_0 - e) <> 0. *)
Theorem missing_rank_shows_after_training (R : archiFieldType) N d (eta beta p c L : R)
    (P : 'M[R]_(N, d)) (e w0 : 'cV[R]_d) :
  0 <= p -> 0 <= beta -> beta < 1 -> 0 < c -> 0 < eta -> bounds_patches P L ->
  eta * c * L * (1 + 2%:R * beta * p) < 2%:R * (1 + beta) ->
  let z := (1%:M - pinv P *m P) *m (w0 - e) in z != 0 ->
  exists w, tends_to (momentum eta beta (cnn_gradient c 0 P (P *m e)) p w0) w
    /\ dot z w - dot z e = sqnorm z /\ 0 < sqnorm z.
Proof.
move=> p0 b0 b1 c0 eta0 PL stable z zN0; exists (e + z).
rewrite /z -cnn_identity_limit; split; first exact: cnn_momentum_converges PL stable.
rewrite cnn_identity_limit -/z dotDr addrAC subrr add0r; split=> //.
by rewrite lt_def sqnorm_ge0 andbT; apply: contraNneq zN0 => /sqnorm_eq0 ->.
Qed.

(** Every vector is a patch: that around the centre of some image of K x K pixels, K = 2 h + 1, under every padding.
    Assumes: nothing. *)
Theorem every_vector_is_a_patch (R : comRingType) C h (z : 'rV[R]_(C * (h.*2.+1 * h.*2.+1))) :
  let K := h.*2.+1 in
  exists x : image R, [/\ patch C h (@zero_padding R K K) x h%:Z h%:Z = z,
      patch C h (@circular_padding R K K) x h%:Z h%:Z = z & patch C h (@valid_padding R) x h%:Z h%:Z = z].
Proof.
move=> K; pose x (c : nat) (i j : int) := if insub (c * (K * K) + (`|i| * K + `|j|))%N is Some l then z 0 l else 0 : R.
exists x; have all read : (forall f a b, (a < K)%N -> (b < K)%N -> read f a%:Z b%:Z = f a%:Z b%:Z) -> patch C h read x h%:Z h%:Z = z.
  move=> own; apply/rowP => l; rewrite mxE ![h%:Z + _]addrC !addrK own ?ltn_mod //; last first.
    by rewrite ltn_divLR // ltn_mod.
  by rewrite /x !absz_nat -divn_eq -divn_eq valK.
split; apply: all => f a b aK bK //.
- by apply: zero_padding_inside; rewrite /inside !lez_nat !ltz_nat aK bK.
by apply: circular_padding_inside; rewrite /inside !lez_nat !ltz_nat aK bK.
Qed.

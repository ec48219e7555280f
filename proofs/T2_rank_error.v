(** * T2_rank_error.v: missing rank bounds the error (page T2.rank-error.md)
    Filters w_0 and selectors e are the columns of d x C matrices; a test image
    has the patch matrix Q (M x d). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities Frobenius PseudoInverse Limits Methods Residual Trajectory Descent T2_steps T2.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(** The sum of the squared errors over all pixels and channels; the MSE is this
    divided by the number M C of its terms. *)
Definition squared_error (R : comRingType) M d C (Q : 'M[R]_(M, d)) (w e : 'M[R]_(d, C)) :=
  sqnorm (Q *m w - Q *m e).

Section RankError.
Variables (R : realFieldType) (N M d C : nat).
Variables (P : 'M[R]_(N, d)) (Q : 'M[R]_(M, d)) (e w0 : 'M[R]_(d, C)).
Let rest := 1%:M - pinv P *m P.
Let trained := e + rest *m (w0 - e).

Lemma rest_sym : rest^T = rest.
Proof. by have [s _ _ _] := patch_projector P; rewrite linearB /= trmx1 s. Qed.

Lemma rest_idempotent : rest *m rest = rest.
Proof.
have [_ i _ _] := patch_projector P.
by rewrite {1}/rest mulmxBl mul1mx {2}/rest mulmxBr mulmx1 i subrr subr0.
Qed.

(** Exact error: channel c at the patch q is off by q.(I - Pi)(w_0 - e_c).
    Assumes: nothing. *)
Theorem exact_error : Q *m trained - Q *m e = Q *m (rest *m (w0 - e)).
Proof. by rewrite /trained mulmxDr addrAC subrr add0r. Qed.

(** It vanishes if the patches of the test image lie in the span of the training
    patches.
    Assumes: Q Pi = Q. *)
Theorem no_error_in_span : Q *m (pinv P *m P) = Q -> squared_error Q trained e = 0.
Proof.
move=> QP; rewrite /squared_error exact_error mulmxA /rest mulmxBr mulmx1 QP subrr mul0mx.
by rewrite /dot mul0mx linear0.
Qed.

(** For one patch q: sum over the channels of the squared error
    <= |(I - Pi) q|^2 rho^2, rho^2 = sum_c |(I - Pi)(w_0 - e_c)|^2.
    Assumes: nothing. *)
Theorem error_at_patch (q : 'rV[R]_d) :
  squared_error q trained e <= sqnorm (q *m rest) * sqnorm (rest *m (w0 - e)).
Proof.
rewrite /squared_error /trained mulmxDr addrAC subrr add0r.
have -> : q *m (rest *m (w0 - e)) = (q *m rest) *m (rest *m (w0 - e)).
  by rewrite -mulmxA (mulmxA rest rest) rest_idempotent.
exact: sqnormM_le.
Qed.

(** Per image: sum of the squared errors <= M max_q |(I - Pi)q|^2 rho^2; divided by
    M C this is the bound on the MSE. [m] is any bound of the |(I - Pi)q|^2.
    Assumes: |(I - Pi)q|^2 <= m for every patch q of the test image. *)
Theorem per_image_bound m : (forall i, sqnorm (row i Q *m rest) <= m) ->
  squared_error Q trained e <= M%:R * m * sqnorm (rest *m (w0 - e)).
Proof.
move=> Qm; rewrite /squared_error sqnorm_rows.
have -> : M%:R * m * sqnorm (rest *m (w0 - e)) = \sum_(i < M) (m * sqnorm (rest *m (w0 - e))).
  by rewrite sumr_const card_ord -mulrA mulr_natl.
apply: ler_sum => i _; have -> : row i (Q *m trained - Q *m e) = row i Q *m trained - row i Q *m e.
  by rewrite linearB /= !row_mul.
by apply: le_trans (error_at_patch _) _; rewrite ler_wpmul2r ?sqnorm_ge0.
Qed.

(** |(I - Pi) q|^2 <= |q|^2, and a patch of d numbers of size at most B has
    |q|^2 <= d B^2.
    Assumes: |q_j| <= B. *)
Theorem patch_size (q : 'rV[R]_d) B : (forall j, `|q 0 j| <= B) ->
  sqnorm (q *m rest) <= d%:R * B ^+ 2.
Proof.
move=> qB; have h : sqnorm (q *m rest) <= sqnorm q.
  have E : q = q *m rest + q *m (pinv P *m P).
    by rewrite -mulmxDr /rest subrK mulmx1.
  have o : dot (q *m rest) (q *m (pinv P *m P)) = 0.
    have [s i _ _] := patch_projector P.
    rewrite dot_adj rest_sym -mulmxA /rest mulmxBr mulmx1 i subrr mulmx0.
    by rewrite /dot trmx0 mulmx0 linear0.
  have n : sqnorm (q *m rest + q *m (pinv P *m P)) = sqnorm (q *m rest) + sqnorm (q *m (pinv P *m P)).
    by rewrite dotDl !dotDr (dotC (q *m (pinv P *m P)) (q *m rest)) o addr0 add0r.
  by rewrite -E in n; rewrite n ler_addl sqnorm_ge0.
apply: le_trans h _; rewrite dotE big_ord1.
have -> : d%:R * B ^+ 2 = \sum_(j < d) B ^+ 2 by rewrite sumr_const card_ord mulr_natl.
apply: ler_sum => j _; rewrite -expr2 -real_normK ?num_real //.
by rewrite ler_sqr ?nnegrE ?normr_ge0 // (le_trans (normr_ge0 _) (qB j)).
Qed.

(** All images at once: with pixels of size at most B the sum of the squared errors
    is at most M d B^2 rho^2.
    Assumes: |pixel| <= B. *)
Theorem all_images_bound B : (forall i j, `|Q i j| <= B) ->
  squared_error Q trained e <= M%:R * (d%:R * B ^+ 2) * sqnorm (rest *m (w0 - e)).
Proof.
move=> QB; apply: per_image_bound => i; apply: patch_size => j; rewrite mxE; exact: QB.
Qed.
End RankError.

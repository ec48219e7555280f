(** * T1_mean_error.v: the exact mean of the error of one layer (page T1.mean-error.md)
    Random variables and their mean as in T2_mean_error.v; the rows of the random matrix W
    have entries of mean 0 and variance sigma^2 that are uncorrelated within a row. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius T2_mean_error.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(** E |f(x) - x|^2 = (1 + d sigma^2) |p|^2 for p = R x, where f(x) - x = (W_0 - I) p.
    Assumes: the mean is linear, the mean of 1 is 1, the entries of W_0 have mean 0, variance sigma^2 and are uncorrelated within each row. *)
Theorem mean_error_of_layer (R : comRingType) (V : comAlgType R) (mean : {linear V -> R^o}) (d : nat)
    (sigma2 : R) (W : 'I_d -> 'I_d -> V) (p : 'cV[R]_d) :
  mean 1 = 1 -> (forall a i, mean (W a i) = 0) ->
  (forall a i j, mean (W a i * W a j) = sigma2 *+ (i == j)) ->
  mean (\sum_a (\sum_i p i 0 *: W a i - (p a 0)%:A) ^+ 2) = (1 + d%:R * sigma2) * sqnorm p.
Proof.
move=> m1 m0 mm; rewrite linear_sum /=.
have row a : mean ((\sum_i p i 0 *: W a i - (p a 0)%:A) ^+ 2) = sigma2 * sqnorm p + p a 0 * p a 0.
  rewrite (mean_squared_error m1 (m0 a) (mm a)) expr2; congr (_ * _ + _).
  by rewrite dotE; apply: eq_bigr => i _; rewrite big_ord1 expr2.
rewrite (eq_bigr _ (fun a _ => row a)) big_split /= sumr_const card_ord -[_ *+ d]mulr_natl.
have -> : \sum_a p a 0 * p a 0 = sqnorm p by rewrite dotE; apply: eq_bigr => i _; rewrite big_ord1.
by rewrite mulrDl mul1r addrC mulrA.
Qed.

(** * T2_mean_error.v: the exact mean of the error (page T2.mean-error.md)
    Random variables are the elements of a commutative algebra V over the scalars, the mean is
    a linear map of V into the scalars that sends the constant 1 to 1. Only this much of
    probability is used, so the statement holds for every law with finite second moments
    for which such an algebra is at hand, for instance for all laws on finitely many outcomes. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section MeanError.
Variables (R : comRingType) (V : comAlgType R) (mean : {linear V -> R^o}).
Variables (d : nat) (sigma2 : R) (w : 'I_d -> V).
Hypotheses (mean1 : mean 1 = 1) (centred : forall i, mean (w i) = 0).
Hypothesis uncorrelated : forall i j, mean (w i * w j) = sigma2 *+ (i == j).

(** The mean of the squared error (a.w - b)^2 of a fixed linear form a of a random filter w
    is sigma^2 |a|^2 + b^2; here a = R q and b = e_c.R q.
    Assumes: the mean is linear, the mean of 1 is 1, the entries of w have mean 0, variance sigma^2 and are uncorrelated. *)
Theorem mean_squared_error (a : 'I_d -> R) (b : R) :
  mean ((\sum_i a i *: w i - b%:A) ^+ 2) = sigma2 * (\sum_i a i ^+ 2) + b ^+ 2.
Proof.
have mf : mean (\sum_i a i *: w i) = 0.
  by rewrite linear_sum big1 // => i _; rewrite linearZ /= centred scaler0.
have mff : mean ((\sum_i a i *: w i) * (\sum_i a i *: w i)) = sigma2 * (\sum_i a i ^+ 2).
  rewrite mulr_suml linear_sum mulr_sumr; apply: eq_bigr => i _.
  rewrite mulr_sumr linear_sum (bigD1 i) //= big1 => [|j ji].
    by rewrite -scalerAl -scalerAr !linearZ /= uncorrelated eqxx mulr1n addr0 /GRing.scale /= expr2 mulrA mulrC.
  by rewrite -scalerAl -scalerAr !linearZ /= uncorrelated eq_sym (negPf ji) mulr0n !scaler0.
move: (\sum_i a i *: w i) mf mff => f mf mff.
have fb : mean (f * b%:A) = 0 by rewrite -scalerAr mulr1 linearZ /= mf scaler0.
have bb : mean (b%:A * b%:A) = b * b.
  by rewrite -scalerAl mul1r scalerA linearZ /= mean1 /GRing.scale /= mulr1.
rewrite expr2 mulrBl !mulrBr 2!linearB /= linearB /= mff fb bb [b%:A * f]mulrC fb.
by rewrite subr0 sub0r opprK expr2.
Qed.
End MeanError.

(** T2.mean-error: the mean of the sum of the squared errors over all pixels q of a test image
    (a_q = R q, the rows of A = Q R) is sigma^2 sum_q |R q|^2 + sum_q (e.R q)^2 for one channel; add
    the channels and divide by their number and that of the pixels for the mean of the MSE.
    Assumes: the mean is linear, the mean of 1 is 1, the entries of w have mean 0, variance sigma^2 and are uncorrelated. *)
Theorem mean_error (R : comRingType) (V : comAlgType R) (mean : {linear V -> R^o}) (M d : nat)
    (sigma2 : R) (w : 'I_d -> V) (A : 'M[R]_(M, d)) (e : 'cV[R]_d) :
  mean 1 = 1 -> (forall i, mean (w i) = 0) ->
  (forall i j, mean (w i * w j) = sigma2 *+ (i == j)) ->
  mean (\sum_q (\sum_i A q i *: w i - ((A *m e) q 0)%:A) ^+ 2)
  = sigma2 * sqnorm A + sqnorm (A *m e).
Proof.
move=> m1 m0 mm; rewrite linear_sum !dotE mulr_sumr -big_split; apply: eq_bigr => q _ /=.
by rewrite (mean_squared_error m1 m0 mm) big_ord1 -expr2; congr (_ * _ + _).
Qed.

(** All channels: the mean of the squared errors over all pixels and channels, whose filters are the w c, is
    sigma^2 C sum_q |R q|^2 + sum_c sum_q (e_c.R q)^2; divided by the number of pixels and channels it is the mean of the MSE.
    Assumes: as above for every channel. *)
Theorem mean_error_of_channels (R : comRingType) (V : comAlgType R) (mean : {linear V -> R^o}) (M d C : nat)
    (sigma2 : R) (w : 'I_C -> 'I_d -> V) (A : 'M[R]_(M, d)) (e : 'M[R]_(d, C)) :
  mean 1 = 1 -> (forall c i, mean (w c i) = 0) ->
  (forall c i j, mean (w c i * w c j) = sigma2 *+ (i == j)) ->
  mean (\sum_c \sum_q (\sum_i A q i *: w c i - ((A *m e) q c)%:A) ^+ 2)
  = C%:R * (sigma2 * sqnorm A) + sqnorm (A *m e).
Proof.
move=> m1 m0 mm; rewrite linear_sum /=.
have channel c : mean (\sum_q (\sum_i A q i *: w c i - ((A *m e) q c)%:A) ^+ 2)
    = sigma2 * sqnorm A + \sum_q (A *m e) q c * (A *m e) q c.
  have E q : (A *m e) q c = (A *m col c e) q 0 by rewrite !mxE; apply: eq_bigr => i _; rewrite mxE.
  rewrite (eq_bigr (fun q => (\sum_i A q i *: w c i - ((A *m col c e) q 0)%:A) ^+ 2)); last by move=> q _; rewrite E.
  rewrite (mean_error _ _ m1 (m0 c) (mm c)); congr (_ + _); rewrite dotE.
  by apply: eq_bigr => q _; rewrite big_ord1 E.
rewrite (eq_bigr _ (fun c _ => channel c)) big_split /= sumr_const card_ord -[_ *+ C]mulr_natl; congr (_ + _).
by rewrite dotE exchange_big.
Qed.

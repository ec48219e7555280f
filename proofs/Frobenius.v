(** * Frobenius.v: the geometry of matrices
    The Frobenius inner product <A, B> = tr(A B^T), written [dot A B], the squared
    norm [sqnorm A] = <A, A>, and the inequality of Cauchy and Schwarz.
    Square roots are avoided throughout, so that everything holds over every
    ordered field, the rational numbers included. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Definition dot (R : comRingType) m n (A B : 'M[R]_(m, n)) : R := \tr (A *m B^T).
Notation sqnorm A := (dot A A) (only parsing). (* squared Frobenius norm *)

Section Dot.
Variable R : comRingType.

Lemma dotE m n (A B : 'M[R]_(m, n)) : dot A B = \sum_i \sum_j A i j * B i j.
Proof.
by apply: eq_bigr => i _; rewrite mxE; apply: eq_bigr => j _; rewrite mxE.
Qed.

Lemma dotC m n (A B : 'M[R]_(m, n)) : dot A B = dot B A.
Proof. by rewrite /dot -mxtrace_tr trmx_mul trmxK. Qed.

Lemma dotDl m n (A B C : 'M[R]_(m, n)) : dot (A + B) C = dot A C + dot B C.
Proof. by rewrite /dot mulmxDl linearD. Qed.

Lemma dotDr m n (A B C : 'M[R]_(m, n)) : dot C (A + B) = dot C A + dot C B.
Proof. by rewrite !(dotC C) dotDl. Qed.

Lemma dotZl m n a (A B : 'M[R]_(m, n)) : dot (a *: A) B = a * dot A B.
Proof. by rewrite /dot -scalemxAl linearZ. Qed.

Lemma dotZr m n a (A B : 'M[R]_(m, n)) : dot A (a *: B) = a * dot A B.
Proof. by rewrite dotC dotZl dotC. Qed.

Lemma dotNl m n (A B : 'M[R]_(m, n)) : dot (- A) B = - dot A B.
Proof. by rewrite -scaleN1r dotZl mulN1r. Qed.

Lemma dotNr m n (A B : 'M[R]_(m, n)) : dot A (- B) = - dot A B.
Proof. by rewrite dotC dotNl dotC. Qed.

Lemma dotBl m n (A B C : 'M[R]_(m, n)) : dot (A - B) C = dot A C - dot B C.
Proof. by rewrite dotDl dotNl. Qed.

Lemma dotBr m n (A B C : 'M[R]_(m, n)) : dot C (A - B) = dot C A - dot C B.
Proof. by rewrite dotDr dotNr. Qed.

(* Right multiplication by M^T is the adjoint of right multiplication by M. *)
Lemma dot_adj m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(m, p)) (M : 'M[R]_(n, p)) :
  dot (A *m M) B = dot A (B *m M^T).
Proof. by rewrite /dot trmx_mul trmxK mulmxA. Qed.

Lemma dot_cV d (x y : 'cV[R]_d) : (x^T *m y) 0 0 = dot x y.
Proof.
by rewrite !mxE dotE; apply: eq_bigr => i _; rewrite big_ord1 mxE.
Qed.

Lemma sqnorm_tr m n (A : 'M[R]_(m, n)) : sqnorm A^T = sqnorm A.
Proof. by rewrite /dot mxtrace_mulC trmxK. Qed.

End Dot.

Section Real.
Variable R : realFieldType.

Lemma sqnorm_ge0 m n (A : 'M[R]_(m, n)) : 0 <= sqnorm A.
Proof.
by rewrite dotE; apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; rewrite -expr2 sqr_ge0.
Qed.

Lemma sqr_entry_le m n (A : 'M[R]_(m, n)) i j : A i j ^+ 2 <= sqnorm A.
Proof.
rewrite dotE (bigD1 i) //= (bigD1 j) //= expr2 -addrA ler_addl addr_ge0 //.
  by apply: sumr_ge0 => l _; rewrite -expr2 sqr_ge0.
by do 2!apply: sumr_ge0 => ? _; rewrite -expr2 sqr_ge0.
Qed.

Lemma sqnorm_eq0 m n (A : 'M[R]_(m, n)) : sqnorm A = 0 -> A = 0.
Proof.
move=> A0; apply/matrixP => i j; rewrite mxE; apply/eqP; rewrite -sqrf_eq0.
by rewrite eq_le sqr_ge0 -A0 sqr_entry_le.
Qed.

Lemma cauchy_schwarz m n (A B : 'M[R]_(m, n)) : dot A B ^+ 2 <= sqnorm A * sqnorm B.
Proof.
have [/eqP B0|nzB] := boolP (sqnorm B == 0).
  by rewrite (sqnorm_eq0 B0) /dot trmx0 !mulmx0 linear0 expr0n mulr0.
have pB : 0 < sqnorm B by rewrite lt_def nzB sqnorm_ge0.
have := sqnorm_ge0 (sqnorm B *: A - dot A B *: B).
rewrite -scaleNr dotDl !dotDr !dotZl !dotZr (dotC B A).
set a := sqnorm A; set b := sqnorm B in pB *; set c := dot A B.
have -> : - c * (b * c) + - c * (- c * b) = 0.
  by rewrite -mulrDr (mulrC b) [- c * b]mulNr subrr mulr0.
by rewrite addr0 mulNr -mulrDr pmulr_rge0 // subr_ge0 mulrC expr2.
Qed.

(* Submultiplicativity of the Frobenius norm. *)
Lemma sqnormM_le m n p (A : 'M[R]_(m, n)) (B : 'M[R]_(n, p)) :
  sqnorm (A *m B) <= sqnorm A * sqnorm B.
Proof.
rewrite -(sqnorm_tr B) !dotE mulr_suml; apply: ler_sum => i _.
rewrite mulr_sumr; apply: ler_sum => j _.
have := cauchy_schwarz (row i A) (row j B^T).
rewrite !dotE !big_ord1; set u := \sum_j _ * _ => h.
suff -> : (A *m B) i j = u.
  apply: le_trans (_ : _ <= _) _; first by rewrite -expr2; exact: h.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; congr (_ * _);
     apply: eq_bigr => l _; rewrite !mxE.
by rewrite mxE; apply: eq_bigr => l _; rewrite !mxE.
Qed.

(* Row space of A^T A = row space of A. *)
Lemma gram_ker m n (A : 'M[R]_(m, n)) p (v : 'M[R]_(p, n)) :
  v *m (A^T *m A) = 0 -> v *m A^T = 0.
Proof.
move=> h; apply: sqnorm_eq0.
by rewrite dot_adj trmxK -mulmxA h /dot trmx0 mulmx0 linear0.
Qed.

Lemma sub_gram m n (A : 'M[R]_(m, n)) : (A <= A^T *m A)%MS.
Proof.
rewrite submxE; apply/eqP; set C := cokermx _.
apply: trmx_inj; rewrite trmx_mul trmx0; apply: gram_ker.
by apply: trmx_inj; rewrite !trmx_mul !trmxK trmx0 mulmx_coker.
Qed.

End Real.


(** * PseudoInverse.v: orthogonal projectors and the Moore-Penrose inverse
    [colproj X] is the orthogonal projector onto the span of the columns of X,
    [pinv X] the Moore-Penrose inverse. Both exist over every ordered field:
    no eigenvalues, no square roots. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Frobenius.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* The four Moore-Penrose equations. *)
Definition is_pinv (R : comRingType) m n (X : 'M[R]_(m, n)) (Xp : 'M[R]_(n, m)) :=
  [/\ X *m Xp *m X = X, Xp *m X *m Xp = Xp,
      (X *m Xp)^T = X *m Xp & (Xp *m X)^T = Xp *m X].

Section Pinv.
Variable R : realFieldType.

(* Orthogonal projector on the column space of X. *)
Definition colproj m n (X : 'M[R]_(m, n)) := X *m pinvmx (X^T *m X) *m X^T.

Lemma colproj_id m n (X : 'M[R]_(m, n)) : colproj X *m X = X.
Proof. by rewrite /colproj -mulmxA mulmxKpV // sub_gram. Qed.

Lemma colproj_sym m n (X : 'M[R]_(m, n)) : (colproj X)^T = colproj X.
Proof.
have E : colproj X *m (colproj X)^T = colproj X.
  by rewrite {1}/colproj -[LHS]mulmxA -trmx_mul colproj_id.
by rewrite -[in LHS]E trmx_mul trmxK.
Qed.

Lemma colproj_idem m n (X : 'M[R]_(m, n)) : colproj X *m colproj X = colproj X.
Proof. by rewrite {2 3}/colproj !mulmxA colproj_id. Qed.

(* A Moore-Penrose inverse (the projections make it the least-norm one). *)
Definition pinv m n (X : 'M[R]_(m, n)) : 'M[R]_(n, m) :=
  colproj X^T *m pinvmx X *m colproj X.

Lemma pinv_colproj m n (X : 'M[R]_(m, n)) : X *m pinv X = colproj X.
Proof.
have rX : X *m colproj X^T = X.
  by apply: trmx_inj; rewrite trmx_mul colproj_sym colproj_id.
by rewrite /pinv mulmxA (mulmxA X) rX /colproj 2!(mulmxA (X *m pinvmx X)) mulmxKpV.
Qed.

Theorem pinvP m n (X : 'M[R]_(m, n)) : is_pinv X (pinv X).
Proof.
have gl := pinv_colproj X; have gr : pinv X *m X = colproj X^T.
  rewrite /pinv -mulmxA colproj_id -mulmxA /colproj trmxK.
  by rewrite -mulmxA (mulmxA X) mulmxKpV.
split; rewrite ?gl ?gr ?colproj_id ?colproj_sym //.
by rewrite /pinv (mulmxA (colproj X^T)) (mulmxA (colproj X^T)) colproj_idem.
Qed.

End Pinv.

(** The Moore-Penrose equations have only one solution. *)
Lemma pinv_unique (R : comRingType) m n (X : 'M[R]_(m, n)) A B :
  is_pinv X A -> is_pinv X B -> A = B.
Proof.
case=> [XAX AXA sXA sAX] [XBX BXB sXB sBX].
have XA : X *m A = X *m B.
  have E : (X *m B) *m (X *m A) = X *m A by rewrite mulmxA XBX.
  have E' : (X *m A) *m (X *m B) = X *m B by rewrite mulmxA XAX.
  by rewrite -E -{1}sXB -{1}sXA -trmx_mul E' sXB.
have AX : A *m X = B *m X.
  have E : (A *m X) *m (B *m X) = A *m X by rewrite -mulmxA (mulmxA X) XBX.
  have E' : (B *m X) *m (A *m X) = B *m X by rewrite -mulmxA (mulmxA X) XAX.
  by rewrite -E -{1}sAX -{1}sBX -trmx_mul E' sBX.
by rewrite -AXA AX -mulmxA XA mulmxA BXB.
Qed.

(** From here on only the four equations are used. *)
Global Opaque pinv.

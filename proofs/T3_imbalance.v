(** * T3_imbalance.v: the imbalance of neighbouring layers (page T3.imbalance.md)
    Two neighbouring layers U (above) and V (below) of a deep linear network
    f = A U V B, where A is the product of all layers above, and B that of all
    layers below with the training inputs; loss (c/2)|f - Y|^2. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import Ring.
From Idem Require Import Frobenius.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Scalars.
Variable R : comRingType.
Add Ring R_ring : (@mk_rt (GRing.Zmodule.sort (GRing.ComRing.zmodType R))
  0 1 +%R *%R (fun x y => x - y) -%R eq
  (@add0r R) (@addrC R) (@addrA R) (@mul1r R) (@mulrC R) (@mulrA R)
  (@mulrDl R) (fun x y => erefl) (@subrr R)).
Lemma imbalance_entries (u v x y g k : R) :
  u - x - (y - g) - (v - y - (x - k)) - (u - v) = g - k.
Proof.
repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R).
ring.
Qed.
End Scalars.

Section Imbalance.
Variables (R : comRingType) (k a h b n : nat) (eta c : R).
Variables (A : 'M[R]_(k, a)) (U : 'M[R]_(a, h)) (V : 'M[R]_(h, b)) (B : 'M[R]_(b, n)) (Y : 'M[R]_(k, n)).

(** c times the residuals, and the gradients by U and V. *)
Definition output_gradient := c *: (A *m U *m V *m B - Y).
Definition gradient_above := A^T *m output_gradient *m (V *m B)^T.
Definition gradient_below := (A *m U)^T *m output_gradient *m B^T.

(** Exchange relation: U^T G_U = G_V V^T.
    Assumes: nothing. *)
Theorem exchange_relation : U^T *m gradient_above = gradient_below *m V^T.
Proof. by rewrite /gradient_above /gradient_below !trmx_mul !mulmxA. Qed.

(** T3(c). A step of gradient descent on both layers changes the imbalance
    U^T U - V V^T by eta^2 (G_U^T G_U - G_V G_V^T): the terms of first order cancel.
    Assumes: nothing. *)
Theorem imbalance_step :
  let U' := U - eta *: gradient_above in let V' := V - eta *: gradient_below in
  (U'^T *m U' - V' *m V'^T) - (U^T *m U - V *m V^T)
  = eta ^+ 2 *: (gradient_above^T *m gradient_above - gradient_below *m gradient_below^T).
Proof.
have e1 : U^T *m gradient_above = gradient_below *m V^T := exchange_relation.
move: gradient_above gradient_below e1 => G K e1.
have e2 : G^T *m U = V *m K^T by have := congr1 trmx e1; rewrite !trmx_mul !trmxK.
rewrite /= ![(_ - _)^T]linearB /= ![(eta *: _)^T]linearZ /= !mulmxBl !mulmxBr.
rewrite -!scalemxAl -!scalemxAr e1 e2 !scalerA -expr2 scalerBr.
move: (U^T *m U) (V *m V^T) (eta *: (K *m V^T)) (eta *: (V *m K^T)) => u v x y.
move: (_ *: (G^T *m G)) (_ *: (K *m K^T)) => g k'.
by apply/matrixP => i j; rewrite !mxE; exact: imbalance_entries.
Qed.
End Imbalance.

(** [gradient_above] and [gradient_below] are the gradients: the loss expands to first order as
    <G_U, H>, and as <G_V, H>, with a rest of second order.
    Assumes: nothing. *)
Theorem imbalance_gradients (R : comRingType) k a h b n (c : R) (A : 'M[R]_(k, a)) (U : 'M[R]_(a, h))
    (V : 'M[R]_(h, b)) (B : 'M[R]_(b, n)) (Y : 'M[R]_(k, n)) (H : 'M[R]_(a, h)) (J : 'M[R]_(h, b)) :
  c * sqnorm (A *m (U + H) *m V *m B - Y)
  = c * sqnorm (A *m U *m V *m B - Y) + 2%:R * dot (gradient_above c A U V B Y) H
    + c * sqnorm (A *m H *m V *m B)
  /\ c * sqnorm (A *m U *m (V + J) *m B - Y)
  = c * sqnorm (A *m U *m V *m B - Y) + 2%:R * dot (gradient_below c A U V B Y) J
    + c * sqnorm (A *m U *m J *m B).
Proof.
have sq m p (r s : 'M[R]_(m, p)) : c * sqnorm (r + s) = c * sqnorm r + 2%:R * dot (c *: r) s + c * sqnorm s.
  by rewrite dotDl !dotDr (dotC s r) dotZl !mulrDr mulr2n mulrDl mul1r !addrA.
have adj m p q r (L : 'M[R]_(m, p)) (D : 'M[R]_(m, r)) (T : 'M[R]_(q, r)) (H' : 'M[R]_(p, q)) :
    dot (L^T *m D *m T^T) H' = dot D (L *m H' *m T).
  by rewrite /dot -!mulmxA mxtrace_mulC !trmx_mul -!mulmxA.
rewrite /gradient_above /gradient_below !adj; split.
  rewrite mulmxDr !mulmxDl addrAC sq; congr (_ + _ * dot _ _ + _); by rewrite !mulmxA.
rewrite mulmxDr mulmxDl addrAC sq //.
Qed.

(** * Residual.v: residual polynomials
    The path of every method on a quadratic loss is governed by one sequence
    r_t(mu) of polynomials in the curvature mu: the corner of the t-th power of a
    2 x 2 matrix (Theorem 3 of trajectory.md). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Idem Require Import Identities.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(** The matrix [[a, b], [c, e]]. *)
Definition mat2 (R : Type) (a b c e : R) : 'M[R]_2 :=
  \matrix_(i, j) if i == 0 :> 'I_2 then (if j == 0 :> 'I_2 then a else b)
                 else (if j == 0 :> 'I_2 then c else e).

Section Corner.
Variables (R : comRingType) (a b c e : R).
Let M := mat2 a b c e.

Lemma corner0 : (M ^+ 0) 0 0 = 1 /\ (M ^+ 0) 1 0 = 0.
Proof. by rewrite expr0 !mxE. Qed.

(** The first column of the powers of M moves by M. *)
Lemma cornerS t :
  (M ^+ t.+1) 0 0 = a * (M ^+ t) 0 0 + b * (M ^+ t) 1 0 /\
  (M ^+ t.+1) 1 0 = c * (M ^+ t) 0 0 + e * (M ^+ t) 1 0.
Proof.
have E : lift ord0 ord0 = 1 :> 'I_2 by apply: val_inj.
by rewrite exprS !mxE !big_ord_recl !big_ord0 !E !addr0 !mxE.
Qed.

Lemma corner1 : (M ^+ 1) 0 0 = a.
Proof. by have [-> _] := cornerS 0; have [-> ->] := corner0; rewrite mulr1 mulr0 addr0. Qed.

(** r_{t+2} = (tr M) r_{t+1} - (det M) r_t. *)
Lemma cornerSS t :
  (M ^+ t.+2) 0 0 = (a + e) * (M ^+ t.+1) 0 0 - (a * e - b * c) * (M ^+ t) 0 0.
Proof.
have [-> _] := cornerS t.+1; have [-> ->] := cornerS t.
exact: cayley_hamilton_step.
Qed.

End Corner.

Section Residual.
Variables (R : comRingType) (eta beta : R).

(** The matrices of the pages T1.heavy-ball and T1.nesterov at the curvature mu
    (mu = c lambda + omega; without weight decay eta mu = alpha lambda), and
    both in one with the switch p of Methods.v. *)
Definition heavy_ball_matrix (mu : R) := mat2 (1 - eta * mu) (- (eta * beta)) mu beta.

Definition nesterov_matrix (mu : R) :=
  mat2 (1 - eta * mu * (1 + beta)) (- (eta * beta ^+ 2)) mu beta.

Definition momentum_matrix (p mu : R) :=
  mat2 (1 - eta * mu * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) mu beta.

(** The residual polynomials r_t(mu). *)
Definition heavy_ball_residual mu t : R := (heavy_ball_matrix mu ^+ t) 0 0.
Definition nesterov_residual mu t : R := (nesterov_matrix mu ^+ t) 0 0.
Definition momentum_residual p mu t : R := (momentum_matrix p mu ^+ t) 0 0.

Lemma heavy_ball_residualE mu t : heavy_ball_residual mu t = momentum_residual 0 mu t.
Proof. by rewrite /momentum_residual /momentum_matrix mulr0 subr0 !addr0 !mulr1. Qed.

Lemma nesterov_residualE mu t : nesterov_residual mu t = momentum_residual 1 mu t.
Proof.
by rewrite /nesterov_residual /nesterov_matrix expr2 mulrA /momentum_residual /momentum_matrix subrr add0r !mulr1.
Qed.

Lemma momentum_residual0 p mu : momentum_residual p mu 0 = 1.
Proof. by have [] := corner0 (1 - eta * mu * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) mu beta. Qed.

Lemma momentum_residual1 p mu : momentum_residual p mu 1 = 1 - eta * mu * (1 + beta * p).
Proof. exact: corner1. Qed.

(** The three-term recursion r_{t+2} = tau r_{t+1} - delta r_t. *)
Lemma momentum_residualSS p mu t : momentum_residual p mu t.+2 =
  (1 + beta - eta * mu * (1 + beta * p)) * momentum_residual p mu t.+1
  - beta * (1 - eta * mu * p) * momentum_residual p mu t.
Proof. by rewrite [LHS]cornerSS; congr (_ * _ - _ * _); [exact: momentum_trace | exact: momentum_det]. Qed.

(** r_t(0) = 1: what the data do not see is not moved. *)
Lemma momentum_residual_null p t : momentum_residual p 0 t = 1.
Proof.
rewrite /momentum_residual; set M := momentum_matrix _ _.
suff [-> _] : (M ^+ t) 0 0 = 1 /\ (M ^+ t) 1 0 = 0 by [].
elim: t => [|t [IH1 IH2]]; first exact: corner0.
have [-> ->] := cornerS (1 - eta * 0 * (1 + beta * p)) (- (eta * (1 - p + beta * p) * beta)) 0 beta t.
by rewrite -/(momentum_matrix p 0) -/M IH1 IH2 !mulr0 !mul0r subr0 !addr0 mulr1.
Qed.

End Residual.

(** Without momentum r_t(mu) = (1 - eta mu)^t. *)
Lemma residual_without_momentum (R : comRingType) (eta mu : R) t :
  heavy_ball_residual eta 0 mu t = (1 - eta * mu) ^+ t.
Proof.
rewrite /heavy_ball_residual; elim: t => [|t IH]; first by rewrite !expr0 mxE.
have [-> _] := cornerS (1 - eta * mu) (- (eta * 0)) mu 0 t.
by rewrite -/(heavy_ball_matrix eta 0 mu) IH mulr0 oppr0 mul0r addr0 exprS.
Qed.

(** r_t as a polynomial, and its value at a number. *)
Definition residual_polynomial (R : comRingType) (eta beta p : R) t : {poly R} :=
  momentum_residual eta%:P beta%:P p%:P 'X t.

Lemma residual_polynomialE (R : comRingType) (eta beta p mu : R) t :
  (residual_polynomial eta beta p t).[mu] = momentum_residual eta beta p mu t.
Proof.
rewrite /residual_polynomial /momentum_residual.
set M := momentum_matrix _ _ _ 'X; set N := momentum_matrix _ _ _ mu.
suff [-> _] : ((M ^+ t) 0 0).[mu] = (N ^+ t) 0 0 /\ ((M ^+ t) 1 0).[mu] = (N ^+ t) 1 0 by [].
elim: t => [|t [IH1 IH2]]; first by rewrite !expr0 !mxE /= !hornerC.
have [-> ->] := cornerS (1 - eta%:P * 'X * (1 + beta%:P * p%:P))
  (- (eta%:P * (1 - p%:P + beta%:P * p%:P) * beta%:P)) 'X beta%:P t.
have [-> ->] := cornerS (1 - eta * mu * (1 + beta * p))
  (- (eta * (1 - p + beta * p) * beta)) mu beta t.
rewrite -/(momentum_matrix _ _ _ _) -/M -/(momentum_matrix _ _ _ _) -/N.
by rewrite !hornerE IH1 IH2.
Qed.

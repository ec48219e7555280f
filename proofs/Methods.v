(** * Methods.v: the optimisers
    Gradient descent, the heavy ball and Nesterov's momentum, as the pages and
    the common frameworks define them, for an arbitrary gradient g. With
    velocity v, learning rate eta and momentum beta, a step is

      v <- beta v + g(theta),   then
      theta <- theta - eta v                   (heavy ball)
      theta <- theta - eta (g(theta) + beta v)  (Nesterov),

    the velocity starts at 0, and weight decay is a part of g. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Methods.
Variables (R : comRingType) (V : lmodType R) (eta beta : R) (g : V -> V).
Implicit Types (theta : V) (s : V * V).

(** theta_t of plain gradient descent: theta <- theta - eta g(theta). *)
Definition gradient_descent theta0 t : V :=
  iter t (fun theta => theta - eta *: g theta) theta0.

(** One step of each method on the pair (theta, v) ... *)
Definition heavy_ball_step s : V * V :=
  let v := beta *: s.2 + g s.1 in (s.1 - eta *: v, v).

Definition nesterov_step s : V * V :=
  let v := beta *: s.2 + g s.1 in (s.1 - eta *: (g s.1 + beta *: v), v).

(** ... and theta_t after t steps. *)
Definition heavy_ball theta0 t : V := (iter t heavy_ball_step (theta0, 0)).1.
Definition nesterov theta0 t : V := (iter t nesterov_step (theta0, 0)).1.

(** Both in one: theta <- theta - eta (p g + (1 - p + beta p) v) is the heavy
    ball for p = 0 and Nesterov for p = 1. *)
Definition momentum_step p s : V * V :=
  let v := beta *: s.2 + g s.1 in
  (s.1 - eta *: (p *: g s.1 + (1 - p + beta * p) *: v), v).

Definition momentum p theta0 t : V := (iter t (momentum_step p) (theta0, 0)).1.

Lemma heavy_ball_is_momentum theta0 t : heavy_ball theta0 t = momentum 0 theta0 t.
Proof.
congr (_.1); apply: eq_iter => s; rewrite /heavy_ball_step /momentum_step.
by rewrite scale0r add0r subr0 mulr0 addr0 scale1r.
Qed.

Lemma nesterov_is_momentum theta0 t : nesterov theta0 t = momentum 1 theta0 t.
Proof.
congr (_.1); apply: eq_iter => s; rewrite /nesterov_step /momentum_step.
by rewrite scale1r subrr add0r mulr1.
Qed.

End Methods.

(** Gradient descent is the heavy ball without momentum. *)
Lemma gradient_descent_is_heavy_ball (R : comRingType) (V : lmodType R) (eta : R)
    (g : V -> V) theta0 t :
  gradient_descent eta g theta0 t = heavy_ball eta 0 g theta0 t.
Proof.
rewrite /gradient_descent /heavy_ball; elim: t => //= t ->.
by rewrite scale0r add0r.
Qed.

(** A linear map that carries one gradient into another carries the paths into
    each other: used for bias (a matrix with one more column) and for filters
    (the transposed matrix). *)
Section Transport.
Variables (R : comRingType) (V V' : lmodType R) (f : {linear V -> V'}).
Variables (eta beta : R) (g : V -> V) (g' : V' -> V').
Hypothesis fg : forall theta, f (g theta) = g' (f theta).

Lemma gradient_descent_transport theta0 t :
  f (gradient_descent eta g theta0 t) = gradient_descent eta g' (f theta0) t.
Proof.
by elim: t => //= t IH; rewrite linearB linearZ /= fg IH.
Qed.

Lemma momentum_transport p theta0 t :
  f (momentum eta beta g p theta0 t) = momentum eta beta g' p (f theta0) t.
Proof.
rewrite /momentum; set s := iter t _ _; set s' := iter t _ _.
suff [-> _] : f s.1 = s'.1 /\ f s.2 = s'.2 by [].
rewrite {}/s {}/s'; elim: t => [|t [IH1 IH2]] /=; first by rewrite linear0.
by rewrite linearB !linearZ !linearD !linearZ /= !linearD !linearZ /= fg IH1 IH2.
Qed.

Lemma heavy_ball_transport theta0 t :
  f (heavy_ball eta beta g theta0 t) = heavy_ball eta beta g' (f theta0) t.
Proof. by rewrite !heavy_ball_is_momentum momentum_transport. Qed.

Lemma nesterov_transport theta0 t :
  f (nesterov eta beta g theta0 t) = nesterov eta beta g' (f theta0) t.
Proof. by rewrite !nesterov_is_momentum momentum_transport. Qed.

End Transport.

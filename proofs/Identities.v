(** * Identities.v: polynomial identities
    Plain calculations in commutative rings, decided by Coq's [ring]. They are
    kept apart because [ring] has to be told once which operations it is about. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import Ring.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Identities.
Variable R : comRingType.
Implicit Types a b c d e f h t v w x y z eta beta mu p s : R.

Add Ring R_ring : (@mk_rt (GRing.Zmodule.sort (GRing.ComRing.zmodType R))
  0 1 +%R *%R (fun x y => x - y) -%R eq
  (@add0r R) (@addrC R) (@addrA R) (@mul1r R) (@mulrC R) (@mulrA R)
  (@mulrDl R) (fun x y => erefl) (@subrr R)).

Ltac calculate :=
  apply: (@addrI R 0);
  repeat change (GRing.Ring.zmodType (GRing.ComRing.ringType R)) with (GRing.ComRing.zmodType R);
  ring.

(** The two-term recursion of a 2 x 2 matrix. *)
Lemma cayley_hamilton_step a b c e x y :
  a * (a * x + b * y) + b * (c * x + e * y) =
  (a + e) * (a * x + b * y) - (a * e - b * c) * x.
Proof. calculate. Qed.

(** Trace and determinant of the matrix of a step with momentum. *)
Lemma momentum_trace eta mu beta p :
  1 - eta * mu * (1 + beta * p) + beta = 1 + beta - eta * mu * (1 + beta * p).
Proof. calculate. Qed.

Lemma momentum_det eta mu beta p :
  (1 - eta * mu * (1 + beta * p)) * beta - (- (eta * (1 - p + beta * p) * beta)) * mu
  = beta * (1 - eta * mu * p).
Proof. calculate. Qed.

(** Squares of sums. *)
Lemma expand_square h a b d : h * (a + d + (d + b)) = h * a + (h + h) * d + h * b.
Proof. calculate. Qed.

Lemma expand_loss h w a b d x y z :
  h * a + (h + h) * d + h * b + (w * x + (w + w) * y + w * z) =
  h * a + w * x + ((h + h) * d + (w + w) * y) + (h * b + w * z).
Proof. calculate. Qed.

(** One step with momentum, entry by entry. *)
Lemma path_step eta beta p x f a v :
  x - eta * (p * a + (1 - p + beta * p) * (beta * v + a)) - f =
  x - f - eta * (1 + beta * p) * a - eta * (1 - p + beta * p) * beta * v.
Proof. calculate. Qed.

Lemma path_two_steps eta beta p x v a b :
  x - eta * (1 + beta * p) * a - eta * (1 - p + beta * p) * beta * v
  - eta * (1 + beta * p) * b - eta * (1 - p + beta * p) * beta * (a + beta * v) =
  (1 + beta) * (x - eta * (1 + beta * p) * a - eta * (1 - p + beta * p) * beta * v)
  - eta * (1 + beta * p) * b - beta * (x - eta * p * a).
Proof. calculate. Qed.

(** The same in one mode. *)
Lemma mode_error eta beta p mu a b z :
  a * z - eta * (1 + beta * p) * (mu * (a * z)) - eta * (1 - p + beta * p) * beta * (b * z) =
  ((1 - eta * mu * (1 + beta * p)) * a + (- (eta * (1 - p + beta * p) * beta)) * b) * z.
Proof. calculate. Qed.

Lemma mode_velocity beta mu a b z : mu * (a * z) + beta * (b * z) = (mu * a + beta * b) * z.
Proof. calculate. Qed.

Lemma poly_step eta beta p x a b :
  a - eta * (1 + beta * p) * (x * a) - eta * (1 - p + beta * p) * beta * b =
  (1 - eta * x * (1 + beta * p)) * a + (- (eta * (1 - p + beta * p) * beta)) * b.
Proof. calculate. Qed.

(** The quadratic form of Stability.v. *)
Lemma energy_step a b d e f h x :
  a + b + x - (1 + 1) * (a + d) =
  x + (e + f) - (1 + 1) * (h + f) - (a - h - (h - e) - (b - d - (d - f))).
Proof. calculate. Qed.

Lemma energy_halves a b c d e f :
  a + b + (b + c) - (d + e + (e + f)) + (a - b - (b - c) + (d - e - (e - f))) =
  (1 + 1) * (a + c - (1 + 1) * e).
Proof. calculate. Qed.

Lemma parallelogram_scalars a b c :
  a + b + (b + c) + (a - b + (- b - - c)) = (1 + 1) * (a + c).
Proof. calculate. Qed.

(** Differences over two steps; x1 = x T, x2 = x D and so on. *)
Lemma drop_sum x y (a1 a2 a3 a4 a5 a6 : R) :
  a1 - a4 - y + (a5 - a6 - (a2) - x - (a5 - a6 - a3)) =
  - (x + a2 - a1 + (y + a4 - a3)).
Proof. calculate. Qed.

Lemma drop_difference x y (a1 a2 a3 a4 a5 a6 : R) :
  a1 - a4 - y - (a5 - a6 - a2 - x - (a5 - a6 - a3)) =
  x + a2 + a1 - (y + a4 + a3).
Proof. calculate. Qed.

Lemma drop_rest a b t :
  (1 + 1) * ((1 + t) * (a + b)) - (a + (1 + 1) * (b + t * a)) = a + (1 + 1) * (t * b).
Proof. calculate. Qed.

Lemma square_difference a b d : a - d - (d - b) = a + b - (1 + 1) * d.
Proof. calculate. Qed.

Lemma rate_scalars a b t d : a * (d * (t * b)) = b * (a * t * d).
Proof. calculate. Qed.

(** Entries of I + D - T, I + D + T and I - D in Descent.v, on the diagonal
    (n = 1) and off it (n = 0). *)
Lemma matrix_minus eta beta p a (n : bool) :
  1 *+ n + beta * (1 *+ n - eta * p * a) - ((1 + beta) *+ n - eta * (1 + beta * p) * a)
  = 0 *+ n + eta * a.
Proof. case: n; rewrite ?mulr1n ?mulr0n; calculate. Qed.

Lemma matrix_plus eta beta p a (n : bool) :
  1 *+ n + beta * (1 *+ n - eta * p * a) + ((1 + beta) *+ n - eta * (1 + beta * p) * a)
  = ((1 + 1) * (1 + beta)) *+ n + - (eta * (1 + (1 + 1) * beta * p)) * a.
Proof. case: n; rewrite ?mulr1n ?mulr0n; calculate. Qed.

Lemma matrix_drop eta beta p a (n : bool) :
  1 *+ n - beta * (1 *+ n - eta * p * a) = (1 - beta) *+ n + eta * beta * p * a.
Proof. case: n; rewrite ?mulr1n ?mulr0n; calculate. Qed.

Lemma consistent_entries a b x e : b + (x - a) = e + (x - e - (a - b)).
Proof. calculate. Qed.

Lemma limit_entries a b x : x - (a + (x - b)) = b - a.
Proof. calculate. Qed.

Lemma closest_entries a b x : a + (x - b) - x = a - b.
Proof. calculate. Qed.

(** Signs that alternate, for the sharpness of the step range. *)
Lemma alternating_step eta mu beta x a b :
  - 1 * (- 1 * x) * ((1 + beta - eta * mu) * b - beta * a)
  = (eta * mu - 1 - beta) * (- 1 * x * b) - beta * (x * a).
Proof. calculate. Qed.

Lemma alternating_growth eta mu beta a b :
  (eta * mu - 1 - beta) * b - beta * a - b
  = (eta * mu - (1 + 1) * (1 + beta)) * b + beta * (b - a).
Proof. calculate. Qed.

Lemma one_example_entries a h w z : a * - (h * z) + (w + h * z) = w + (1 - a) * h * z.
Proof. calculate. Qed.

Lemma nesterov_trace eta beta mu a b :
  (1 + beta - eta * mu * (1 + beta)) * b - beta * (1 - eta * mu) * a =
  (1 + beta) * (1 - eta * mu) * b - beta * (1 - eta * mu) * a.
Proof. calculate. Qed.

Lemma nesterov_alternating beta x h a b :
  - 1 * (- 1 * x) * ((1 + beta) * (1 - h) * b - beta * (1 - h) * a)
  = (1 + beta) * (h - 1) * (- 1 * x * b) + beta * (h - 1) * (x * a).
Proof. calculate. Qed.

Lemma nesterov_gap beta h :
  (1 + (1 + 1) * beta) * (h - 1) - 1 = h * (1 + (1 + 1) * beta) - (1 + 1) * (1 + beta).
Proof. calculate. Qed.

Lemma nesterov_first beta h :
  (1 + (1 + 1) * beta) * (h * (1 + beta) - 1 - 1)
  = (1 + beta) * (h * (1 + (1 + 1) * beta) - (1 + 1) * (1 + beta)) + (1 + 1) * beta * beta.
Proof. calculate. Qed.

Lemma deep_loss_rest (u v : R) x t a b w :
  x + (t + a + b) + (w + (u + v)) - (x + w) - (t + u) = a + (b + v).
Proof. calculate. Qed.

(** One step with momentum of a layer s e + r h, its velocity n e + v h, its gradient g e + w r h. *)
Lemma aligned_position eta beta p e h s g t v w x :
  s * e + t * h - eta * (p * (g * e + w * t * h) + (1 - p + beta * p) * (beta * (x * e + v * h) + (g * e + w * t * h)))
  = (s - eta * (p * g + (1 - p + beta * p) * (beta * x + g))) * e
    + ((1 - eta * w * (1 + beta * p)) * t + - (eta * (1 - p + beta * p) * beta) * v) * h.
Proof. calculate. Qed.

Lemma aligned_velocity beta e h g t v w x :
  beta * (x * e + v * h) + (g * e + w * t * h) = (beta * x + g) * e + (w * t + beta * v) * h.
Proof. calculate. Qed.

Lemma square_step eta w h : (w - eta * h) * (w - eta * h) = w * w - (1 + 1) * eta * (h * w) + eta * eta * (h * h).
Proof. calculate. Qed.

(** What is left of the squares of a unit's weights when terms of first order cancel. *)
Lemma unit_squares eta w h a b c d f :
  w - (1 + 1) * eta * h + eta * eta * a + (b - eta * c) * (b - eta * c)
    - (d - (1 + 1) * eta * (h + c * b) + eta * eta * f) - (w + b * b - d)
  = eta * eta * (a + c * c - f).
Proof. calculate. Qed.

Lemma nesterov_split beta x : (1 + (1 + 1) * beta) * x = (1 + beta) * x + beta * x.
Proof. calculate. Qed.

(** How 1 - z meets the exponential of z + r up to second order. *)
Lemma square_expansion z y h :
  (1 - z) * (1 + (z + y) + h * ((z + y) * (z + y)))
  = 1 - z * z + (1 - z) * y + h * (1 - z) * (z * z) + (h + h) * (z * ((1 - z) * y)) + h * y * ((1 - z) * y).
Proof. calculate. Qed.

Lemma exponential_rest z y h :
  1 - z * z + h * (z * z) + h * (1 - z) * (z * z) + z * (h * (z * z)) + h * y * (h * (z * z))
  = 1 + h * (z * z) * (h * y) + (h + h - 1) * (z * z).
Proof. calculate. Qed.
End Identities.

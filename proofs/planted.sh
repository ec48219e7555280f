#!/usr/bin/env bash
# Plants faults, one at a time, in a copy of the formal proofs, and shows that the audit finds each for the right reason.
# The copies run "make record", which would write a new record; what it refuses, "make" refuses too, as it asks for more.
# Faults that are not plain changes of a text (a stale file, a sub-folder) run "make" itself.
# "planted.sh WORDS" plants only what has these words in its name.
set -uo pipefail
cd "$(dirname "$0")"
make -s compile || exit 1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
here="$work/sound"
mkdir "$here"
mkdir "$here/analysis"
cp -p Makefile audit*.py checked.json ./*.v ./*.vo ./*.md .depend "$here/"
cp -p analysis/*.v analysis/*.vo "$here/analysis/"
cd "$here" || exit 1
only="${1:-}"
planted=0
found=0

copy() {
    rm -rf "$work/proofs"
    mkdir -p "$work/proofs/analysis"
    cp -p Makefile audit*.py checked.json ./*.v ./*.md "$work/proofs/"
    cp -p analysis/*.v "$work/proofs/analysis/"
}

# judge NAME EXPECTED COMMAND...: EXPECTED is what the command has to say when it fails
judge() {
    local name="$1" expected="$2"
    [[ "$name" == *"$only"* ]] || return 0
    shift 2
    planted=$((planted + 1))
    if "$@" >"$work/log" 2>&1; then
        echo "MISSED    $name"
    elif grep -q -- "$expected" "$work/log"; then
        found=$((found + 1))
        echo "found     $name: $(grep -m 1 -- "$expected" "$work/log" | cut -c 1-160)"
    else
        echo "UNCLEAR   $name: it failed for another reason"
        tail -n 5 "$work/log"
    fi
}

# plant NAME EXPECTED FILE OLD NEW [OLD NEW ...]
plant() {
    local name="$1" expected="$2" file="$3"
    [[ "$name" == *"$only"* ]] || return 0
    shift 3
    copy
    if python3 - "$work/proofs/$file" "$@" <<'PY'
import sys
path, *pairs = sys.argv[1:]
text = open(path).read()
for old, new in zip(pairs[::2], pairs[1::2]):
    if old not in text:
        sys.exit(f"{path} does not contain: {old}")
    text = text.replace(old, new, 1)
open(path, "w").write(text)
PY
    then
        judge "$name" "$expected" python3 "$work/proofs/audit.py" record --compiled "$here"
    else
        planted=$((planted + 1))
    fi
}

# a file on which no other rests, so that little has to be compiled again
leaf=T2_uniform_bound.v
here_it_goes='Local Open Scope ring_scope.'
plant 'an Admitted' 'Admitted is not allowed' T1.v 'Proof. by rewrite linearZ /= trmx_mul trmxK. Qed.' 'Admitted.'
plant 'an axiom' 'Axiom is not allowed' "$leaf" "$here_it_goes" "$here_it_goes Axiom anything : False."
plant 'a hypothesis outside of a section' 'outside of a section' "$leaf" "$here_it_goes" "$here_it_goes Variable anything : False."
plant 'a command inside a proof' 'a proof contains the command' T1.v 'Qed.' 'Unset Printing All. Qed.'
plant 'a file loaded' 'Load is not allowed' "$leaf" "$here_it_goes" "$here_it_goes
Load other."
plant 'a plugin declared' 'Declare is not allowed' "$leaf" "$here_it_goes" "$here_it_goes
Declare Scope other."
plant 'a module' 'Module is not allowed' "$leaf" "$here_it_goes" "$here_it_goes
Module Inner. Lemma inner : 0 = 1. Proof. by []. Qed. End Inner."
plant 'the guard of recursion switched off' 'not among those' "$leaf" "$here_it_goes" "$here_it_goes
Unset Guard Checking."
plant 'universes unchecked' 'not among those' "$leaf" "$here_it_goes" "$here_it_goes
Unset Universe Checking."
plant 'a quote in a comment' 'quotes are not allowed' "$leaf" "$here_it_goes" "$here_it_goes
(* \" *)"
plant 'a letter that looks like another' 'only ASCII' "$leaf" "$here_it_goes" "$here_it_goes
Definition tends_tо := True."
plant 'a command behind a bullet' 'a proof contains the command' T1.v 'Proof. by rewrite linearZ /= trmx_mul trmxK. Qed.' 'Proof. - Unset Guard Checking. by rewrite linearZ /= trmx_mul trmxK. Qed.'
plant 'recursion without a guard' 'bypass_check is not allowed' "$leaf" "$here_it_goes" "$here_it_goes
#[bypass_check(guard)] Fixpoint endless (n : nat) : False := endless n."
while read -r command; do
    plant "the command ${command%% *} ${command#* }" 'not among those' "$leaf" "$here_it_goes" "$here_it_goes
$command."
done <<'COMMANDS'
Inductive bad := Bad (_ : bad -> False)
Unset Positivity Checking
Set Universe Polymorphism
Notation tends_to := (fun _ _ => True) (only parsing)
Local Notation nothing := False
Coercion nothing := False
Canonical nothing := I
Arguments dot {R} _ _ : rename
Opaque tends_to
Global Opaque tends_to
Include Inner
Export Limits
Require Import Classical
From Coq Require Import Classical
Add LoadPath ..
Cd ..
Redirect out Print dot
Obligation Tactic := idtac
Program Definition nothing := False
Ltac done := idtac
Instance nothing : True := I
Context (anything : False)
Hint Resolve eqxx
Extraction Inline dot
Drop
Fail Qed
COMMANDS
plant 'a theorem given as a term' 'between Proof and Qed' "$leaf" "$here_it_goes" "$here_it_goes
Theorem given : True := I."
plant 'a name declared twice' 'is declared twice' "$leaf" "$here_it_goes" "$here_it_goes
Definition order_of_bound := I."
plant 'a missing theorem' 'has no theorem order_of_bound' "$leaf" 'Theorem order_of_bound' 'Theorem another_name'
plant 'a page that is silent about what is not checked' 'has to say what is not machine-checked' T1.flow.md '- not machine-checked: ' '- remark: '
plant 'a page that says twice what is not checked' 'once, in sight' T2.law.md '- not machine-checked: ' '- not machine-checked: nothing
- not machine-checked: '
plant 'a page that hides what is not checked' 'once, in sight' T2.law.md '- formal source: ' '<!--
- formal source: '
plant 'a page without a source that calls nothing unchecked' 'calls nothing unchecked' T2.law.md '- not machine-checked: everything: normal laws need probability theory, which the formal sources do without' '- not machine-checked: nothing'
plant 'wrong sign' 'File "./T1_steps.v"' T1_steps.v '= W0 + ((1 - (1 - alpha * s) ^+ t) / s)' '= W0 - ((1 - (1 - alpha * s) ^+ t) / s)'
plant 'missing 1/s' 'File "./T1.v"' T1.v '(W0 + (dot x x)^-1 *: ((y - W0 *m x) *m x^T)).' '(W0 + ((y - W0 *m x) *m x^T)).'
plant 'too large a step range' 'File "./T1_examples.v"' T1_examples.v 'bounds_curvature X L -> eta * c * L < 2%:R ->' 'bounds_curvature X L -> eta * c * L < 3%:R ->'
plant 'wrong limit' 'File "./T2.v"' T2.v '(e + (1%:M - pinv P *m P) *m (w0 - e)).' '(e + (1%:M - pinv P *m P) *m w0).'
plant 'wrong projector' 'File "./T1_examples.v"' T1_examples.v '(Y *m pinv X + W0 *m (1%:M - X *m pinv X)).' '(Y *m pinv X + W0 *m (X *m pinv X)).'
plant 'a bound without the square' 'File "./T2_rank_error.v"' T2_rank_error.v '  sqnorm (q *m rest) <= d%:R * B ^+ 2.' '  sqnorm (q *m rest) <= d%:R * B.'
plant 'an invariance for Adam' 'File "./T3_first_layer.v"' T3_first_layer.v '(forall t, W t.+1 = W t - \sum_(s < t.+1) a t s *: G s) ->
  X^T *m Q = 0 -> forall t' '(forall t, W t.+1 = adam_step (a t t) 0 (W t) (G t)) ->
  X^T *m Q = 0 -> forall t'
plant 'factors of either sign for ReLU' 'File "./T6_homogeneous.v"' T6_homogeneous.v '(act l)) -> 0 < a ->
  fcn' '(act l)) -> 0 != a ->
  fcn'
plant 'a margin of one layer less' 'File "./T6_equivariance.v"' T6_equivariance.v '(radius half depth.-1 <= m)%N ->
  inside' '(radius half depth.-2 <= m)%N ->
  inside'
plant 'a balance without the bias' 'File "./T4_units.v"' T4_units.v 'row_dot G G l i + g l i ^+ 2 - column_dot G G l i).
Proof.' 'row_dot G G l i - column_dot G G l i).
Proof.'
plant 'decay of the rest forgotten' 'File "./T4_split.v"' T4_split.v '+ momentum_residual eta beta p omega t *: (product' '+ (product'
plant 'a false conclusion behind 1 = 0' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Theorem behind (R : fieldType) (a : R) : (1 : R) = 0 -> a = a + a.
Proof. by move/eqP; rewrite oner_eq0. Qed."
plant 'a contradictory hypothesis of a section' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Section Absurd.
Hypothesis absurd : (3 <= 2)%N.
Theorem behind (R : fieldType) (a : R) : a = a + a.
Proof. by case: (absurd). Qed.
End Absurd."
plant 'a theorem about an empty type' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Theorem behind (R : fieldType) (a : R) (i : 'I_0) : a = a + a.
Proof. by case: i. Qed."
plant 'scalars that do not exist' 'may be empty' "$leaf" "$here_it_goes" "$here_it_goes
Theorem behind (S : {R : realFieldType | (1 : R) == 0}) (a : sval S) : a = a + a.
Proof. by case: S a => R /=; rewrite oner_eq0. Qed."
plant 'two hypotheses that contradict each other' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Theorem behind (R : realFieldType) (a b : R) : 0 < b -> a < b -> b <= a -> a = a + a.
Proof. by move=> _ ab ba; move: ab; rewrite ltNge ba. Qed."
plant 'a hypothesis that is every statement' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Theorem behind (R : fieldType) (a : R) : (forall P : Prop, P) -> a = a + a.
Proof. by move=> all; exact: all. Qed."
plant 'a definition that makes every limit true' 'says nothing' "$leaf" "$here_it_goes" "$here_it_goes
Definition tends_to (T : Type) (u : nat -> T) (l : T) := True.
Theorem behind (R : archiFieldType) (u : nat -> 'M[R]_1) : tends_to u (0 : 'M[R]_1).
Proof. by []. Qed."
plant 'a definition that nobody records' 'not declared at the start' "$leaf" "$here_it_goes" "$here_it_goes
Section Hidden. Definition close (T : Type) (u l : T) := u = u.
Theorem behind (R : ringType) (u l : 'M[R]_1) : close u l.
Proof. by []. Qed.
End Hidden."
plant 'a definition that makes its theorems true' 'nothing\|something else than recorded' T3_least_depth.v '  forall c i j, inside H V i j -> cnn (@zero_padding R H V) channels half W bias act shortcut depth x c i j = y c i j.' '  False.' 'by rewrite -(paint _ _ _ ij) -(paint _ _ _ ij'"'"'); apply: blank_image_same_borders xv sb.' 'by case: paint.'
plant 'a hypothesis added to a statement' 'something else than recorded' "$leaf" 'C != 0 -> m = d * C ->' 'C != 0 -> r = 0 -> m = d * C ->' \
    'Proof. by move=> C0 ->; rewrite' 'Proof. by move=> C0 _ ->; rewrite'
plant 'a comment that claims too much' 'something else than recorded' "$leaf" 'Assumes: C <> 0. *)' 'Assumes: nothing. *)'
plant 'a page that claims to be checked to its end' 'something else than recorded' T2.law.md '- not machine-checked: everything' '- not machine-checked: the rest of everything'
plant 'a page that claims more' 'something else than recorded' T1.md 'If 0 < αs < 2, then' 'If 0 < αs < 3, then'
plant 'a page whose title claims more' 'something else than recorded' T2.images.md 'One-layer CNN, several images' 'CNN, several images'
plant 'a line of the first table that claims more' 'page:T1.law' README.md 'The output is normal with explicit mean' 'The output of any network is normal with explicit mean'
plant 'a theorem without a line in the first table' 'the first table needs one row' README.md '| T1.law | The output is normal' '| T1.lawless | The output is normal'
plant 'a page with the theorems of another' 'something else than recorded' T1.flow.md '- formal source: none' '- formal source: [T1.v](T1.v): one_example_converges, limit_on_identity_task, multiples_are_reproduced, orthogonal_inputs_see_initial_weights, step_bound_is_sharp'
plant 'a record with an entry taken out' 'something else than recorded' checked.json '"name": "step_bound_is_sharp"' '"name": "another_name"'

copy
rm "$work/proofs/checked.json"
judge 'a record taken away' 'checked.json is missing' python3 "$work/proofs/audit.py" record --compiled "$here"

library='From mathcomp.analysis Require Import reals signed'
plant 'an axiom in the sub-folder' 'Axiom is not allowed' analysis/T1_flow.v 'Section OneExample.' 'Axiom anything : False. Section OneExample.'
plant 'a library with axioms that are not on the list' 'which is not on the list of axioms' analysis/Exponential.v "$library" \
    'From mathcomp.analysis Require Import Rstruct reals signed' 'Section Exponential.' "Theorem reals_of_coq : (1 : Rdefinitions.R) != 0.
Proof. exact: oner_neq0. Qed.
Section Exponential."
plant 'an axiom of the sub-folder outside of it' 'a theorem rests on axioms' "$leaf" "$here_it_goes" "$here_it_goes
From mathcomp Require Import boolp.
Theorem same_values (f g : nat -> nat) : (forall n, f n = g n) -> f = g.
Proof. by move=> fg; apply: functional_extensionality_dep. Qed."
plant 'a flow of another speed' 'File "./analysis/T1_flow.v"' analysis/T1_flow.v 'W0 + ((1 - expR (- (c * dot x x * t))) / dot x x)' 'W0 + ((1 - expR (- (c * t))) / dot x x)'
plant 'a hypothesis added to a statement about the flow' 'something else than recorded' analysis/T1_flow.v \
    'Theorem one_example_flow_output W0 t (z : '"'"'cV[R]_d) :' 'Theorem one_example_flow_output W0 t (z : '"'"'cV[R]_d) : 0 <= t ->' \
    'rewrite /one_example_flow mulmxDl' 'move=> _; rewrite /one_example_flow mulmxDl'

copy
mkdir "$work/proofs/sub"
sed 's/if shortcut l then h i + z else z/z/' Networks.v >"$work/proofs/sub/Networks.v"
judge 'a definition changed in a sub-folder' 'not in other sub-folders' make -s -C "$work/proofs"

copy
cp -p ./*.vo .depend "$work/proofs/"
sed -i 's/= W0 + ((1 - (1 - alpha \* s) ^+ t) \/ s)/= W0 - ((1 - (1 - alpha * s) ^+ t) \/ s)/' "$work/proofs/T1_steps.v"
touch "$work/proofs/"*.vo
judge 'a stale compiled file' 'File "./T1_steps.v"' make -s -C "$work/proofs"

echo "$found of $planted planted faults found"
[ "$found" = "$planted" ]

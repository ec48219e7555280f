#!/usr/bin/env bash
# Plants faults, one at a time, in a copy of the formal proofs, and shows that "make" finds each for the right reason.
set -uo pipefail
cd "$(dirname "$0")"
make compile >/dev/null || exit 1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
missed=0

# plant NAME FILE OLD NEW EXPECTED: EXPECTED is what make has to say
plant() {
    rm -rf "$work/proofs"
    mkdir "$work/proofs"
    cp -p Makefile audit.py checked.json ./*.v ./*.vo ./*.md .depend "$work/proofs/"
    if ! python3 - "$work/proofs/$2" "$3" "$4" <<'PY'
import sys
path, old, new = sys.argv[1:]
text = open(path).read()
if text.count(old) < 1:
    sys.exit(f"{path} does not contain: {old}")
open(path, "w").write(text.replace(old, new, 1))
PY
    then
        missed=1
        return
    fi
    if make -C "$work/proofs" >"$work/log" 2>&1; then
        echo "MISSED    $1"
        missed=1
    elif grep -q "$5" "$work/log"; then
        echo "found     $1: $(grep -m 1 "$5" "$work/log" | sed "s|$work/||g")"
    else
        echo "UNCLEAR   $1: make failed for another reason"
        tail -n 5 "$work/log"
        missed=1
    fi
}

plant 'an Admitted' T1.v 'Proof. by rewrite linearZ /= trmx_mul trmxK. Qed.' 'Admitted.' 'Admitted is not allowed'
plant 'wrong sign' T1_steps.v '= W0 + ((1 - (1 - alpha * s) ^+ t) / s)' '= W0 - ((1 - (1 - alpha * s) ^+ t) / s)' 'File "./T1_steps.v"'
plant 'missing 1/s' T1.v '(W0 + (dot x x)^-1 *: ((y - W0 *m x) *m x^T)).' '(W0 + ((y - W0 *m x) *m x^T)).' 'File "./T1.v"'
plant 'too large a step range' T1_examples.v 'bounds_curvature X L -> eta * c * L < 2%:R ->' 'bounds_curvature X L -> eta * c * L < 3%:R ->' 'File "./T1_examples.v"'
plant 'wrong limit' T2.v '(e + (1%:M - pinv P *m P) *m (w0 - e)).' '(e + (1%:M - pinv P *m P) *m w0).' 'File "./T2.v"'
plant 'wrong projector' T1_examples.v '(Y *m pinv X + W0 *m (1%:M - X *m pinv X)).' '(Y *m pinv X + W0 *m (X *m pinv X)).' 'File "./T1_examples.v"'
plant 'a bound without the square' T2_rank_error.v '  sqnorm (q *m rest) <= d%:R * B ^+ 2.' '  sqnorm (q *m rest) <= d%:R * B.' 'File "./T2_rank_error.v"'
plant 'an invariance for Adam' T3_first_layer.v '(forall t, W t.+1 = W t - \sum_(s < t.+1) a t s *: G s) ->
  X^T *m Q = 0 -> forall t' '(forall t, W t.+1 = adam_step (a t t) 0 (W t) (G t)) ->
  X^T *m Q = 0 -> forall t' 'File "./T3_first_layer.v"'
plant 'an axiom' T1.v 'Section Limit.' 'Axiom anything : False. Section Limit.' 'Axiom is not allowed'
plant 'a hypothesis outside of a section' T1.v 'Section Limit.' 'Variable anything : False. Section Limit.' 'outside of a section'
plant 'a missing theorem' T1.v 'Theorem step_bound_is_sharp' 'Theorem another_name' 'has no theorem step_bound_is_sharp'
plant 'another statement than recorded' T1_decay.v 'Assumes: c > 0, omega > 0. *)' 'Assumes: nothing. *)' 'checked.json is not'
exit "$missed"

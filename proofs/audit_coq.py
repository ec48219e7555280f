"""What the audit asks Coq: to compile the sources in an empty folder, and to print what they say."""

import hashlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from audit_sources import ANALYSIS, HERE, fail, relative, sources

# what the scalars of a statement may be; a statement over anything else is refused
SCALARS = {
    "Ring": "every ring",
    "ComRing": "every commutative ring",
    "Field": "every field",
    "RealDomain": "every ordered domain",
    "RealField": "every ordered field",
    "ArchimedeanField": "every Archimedean ordered field",
    "Real": "every complete ordered field",
}
OTHER_TYPES = {"Finite", "Zmodule", "Lmodule"}
# what the theorems of proofs/analysis, and no others, may rest on: the three axioms of MathComp Analysis
AXIOMS = {
    "boolp.functional_extensionality_dep": "functional extensionality",
    "boolp.propositional_extensionality": "propositional extensionality",
    "boolp.constructive_indefinite_description": "constructive indefinite description",
}
# hypotheses that contradict each other at sight: a false one, 1 = 0, x < x, an index below 0, x < y with y <= x
CONTRADICTION = r"""
Ltac contradiction_at_sight := solve [ done
  | match goal with
    | H : forall P : Prop, P |- _ => exact (H False)
    | H : is_true (@Order.lt _ _ ?x ?y), G : is_true (@Order.le _ _ ?y ?x) |- _ => solve [ by move: H; rewrite ltNge G ]
    | H : is_true (@Order.lt _ _ ?x ?y), G : is_true (@Order.lt _ _ ?y ?x) |- _ => solve [ by move: H; rewrite ltNge (ltW G) ]
    | H : is_true (@Order.lt _ _ _ _), G : _ = _ |- _ => solve [ by move: H; rewrite G ltxx | by move: H; rewrite -G ltxx ]
    | H : is_true (leq (S ?x) ?y), G : is_true (leq ?y ?x) |- _ => solve [ by move: H; rewrite ltnNge G ]
    | H : is_true (~~ ?b), G : is_true ?b |- _ => solve [ by move: H; rewrite G ]
    | H : is_true (~~ (?x == ?y)), G : ?x = ?y |- _ => solve [ by move: H; rewrite G eqxx ]
    | i : ordinal ?n, H : ?n = 0%N |- _ => solve [ by case: i => k; rewrite H ]
    | H : _ |- _ => solve [ by case: H
      | by move: H; rewrite ?(oner_eq0, eqxx, ltxx, ltr10, ler10, ltn0, ltnn, ltr_nat, ler_nat, ltrn1, lern1, ltrn0, ltr0n, lern0)
      | by move/eqP: H; rewrite ?(oner_eq0, eqxx, pnatr_eq0)
      | by move/esym/eqP: H; rewrite ?(oner_eq0, eqxx, pnatr_eq0) ] end ].
"""


def compile_in(folder, trusted=None):
    """Compiles copies of the sources in an empty folder; takes from a trusted one what it compiled from the same text."""
    (folder / ANALYSIS.name).mkdir()
    for path in [*sources(), HERE / "Makefile"]:
        shutil.copy2(path, folder / relative(path))
    if trusted:
        reuse(folder, Path(trusted))
    run = subprocess.run(["make", "-s", "compile"], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        fail("the sources do not compile: " + (run.stdout + run.stderr).strip()[-1500:])


def reuse(folder, trusted):
    names = [relative(path) for path in sources()]
    run = subprocess.run(["coqdep", "-R", ".", "Idem", *names], cwd=folder, capture_output=True, text=True)
    needs = {}
    for line in run.stdout.splitlines():
        targets, _, inputs = line.partition(":")
        if ".vo " in targets + " ":
            needs[targets.split()[0][:-1]] = [word for word in inputs.split() if word.endswith(".vo")]
    same = {name for name in names if (trusted / name).exists() and (trusted / name).read_bytes() == (folder / name).read_bytes()}

    def unchanged(name):
        return name in same and all(unchanged(need[:-1]) for need in needs.get(name, []) if not need.startswith("/"))

    now = time.time()
    for name in filter(unchanged, names):
        if (trusted / (name + "o")).exists():
            shutil.copy(trusted / (name + "o"), folder / (name + "o"))
            os.utime(folder / (name + "o"), (now, now))


def coqc(folder, name, lines):
    (folder / name).write_text("\n".join(lines) + "\n")
    run = subprocess.run(["coqc", "-q", "-R", ".", "Idem", "-w", "none", name], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        fail("Coq does not know what the texts declare: " + run.stderr.strip()[-800:])
    return run.stdout


def apart(names):
    """The names of the theorems of this folder, and those of the sub-folder."""
    modules = {path.stem for path in sources() if path.parent == ANALYSIS}
    return [pair for pair in names if pair[0] not in modules], [pair for pair in names if pair[0] in modules]


def closed(folder, names):
    """All theorems have to rest on nothing; Coq looks through all of them at once, as they share most of their lemmas."""
    modules = sorted({module for module, _ in names})
    together = ", ".join(f"@{module}.{name}" for module, name in names)
    out = coqc(folder, "Audit_assumptions.v", [
        f"From Idem Require {' '.join(modules)}.", f"Definition everything := ({together}).", "Print Assumptions everything."])
    if out.strip() != "Closed under the global context":
        fail("a theorem rests on axioms: " + out.strip()[:400])


def axioms(folder, names):
    """For each theorem of the sub-folder the axioms that it rests on; none may be without a place in AXIOMS."""
    if not names:
        return {}, {}
    modules = sorted({module for module, _ in names})
    lines = [f"From Idem Require {' '.join(modules)}."]
    (folder / "axioms").mkdir()
    for module, name in names:
        lines += [f'Redirect "axioms/{module}.{name}" Print Assumptions {module}.{name}.']
    coqc(folder, "Audit_axioms.v", lines)
    found, texts = {}, {}
    for module, name in names:
        out = (folder / "axioms" / f"{module}.{name}.out").read_text().strip()
        head, _, listed = out.partition("\n")
        used = re.split(r"\n(?=\S)", listed) if head == "Axioms:" else []
        if not used and out != "Closed under the global context":
            fail(f"what {module}.{name} rests on cannot be read: " + out[:400])
        words = []
        for text in used:
            axiom = text.split()[0]
            if axiom not in AXIOMS:
                fail(f"{module}.{name} rests on {axiom}, which is not on the list of axioms")
            words.append(AXIOMS[axiom])
            texts[axiom] = " ".join(text.split())
        found[f"{module}.{name}"] = ", ".join(sorted(words)) or "none"
    return found, texts


def printed(folder, theorems, definitions):
    """Statements and definitions as Coq prints them: readable, and in full as a digest, with the names they use."""
    parts = zip(apart(theorems), apart(definitions))
    return {key: value for part in parts for key, value in printed_part(folder, *part).items()}


def printed_part(folder, theorems, definitions):
    names = theorems + definitions
    modules = sorted({module for module, _ in names})
    known = "|".join(path.stem for path in sources())
    lines = ["From mathcomp Require Import all_ssreflect all_algebra.", f"From Idem Require {' '.join(modules)}.",
             "Local Open Scope ring_scope.", "Set Printing Width 110.", "Set Printing Depth 1000000."]
    for kind in ("short", "full"):
        (folder / kind).mkdir(exist_ok=True)
        lines += [f'Redirect "{kind}/{module}.{name}" Check @{module}.{name}.' for module, name in theorems]
        lines += [f'Redirect "{kind}/{module}.{name}" Print {module}.{name}.' for module, name in definitions]
        lines += ["Set Printing All."]
    coqc(folder, "Audit_print.v", lines)
    found = {}
    for module, name in names:
        short = (folder / "short" / f"{module}.{name}.out").read_text()
        full = " ".join((folder / "full" / f"{module}.{name}.out").read_text().split())
        uses = {f"{owner}.{word}" for owner, word in re.findall(rf"\b({known})\.([\w']+)", full)} - {f"{module}.{name}"}
        found[f"{module}.{name}"] = {
            "text": [line.rstrip() for line in short.strip().splitlines()],
            "digest": hashlib.sha256(full.encode()).hexdigest()[:16],
            "uses": sorted(uses),
            "scalars": scalars(f"{module}.{name}", full, (module, name) in theorems),
        }
    return found


def scalars(name, full, is_theorem):
    """In words, what the numbers of a statement are."""
    if not is_theorem:
        return ""
    if re.search(r"\(\w+ : @?sig[T2]? ", full):
        fail(f"{name} speaks about a part of a kind of numbers, which may be empty")
    kinds = re.findall(r"\(\w+ : [\w.]*?(\w+)\.type(?: \w+)?\)", full)
    for kind in kinds:
        if kind not in SCALARS and kind not in OTHER_TYPES:
            fail(f"{name} speaks about a {kind}, which is none of the known kinds of numbers")
    known = [kind for kind in kinds if kind in SCALARS]
    return SCALARS[known[0]] if known else ""


def vacuous(folder, names):
    """Statements whose hypotheses contradict each other at sight, or whose conclusion is True."""
    for part in filter(None, apart(names)):
        vacuous_part(folder, part)


def vacuous_part(folder, names):
    modules = sorted({module for module, _ in names})
    lines = ["From mathcomp Require Import all_ssreflect all_algebra.", f"From Idem Require {' '.join(modules)}.",
             "Import GRing.Theory Num.Theory Order.Theory.", CONTRADICTION]
    for module, name in names:
        lines += [f"Goal True. Proof. pose proof (@{module}.{name}) as statement.",
                  "match type of statement with ?T => clear statement; assert (holds : T) end.",
                  f'{{ intros; try match goal with |- not _ => intro end; first [ solve [ exact I ]; idtac "NOTHING {module}.{name}"'
                  f' | exfalso; contradiction_at_sight; idtac "NOTHING {module}.{name}" | idtac ]. Abort.']
    out = coqc(folder, "Audit_vacuous.v", lines)
    found = re.findall(r"NOTHING (\S+)", out)
    if found:
        fail(f"{found[0]} says nothing: its hypotheses contradict each other, or its conclusion is True")

"""What the audit reads from the texts of the formal sources: which commands they use, which names they declare."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# the one sub-folder: its theorems are about exponentials and may rest on the axioms of MathComp Analysis, see audit_coq.AXIOMS
ANALYSIS = HERE / "analysis"
KINDS = r"(?:Theorem|Lemma|Corollary|Proposition|Fact|Remark)"
LOCAL = r"(?:Local\s+|#\[local\]\s+)?"
FORBIDDEN = r"\b(Admitted|admit|Axioms?|Parameters?|Conjectures?|Abort|bypass_check|give_up|Declare|Load|Module|ltac)\b"
IN_SECTIONS = r"(?:Hypothes[ie]s|Variables?|Context|Let)\b"
# what may stand before a tactic, and so before a command, without a full stop between them
BULLETS = r"^(?:[-+*{}\s]|(?:\d+|\[\w+\])\s*:\s*\{)+"
# every command that a source may use outside of proofs; what is not listed here is refused
COMMANDS = [
    r"From (?:mathcomp|Idem) Require Import [\w ]+",
    r"From Coq Require Import Ring",
    r"Import GRing\.Theory(?: Num\.Theory)?(?: Order\.Theory)?",
    r"Set Implicit Arguments",
    r"Unset Strict Implicit",
    r"Unset Printing Implicit Defensive",
    r"Local Open Scope ring_scope",
    r"(?:Section|End) \w+",
    r"Implicit Types? .*",
    r"(?:Hypothes[ie]s|Variables?|Let) .*",
    rf"{LOCAL}(?:Definition|Fixpoint) .*",
    rf"{LOCAL}{KINDS} .*",
    r"Notation sqnorm A := \(dot A A\) \(only parsing\)",
    r"Ltac calculate := .*",
    r"Add Ring R_ring : .*",
    r"Global Opaque pinv",
]
IN_ANALYSIS = [
    r"From mathcomp\.(?:classical|analysis) Require Import [\w ]+",
    r"Import numFieldNormedType\.Exports",
    r"Local Open Scope classical_set_scope",
]


def fail(message):
    sys.exit("audit: " + message)


def sources():
    """The formal sources: those of this folder, without axioms, then those of the one sub-folder."""
    for path in HERE.rglob("*"):
        if path.suffix in (".v", ".ml", ".mlg", ".cmxs") and path.parent not in (HERE, ANALYSIS):
            fail(f"{path.relative_to(HERE)}: formal sources lie in proofs/ itself or in proofs/analysis/, not in other sub-folders")
    found = sorted(HERE.glob("*.v")) + sorted(ANALYSIS.glob("*.v"))
    stems = [path.stem for path in found]
    for path in found:
        if stems.count(path.stem) > 1:
            fail(f"{relative(path)}: another formal source has the same name")
    return found


def relative(path):
    """The path of a source from this folder on."""
    return path.relative_to(HERE).as_posix()


def without_comments(path):
    """The text with comments blanked, line for line; quotes and unbalanced comments are refused."""
    text = path.read_text()
    if not text.isascii():
        fail(f"{path.name}: only ASCII is allowed: other letters look like these and are not")
    if '"' in text:
        line = text[: text.index('"')].count("\n") + 1
        fail(f"{path.name}:{line}: quotes are not allowed, in comments neither: Coq and this audit might disagree where a comment ends")
    out, depth, i = [], 0, 0
    while i < len(text):
        if text.startswith("(*", i):
            depth, i = depth + 1, i + 2
            out.append("  ")
        elif depth and text.startswith("*)", i):
            depth, i = depth - 1, i + 2
            out.append("  ")
        else:
            out.append(text[i] if depth == 0 or text[i] == "\n" else " ")
            i += 1
    if depth:
        fail(f"{path.name}: a comment does not end")
    return "".join(out)


def sentences(path):
    """The commands of a file, each with its line."""
    plain = without_comments(path)
    start = 0
    for end in re.finditer(r"\.(?=\s|$)", plain):
        raw = plain[start : end.start()]
        line = plain[:start].count("\n") + 1 + len(raw[: len(raw) - len(raw.lstrip())].splitlines()[1:])
        start = end.end()
        yield line, " ".join(raw.split())
    if plain[start:].strip():
        fail(f"{path.name}: the last command does not end")


def without_parentheses(sentence):
    while re.search(r"\([^()]*\)", sentence):
        sentence = re.sub(r"\([^()]*\)", "", sentence)
    return sentence


def reject_assumptions():
    """Nothing unfinished, no command beyond those listed, and Hypothesis, Variable and Let only inside sections."""
    for path in sources():
        depth, proving = 0, False
        for line, sentence in sentences(path):
            where = f"{path.name}:{line}: "
            found = re.search(FORBIDDEN, sentence)
            if found:
                fail(where + found.group(0) + " is not allowed")
            if proving:
                step = re.sub(BULLETS, "", sentence)
                if step == "Qed":
                    proving = False
                elif re.match(r"[A-Z#]", step) and step != "Proof":
                    fail(where + "a proof contains the command " + step[:60])
                continue
            if not any(re.fullmatch(command, sentence) for command in COMMANDS + (IN_ANALYSIS if path.parent == ANALYSIS else [])):
                fail(where + "this command is not among those that formal sources use: " + sentence[:80])
            if re.match(r"Section\b", sentence):
                depth += 1
            elif re.match(r"End\b", sentence):
                depth -= 1
            elif depth == 0 and re.match(IN_SECTIONS, sentence):
                fail(where + "a hypothesis outside of a section is an axiom")
            if re.match(rf"{LOCAL}{KINDS}\b", sentence):
                if ":=" in re.sub(r"\blet\b.*?:=.*?\bin\b", "", without_parentheses(sentence)):
                    fail(where + "a theorem's proof stands between Proof and Qed")
                proving = True
            elif sentence.startswith("Let ") and ":=" not in sentence:
                proving = True
        if proving or depth:
            fail(f"{path.name}: a proof or section does not end")


def theorems(path):
    """Names of the theorems of a file in order, each with the comment in front of it."""
    text, plain = path.read_text(), without_comments(path)
    found = []
    for match in re.finditer(rf"^[ \t]*(Local\s+|#\[local\]\s+)?({KINDS})\s+([\w']+)", plain, re.M):
        if match.group(1):
            continue
        before = text[: match.start()].rstrip()
        comment = ""
        if before.endswith("*)"):
            comment = before[before.rindex("(*") :].removeprefix("(**").removesuffix("*)").strip()
        found.append((match.group(3), " ".join(comment.split())))
    declared = [name for name, _ in found] + definitions(path)
    for name in declared:
        if declared.count(name) > 1:
            fail(f"{path.name}: {name} is declared twice")
    return found


def definitions(path):
    """Names of the definitions of a file, those of notations among them."""
    pattern = r"^[ \t]*(?:Definition|Fixpoint|Notation)\s+([\w']+)"
    return [match.group(1) for match in re.finditer(pattern, without_comments(path), re.M)]

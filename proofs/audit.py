"""Audit of the formal proofs: finds every theorem in the sources, lets Coq print what each rests on, and keeps checked.json.

  audit.py sources   rejects unfinished proofs and assumptions in the texts
  audit.py check     the audit; fails if checked.json says something else
  audit.py record    the audit; writes checked.json
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORD = HERE / "checked.json"
KINDS = r"(?:Theorem|Lemma|Corollary|Proposition|Fact|Remark)"
FORBIDDEN = r"\b(Admitted|admit|Axioms?|Parameters?|Conjectures?|Abort|Unset Guard Checking|bypass_check|give_up)\b"
SCALARS = {
    "Ring": "every ring",
    "ComRing": "every commutative ring",
    "Field": "every field",
    "RealDomain": "every ordered domain",
    "RealField": "every ordered field",
    "ArchimedeanField": "every Archimedean ordered field",
}


def fail(message):
    sys.exit("audit: " + message)


def without_comments(text):
    """The same text with comments blanked, line for line."""
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
    return "".join(out)


def sources():
    return sorted(HERE.glob("*.v"))


def reject_assumptions():
    """Nothing unfinished, and Hypothesis, Variable and Context only inside sections."""
    for path in sources():
        depth = 0
        for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1):
            where = f"{path.name}:{number}: "
            found = re.search(FORBIDDEN, line)
            if found:
                fail(where + found.group(0) + " is not allowed")
            if re.match(r"\s*Section\b", line):
                depth += 1
            elif re.match(r"\s*End\b", line):
                depth -= 1
            elif depth == 0 and re.match(r"\s*(Local\s+)?(Hypothes[ie]s|Variables?|Context)\b", line):
                fail(where + "a hypothesis outside of a section is an axiom")


def theorems(path):
    """Names of the theorems of a file in order, each with the comment in front of it."""
    text = path.read_text()
    plain = without_comments(text)
    found = []
    for match in re.finditer(rf"^[ \t]*(Local\s+|#\[local\]\s+)?({KINDS})\s+([\w']+)", plain, re.M):
        if match.group(1):
            continue
        before = text[: match.start()].rstrip()
        comment = ""
        if before.endswith("*)"):
            comment = before[before.rindex("(*") :].strip("(*) \n")
        found.append((match.group(3), " ".join(comment.split())))
    return found


def closed_under_the_global_context(names):
    """Lets Coq print the assumptions of all theorems, those of one file at a time; all have to be closed."""
    modules = sorted({module for module, _ in names})
    lines = [f"From Idem Require {' '.join(modules)}.", "Set Printing Width 1000000."]
    for module in modules:
        together = ", ".join(f"@{owner}.{name}" for owner, name in names if owner == module)
        lines += [f"Definition all_of_{module} := ({together}).", f"Print Assumptions all_of_{module}."]
    lines += [f"About {module}.{name}." for module, name in names]
    script = HERE / "Audit_assumptions.v"
    script.write_text("\n".join(lines) + "\n")
    try:
        run = subprocess.run(
            ["coqc", "-q", "-R", ".", "Idem", "-w", "none", script.name], cwd=HERE, capture_output=True, text=True)
    finally:
        for left in [*HERE.glob("Audit_assumptions.*"), *HERE.glob(".Audit_assumptions.*")]:
            left.unlink()
    if run.returncode:
        fail("Coq does not know every theorem: " + run.stderr.strip()[-800:])
    out = run.stdout
    if "Axioms:" in out:
        fail("a theorem rests on axioms: " + out[out.index("Axioms:") :][:400])
    closed = len(re.findall(r"^Closed under the global context$", out, re.M))
    if closed != len(modules):
        fail(f"{len(modules)} files, but Coq calls {closed} closed")
    scalars = {}
    for module, name in names:
        about = re.search(rf"^{module}\.{re.escape(name)} :.*?\.(\w+)\.type\b", out, re.M)
        scalars[module, name] = SCALARS.get(about.group(1), "") if about else ""
    return scalars


def pages():
    """Theorem pages with their entry 'formal source' and the words around it."""
    found = []
    for page in sorted(HERE.glob("*.md")):
        text = page.read_text()
        line = re.search(r"^- formal source: (.*)$", text, re.M)
        if not line:
            continue
        missing = re.search(r"^- not machine-checked: (.*)$", text, re.M)
        found.append((page, text.splitlines()[0].lstrip("# "), line.group(1).strip(), missing.group(1).strip() if missing else ""))
    return found


def identifier(page):
    return page.name[: -len(".md")]


def audit():
    reject_assumptions()
    comments, names = {}, []
    for path in sources():
        for name, comment in theorems(path):
            names.append((path.stem, name))
            comments[path.stem, name] = comment
    if len(set(names)) != len(names):
        fail("a theorem's name occurs twice in one file")
    scalars = closed_under_the_global_context(names)
    entries = []
    for page, title, source, missing in pages():
        entry = {"id": identifier(page), "title": title, "page": page.name, "file": None, "theorems": [], "notChecked": missing}
        if source != "none":
            match = re.fullmatch(r"\[?([\w]+\.v)\]?(?:\([\w.]+\))?: (.+)", source)
            if not match:
                fail(f"{page.name}: the formal source reads 'File.v: name, name'")
            entry["file"] = match.group(1)
            module = match.group(1)[:-2]
            listed = [name.strip(" `") for name in match.group(2).split(",")]
            for name in listed:
                if (module, name) not in comments:
                    fail(f"{page.name}: {match.group(1)} has no theorem {name}")
                comment = comments[module, name]
                says, _, assumes = comment.partition(" Assumes: ")
                if not says or not assumes:
                    fail(f"{module}.{name} needs a comment that ends in 'Assumes: ...'")
                entry["theorems"].append(
                    {"name": name, "says": says, "assumes": assumes.rstrip("."), "scalars": scalars[module, name], "axioms": "none"})
            unlisted = [name for name, comment in theorems(HERE / match.group(1)) if " Assumes: " in comment and name not in listed]
            if unlisted:
                fail(f"{page.name}: the formal source leaves out {', '.join(unlisted)}")
        entries.append(entry)
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    record = {
        "coq": "8.16",
        "sources": digest.hexdigest(),
        "files": [path.name for path in sources()],
        "theoremsAudited": len(names),
        "entries": entries,
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def main(command):
    if command == "sources":
        reject_assumptions()
        return
    text = audit()
    count = json.loads(text)["theoremsAudited"]
    if command == "record":
        RECORD.write_text(text)
    elif not RECORD.exists() or RECORD.read_text() != text:
        fail("checked.json is not what the proofs say now: read the difference, then 'make -C proofs record'")
    print(f"{count} formal theorems checked by Coq, no axioms, nothing left unproved")


main(sys.argv[1])

"""Audit of the formal proofs: compiles them in an empty folder, lets Coq print what every theorem says and rests on, and keeps checked.json and the table of README.md.

  audit.py sources                      rejects unfinished proofs and assumptions in the texts
  audit.py check               the audit; fails if checked.json or the table say something else
  audit.py record CHANGED ...  the audit; writes both; fails if a statement, a definition or a page says something else
                               than recorded, or is new, and is not named
  --compiled FOLDER            at the end: takes compiled files from there where all sources are the same
"""

import concurrent.futures
import difflib
import hashlib
import json
import re
import sys
import tempfile
from pathlib import Path

import audit_coq
from audit_sources import HERE, definitions, fail, reject_assumptions, relative, sources, theorems

RECORD = HERE / "checked.json"
NO_PROOFS = {"README.md", "mutations.md"}
TABLE = HERE / "README.md"
SUMMARY = "| theorem | says | page | property class, in org.idem.property |"
HEAD = "| theorem | page | formal source | formal names | assumptions | says less than the page in | property class | exact-arithmetic class |"


def pages():
    """Pages of proofs with their entry 'formal source' and the words around it; each theorem's has a row in the first table."""
    found = []
    for page in sorted(HERE.glob("*.md")):
        text = page.read_text()
        lines, missing = (re.findall(rf"^- {word}: (.+)$", text, re.M) for word in ("formal source", "not machine-checked"))
        if page.name in NO_PROOFS:
            continue
        if not missing:
            fail(f"{page.name} has to say what is not machine-checked, be it nothing")
        if len(lines) != 1 or len(missing) != 1 or "<!--" in text:
            fail(f"{page.name} has to say its formal source and what is not machine-checked once, in sight")
        if lines[0] == "none" and missing[0] == "nothing":
            fail(f"{page.name} has no formal source and calls nothing unchecked")
        found.append((page, text.splitlines()[0].lstrip("# "), lines[0].strip(), missing[0].strip(), claim(text)))
    apart = summary(TABLE.read_text()).keys() ^ {page.stem for page, *_ in found if re.match(r"T\d", page.name)}
    if apart:
        fail(f"README.md: the first table lacks a row, or has one too many: {', '.join(sorted(apart))}")
    return found


def summary(text):
    """What the first table says of each theorem, and its class of properties."""
    start = text.index(SUMMARY)
    found = {}
    for line in text[start : text.index("\n\n", start)].splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) != 4 or cells[0] in found or cells[2] != f"[{cells[0]}.md]({cells[0]}.md)":
            fail(f"README.md: the first table needs one row 'theorem | says | page | class' for each theorem, got {line[:60]}")
        found[cells[0]] = cells[1], cells[3]
    return found


def claim(text):
    """A digest of a page's title and statement, spaces aside."""
    stated = re.search(r"^## Statement$.*?(?=^## )", text, re.M | re.S)
    words = text.splitlines()[0] + (stated.group(0) if stated else "")
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def entry(page, title, source, missing, stated, comments, says, rests):
    """What is checked of a page."""
    made = {"id": page.name[: -len(".md")], "title": title, "page": page.name, "file": None, "theorems": [],
            "notChecked": "" if missing == "nothing" else missing, "statement": stated}
    if source == "none":
        return made
    match = re.fullmatch(r"\[?((?:analysis/)?\w+\.v)\]?(?:\([\w./]+\))?: (.+)", source)
    if not match or not (HERE / match.group(1)).exists():
        fail(f"{page.name}: the formal source reads 'File.v: name, name'")
    made["file"] = match.group(1)
    module = Path(match.group(1)).stem
    listed = [name.strip(" `") for name in match.group(2).split(",")]
    for name in listed:
        if (module, name) not in comments:
            fail(f"{page.name}: {match.group(1)} has no theorem {name}")
        words, _, assumes = comments[module, name].partition(" Assumes: ")
        if not words or not assumes:
            fail(f"{module}.{name} needs a comment that ends in 'Assumes: ...'")
        printed = says[f"{module}.{name}"]
        made["theorems"].append(
            {"name": name, "says": words, "assumes": assumes.rstrip("."), "scalars": printed["scalars"], "axioms": rests.get(f"{module}.{name}", "none"),
             "statement": printed["text"], "digest": printed["digest"], "uses": printed["uses"]})
    unlisted = [name for (owner, name), comment in comments.items() if owner == module and " Assumes: " in comment and name not in listed]
    if unlisted:
        fail(f"{page.name}: the formal source leaves out {', '.join(unlisted)}")
    return made


def audit(compiled, judge):
    """The record of what the proofs say now; judge looks at it before Coq is asked whether all of it holds."""
    reject_assumptions()
    read = pages()
    comments = {(path.stem, name): comment for path in sources() for name, comment in theorems(path)}
    defined = [(path.stem, name) for path in sources() for name in definitions(path)]
    names = list(comments)
    with tempfile.TemporaryDirectory() as made, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = Path(made)
        audit_coq.compile_in(folder, compiled)
        rests, axioms = audit_coq.axioms(folder, audit_coq.apart(names)[1])
        record = record_of(read, names, comments, audit_coq.printed(folder, names, defined), rests)
        record["axioms"] = dict(sorted(axioms.items()))
        judge(record)
        for asked in [pool.submit(audit_coq.vacuous, folder, names), pool.submit(audit_coq.closed, folder, audit_coq.apart(names)[0])]:
            asked.result()
    return record


def record_of(read, names, comments, says, rests):
    entries = [entry(*page, comments, says, rests) for page in read]
    for name, told in says.items():
        for other in set(told["uses"]) - says.keys():
            fail(f"{name} uses {other}, which is not declared at the start of a line for all files to see")
    used, waiting = {}, [name for made in entries for theorem in made["theorems"] for name in theorem["uses"]]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used[name] = {key: says[name][key] for key in ("text", "digest", "uses")}
            waiting += says[name]["uses"]
    digest = hashlib.sha256()
    for path in sources():
        digest.update(relative(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "coq": "8.16",
        "sources": digest.hexdigest(),
        "files": [relative(path) for path in sources()],
        "theoremsAudited": len(names),
        "entries": entries,
        "says": {name: says for name, (says, _) in summary(TABLE.read_text()).items()},
        "definitions": dict(sorted(used.items())),
    }


def objects(record):
    """All that a record says, by names that a change has to be called by, line by line."""
    found = {}
    for made in record.get("entries", []):
        listed = ", ".join(theorem["name"] for theorem in made["theorems"])
        found["page:" + made["id"]] = [f"formal source: {made['file']}: {listed}", "not machine-checked: " + made["notChecked"],
                                       "digest of title and statement " + made.get("statement", "")]
        for theorem in made["theorems"]:
            lines = [theorem["says"], "Assumes: " + theorem["assumes"], "Axioms: " + theorem["axioms"]]
            if "statement" in theorem:
                lines += [*theorem["statement"], "digest in full " + theorem["digest"]]
            found[f"{Path(made['file']).stem}.{theorem['name']}"] = lines
    for name, text in record.get("says", {}).items():
        found["page:" + name] = [*found.get("page:" + name, []), "says: " + text]
    for name, text in record.get("axioms", {}).items():
        found["axiom:" + name] = [text]
    for name, text in record.get("definitions", {}).items():
        found[name] = [*text["text"], "digest in full " + text["digest"]]
    return found


def changes(old, new):
    """What is said otherwise, no longer or for the first time, with the lines that differ."""
    before, after = objects(old), objects(new)
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield name, "\n".join(difflib.unified_diff(before.get(name, []), after.get(name, []), lineterm="", n=0))


def axioms_of(made):
    """In words, what the theorems of a page rest on."""
    used = sorted({axiom for theorem in made["theorems"] for axiom in theorem["axioms"].split(", ")} - {"none"})
    return "axioms: " + ", ".join(used) if used else "no axioms"


def table(record, text):
    """The README with the rows of the table as the record has them; classes of tests stay as they are."""
    start = text.index("| theorem | page | formal source |")
    end = text.index("\n\n", start)
    rows = [HEAD, "| " + " | ".join(["---"] * 8) + " |"]
    known = {made["id"]: made for made in record["entries"]}
    short = summary(text)
    shown = set()
    for line in text[start:end].splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        made = known.get(cells[0])
        if not made:
            fail(f"README.md: the table has a row {cells[0]} without a page")
        if made["id"] in shown:
            fail(f"README.md: the table has two rows {cells[0]}")
        shown.add(made["id"])
        if made["id"] in short and short[made["id"]][1] != cells[-2]:
            fail(f"README.md: the tables name two property classes of {cells[0]}: {short[made['id']][1]} and {cells[-2]}")
        names = ", ".join(theorem["name"] for theorem in made["theorems"])
        over = " / ".join(sorted({theorem["scalars"] for theorem in made["theorems"]} - {""}))
        file = made["file"]
        rows.append("| " + " | ".join([
            made["id"], f"[{made['page']}]({made['page']})", f"[{file}]({file})" if file else "none", names or "none",
            f"over {over}; {axioms_of(made)}" if file else "none", made["notChecked"] or "nothing", *cells[-2:]]) + " |")
    without = sorted(known.keys() - shown)
    if without:
        fail(f"README.md: the table lacks a row for {', '.join(without)}")
    return text[:start] + "\n".join(rows) + text[end:]


def main(command, arguments):
    if command == "sources":
        reject_assumptions()
        return
    compiled = arguments[-1] if "--compiled" in arguments else None
    if not RECORD.exists():
        fail("checked.json is missing: without it nobody sees what changed; take it from the version control")
    old = json.loads(RECORD.read_text())
    readme = TABLE.read_text()

    def text_of(new):
        return json.dumps(new, indent=1, ensure_ascii=False) + "\n"

    def judge(new):
        different = list(changes(old, new))
        for name, lines in different:
            print(f"changed: {name}\n{lines}")
        unnamed = [name for name, _ in different if name not in arguments]
        if command == "record" and unnamed:
            fail("these say something else than recorded; if that is meant, make record CHANGED=\"" + " ".join(unnamed) + "\"")
        if command == "check" and (RECORD.read_text() != text_of(new) or table(new, readme) != readme):
            fail("checked.json or the table is not what the proofs say now: read the difference, then 'make -C proofs record'")

    new = audit(compiled, judge)
    if command == "record":
        RECORD.write_text(text_of(new))
        TABLE.write_text(table(new, readme))
    print(f"{new['theoremsAudited']} formal theorems checked by Coq, nothing left unproved, no axioms but those named in audit_coq.py for proofs/analysis")


main(sys.argv[1], sys.argv[2:])

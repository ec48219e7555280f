#!/usr/bin/env python3
"""How well `idem study --plan` foretells time and bytes, against the studies themselves.

    plan.py [--idem PROGRAM] [--studies N] [--seed S] [--longest SECONDS]

Needs a machine that does nothing else. Draws N studies, plans each and then runs it, both by programs that have just
started. Networks take all of their steps. The time compared is that of the whole command, by the clock. Studies for which
the plan names more than --longest are not run. Exits 1 if a foretold number is off by more than a quarter; a range must
hold the time.
"""

import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
MOST = 0.25
UNITS = {"s": 1, "min": 60, "h": 3600, "days": 86400}


def drawn(source):
    """Words of a study that takes seconds to minutes."""

    def some(values, most):
        return ",".join(map(str, sorted(source.sample(values, source.randint(1, most)))))

    words = ["--depth", some([1, 2, 3, 4, 6, 8], 3), "--size", str(source.choice([7, 8, 10, 14, 14, 20]))]
    if source.random() < 0.6:
        words = ["cnn", *words, "--channels", some([2, 4, 8, 16, 24], 2), "--kernel", some([3, 5, 7], 2)]
    else:
        words = ["fcn", *words, "--width", some([16, 64, 128, 256, 512], 3)]
    if source.random() < 0.4:
        words += ["--rule", source.choice(["sgd,adam", "rmsprop", "sgd"])]
    if source.random() < 0.3:
        words += ["--activation", "relu,tanh"]
    if source.random() < 0.2:
        words += ["--precision", "float64"]
    steps = source.choice([50, 200, 500, 1000, 2000, 4000])
    return [*words, "--seeds", str(source.choice([1, 2, 3, 5])), "--most-steps", str(steps), "--until", "1e-30"]


def foretold(plan):
    """Least and most seconds, and bytes, that a plan names."""
    here = re.search(r"^time +(.+?) on ", plan, re.MULTILINE).group(1)
    ends = here.split("–")
    unit = ends[-1].split()[1]
    seconds = [float(end.split()[0]) * UNITS[(end.split() + [unit])[1]] for end in ends]
    size, of = re.search(r"^stored +([0-9]+) (KiB|MiB),", plan, re.MULTILINE).groups()
    return seconds[0], seconds[-1], int(size) * (1024 if of == "KiB" else 1 << 20)


def measured(words, store):
    """Seconds of the command and bytes of the store."""
    started = time.monotonic()
    subprocess.run(words, check=True, capture_output=True)
    seconds = time.monotonic() - started
    files = [file for file in store.rglob("*") if file.is_file() and "report" not in file.relative_to(store).parts]
    return seconds, sum(file.stat().st_size for file in files)


def compared(program, study, longest):
    """A line about a study and whether the plan was right; nothing if the study would take too long."""
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder) / "store"
        words = [program, "study", *study, "--store", str(store)]
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        plan = subprocess.run([*words, "--plan"], check=True, capture_output=True, encoding="utf-8", env=environment)
        least, most, size = foretold(plan.stdout)
        if most > longest:
            return None
        seconds, stored = measured(words, store)
    told = f"{least / seconds:.2f}" if least == most else f"{least / seconds:.2f}–{most / seconds:.2f}"
    right = abs(least / seconds - 1) <= MOST if least == most else least <= seconds <= most
    line = f"time {told} of {seconds:.1f} s, bytes {size / stored:.2f} of what was measured: {' '.join(study)}"
    return line, right and abs(size / stored - 1) <= MOST


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--idem", default=str(ROOT / "idem"))
    parser.add_argument("--studies", type=int, default=12)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--longest", type=float, default=60)
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    source = random.Random(given.seed)
    done = wrong = 0
    while done < given.studies:
        answer = compared(given.idem, drawn(source), given.longest)
        if answer:
            done += 1
            wrong += not answer[1]
            print(answer[0], flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

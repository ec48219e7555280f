#!/usr/bin/env python3
"""How well `idem study --plan` foretells time and bytes, against the studies themselves.

    plan.py [--idem PROGRAM]

Needs a machine that does nothing else. Networks take all of their steps. The time compared is that of training: the
networks' own seconds, divided by the processors that train side by side; starting the program and writing the report
come on top. Exits 1 if a foretold number is off by more than a quarter.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
MOST = 0.25
STUDIES = [
    "fcn --depth 2,4 --width 128,256 --size 14 --seeds 20 --most-steps 1000",
    "cnn --depth 2,4,6 --channels 16,32 --kernel 3,5 --size 14 --seeds 12 --most-steps 500",
    "cnn --depth 3 --channels 64 --kernel 5 --size 28 --seeds 8 --most-steps 300 --rule sgd --momentum 0.9",
]
UNITS = {"s": 1, "min": 60, "h": 3600}


def foretold(plan):
    """Seconds and bytes that a plan names."""
    number, unit = re.search(r"^time +([0-9.]+) (s|min|h) on", plan, re.MULTILINE).groups()
    size, of = re.search(r"^stored +([0-9]+) (KiB|MiB),", plan, re.MULTILINE).groups()
    return float(number) * UNITS[unit], int(size) * (1024 if of == "KiB" else 1 << 20)


def measured(store):
    """Seconds of training and bytes of the store."""
    seconds = 0
    for line in (store / "results.jsonl").read_text().splitlines():
        seconds += json.loads(line)["record"].get("seconds", 0)
    files = [file for file in store.rglob("*") if file.is_file() and "report" not in file.relative_to(store).parts]
    return seconds / os.cpu_count(), sum(file.stat().st_size for file in files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--idem", default=str(ROOT / "idem"))
    program = parser.parse_args().idem
    wrong = 0
    for study in STUDIES:
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "store"
            words = [program, "study", *study.split(), "--until", "1e-30", "--store", str(store)]
            plan = subprocess.run([*words, "--plan"], check=True, capture_output=True, text=True).stdout
            subprocess.run(words, check=True, capture_output=True)
            ratios = [told / real for told, real in zip(foretold(plan), measured(store))]
        wrong += any(abs(ratio - 1) > MOST for ratio in ratios)
        print(f"time {ratios[0]:.2f}, bytes {ratios[1]:.2f} of what was measured: {study}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

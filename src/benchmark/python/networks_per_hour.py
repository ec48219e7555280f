#!/usr/bin/env python3
"""How many networks of a grid Idem and PyTorch train in an hour, each in its best arrangement, in one run.

    networks_per_hour.py --out reports/benchmarks/networks

Idem runs `idem study`, as users do: initial weights, training, measures on all test images, a look into the layers,
the store, tables and the report. PyTorch only trains: a process with its own threads, or two processes of one thread
each that share the networks, whichever is faster. Times are those of whole processes, from their start to their end.

Both take the same number of steps of Adam on the same image, from initial weights of the same law (PyTorch's), and
both ask for the loss at every step. Each draws its own weights, so single losses differ; their laws must not. For
every depth, the means over seeds of the logarithm of the last training error may differ by 4.5 standard errors of
their difference. The spread is that of all depths and of both programs together, since two or three seeds say little
of their own. If logarithms are normal and spread alike, a difference of two equal laws is larger about once in 1,400
comparisons with the fewest networks (12 degrees of freedom), and about once in 15,000 with the most (36).
"""

import argparse
import csv
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import side_by_side  # first, as it says in a line if the next two are missing

import numpy
import torch

ROOT = side_by_side.ROOT
FARTHEST = 4.5

# of a study that is told nothing else, so that what each network costs beside its steps has its usual weight
STEPS = 2000

# name, kind, words of the grid, depths, seeds
GRIDS = [
    ("CNN 5×5, 32 channels, 14×14", "cnn", {"channels": 32, "kernel": 5}, [1, 3, 5, 7, 10, 14], 4),
    ("CNN 3×3, 16 channels, 14×14", "cnn", {"channels": 16, "kernel": 3}, [1, 3, 5, 7, 10, 14], 3),
    ("CNN 5×5, 32 channels, 28×28", "cnn", {"channels": 32, "kernel": 5, "size": 28}, [1, 3, 5, 7, 10, 14], 2),
    ("FCN, width 256, 28×28", "fcn", {"width": 256, "size": 28}, [1, 2, 3, 5, 7, 10], 4),
]


def image(size):
    """A ring that is not symmetric about the image's border, in steps of 1/255 like every stored picture.

    Without the steps, some pixels would be near 10⁻²⁰. Their squared gradients are denormal numbers in float32, which
    processors multiply a hundred times more slowly: both programs would be timed on what no picture makes them do.
    """
    rows, columns = numpy.mgrid[0:size, 0:size] / size
    distance = numpy.hypot(rows - 0.45, columns - 0.55)
    return numpy.round(255 * numpy.exp(-200 * (distance - 0.25) ** 2)) / 255


# ---------------------------------------------------------------------------------------------------------------------
# PyTorch
# ---------------------------------------------------------------------------------------------------------------------


def torch_network(kind, words, depth, pixels):
    layers = []
    units = [1 if kind == "cnn" else pixels] + [words.get("channels", words.get("width"))] * (depth - 1)
    units.append(units[0])
    for i in range(depth):
        if kind == "cnn":
            side = words["kernel"]
            layers.append(torch.nn.Conv2d(units[i], units[i + 1], side, padding=side // 2, bias=True))
        else:
            layers.append(torch.nn.Linear(units[i], units[i + 1], bias=True))
        if i < depth - 1:
            layers.append(torch.nn.ReLU())
    return torch.nn.Sequential(*layers)


def torch_train(work):
    """Trains the networks of a list [depth, seed], one after the other; prints the last training error of each."""
    torch.set_num_threads(work["threads"])
    pixels = torch.from_numpy(numpy.load(work["image"])).to(torch.float32)
    inputs = pixels[None, None] if work["kind"] == "cnn" else pixels.reshape(1, -1)
    unit = inputs.square().mean().item()
    for depth, seed in work["networks"]:
        torch.manual_seed(1000 * seed + depth)
        network = torch_network(work["kind"], work["words"], depth, pixels.numel())
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        for _ in range(work["steps"]):
            loss = torch.nn.functional.mse_loss(network(inputs), inputs)
            loss.item()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            error = torch.nn.functional.mse_loss(network(inputs), inputs).item() / unit
        print(depth, seed, error, flush=True)


def torch_processes(work, networks, processes, threads):
    """Seconds of all processes, and the last training error of each network."""
    ordered = sorted(networks, reverse=True)
    start = time.perf_counter()
    running = []
    for i in range(processes):
        share = dict(work, networks=ordered[i::processes], threads=threads)
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads))
        running.append(subprocess.Popen([sys.executable, __file__, "--worker", json.dumps(share)],
                                        stdout=subprocess.PIPE, text=True, env=environment))
    lines = [line.split() for process in running for line in process.communicate()[0].splitlines()]
    if any(process.returncode for process in running):
        raise SystemExit("PyTorch ended early")
    return time.perf_counter() - start, {(int(d), int(s)): float(error) for d, s, error in lines}


# ---------------------------------------------------------------------------------------------------------------------
# Idem
# ---------------------------------------------------------------------------------------------------------------------


def idem_study(work, depths, seeds, folder):
    """Seconds of `idem study`, and the last training error of each network."""
    words = [f"--{name}={value}" for name, value in work["words"].items() if name != "size"]
    command = [str(ROOT / "idem"), "study", work["kind"], *words, "--bias", "--train", work["image"],
               "--depth", ",".join(map(str, depths)), "--seeds", str(seeds), "--most-steps", str(work["steps"]),
               "--until", "1e-300", "--store", f"{folder}/store", "--csv", f"{folder}/csv"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    with open(f"{folder}/csv/runs.csv", newline="") as rows:
        errors = {(int(row["depth"]), int(row["seed"])): float(row["train_error"]) for row in csv.DictReader(rows)}
    return seconds, errors


# ---------------------------------------------------------------------------------------------------------------------
# Comparison
# ---------------------------------------------------------------------------------------------------------------------


def apart(idem, pytorch):
    """Differences of the mean logarithms of training errors, by depth, in their own standard errors."""
    depths = sorted({depth for depth, _ in idem})
    samples = {depth: [[math.log10(error) for (at, _), error in errors.items() if at == depth]
                       for errors in (idem, pytorch)] for depth in depths}
    all_of_them = [sample for pair in samples.values() for sample in pair]
    freedom = sum(len(sample) - 1 for sample in all_of_them)
    variance = sum((len(sample) - 1) * statistics.variance(sample) for sample in all_of_them) / freedom
    return {depth: abs(statistics.mean(one) - statistics.mean(other))
            / math.sqrt(variance * (1 / len(one) + 1 / len(other))) for depth, (one, other) in samples.items()}


def compare(name, kind, words, depths, seeds, steps, rounds):
    size = words.get("size", 14)
    networks = [[depth, seed] for depth in depths for seed in range(1, seeds + 1)]
    arrangements = {"two processes": (2, 1), "two threads": (1, 2)}
    seconds = {label: [] for label in ("idem", *arrangements)}
    errors = {}
    with tempfile.TemporaryDirectory(prefix="idem-networks-") as folder:
        path = f"{folder}/image.npy"
        numpy.save(path, image(size))
        work = {"kind": kind, "words": words, "steps": steps, "image": path}
        for index in range(rounds):
            order = list(seconds) if index % 2 == 0 else list(seconds)[::-1]
            for label in order:
                if label == "idem":
                    took, errors[label] = idem_study(work, depths, seeds, f"{folder}/{index}")
                else:
                    took, errors[label] = torch_processes(work, networks, *arrangements[label])
                seconds[label].append(took)
    best = min(arrangements, key=lambda label: statistics.median(seconds[label]))
    distances = apart(errors["idem"], errors[best])
    return {
        "name": name, "kind": kind, "words": words, "depths": depths, "seeds": seeds, "steps": steps,
        "networks": len(networks), "seconds": seconds, "best": best,
        "ratio": side_by_side.quartiles([a / b for a, b in zip(seconds["idem"], seconds[best])]),
        "standardErrorsApart": distances,
        "lossesAgree": max(distances.values()) <= FARTHEST,
    }


def line(row):
    hour = [round(3600 * row["networks"] / statistics.median(row["seconds"][label])) for label in ("idem", row["best"])]
    low, middle, high = row["ratio"]
    worst = max(row["standardErrorsApart"].values())
    agree = f"{worst:.1f} standard errors apart at most" + ("" if row["lossesAgree"] else ", DISAGREE")
    return (f"| {row['name']}, depths {', '.join(map(str, row['depths']))} | {row['networks']} | {row['steps']} "
            f"| {hour[0]} | {hour[1]} ({row['best']}) | {middle:.2f} [{low:.2f}, {high:.2f}] | {agree} |")


def markdown(record):
    about = record["machine"]
    return "\n".join([
        "# Networks per hour: whole studies beside PyTorch",
        "",
        f"{about['date']}, commit {about['commit']}. {about['cpu']} ({about['cpuModel']}, "
        f"{', '.join(about['vectors'])}), {about['cores']} cores, {about['memoryGB']} GB, {about['system']}; "
        f"{about['jdk']}; PyTorch {about['torch']} with {', '.join(about['libraries'])}; "
        f"load average at the start {about['loadAverageAtStart']:.2f}.",
        "",
        f"Made by `{record['command']}`.",
        "",
        "Whole processes. Idem also measures every network on its test images and layers, keeps results and writes the "
        "report; PyTorch only trains, in the faster of two arrangements: two processes of one thread, or one of two. "
        "Ratio of times Idem / PyTorch: median [quartiles] over rounds. Losses: mean logarithms of the last training "
        "error of each depth, apart in standard errors; at most 4.5 are allowed.",
        "",
        "| grid | networks | steps | Idem, networks per hour | PyTorch | ratio of times | losses |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(line, record["networks"]),
        "",
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="NAME", help="writes NAME.md and NAME.json")
    parser.add_argument("--rounds", type=int, default=3, help="rounds measured (default: 3)")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"steps of every network (default: {STEPS})")
    parser.add_argument("--only", help="only grids whose name contains this")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        torch_train(json.loads(arguments.worker))
        return
    # builds the program if that is needed
    subprocess.run([str(ROOT / "idem"), "--version"], check=True, stdout=subprocess.DEVNULL)
    record = {"machine": side_by_side.machine(),
              "command": "python3 src/benchmark/python/networks_per_hour.py " + " ".join(sys.argv[1:]), "networks": []}
    for grid in GRIDS:
        if arguments.only and arguments.only not in grid[0]:
            continue
        record["networks"].append(compare(*grid, arguments.steps, arguments.rounds))
        print(line(record["networks"][-1]), flush=True)
    text = markdown(record)
    print("\n" + text)
    if arguments.out:
        out = pathlib.Path(arguments.out)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.with_suffix(".md").write_text(text)
        out.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n")
    disagree = [row["name"] for row in record["networks"] if not row["lossesAgree"]]
    if disagree:
        raise SystemExit("losses disagree: " + "; ".join(disagree))


if __name__ == "__main__":
    main()

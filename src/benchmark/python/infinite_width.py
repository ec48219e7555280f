#!/usr/bin/env python3
"""What tangent kernels of infinitely wide CNNs cost, beside a vectorised NumPy reference of the same recursion.

    infinite_width.py --out reports/benchmarks/infinite-width

Tangent kernels of ReLU networks with He weights, no biases and zeros outside, of a pair of images, and of one training
image with itself and many others. One case asks for the kernels of all depths up to one. Idem and NumPy compute the same kernels in turns, and the sums of
all entries of the deepest kernel must agree to nine digits. Times are the best of several rounds; ratios are Idem's
time over NumPy's, which has one thread.
"""

import argparse
import json
import os
import pathlib
import subprocess
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy  # noqa: E402

import side_by_side  # noqa: E402

ROOT = side_by_side.ROOT

# side, channels, kernel, depth
PAIRS = [(8, 1, 3, 20), (14, 1, 3, 20), (20, 1, 3, 20), (28, 1, 3, 20)]
PAIRS += [(28, 1, 3, depth) for depth in (1, 5, 10, 40)]
PAIRS += [(28, 1, kernel, 20) for kernel in (5, 9)] + [(32, 3, 3, 20)]
IMAGES = [(28, 1, 3, 20, count) for count in (1, 10, 100)]
CASES = [("pair", case) for case in PAIRS] + [("depths", (28, 1, 3, 20))] + [("images", case) for case in IMAGES]


def image(side, channels, seed):
    state, pixels = seed, []
    for _ in range(channels * side * side):
        state = (state * 75 + 74) % 65537
        pixels.append(state % 17 / 16)
    return numpy.array(pixels).reshape(channels, side, side)


def box(pairs, reach):
    """Sums over the offsets of a kernel, which move both pixels, across and then down."""
    for axis in (1, 0):
        length = pairs.shape[axis]
        sums = numpy.zeros_like(pairs)
        for offset in range(-reach, reach + 1):
            to = [slice(None)] * 4
            of = [slice(None)] * 4
            for each in (axis, axis + 2):
                to[each] = slice(max(0, -offset), length - max(0, offset))
                of[each] = slice(max(0, offset), length - max(0, -offset))
            sums[tuple(to)] += pairs[tuple(of)]
        pairs = sums
    return pairs


def own(squares, reach):
    """The same for one image with itself, at equal pixels."""
    for axis in (1, 0):
        length = squares.shape[axis]
        sums = numpy.zeros_like(squares)
        for offset in range(-reach, reach + 1):
            to = [slice(None)] * 2
            of = [slice(None)] * 2
            to[axis] = slice(max(0, -offset), length - max(0, offset))
            of[axis] = slice(max(0, offset), length - max(0, -offset))
            sums[tuple(to)] += squares[tuple(of)]
        squares = sums
    return squares


def reference(x, z, kernel, depth):
    """Tangent kernel of a pair of images at the largest depth."""
    reach, factor = kernel // 2, 2 / kernel**2
    signal = factor * box(numpy.einsum("cij,ckl->ijkl", x, z) / len(x), reach)
    ofx = factor * own((x * x).mean(0), reach)
    ofz = factor * own((z * z).mean(0), reach)
    tangent = signal
    for _ in range(depth - 1):
        sizes = numpy.multiply.outer(numpy.sqrt(ofx), numpy.sqrt(ofz))
        cosine = numpy.divide(signal, sizes, out=numpy.zeros_like(signal), where=sizes > 0).clip(-1, 1)
        angle = numpy.pi - numpy.arccos(cosine)
        moments = sizes * (numpy.sqrt(1 - cosine * cosine) + angle * cosine) / (2 * numpy.pi)
        signal = factor * box(moments, reach)
        tangent = signal + factor * box(angle / (2 * numpy.pi) * tangent, reach)
        ofx = factor * own(ofx / 2, reach)
        ofz = factor * own(ofz / 2, reach)
    return tangent


class Idem:
    def __init__(self, threads):
        target = ROOT / "target"
        classpath = os.pathsep.join([str(target / "benchmark" / "classes"), str(target / "idem.jar"), str(target / "lib" / "*")])
        self.worker = subprocess.Popen(
            ["java", f"-XX:ActiveProcessorCount={threads}", "-Xmx1g", "-cp", classpath, "org.idem.benchmark.KernelWorker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words):
        self.worker.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.worker.stdin.flush()
        seconds, total = self.worker.stdout.readline().split()
        return float(seconds), float(total)

    def close(self):
        self.worker.stdin.close()
        self.worker.wait()


def compare(workers, what, case, rounds):
    """Best times of the reference and of each worker; images are told for one of them."""
    side, channels, kernel, depth, *count = case
    many = count[0] if count else 0
    x = image(side, channels, 1)
    others = [image(side, channels, 2 + i) for i in range(max(1, many))]
    best = [float("inf")] * (1 + len(workers))
    for _ in range(rounds):
        start = time.perf_counter()
        pairs = ([x] if many else []) + others
        wanted = sum(reference(z, x, kernel, depth).sum() for z in (pairs if many <= 10 else pairs[:3]))
        best[0] = min(best[0], (time.perf_counter() - start) / (min(len(pairs), 3) if many > 10 else len(pairs)))
        for i, worker in enumerate(workers):
            seconds, total = worker.ask(what, *case)
            best[1 + i] = min(best[1 + i], seconds / max(1, many))
            if many <= 10 and abs(total - wanted) > 1e-9 * abs(wanted):
                raise SystemExit(f"infinite_width: {case} gives {total}, the reference {wanted}")
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True, help="name of the two files, without ending")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each case, of which the best counts")
    words = parser.parse_args()
    threads = [1, 2] if (os.cpu_count() or 1) > 1 else [1]
    workers = [Idem(count) for count in threads]
    record = {
        "machine": side_by_side.machine(),
        "command": f"python3 src/benchmark/python/infinite_width.py --rounds {words.rounds} --out {words.out}",
        "cases": [],
    }
    try:
        compare(workers, "pair", (14, 1, 3, 20), 20)  # the compiler of the JVM gets to know the loops
        for what, case in CASES:
            best = compare(workers, what, case, words.rounds if len(case) == 4 or case[4] <= 10 else 1)
            record["cases"].append(
                {"what": what}
                | dict(zip(("side", "channels", "kernel", "depth", "images"), case))
                | {"numpy": best[0], "idem": dict(zip(map(str, threads), best[1:]))}
            )
    finally:
        for worker in workers:
            worker.close()
    out = pathlib.Path(words.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n")
    out.with_suffix(".md").write_text(page(record, threads))


def page(record, threads):
    lines = [
        "# Tangent kernels of infinitely wide CNNs",
        "",
        "Seconds for one pair of images, for a pair at all depths up to the one told, or for each image where several are compared",
        "with one training image, whose own kernel is then counted in. NumPy has one thread. Best of several rounds; ratios are Idem's time over NumPy's.",
        "",
        f"Made by `{record['command']}` on {record['machine']['cpu']}.",
        "",
        "| image | kernel | depth | images | NumPy | " + " | ".join(f"Idem, {n} thread{'s' if n > 1 else ''} | ratio" for n in threads) + " |",
        "| " + " | ".join(["---"] * (5 + 2 * len(threads))) + " |",
    ]
    for case in record["cases"]:
        cells = [
            f"{case['side']} × {case['side']} × {case['channels']}",
            case["kernel"],
            case["depth"],
            {"pair": "a pair", "depths": "a pair, all depths"}.get(case["what"], case.get("images")),
            f"{case['numpy']:.4f}",
        ]
        for seconds in case["idem"].values():
            cells += [f"{seconds:.4f}", f"{seconds / case['numpy']:.3f}"]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

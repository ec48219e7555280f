#!/usr/bin/env python3
"""Idem and PyTorch on the same work, in alternation, in one run.

    side_by_side.py --out reports/benchmarks/NAME            the workloads of the acceptance table
    side_by_side.py --growth --out ...                       how the time of a step grows
    side_by_side.py --memory --out ...                       resident memory while training
    side_by_side.py --verify-against COMMIT --out ...        whole `idem verify`, this commit and another one

Each program is a process that trains on demand and times itself; the script asks one after the other, round after
round, for the same number of steps. Both draw weights and example from the same integer hash, so they train the very
same network, and their losses at the end must agree up to rounding (see `rounding_bound`). A ratio is the time of Idem
divided by that of PyTorch in the same round; tables show the median and the quartiles over the rounds.

Each program runs in its best arrangement, which a short measurement finds for every workload. Where two threads are
allowed, Idem trains on one or two threads, in the environment that ./idem makes for a study whose networks take as
many; PyTorch takes one thread, or two that wait for each other as long as PyTorch wants, or two that wait about as
long as Idem's (GOMP_SPINCOUNT). Two networks at once are two threads of one process for Idem, as in a study, and two
processes of one thread each for PyTorch.

The result is written to NAME.md and NAME.json. Needs PyTorch and NumPy (exit 69 without them), and the classes made by
`mvn -B -ntp -P benchmark -Dmaven.test.skip=true package`.
"""

import argparse
import concurrent.futures
import datetime
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy
    import torch
except ImportError as lacking:
    print(f"{sys.executable} has no {lacking.name}: pip install torch numpy, or Debian's python3-torch", file=sys.stderr)
    sys.exit(69)  # a service is unavailable, says sysexits.h

ROOT = pathlib.Path(__file__).resolve().parents[3]


def processor():
    """Words that name the processor's vendor, and what it can do; none where the system does not tell."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return (), set()
    words = {line.split(":")[0].strip(): line.split(":")[1].split() for line in reversed(lines) if ":" in line}
    return words.get("vendor_id", ()), set(words.get("flags", ()))


def blas_core():
    """The code of OpenBLAS that both programs are told to run, as ./idem does: it does not know all processors."""
    vendor, flags = processor()
    if "GenuineIntel" not in vendor and "AuthenticAMD" not in vendor:
        return None
    if "avx512f" in flags:
        return "SkylakeX" if flags >= {"avx512dq", "avx512cd", "avx512bw", "avx512vl"} else None
    return "Haswell" if "GenuineIntel" in vendor and flags >= {"avx2", "fma"} else None


if not os.environ.get("OPENBLAS_CORETYPE") and (core := blas_core()):
    os.environ["OPENBLAS_CORETYPE"] = core

# ---------------------------------------------------------------------------------------------------------------------
# The worker that runs PyTorch
# ---------------------------------------------------------------------------------------------------------------------


def hashed(seed, stream, count):
    """The first numbers of a stream of multiples of 2^-53 in [0, 1); HashedNumbers.java computes the same bits."""
    golden = numpy.uint64(0x9E3779B97F4A7C15)

    def mix(z):
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))

    with numpy.errstate(over="ignore"):
        seed, stream = numpy.array([seed], numpy.uint64), numpy.array([stream], numpy.uint64)
        start = mix(mix(seed * golden) + stream * golden)
        return (mix(start + numpy.arange(count, dtype=numpy.uint64) * golden) >> numpy.uint64(11)) * 2.0**-53


def parse(words):
    """A workload as Workload.java reads it."""
    values = dict(word.split("=", 1) for word in words)
    values["units"] = [int(unit) for unit in values["units"].split(",")]
    for name, default in (("kernel", 1), ("size", 1), ("examples", 1), ("networks", 1), ("first", 0), ("seed", 1)):
        values[name] = int(values.get(name, default))
    values["rate"] = float(values.get("rate", 1e-9))
    return values


class TorchTraining:
    """One workload in PyTorch. Every variant takes the same steps; the script measures the fastest of its kind."""

    # with torch.optim.SGD; many channels also in PyTorch's other order of axes
    AUTOGRAD = ("squares-sgd", "mse-sgd")
    CHANNELS_LAST = ("channels-last-mse-sgd",)
    # gradients from autograd, update in place by hand
    BARE = ("mse-grad",)
    MANUAL = ("addr", "addmm", "addcmul", "scripted")

    def __init__(self, work, variant):
        self.work, self.variant = work, variant
        self.dtype = torch.float32 if work.get("precision") == "float32" else torch.float64
        units, kernel, size, networks = work["units"], work["kernel"], work["size"], work["networks"]
        self.cnn = work["kind"] == "cnn"
        examples = work["examples"]
        pixels = examples * units[0] * size * size
        streams = [64 * i for i in range(work["first"], work["first"] + networks)]
        images = [hashed(work["seed"], stream, pixels) for stream in streams]
        layers = []
        for layer in range(1, len(units)):
            fan_in = units[layer - 1] * kernel * kernel
            half = math.sqrt((6 if layer < len(units) - 1 else 3) / fan_in)
            count = units[layer] * fan_in
            layers.append([half * (2 * hashed(work["seed"], stream + layer, count) - 1) for stream in streams])
        tensor = lambda arrays, *shape: torch.cat([torch.from_numpy(a) for a in arrays]).to(self.dtype).reshape(shape)
        if self.cnn:
            self.image = tensor(images, examples, networks * units[0], size, size)
            self.weights = [
                tensor(arrays, networks * b, a, kernel, kernel) for arrays, a, b in zip(layers, units, units[1:])
            ]
        elif networks > 1:
            self.image = tensor(images, networks, units[0], 1)
            self.weights = [tensor(arrays, networks, b, a) for arrays, a, b in zip(layers, units, units[1:])]
        else:
            self.image = tensor(images, examples, units[0])
            self.weights = [tensor(arrays, b, a) for arrays, a, b in zip(layers, units, units[1:])]
        if variant in self.MANUAL:
            self.step = self.manual(variant)
        else:
            if variant in self.CHANNELS_LAST:
                self.image = self.image.contiguous(memory_format=torch.channels_last)
                self.weights = [w.contiguous(memory_format=torch.channels_last) for w in self.weights]
            for weight in self.weights:
                weight.requires_grad_()
            self.step = self.autograd(variant)

    def variants(work, loop):
        """Names of the variants of a loop, autograd, bare or manual, that exist for a workload."""
        if loop == "manual":
            single = work["kind"] == "fcn" and work["networks"] == 1
            return TorchTraining.MANUAL if single else ("addmm", "addcmul") if work["kind"] == "fcn" else ("addmm",)
        if loop == "bare":
            return TorchTraining.BARE
        many = work["kind"] == "cnn" and work["networks"] == 1 and len(work["units"]) > 2
        return TorchTraining.AUTOGRAD + (TorchTraining.CHANNELS_LAST if many else ())

    def forward(self):
        functional = torch.nn.functional
        signal = self.image
        for layer, weight in enumerate(self.weights):
            if self.cnn:
                padding = self.work["kernel"] // 2
                signal = functional.conv2d(signal, weight, padding=padding, groups=self.work["networks"])
            elif self.work["networks"] > 1:
                signal = torch.bmm(weight, signal)
            else:
                signal = functional.linear(signal, weight)
            if layer < len(self.weights) - 1:
                signal = functional.relu(signal)
        return signal

    def autograd(self, variant):
        rate, mse = self.work["rate"], torch.nn.functional.mse_loss
        optimizer = torch.optim.SGD(self.weights, lr=rate)

        def with_optimizer():
            optimizer.zero_grad(set_to_none=True)
            loss = mse(self.forward(), self.image, reduction="sum")
            loss.backward()
            optimizer.step()
            return loss

        def with_squares():
            optimizer.zero_grad(set_to_none=True)
            loss = ((self.forward() - self.image) ** 2).sum()
            loss.backward()
            optimizer.step()
            return loss

        def without_optimizer():
            loss = mse(self.forward(), self.image, reduction="sum")
            gradients = torch.autograd.grad(loss, self.weights)
            with torch.no_grad():
                for weight, gradient in zip(self.weights, gradients):
                    weight.sub_(gradient, alpha=rate)
            return loss

        return {"squares-sgd": with_squares, "mse-grad": without_optimizer}.get(variant, with_optimizer)

    def manual(self, variant):
        """One layer without autograd: preallocated, in place, the residual by one fused call, the image unfolded once.

        The loss is the sum of squares, its gradient 2 (f - y) xᵀ.
        """
        rate, networks = -2 * self.work["rate"], self.work["networks"]
        weights = self.weights[0]
        if self.cnn:
            kernel, pixels = self.work["kernel"], self.work["size"] ** 2
            units = self.work["units"]
            stack = self.image.reshape(networks, units[0], self.work["size"], self.work["size"])
            patches = torch.nn.functional.unfold(stack, kernel, padding=kernel // 2).contiguous()
            weights = weights.reshape(networks, units[1], units[0] * kernel * kernel)
            target = self.image.reshape(networks, units[1], pixels)
            if networks == 1:
                weights, patches, target = weights[0], patches[0], target[0]
        elif networks > 1:
            patches, target = self.image, self.image
        else:
            patches = target = self.image[0]
        residual = torch.empty_like(target)
        transposed = patches.transpose(-1, -2) if patches.dim() > 1 else patches.unsqueeze(0)
        self.residual = residual

        if patches.dim() == 1:
            column = residual.unsqueeze(1)
            updates = {
                "addr": lambda: weights.addr_(residual, patches, alpha=rate),
                "addmm": lambda: weights.addmm_(column, transposed, alpha=rate),
            }
            update = updates.get(variant, lambda: weights.addcmul_(column, transposed, value=rate))

            def step():
                torch.addmv(target, weights, patches, beta=-1, out=residual)
                update()

            if variant == "scripted":
                scripted = torch.jit.script(scripted_loop)
                self.loop = lambda steps: scripted(weights, patches, residual, column, transposed, rate, steps)
        elif patches.dim() == 2:

            def step():
                torch.addmm(target, weights, patches, beta=-1, out=residual)
                weights.addmm_(residual, transposed, alpha=rate)

        elif variant == "addcmul":

            def step():
                torch.bmm(weights, patches, out=residual)
                residual.sub_(target)
                weights.addcmul_(residual, transposed, value=rate)

        else:

            def step():
                torch.baddbmm(target, weights, patches, beta=-1, out=residual)
                weights.baddbmm_(residual, transposed, alpha=rate)

        return step

    def run(self, steps):
        """Takes steps; the loss before the last one."""
        if self.variant not in self.MANUAL:
            for _ in range(steps):
                loss = self.step()
            return loss.item()
        with torch.no_grad():
            if hasattr(self, "loop"):
                self.loop(steps)
            else:
                for _ in range(steps):
                    self.step()
            return self.residual.square().sum().item()

    def first_order(self):
        """Loss L, Σ g² and √Σ(g·w)² of weights w and loss gradient g, all at the start."""
        loss = torch.nn.functional.mse_loss(self.forward(), self.image, reduction="sum")
        gradients = torch.autograd.grad(loss, self.weights)
        squares = sum(gradient.double().square().sum().item() for gradient in gradients)
        sway = sum((g.double() * w.double()).square().sum().item() for g, w in zip(gradients, self.weights))
        return loss.item(), squares, math.sqrt(sway)


def scripted_loop(weights, image, residual, column, row, rate: float, steps: int):
    for _ in range(steps):
        torch.addmv(image, weights, image, beta=-1.0, alpha=1.0, out=residual)
        weights.addcmul_(column, row, value=rate)


def torch_worker():
    """Answers the commands of Worker.java, and three more that only the script needs."""
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    training = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            break
        if words[0] == "prepare":
            training = None
            values = parse(words[2:])
            training = TorchTraining(values, values.get("variant", "mse-sgd"))
            print("ready", flush=True)
        elif words[0] == "run":
            start = time.perf_counter()
            loss = training.run(int(words[1]))
            print(time.perf_counter() - start, loss, flush=True)
        elif words[0] == "first-order":
            print(*TorchTraining(parse(words[1:]), "mse-sgd").first_order(), flush=True)
        elif words[0] == "fastest":
            training = None
            print(*fastest_variant(parse(words[2:]), words[1]), flush=True)
        elif words[0] == "describe":
            print(json.dumps(describe_torch()), flush=True)
        else:
            raise SystemExit("unknown command " + words[0])


def fastest_variant(work, loop):
    """Times every variant for a quarter of a second; the fastest, and its seconds per step."""
    times = {}
    for variant in TorchTraining.variants(work, loop):
        training = TorchTraining(work, variant)
        training.run(2)
        start = time.perf_counter()
        steps = 0
        while steps < 3 or time.perf_counter() - start < 0.25:
            training.run(1)
            steps += 1
        times[variant] = (time.perf_counter() - start) / steps
    best = min(times, key=times.get)
    return best, times[best]


def describe_torch():
    torch.ones(64, 64) @ torch.ones(64, 64)
    with open("/proc/self/maps") as maps:
        files = {os.path.realpath(line.split()[-1]) for line in maps if "/" in line}
    wanted = ("blas", "dnnl", "mkl", "gomp")
    libraries = sorted({os.path.basename(f) for f in files if any(w in os.path.basename(f) for w in wanted)})
    settings = torch.__config__.show()
    return {
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "libraries": libraries,
        "config": [line.strip(" -") for line in settings.splitlines() if "CXX_FLAGS" not in line]
        + [part.strip() for part in settings.split(",") if "BLAS_INFO" in part or "USE_MKLDNN" in part],
    }


# ---------------------------------------------------------------------------------------------------------------------
# Processes
# ---------------------------------------------------------------------------------------------------------------------


class Worker:
    """A process that trains on demand, in one arrangement."""

    def __init__(self, name, command, threads, arrangement, extra):
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads)) | extra
        self.name, self.threads, self.arrangement = name, threads, arrangement
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=environment, cwd=ROOT
        )

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} ended while it was asked: {line}")
        return answer.strip()

    def prepare(self, workload):
        self.ask(f"prepare {self.threads} {workload}")

    def run(self, steps):
        seconds, loss = self.ask(f"run {steps}").split()
        return float(seconds), float(loss)

    def memory(self):
        """Resident memory now and at most, in MB of 10^6 bytes."""
        with open(f"/proc/{self.process.pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return tuple(int(lines[key].split()[0]) * 1024 / 1e6 for key in ("VmRSS", "VmHWM"))

    def close(self):
        try:
            self.process.stdin.write("quit\n")
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(timeout=60)


def java_flags():
    """Those of the launcher for a study."""
    flags = [
        "-Xmx1400m",
        "-XX:+UseSerialGC",
        f"-Dorg.bytedeco.javacpp.cachedir={ROOT}/target/natives",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=3g",
    ]
    vendor, can = processor()
    if "AuthenticAMD" in vendor and "avx512f" in can:
        flags.append("-XX:MaxVectorSize=32")
    if java_version() >= 24:
        flags += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return flags


def java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def java_version():
    text = subprocess.run([java(), "-version"], capture_output=True, text=True, check=True).stderr
    return int(text.split('"')[1].split(".")[0])


# threads that wait for each other about as long as Idem's do
SHORT_WAIT = {"GOMP_SPINCOUNT": "2000"}


def idem_worker(threads):
    if not (ROOT / "target/benchmark/classes").is_dir() or not (ROOT / "target/idem.jar").is_file():
        raise SystemExit("build first: mvn -B -ntp -P benchmark -Dmaven.test.skip=true package")
    path = f"{ROOT}/target/benchmark/classes:{ROOT}/target/idem.jar:{ROOT}/target/lib/*"
    command = [java(), *java_flags(), "-cp", path, "org.idem.benchmark.Worker"]
    return Worker("Idem", command, threads, named(threads), {"OMP_WAIT_POLICY": "PASSIVE"} | SHORT_WAIT)


def pytorch_worker(threads, short_wait=False):
    command = [sys.executable, __file__, "--worker"]
    arrangement = named(threads) + (", short wait" if short_wait else "")
    return Worker("PyTorch", command, threads, arrangement, SHORT_WAIT if short_wait else {})


def named(threads):
    return "1 thread" if threads == 1 else f"{threads} threads"


class Arrangements:
    """Both programs in every arrangement of at most so many threads."""

    def __init__(self, threads):
        counts = range(1, threads + 1)
        self.threads = threads
        self.idem = [idem_worker(n) for n in counts]
        self.pytorch = [pytorch_worker(n) for n in counts] + [pytorch_worker(n, True) for n in counts if n > 1]

    def close(self):
        for worker in self.idem + self.pytorch:
            worker.close()


def warm_up(worker, seconds):
    return warm_up_by(worker.run, seconds)


def warm_up_by(run, seconds):
    """Runs for a while in growing portions; least seconds per step of the portions of full length."""
    steps, spent, full = 1, 0.0, []
    while spent < seconds or len(full) < 2:
        took, _ = run(steps)
        spent += took
        if took < seconds / 4:
            steps, full = 2 * steps, []
        else:
            full.append(took / steps)
    return min(full)


# ---------------------------------------------------------------------------------------------------------------------
# Comparison
# ---------------------------------------------------------------------------------------------------------------------


def rounding_bound(workload, steps, start, last_loss):
    """Largest relative distance of two losses that differ by the order of their sums only.

    Roundings are taken as independent and of mean zero: a sum of n terms is off by at most λ·√n·u relative to its terms
    with λ = 5, except with probability 2·exp(−λ²/2) (Higham and Mary, A new approach to probabilistic rounding error
    analysis, 2019, doi:10.1137/18M1226312). To first order and relative to the last loss L, in units of λ·u, with w
    the weights, g the loss gradient, n the terms of all sums of one step and m the residuals, these move the loss:

      √n · √Σ(g·w)² / L       sums of the last forward pass, as if weights were perturbed one by one
      √steps · √Σ(g·w)² / L   rounding of the weights in every update; training does not expand what is there
      √n · ΔL / (L·√m)        rounding of all gradients, by which the loss fell less or more; m independent ones
      √(m/3)                  the sum of squares itself, if added up one after the other

    They are independent and so are the two programs: squares add, and the difference is √2 times as large. g and w are
    those of the start, as good as any while the loss halves. What the bound notices: `oneStep` is how far the loss
    moves in one step, and the script asks for a bound below that.
    """
    work = parse(workload.split())
    unit = 2.0**-24 if work.get("precision") == "float32" else 2.0**-53
    units, kernel, sites = work["units"], work["kernel"], work["size"] ** 2 * work["examples"]
    terms = sum(
        kernel**2 * a + sites + (kernel**2 * b if layer else 0)
        for layer, (a, b) in enumerate(zip(units, units[1:]))
    )
    residuals = units[-1] * sites * work["networks"]
    first_loss, _, sway = start
    parts = (
        math.sqrt(terms) * sway / last_loss,
        math.sqrt(steps) * sway / last_loss,
        math.sqrt(terms / residuals) * (first_loss / last_loss - 1),
        math.sqrt(residuals / 3),
    )
    return 5 * math.sqrt(2) * unit * math.sqrt(sum(part**2 for part in parts))


# steps after which losses of float32 are compared at the latest
FLOAT32_STEPS = 1000
# seconds that a round of the slower program may take
LONGEST_ROUND = 1.0


def fastest_pytorch(workload, pytorch, kind):
    """The fastest of the processes, and its fastest variant of a loop."""
    times = {}
    for worker in pytorch:
        variant, seconds = worker.ask(f"fastest {kind} {workload}").split()
        times[worker, variant] = float(seconds)
    return min(times, key=times.get)


# seconds in which the Java virtual machine compiles what a choice between threads depends on
COMPILED = 2.0


def fastest_idem(workload, idem, seconds):
    """The fastest of the processes, its fastest trainer, and seconds per step."""
    times = {}
    warm = 4 * seconds if len(idem) == 1 else max(4 * seconds, COMPILED)
    for worker in idem:
        for engine in trainers(parse(workload.split())):
            worker.prepare(f"{workload} engine={engine}")
            times[worker, engine] = warm_up(worker, warm)
        # large networks need not stay in memory
        worker.prepare("kind=fcn units=1,1")
    best = min(times, key=times.get)
    return *best, times[best]


def compare(workload, programs, kinds, rounds, seconds):
    """One row of a table: alternates Idem and PyTorch's loops of the kinds given, each in its best arrangement.

    PyTorch runs the fastest of the variants of TorchTraining, Idem the faster of its trainers.
    """
    first_order = programs.pytorch[0].ask(f"first-order {workload}").split()
    loss, squares, sway = (float(word) for word in first_order)
    chosen = {kind: fastest_pytorch(workload, programs.pytorch, kind) for kind in kinds}
    idem, engine, speed = fastest_idem(workload, programs.idem, seconds)
    variants = {kind: variant for kind, (_, variant) in chosen.items()} | {"idem": engine}
    speeds = {"idem": speed}
    for kind, (worker, variant) in chosen.items():
        worker.prepare(f"{workload} variant={variant}")
        speeds[kind] = warm_up(worker, seconds)
    # a round of the faster program lasts as long as asked for, unless the slower one would take very much longer
    portion = max(3, math.ceil(min(seconds / min(speeds.values()), LONGEST_ROUND / max(speeds.values()))))
    total = portion * (rounds + 1)
    # To first order the loss halves over the whole run: neither convergence nor numbers too small to compare. In
    # float32 it halves sooner, lest updates become too small to change a weight; then losses are compared there.
    compared = min(total, FLOAT32_STEPS) if "float32" in workload else total
    rate = loss / squares / 2 / compared
    started = f"{workload} rate={rate!r}"

    times = {name: [] for name in speeds}
    losses = {}
    workers, more = {"idem": idem}, []
    idem.prepare(f"{started} engine={engine}")
    for kind, (worker, variant) in chosen.items():
        # a process each, so that every loop keeps its own network
        if worker in workers.values():
            worker = pytorch_worker(worker.threads, worker.arrangement.endswith("short wait"))
            more.append(worker)
        worker.prepare(f"{started} variant={variant}")
        workers[kind] = worker
    for index in range(rounds + 1):
        order = list(workers) if index % 2 == 0 else list(workers)[::-1]
        for name in order:
            took, losses[name] = workers[name].run(portion)
            if index > 0:
                times[name].append(took / portion)
    if compared < total:
        for name, worker in workers.items():
            kind = "engine" if name == "idem" else "variant"
            worker.prepare(f"{started} {kind}={variants[name]}")
            _, losses[name] = worker.run(compared)
    for worker in more:
        worker.close()
    bound = rounding_bound(workload, compared, (loss, squares, sway), losses["idem"])
    row = {
        "workload": workload,
        "threads": programs.threads,
        "arrangements": {name: worker.arrangement for name, worker in workers.items()},
        "steps": total,
        "stepsCompared": compared,
        "rate": rate,
        "variants": variants,
        "secondsPerStep": times,
        "lossAtStart": loss,
        "lossAtEnd": losses,
        "lossDistance": max(abs(losses[k] - losses["idem"]) / losses["idem"] for k in kinds),
        "lossBound": bound,
        "oneStep": (loss / losses["idem"] - 1) / compared,
        "ratios": {k: quartiles([a / b for a, b in zip(times["idem"], times[k])]) for k in kinds},
    }
    row["lossesAgree"] = row["lossDistance"] <= bound < row["oneStep"]
    return row


def trainers(work):
    """Those of Idem that can do the work."""
    if len(work["units"]) > 2:
        return ("deep",)
    return ("together",) if work["networks"] > 1 else ("deep", "one-layer", "together")


def quartiles(values):
    """Lower quartile, median, upper quartile."""
    if len(values) < 2:
        return [values[0]] * 3
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return [low, middle, high]


FCN784 = "kind=fcn units=784,784 precision=float64"
CNN3 = "kind=cnn units=3,3 kernel=5 size=28 precision=float64"
FCN_MANY = "kind=fcn units=16,16 networks=256 precision=float64"
CNN_MANY = "kind=cnn units=1,1 kernel=3 size=8 networks=256 precision=float64"
DEEP_FCN = "kind=fcn units=784,2048,2048,2048,2048,2048,784 precision=float32"
DEEP_CNN = "kind=cnn units=1,128,128,128,128,1 kernel=5 size=28 precision=float32"

# name, workload, threads, PyTorch's loop, largest ratio wanted (none: reported only)
ACCEPTANCE = [
    ("one-layer FCN 784×784, one example, float64", FCN784, 1, "autograd", 0.15),
    ("one-layer FCN 784×784, one example, float64", FCN784, 1, "bare", None),
    ("one-layer FCN 784×784, one example, float64", FCN784, 1, "manual", 0.75),
    ("one-layer CNN 28×28×3, K = 5, float64", CNN3, 1, "autograd", 0.15),
    ("one-layer CNN 28×28×3, K = 5, float64", CNN3, 1, "bare", None),
    ("one-layer CNN 28×28×3, K = 5, float64", CNN3, 1, "manual", None),
    ("256 FCNs 16×16, float64", FCN_MANY, 1, "autograd", 0.20),
    ("256 FCNs 16×16, float64", FCN_MANY, 1, "bare", None),
    ("256 FCNs 16×16, float64", FCN_MANY, 1, "manual", None),
    ("256 CNNs 8×8, K = 3, float64", CNN_MANY, 1, "autograd", 0.20),
    ("256 CNNs 8×8, K = 3, float64", CNN_MANY, 1, "bare", None),
    ("256 CNNs 8×8, K = 3, float64", CNN_MANY, 1, "manual", None),
    ("deep FCN 784–5×2048–784, float32, batch 1", DEEP_FCN, 1, "autograd", 0.20),
    ("deep CNN 1–4×128–1, 5×5, 28×28, float32, batch 1", DEEP_CNN, 1, "autograd", 1.00),
    ("deep CNN 1–4×128–1, 5×5, 28×28, float32, batch 1, 2 threads", DEEP_CNN, 2, "autograd", 1.00),
]


def run_acceptance(arguments):
    rows, done = [], {}
    for threads in sorted({entry[2] for entry in ACCEPTANCE}):
        programs = Arrangements(threads)
        for name, workload, wanted, loop, limit in ACCEPTANCE:
            if wanted != threads or (arguments.only and arguments.only not in name + workload):
                continue
            if (workload, threads) not in done:
                kinds = tuple(entry[3] for entry in ACCEPTANCE if entry[1:3] == (workload, threads))
                done[workload, threads] = compare(workload, programs, kinds, arguments.rounds, arguments.seconds)
            row = dict(done[workload, threads], name=name, loop=loop, limit=limit)
            rows.append(row)
            print(acceptance_line(row), flush=True)
        programs.close()
    return {"acceptance": rows}


def acceptance_line(row):
    low, middle, high = row["ratios"][row["loop"]]
    work = parse(row["workload"].split())
    each = f" ({row['variants'][row['loop']]})"
    engine = f" ({row['variants']['idem']})"
    idem = statistics.median(row["secondsPerStep"]["idem"]) / work["networks"]
    pytorch = statistics.median(row["secondsPerStep"][row["loop"]]) / work["networks"]
    limit = "" if row["limit"] is None else f"{row['limit']:.2f} {'reached' if middle <= row['limit'] else 'MISSED'}"
    agree = f"{row['lossDistance']:.1e} of {row['lossBound']:.1e}" + ("" if row["lossesAgree"] else " DISAGREE")
    cells = [row["name"], row["loop"] + each, duration(idem) + engine + arranged(row, "idem"),
             duration(pytorch) + arranged(row, row["loop"]), f"{middle:.3f} [{low:.3f}, {high:.3f}]", limit, agree]
    return "| " + " | ".join(cells) + " |"


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size or unit == "ns":
            return f"{seconds / size:.3g} {unit}"


# ---------------------------------------------------------------------------------------------------------------------
# Growth
# ---------------------------------------------------------------------------------------------------------------------


STUDIES = "CNNs of the sizes that studies use, float32, one image"


def growth_series():
    """(title, name of the variable, [(value, workload)])"""
    cnn = lambda depth, kernel: ",".join(["1"] + ["128"] * (depth - 1) + ["1"]) + f" kernel={kernel} size=28"
    study = lambda layers, channels, kernel, size: (
        f"kind=cnn units={','.join(['1'] + [str(channels)] * (layers - 1) + ['1'])} kernel={kernel} size={size} "
        "precision=float32")
    depths = (1, 2, 3, 5, 10, 20)
    yield "One-layer FCN d×d, one example, float64", "d", [
        (d, f"kind=fcn units={d},{d} precision=float64") for d in (64, 128, 256, 512, 784, 1024, 2048, 4096)]
    yield "One-layer CNN 28×28×1, float64", "K", [
        (k, f"kind=cnn units=1,1 kernel={k} size=28 precision=float64") for k in (3, 5, 9, 15, 21, 27, 35, 45, 57)]
    yield "FCN of width 784, float32, one example", "depth", [
        (n, f"kind=fcn units={','.join(['784'] * (n + 1))} precision=float32") for n in depths]
    yield "CNN of 128 channels, 3×3, 28×28, float32, one image", "depth", [
        (n, f"kind=cnn units={cnn(n, 3)} precision=float32") for n in depths]
    yield "CNN of 128 channels, 5×5, 28×28, float32, one image", "depth", [
        (n, f"kind=cnn units={cnn(n, 5)} precision=float32") for n in depths]
    yield STUDIES, "network", [
        (f"{layers} layers, {channels} channels, {kernel}×{kernel}, {size}×{size}", study(layers, channels, kernel, size))
        for layers, channels, kernel, size in (
            (5, 16, 3, 14), (5, 16, 3, 28), (5, 32, 3, 28), (5, 32, 5, 28), (5, 32, 7, 28), (5, 32, 15, 28), (5, 64, 3, 28),
            (10, 128, 3, 28), (5, 128, 5, 28), (5, 128, 7, 28), (5, 128, 9, 28), (5, 512, 3, 28), (5, 1024, 3, 28))]
    yield "CNN of 5 layers, 32 channels, 3×3, 28×28, float32", "images in a step", [
        (n, study(5, 32, 3, 28) + f" examples={n}") for n in (1, 16, 64)]
    yield "FCNs 16×16, one example each, float64; time per network-step", "networks", [
        (n, f"kind=fcn units=16,16 networks={n} precision=float64") for n in (1, 4, 16, 64, 256, 1024, 4096)]
    yield "CNNs 8×8, K = 3, float64; time per network-step", "networks", [
        (n, f"kind=cnn units=1,1 kernel=3 size=8 networks={n} precision=float64")
        for n in (1, 4, 16, 64, 256, 1024, 4096)]


def run_growth(arguments):
    series = []
    for title, variable, points in growth_series():
        if arguments.only and arguments.only not in title:
            continue
        rows = []
        print("\n" + title, flush=True)
        for threads in (1, 2):
            programs = Arrangements(threads)
            for value, workload in points:
                row = compare(workload, programs, ("autograd",), arguments.rounds, arguments.seconds)
                rows.append(dict(row, value=value))
                print(variable, value, "threads", threads, growth_cells(row), flush=True)
            programs.close()
        series.append({"title": title, "variable": variable, "rows": rows})
        if title == STUDIES:
            # the largest network takes minutes to prepare twice
            series[-1]["pairs"] = run_pairs(points[:-1], arguments)
    return {"growth": series}


def run_pairs(points, arguments):
    """Two networks at once on two processors."""
    idem, pytorch = idem_worker(1), [pytorch_worker(1) for _ in range(2)]
    rows = []
    for value, workload in points:
        rows.append(dict(compare_pairs(workload, idem, pytorch, arguments.rounds, arguments.seconds), value=value))
        print("two networks at once,", value, pair_cells(rows[-1]), flush=True)
    for worker in [idem, *pytorch]:
        worker.close()
    return rows


def compare_pairs(workload, idem, pytorch, rounds, seconds):
    """Two networks at once: two threads of Idem, two processes of PyTorch, one thread for each network."""
    singles = [f"{workload} first={first}" for first in range(2)]
    starts = [tuple(map(float, pytorch[0].ask(f"first-order {single}").split())) for single in singles]
    variant = fastest_pytorch(singles[0], pytorch[:1], "autograd")[1]

    def prepare(rate):
        idem.prepare(f"{workload} networks=2 engine=side-by-side rate={rate!r}")
        for worker, single in zip(pytorch, singles):
            worker.prepare(f"{single} variant={variant} rate={rate!r}")

    def run_pytorch(steps):
        """Seconds of the slower process, sum of the losses."""
        with concurrent.futures.ThreadPoolExecutor(len(pytorch)) as pool:
            answers = list(pool.map(lambda worker: worker.run(steps), pytorch))
        return max(took for took, _ in answers), sum(loss for _, loss in answers)

    prepare(1e-9)
    speeds = {"idem": warm_up(idem, max(4 * seconds, COMPILED)), "autograd": warm_up_by(run_pytorch, seconds)}
    portion = max(3, math.ceil(seconds / min(speeds.values())))
    loss, squares, _ = starts[0]
    compared = min(portion, FLOAT32_STEPS)
    prepare(loss / squares / 2 / compared)
    losses = {"idem": idem.run(compared)[1], "autograd": run_pytorch(compared)[1]}
    times = {"idem": [], "autograd": []}
    for index in range(rounds):
        for name in list(times) if index % 2 == 0 else list(times)[::-1]:
            took, _ = idem.run(portion) if name == "idem" else run_pytorch(portion)
            times[name].append(took / portion)
    # losses of the two networks differ by far less than the bounds for each do
    bound = max(rounding_bound(single, compared, start, losses["idem"] / 2) for single, start in zip(singles, starts))
    row = {
        "workload": workload,
        "variant": variant,
        "secondsPerStep": times,
        "lossAtEnd": losses,
        "lossDistance": abs(losses["autograd"] - losses["idem"]) / losses["idem"],
        "lossBound": bound,
        "oneStep": (sum(start[0] for start in starts) / losses["idem"] - 1) / compared,
        "ratio": quartiles([a / b for a, b in zip(times["idem"], times["autograd"])]),
    }
    row["lossesAgree"] = row["lossDistance"] <= bound < row["oneStep"]
    return row


def pair_cells(row):
    low, middle, high = row["ratio"]
    flag = "" if row["lossesAgree"] else " (losses DISAGREE)"
    cells = [duration(statistics.median(row["secondsPerStep"][name])) for name in ("idem", "autograd")]
    return [*cells, f"{middle:.2f} [{low:.2f}, {high:.2f}]{flag}"]


def growth_cells(row):
    networks = parse(row["workload"].split())["networks"]
    idem, pytorch = (statistics.median(row["secondsPerStep"][k]) / networks for k in ("idem", "autograd"))
    flag = "" if row["lossesAgree"] else " (losses DISAGREE)"
    low, middle, high = row["ratios"]["autograd"]
    times = [duration(time) + arranged(row, name) for time, name in ((idem, "idem"), (pytorch, "autograd"))]
    return [*times, f"{middle:.2f} [{low:.2f}, {high:.2f}]{flag}"]


def arranged(row, name):
    """In brackets, an arrangement that is not the one of the column's head."""
    arrangement = row["arrangements"][name]
    return "" if arrangement == named(row["threads"]) else f" ({arrangement})"


# ---------------------------------------------------------------------------------------------------------------------
# Memory
# ---------------------------------------------------------------------------------------------------------------------


def run_memory(arguments):
    channels = ",".join(["1"] + ["128"] * 19 + ["1"])
    narrow = ",".join(["1"] + ["16"] * 19 + ["1"])
    few, many = arguments.memory_steps, arguments.growth_steps
    both = {"idem": idem_worker, "pytorch": pytorch_worker}
    cases = [
        ("20 layers, 128 channels, 5×5, 28×28", f"kind=cnn units={channels} kernel=5 size=28", few, both),
        ("20 layers, 128 channels, 3×3, 28×28", f"kind=cnn units={channels} kernel=3 size=28", few, both),
        ("20 layers, 16 channels, 3×3, 28×28", f"kind=cnn units={narrow} kernel=3 size=28", many, both),
    ]
    if arguments.wide_steps:
        cases.append(("20 layers, 128 channels, 3×3, 28×28, watched for long", f"kind=cnn units={channels} kernel=3 size=28",
                      arguments.wide_steps, {"idem": idem_worker}))
    rows = []
    for name, workload, steps, programs in cases:
        if arguments.only and arguments.only not in name:
            continue
        row = {"name": name, "workload": workload, "steps": steps}
        for label, start in programs.items():
            worker = start(1)
            worker.prepare("kind=cnn units=1,2,1 kernel=3 size=8 precision=float32")
            worker.run(1)
            base = worker.memory()[0]
            worker.prepare(f"{workload} precision=float32 rate=1e-9")
            samples = [[0, worker.memory()[0]]]
            done = 0
            while done < steps:
                portion = min(max(1, min(500, steps // 20)), steps - done)
                worker.run(portion)
                done += portion
                samples.append([done, worker.memory()[0]])
            row[label] = {"base": base, "peak": worker.memory()[1], "samples": samples}
            worker.close()
        rows.append(row)
        print(memory_line(row), flush=True)
    return {"memory": rows}


def memory_line(row):
    cells = [row["name"], str(row["steps"])]
    for label in ("idem", "pytorch"):
        if label not in row:
            cells += ["–"] * 4
            continue
        part = row[label]
        settled = [value for _, value in part["samples"][1:]]
        half = settled[len(settled) // 2]
        cells += [f"{part['base']:.0f} MB", f"{part['peak'] - part['base']:.0f} MB",
                  f"{settled[-1] - settled[0]:+.1f} MB", f"{settled[-1] - half:+.1f} MB"]
    return "| " + " | ".join(cells) + " |"


# ---------------------------------------------------------------------------------------------------------------------
# Whole verify
# ---------------------------------------------------------------------------------------------------------------------


def run_verify(arguments):
    """Builds both commits in clones, then runs their default `idem verify` in alternation."""
    with tempfile.TemporaryDirectory(prefix="idem-verify-") as folder:
        clones = {}
        for label, commit in (("before", arguments.verify_against), ("now", "HEAD")):
            resolved = git("rev-parse", "--short", commit + "^{commit}")
            clone = pathlib.Path(folder, label)
            subprocess.run(["git", "clone", "-q", "--no-checkout", str(ROOT), str(clone)], check=True)
            subprocess.run(["git", "-C", str(clone), "checkout", "-q", "--detach", git("rev-parse", commit)], check=True)
            subprocess.run([str(clone / "idem"), "theorems"], check=True, stdout=subprocess.DEVNULL)
            clones[label] = (resolved, clone)
        times = {label: [] for label in clones}
        results = {}
        for index in range(arguments.verify_rounds):
            for label in list(clones) if index % 2 == 0 else list(clones)[::-1]:
                _, clone = clones[label]
                target = clone / "target"
                command = [str(clone / "idem"), "verify", "--report", str(target / "report"),
                           "--json", str(target / "results.json")]
                start = time.perf_counter()
                code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
                times[label].append(time.perf_counter() - start)
                if code != 0:
                    raise SystemExit(f"idem verify of {label} ended with exit code {code}")
                results[label] = json.loads((target / "results.json").read_text())
                print(label, f"{times[label][-1]:.1f} s", flush=True)
    verdicts = {label: {t["id"]: t["verdict"] for t in result["theorems"]} for label, result in results.items()}
    both = verdicts["before"].keys() & verdicts["now"].keys()
    row = {
        "changedVerdicts": {i: [verdicts["before"][i], verdicts["now"][i]] for i in sorted(both)
                            if verdicts["before"][i] != verdicts["now"][i]},
        "newTheorems": sorted(verdicts["now"].keys() - both),
        "commits": {label: clones[label][0] for label in clones},
        "seconds": times,
        "ratio": quartiles([now / before for now, before in zip(times["now"], times["before"])]),
    }
    return {"verify": row}


# ---------------------------------------------------------------------------------------------------------------------
# Record
# ---------------------------------------------------------------------------------------------------------------------


def git(*words):
    return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True).stdout.strip()


def machine():
    with open("/proc/cpuinfo") as info:
        lines = [line.split(":", 1) for line in info if ":" in line]
    cpu = {key.strip(): value.strip() for key, value in lines}
    release = subprocess.run([java(), "-version"], capture_output=True, text=True, check=True).stderr.splitlines()
    widths = [name for name in ("avx2", "avx512f", "amx_tile") if name in cpu.get("flags", "").split()]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    pytorch = pytorch_worker(1)
    described = json.loads(pytorch.ask("describe"))
    pytorch.close()
    changed = git("status", "--porcelain", "--untracked-files=no")
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": git("rev-parse", "--short", "HEAD") + (" with local changes" if changed else ""),
        "cpu": cpu.get("model name", platform.machine()),
        "cpuModel": f"family {cpu.get('cpu family')}, model {cpu.get('model')}",
        "vectors": widths,
        "cores": os.cpu_count(),
        "memoryGB": round(memory, 1),
        "system": f"{platform.system()} {platform.release()}",
        "jdk": release[-1].strip() + ", " + release[0].strip(),
        "loadAverageAtStart": os.getloadavg()[0],
        **described,
    }


def markdown(record):
    about = record["machine"]
    lines = [
        "# Idem and PyTorch side by side" if "verify" not in record else "# Whole `idem verify`",
        "",
        f"{about['date']}, commit {about['commit']}. {about['cpu']} ({about['cpuModel']}, "
        f"{', '.join(about['vectors'])}), {about['cores']} cores, {about['memoryGB']} GB, {about['system']}; "
        f"{about['jdk']}; PyTorch {about['torch']} with {', '.join(about['libraries'])}; NumPy {about['numpy']}; "
        f"load average at the start {about['loadAverageAtStart']:.2f}.",
        "",
        f"Made by `{record['command']}`.",
        "",
    ]
    if "acceptance" in record:
        lines += [
            "Time of Idem / time of PyTorch in the same round: median [quartiles]. Times are medians per step, per "
            "network-step where there are many networks. Losses at the end: relative distance, and the largest that "
            "rounding explains. PyTorch's loops: autograd with torch.optim.SGD, bare for autograd with the update by "
            "hand, manual without autograd; in brackets the fastest variant, which is the one measured, and which of "
            "Idem's trainers. Each program runs in the fastest of its arrangements of threads; one in brackets beat the "
            "number of threads that the row allows. Short wait: GOMP_SPINCOUNT=2000.",
            "",
            "| work | PyTorch's loop | Idem | PyTorch | ratio | at most | losses |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *map(acceptance_line, record["acceptance"]),
            "",
        ]
    for series in record.get("growth", []):
        lines += [f"## {series['title']}", "", "Idem, PyTorch (autograd), ratio: median [quartiles]. Each program runs "
                  "in the fastest of its arrangements; where two threads are allowed, an arrangement in brackets is one "
                  "that beat two threads. Short wait: GOMP_SPINCOUNT=2000.", ""]
        lines += [f"| {series['variable']} | Idem, 1 thread | PyTorch | ratio | Idem, 2 threads | PyTorch | ratio |",
                  "| --- |" + " --- |" * 6]
        for value in dict.fromkeys(row["value"] for row in series["rows"]):
            cells = [str(value)]
            for row in series["rows"]:
                if row["value"] == value:
                    cells += growth_cells(row)
            lines.append("| " + " | ".join(cells) + " |")
        lines.append("")
        if "pairs" in series:
            lines += ["Two networks at once on two processors, time until both have taken a step: two threads of Idem, "
                      "two processes of PyTorch.", "",
                      f"| {series['variable']} | Idem | PyTorch | ratio |", "| --- | --- | --- | --- |"]
            lines += ["| " + " | ".join([row["value"], *pair_cells(row)]) + " |" for row in series["pairs"]] + [""]
    if "memory" in record:
        lines += [
            "Resident memory in MB (10⁶ bytes). Base: libraries loaded and one tiny step taken. Growth: from the first "
            "sample after the start, and from the middle, to the last.",
            "",
            "| network | steps | Idem: base | peak beyond it | growth | in the second half "
            "| PyTorch: base | peak beyond it | growth | in the second half |",
            "| --- |" + " --- |" * 9,
            *map(memory_line, record["memory"]),
            "",
        ]
    if "verify" in record:
        row = record["verify"]
        low, middle, high = row["ratio"]
        lines += ["| commit | seconds, median | all |", "| --- | --- | --- |"]
        for label in ("before", "now"):
            seconds = row["seconds"][label]
            lines.append(f"| {label}: {row['commits'][label]} | {statistics.median(seconds):.1f} | "
                         + ", ".join(f"{s:.1f}" for s in seconds) + " |")
        changed = ", ".join(f"{i}: {a} → {b}" for i, (a, b) in row["changedVerdicts"].items()) or "none"
        lines += ["", f"Ratio now / before: {middle:.3f} [{low:.3f}, {high:.3f}]. Changed verdicts: {changed}. "
                  f"Theorems that are new: {', '.join(row['newTheorems']) or 'none'}.", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="NAME", help="writes NAME.md and NAME.json")
    parser.add_argument("--rounds", type=int, help="rounds measured (default: 9, growth 5)")
    parser.add_argument("--seconds", type=float, help="least length of a round (default: 0.3, growth 0.1)")
    parser.add_argument("--only", help="only work whose name or description contains this")
    parser.add_argument("--growth", action="store_true", help="time of a step against size, kernel, depth, networks")
    parser.add_argument("--memory", action="store_true", help="resident memory")
    parser.add_argument("--memory-steps", type=int, default=200, help="steps of the wide networks (default: 200)")
    parser.add_argument("--growth-steps", type=int, default=10000, help="steps of the narrow one (default: 10000)")
    parser.add_argument("--wide-steps", type=int, default=0,
                        help="steps of a wide one by Idem alone, a quarter of an hour for 10000 (default: none)")
    parser.add_argument("--verify-against", metavar="COMMIT", help="times `idem verify` of HEAD and of this commit")
    parser.add_argument("--verify-rounds", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        torch_worker()
        return
    arguments.rounds = arguments.rounds or (5 if arguments.growth else 9)
    arguments.seconds = arguments.seconds or (0.1 if arguments.growth else 0.3)
    words = sys.argv[1:]
    record = {"machine": machine(), "command": "python3 src/benchmark/python/side_by_side.py " + " ".join(words)}
    if arguments.verify_against:
        record |= run_verify(arguments)
    elif arguments.memory:
        record |= run_memory(arguments)
    elif arguments.growth:
        record |= run_growth(arguments)
    else:
        record |= run_acceptance(arguments)
    text = markdown(record)
    print("\n" + text)
    if arguments.out:
        out = pathlib.Path(arguments.out)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.with_suffix(".md").write_text(text)
        out.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n")
    disagree = [row["workload"] for row in record.get("acceptance", []) if not row["lossesAgree"]]
    disagree += [row["workload"] for series in record.get("growth", []) for row in series["rows"] + series.get("pairs", [])
                 if not row["lossesAgree"]]
    if disagree:
        raise SystemExit("losses disagree: " + "; ".join(disagree))


if __name__ == "__main__":
    main()

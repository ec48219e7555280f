"""Trains one-layer networks with PyTorch and lets `idem check` judge them.

usage: check_acceptance.py TRUE ONE TWO SEED [MNIST]

TRUE networks are truthfully told: with their settings, with --any-optimiser, stored in narrower formats; as many more are
trained by Adam, RMSProp, Adagrad or weight decay and held against --any-optimiser alone. ONE networks have one setting
misreported that makes a difference, TWO have two. Every network of float32 and of float64, fully connected or
convolutional, with and without bias, from one to three times as many examples as dimensions, some with dead pixels, has
a chance. SEED is the number from which all of this is drawn. All command lines run in one Java process; Idem has to be
built, tests included (mvn -DskipTests package). Counts go to stdout, each surprise gets a line; stderr says how far it is
and how long it took. Exit 0 if no true account was refuted and no wrong cause stood alone, 1 if one was or did, 69 if
this Python has no PyTorch or NumPy.
"""
import collections, contextlib, gzip, json, os, pathlib, subprocess, sys, tempfile, time
try:
    import numpy as np, torch
except ImportError as lacking:
    print(f"{sys.executable} has no {lacking.name}: pip install torch numpy, or Debian's python3-torch", file=sys.stderr)
    sys.exit(69)  # a service is unavailable, says sysexits.h

HOME = pathlib.Path(__file__).resolve().parents[3]
if not 5 <= len(sys.argv) <= 6 or not all(word.isdigit() for word in sys.argv[1:5]):
    print("usage: check_acceptance.py TRUE ONE TWO SEED [MNIST], four whole numbers, for instance 30 20 20 1", file=sys.stderr)
    sys.exit(2)
TRUE, ONE, TWO, SEED = (int(word) for word in sys.argv[1:5])
MNIST = sys.argv[5] if len(sys.argv) > 5 else os.environ.get("IDEM_MNIST")
torch.set_num_threads(1)
rng = np.random.default_rng(SEED)
ARRAYS = ("transposed", "flipped", "exchanged")


class Progress:
    """Says on stderr how much of some work is done: every half second on a terminal, elsewhere every ten."""

    def __init__(self, words, total):
        self.words, self.total, self.done = words, total, 0
        self.began = self.said = time.monotonic()

    def step(self):
        self.done += 1
        now = time.monotonic()
        line = f"{self.words}: {self.done} of {self.total}, {now - self.began:.0f} s so far"
        if sys.stderr.isatty():
            if now - self.said > 0.5 or self.done == self.total:
                self.said = now
                print("\r\x1b[2K" + line, end="\n" if self.done == self.total else "", file=sys.stderr, flush=True)
        elif now - self.said > 10 or self.done == self.total:
            self.said = now
            print(line, file=sys.stderr, flush=True)


def pick(*options):
    return options[int(rng.integers(len(options)))]


def pixels(n, c, side):
    if MNIST and side == 28:
        data = np.frombuffer(gzip.open(f"{MNIST}/t10k-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
        return data.reshape(-1, 28, 28)[rng.integers(0, 10000, n * c)].reshape(n, c, 28, 28) / 255.0
    return rng.standard_normal((n, c, side, side)) if rng.integers(2) else rng.random((n, c, side, side))


def draw():
    """One training run: its data, settings and network, untrained."""
    case = {"kind": pick("fcn", "cnn"), "bias": bool(rng.integers(2)), "loss": pick("mean", "sum", "half-sum")}
    dtype = pick(torch.float32, torch.float64)
    torch.manual_seed(int(rng.integers(1 << 30)))
    if case["kind"] == "fcn":
        d = pick(2, 4, 7, 12, 20, 784)
        n = int(rng.integers(1, 3 * d + 1)) if d < 784 else int(rng.integers(1, 6))
        x = rng.standard_normal((n, d)) if d < 784 else pixels(n, 1, 28).reshape(n, 784)
        if rng.random() < 0.25:
            x[:, rng.random(d) < 0.4] = 0  # dead pixels
        if rng.random() < 0.1:
            x[-1] = x[0]
        k = d if d == 784 or rng.integers(2) else int(rng.integers(1, 9))
        x = torch.tensor(x).to(dtype)
        net = torch.nn.Linear(d, k, bias=case["bias"])
        columns = x.double()
    else:
        side, c = pick((5, 1), (7, 2), (9, 3), (12, 1), (28, 1), (28, 3))
        n, k = int(rng.integers(1, 4)), pick(1, 3, 3, 5)
        out = c if rng.integers(2) else int(rng.integers(1, 4))
        x = torch.tensor(pixels(n, c, side)).to(dtype)
        case["padding"] = pick("same", "circular", "valid")
        pad = 0 if case["padding"] == "valid" else k // 2
        mode = "circular" if case["padding"] == "circular" else "zeros"
        net = torch.nn.Conv2d(c, out, k, padding=pad, padding_mode=mode, bias=case["bias"])
        wide = torch.nn.functional.pad(x.double(), [pad] * 4, mode="circular") if mode == "circular" else x.double()
        columns = torch.nn.functional.unfold(wide, k, padding=0 if mode == "circular" else pad)
        columns = columns.transpose(1, 2).reshape(-1, c * k * k)
    net = net.to(dtype)
    if case["bias"]:
        columns = torch.cat([columns, torch.ones(len(columns), 1)], 1)
    with torch.no_grad():
        shape = net(x).shape
    same = shape[1] == x.shape[1]
    case["task"] = pick("identity", "given") if same else "given"
    cut = (x.shape[-1] - shape[-1]) // 2 if case["kind"] == "cnn" else 0
    y = x[:, :, cut : x.shape[-2] - cut, cut : x.shape[-1] - cut] if cut else x
    if case["task"] == "given":
        y = torch.tensor(rng.standard_normal(tuple(shape))).to(dtype)
    scale = {"mean": 2 / y.numel(), "sum": 2, "half-sum": 1}[case["loss"]]
    values = torch.linalg.svdvals(columns)
    curvature = scale * float(values[0]) ** 2 or 1.0
    case["modes"] = int((values > 1e-6 * values[0]).sum())
    case["method"] = pick("plain", "momentum", "nesterov", "decay", "both")
    case["momentum"] = pick(0.5, 0.9, 0.99) if case["method"] in ("momentum", "nesterov", "both") else 0.0
    case["nesterov"] = case["method"] == "nesterov" or case["method"] == "both" and bool(rng.integers(2))
    case["decay"] = float(f"{curvature * pick(1e-4, 1e-3, 1e-2):.0e}") if case["method"] in ("decay", "both") else 0.0
    # a common way to write a rate: two digits
    case["rate"] = float(f"{rng.uniform(0.2, 0.9) / (curvature + case['decay']):.1e}")
    case["steps"] = int(np.exp(rng.uniform(np.log(5), np.log(400))))
    case["precision"] = "float32" if dtype == torch.float32 else "float64"
    return case, net, x, y


def sgd(net, case):
    return torch.optim.SGD(net.parameters(), case["rate"], case["momentum"], 0, case["decay"], case["nesterov"])


def adaptive(net, case):
    kind = pick("Adam", "RMSprop", "Adagrad")
    return getattr(torch.optim, kind)(net.parameters(), lr=pick(1e-1, 1e-2, 1e-3))


def train(net, x, y, case, method=sgd):
    method = method(net, case)
    factor = 0.5 if case["loss"] == "half-sum" else 1
    loss = torch.nn.MSELoss(reduction="mean" if case["loss"] == "mean" else "sum")
    for _ in range(case["steps"]):
        method.zero_grad()
        (factor * loss(net(x), y)).backward()
        method.step()
    return [p.detach().clone() for p in net.parameters()]


def trained(method=sgd):
    """A run that ends in finite numbers, with its arrays."""
    while True:
        case, net, x, y = draw()
        start = [p.detach().clone() for p in net.parameters()]
        end = train(net, x, y, case, method)
        if all(torch.isfinite(p).all() for p in end):
            arrays = {"X": x, "W0": start[0], "WT": end[0], "Y": y}
            if case["bias"]:
                arrays |= {"b0": start[1], "bT": end[1]}
            return case, {name: value.numpy() for name, value in arrays.items()}, (net, x, y)


class Batch:
    """Command lines that one Java process works off."""

    def __init__(self, folder):
        self.folder, self.lines, self.about = folder, [], []

    def add(self, about, case, arrays, *more):
        own = self.folder / str(len(self.lines))
        own.mkdir()
        for name, value in arrays.items():
            np.save(own / f"{name}.npy", value)
        words = ["check", case["kind"], "--train", "X", "--weights", "W0", "--trained", "WT"]
        words += ["--bias", "b0", "--trained-bias", "bT"] if "b0" in arrays else []
        words += ["--target", "Y"] if case["task"] == "given" else []
        words = [str(own / f"{w}.npy") if w in arrays else w for w in words]
        words += ["--loss", case["loss"]]
        words += ["--padding", case["padding"]] if "padding" in case else []
        if "--any-optimiser" not in more:
            words += ["--learning-rate", repr(case["rate"]), "--steps", str(case["steps"])]
            words += ["--momentum", str(case["momentum"])] if case["momentum"] else []
            words += ["--nesterov"] if case["nesterov"] else []
            words += ["--weight-decay", repr(case["decay"])] if case["decay"] else []
        words += [*more, "--json", str(own / "result.json"), str(own / "output.txt")]
        self.lines.append("\t".join(words))
        self.about.append((about, case, own))

    def run(self):
        listed = self.folder / "lines.txt"
        listed.write_text("".join(line + "\n" for line in self.lines))
        path = os.pathsep.join([str(HOME / "target" / "idem.jar"), str(HOME / "target" / "test-classes")])
        progress, codes = Progress("judged", len(self.lines)), []
        with open(self.folder / "errors.txt", "w+") as errors, subprocess.Popen(
                ["java", "-Xmx1400m", "-cp", path, "org.idem.cli.CommandLines", str(listed)],
                stdout=subprocess.PIPE, stderr=errors, text=True) as process:
            for line in process.stdout:
                codes.append(int(line.split("\t")[0]))
                progress.step()
        said = (self.folder / "errors.txt").read_text()
        if len(codes) != len(self.lines):
            sys.exit("the Java process ended early: " + said[-2000:])
        for code, (about, case, own) in zip(codes, self.about):
            result = json.loads((own / "result.json").read_text()) if code in (0, 3, 4) else None
            if result is None:
                print("exit", code, self.lines[int(own.name)].replace("\t", " "), "\n".join(said.splitlines()[:6]))
            yield about, case, code, result


def storing(arrays, kind):
    """Trained, and perhaps initial weights as a narrower format leaves them."""
    def narrow(value):
        if kind == "half":
            return value.astype(np.float16)
        if kind == "bfloat16":
            return torch.tensor(value).bfloat16().float().numpy()
        return value.astype(np.float32)
    names = ["WT", "bT"] + (["W0", "b0"] if rng.integers(2) else [])
    return {name: narrow(value) if name in names else value for name, value in arrays.items()}


def misreport(kind, case, arrays):
    """The case with one more wrong setting, or None if the kind does not apply."""
    case, arrays = dict(case), dict(arrays)
    if kind == "loss":
        case["loss"] = pick(*[l for l in ("mean", "sum", "half-sum") if l != case["loss"]])
    elif kind == "learning-rate":
        case["rate"] *= pick(0.1, 0.5, 2, 10, 1.3, 0.7)
    elif kind == "steps":
        case["steps"] = max(1, case["steps"] + pick(-1, 1, -2, -case["steps"] // 2, 7, case["steps"]))
    elif kind == "momentum":
        case["momentum"] = pick(*[b for b in (0.0, 0.5, 0.9, 0.7) if b != case["momentum"]])
        case["nesterov"] &= case["momentum"] > 0
    elif kind == "nesterov":
        if not case["momentum"]:
            return None
        case["nesterov"] = not case["nesterov"]
    elif kind == "weight-decay":
        case["decay"] = 0.0 if case["decay"] else float(f"{1e-3 / case['rate']:.0e}")
    elif kind == "transposed":
        axes = (1, 0) if case["kind"] == "fcn" else (0, 1, 3, 2)
        name = pick("W0", "WT")
        if arrays[name].transpose(axes).shape != arrays[name].shape:
            return None
        arrays[name] = np.ascontiguousarray(arrays[name].transpose(axes))
    elif kind == "flipped":
        if case["kind"] == "fcn":
            return None
        for name in pick(["W0", "WT"], ["WT"]):
            arrays[name] = arrays[name][..., ::-1, ::-1].copy()
    elif kind == "exchanged":
        arrays["W0"], arrays["WT"] = arrays["WT"], arrays["W0"]
    elif kind == "padding":
        # valid padding has targets of its own
        if case["kind"] == "fcn" or case["padding"] == "valid" and case["task"] == "given":
            return None
        case["padding"] = pick(*{"same": ["circular"], "circular": ["same"], "valid": ["same", "circular"]}[case["padding"]])
    elif kind == "bias":
        if case["bias"]:
            case["bias"] = False
            del arrays["b0"], arrays["bT"]
        else:
            case["bias"] = True
            zero = np.zeros(arrays["W0"].shape[0], arrays["W0"].dtype)
            arrays |= {"b0": zero, "bT": zero}
    elif kind == "targets":
        y = arrays["Y"].copy()
        y[int(rng.integers(len(y)))] *= 0.5
        arrays["Y"], case["task"] = y, "given"
    return case, arrays


def retrained(case, arrays):
    """What training as told makes of the told arrays; None if the shapes do not fit."""
    x = torch.tensor(arrays["X"])
    weights = torch.tensor(arrays["W0"])
    if case["kind"] == "fcn":
        net = torch.nn.Linear(weights.shape[1], weights.shape[0], bias=case["bias"])
    else:
        pad = 0 if case["padding"] == "valid" else weights.shape[-1] // 2
        net = torch.nn.Conv2d(weights.shape[1], weights.shape[0], weights.shape[-1], padding=pad, bias=case["bias"],
                              padding_mode="circular" if case["padding"] == "circular" else "zeros")
    net = net.to(x.dtype)
    with torch.no_grad():
        net.weight.copy_(weights)
        if case["bias"]:
            net.bias.copy_(torch.tensor(arrays["b0"]))
        y = torch.tensor(arrays["Y"])
        shape = net(x).shape
    if case["task"] == "identity":
        cut = (x.shape[-1] - shape[-1]) // 2 if case["kind"] == "cnn" else 0
        y = x[:, :, cut : x.shape[-2] - cut, cut : x.shape[-1] - cut] if cut else x
    return train(net, x, y, case)[0].numpy() if shape == y.shape else None


def differs(case, arrays, other=None):
    """Whether training as told moves some weight by more than a thousandth (float32) or millionth (float64)."""
    end = retrained(case, arrays)
    if end is None:
        return False
    known = arrays["WT"] if other is None else other
    change = np.abs(end - known).max() / max(np.abs(known).max(), 1e-30)
    return not change <= (1e-3 if case["precision"] == "float32" else 1e-6)


def wrong(count):
    """A run with so many settings told wrongly, each of which makes a difference with and without the other."""
    while True:
        case, arrays, _ = trained()
        if case["modes"] < 3:
            continue  # fewer modes show fewer numbers of the training than there are settings
        kinds = ["loss", "learning-rate", "steps", "momentum", "nesterov", "weight-decay", "bias", "targets", "padding", *ARRAYS]
        chosen = [str(kind) for kind in rng.choice(kinds, count, replace=False)]
        if sum(kind in ARRAYS for kind in chosen) > 1:
            continue
        if {"loss", "learning-rate"} <= set(chosen) and case["decay"] == 0:
            continue  # only their product shows
        told, ok = (case, arrays), True
        for kind in chosen:
            alone = misreport(kind, case, arrays)
            told = misreport(kind, *told) if alone else None
            ok = told is not None and differs(*alone)
            if not ok:
                break
        if ok and differs(*told) and (count == 1 or worth(chosen, case, arrays, told)):
            return chosen, told[0], told[1], case


def worth(chosen, case, arrays, told):
    """Whether mending only one of two faults still leaves the account wrong."""
    return all(differs(*misreport(kind, case, arrays)) for kind in chosen)


def kinds_of(result):
    causes = ([result["cause"]] if result["cause"] else []) + result["alternatives"]
    return [frozenset(cause["kinds"]) for cause in causes]


def true_accounts(folder):
    counts, ratios, bad = collections.Counter(), [], 0
    batch, progress = Batch(folder), Progress("trained", TRUE)
    for number in range(TRUE):
        case, arrays, _ = trained()
        batch.add("told", case, arrays)
        batch.add("any optimiser", case, arrays, "--any-optimiser")
        if not case["decay"]:
            stated = ["--rule", "sgd"] if rng.integers(2) else ["--momentum", str(case["momentum"])]
            batch.add("any optimiser, stated", case, arrays, "--any-optimiser", *stated)
        if number % 3 == 0:
            kind = pick("half", "bfloat16", "float32")
            batch.add("stored as " + kind, case, storing(arrays, kind))
            batch.add("any optimiser, stored", case, storing(arrays, kind), "--any-optimiser", "--rule", "sgd") if not case["decay"] else None
        other, ends, _ = trained(adaptive)
        batch.add("adaptive, any optimiser", other, ends, "--any-optimiser")
        progress.step()
    for about, case, code, result in batch.run():
        counts[about, code] += 1
        bad += code not in (0, 4)
        if about == "told":
            ratios.append(result["parts"][0]["ratio"])
        if code not in (0, 4) or about == "told" and code == 4:
            print("true:", about, "exit", code, result and result["reason"], case, flush=True)
    for (about, code), count in sorted(counts.items()):
        print(f"  {about:26s} exit {code}: {count}")
    if ratios:
        print("  median deviation over budget", np.median([r for r in ratios if r is not None]))
    return bad


def misreported(folder, count, total):
    """Refuted, named first, named among several, stated alone although only part of it, or although wrong."""
    batch, progress = Batch(folder), Progress("trained", total)
    for _ in range(total):
        chosen, told, changed, case = wrong(count)
        batch.add((frozenset(chosen), case), told, changed)
        progress.step()
    tally, of_kind, bad = collections.Counter(), collections.Counter(), 0
    for (chosen, case), told, code, result in batch.run():
        named = kinds_of(result) if result else []
        tally["refuted"] += code == 3
        tally["named first"] += named[:1] == [chosen]
        tally["named"] += chosen in named
        tally["nothing named"] += not named
        alone = len(named) == 1 and named != [chosen]
        stood = alone and not named[0] < chosen
        tally["alone and incomplete"] += alone and not stood
        tally["alone and wrong"] += stood
        tally["offered untested"] += result is not None and chosen in [frozenset(c["kinds"]) for c in result["untested"]]
        bad += stood
        for kind in chosen:
            of_kind[kind] += 1
            of_kind[kind, "named"] += chosen in named
        if code != 3 or chosen not in named:
            print("told", sorted(chosen), "exit", code, "named", [sorted(n) for n in named], result and result["cause"] and result["cause"]["words"],
                  "true", case, "told", told, flush=True)
    print(f"  of {total}:", dict(tally))
    for kind in sorted(kind for kind in of_kind if isinstance(kind, str)):
        print(f"    {kind:14s} {of_kind[kind]:4d} named {of_kind[kind, 'named']:4d}")
    return bad


failed, began = 0, time.monotonic()
keep = os.environ.get("IDEM_KEEP")
with tempfile.TemporaryDirectory() if not keep else contextlib.nullcontext(keep) as name:
    for title, work in (("true accounts", true_accounts), ("one misreported", lambda f: misreported(f, 1, ONE)),
                        ("two misreported", lambda f: misreported(f, 2, TWO))):
        own = pathlib.Path(name) / title.replace(" ", "-")
        own.mkdir(parents=True)
        print(title, flush=True)
        failed += work(own)
print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr)
sys.exit(1 if failed else 0)

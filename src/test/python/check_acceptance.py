"""Trains one-layer networks with PyTorch and lets `idem check` judge them: truly reported, misreported, tampered with.

usage: check_acceptance.py COUNT SEED [IDEM] [MNIST]
"""
import collections, gzip, json, os, pathlib, subprocess, sys, tempfile
import numpy as np, torch

HOME = pathlib.Path(__file__).resolve().parents[3]
COUNT, SEED = int(sys.argv[1]), int(sys.argv[2])
IDEM = sys.argv[3].split() if len(sys.argv) > 3 else [str(HOME / "idem")]
MNIST = sys.argv[4] if len(sys.argv) > 4 else os.environ.get("IDEM_MNIST")
torch.set_num_threads(1)
rng = np.random.default_rng(SEED)
OTHERS = ("padding", "bias", "targets")


def images(n, c):
    if MNIST and rng.random() < 0.7:
        data = np.frombuffer(gzip.open(f"{MNIST}/t10k-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
        return data.reshape(-1, 28, 28)[rng.integers(0, 10000, n * c)].reshape(n, c, 28, 28) / 255.0
    return rng.random((n, c, 28, 28))


def draw():
    """One training run: its data, settings and trained parameters."""
    case = {"kind": rng.choice(["fcn", "cnn"]), "bias": bool(rng.integers(2)), "loss": rng.choice(["mean", "sum"])}
    dtype = torch.float32 if rng.integers(2) else torch.float64
    n = int(rng.choice([1, 2, 3, 5, 8] if case["kind"] == "fcn" else [1, 2]))
    c = int(rng.choice([1, 3])) if case["kind"] == "cnn" else 1
    x = torch.tensor(images(n, c)).to(dtype)
    torch.manual_seed(int(rng.integers(1 << 30)))
    if case["kind"] == "fcn":
        x = x.reshape(n, 784)
        net = torch.nn.Linear(784, 784, bias=case["bias"])
        columns = x.double()
    else:
        k = int(rng.choice([3, 5, 15] if c == 1 else [3, 3, 5, 5, 15]))
        case["padding"] = str(rng.choice(["same", "circular", "valid"]))
        pad = 0 if case["padding"] == "valid" else k // 2
        mode = "circular" if case["padding"] == "circular" else "zeros"
        net = torch.nn.Conv2d(c, c, k, padding=pad, padding_mode=mode, bias=case["bias"])
        wide = torch.nn.functional.pad(x.double(), [pad] * 4, mode="circular") if mode == "circular" else x.double()
        columns = torch.nn.functional.unfold(wide, k, padding=0 if mode == "circular" else pad)
        columns = columns.transpose(1, 2).reshape(-1, c * k * k)
    net = net.to(dtype)
    if case["bias"]:
        columns = torch.cat([columns, torch.ones(len(columns), 1)], 1)
    with torch.no_grad():
        shape = net(x).shape
    cut = (28 - shape[-1]) // 2 if case["kind"] == "cnn" else 0
    y = x[:, :, cut : 28 - cut, cut : 28 - cut] if cut else x
    case["task"] = str(rng.choice(["identity", "given"]))
    if case["task"] == "given":
        y = torch.rand(y.shape, dtype=torch.float64).to(dtype)
    scale = 2 / y.numel() if case["loss"] == "mean" else 2
    curvature = scale * float(torch.linalg.matrix_norm(columns, 2)) ** 2
    case["method"] = str(rng.choice(["plain", "momentum", "nesterov", "decay"]))
    case["momentum"] = float(rng.choice([0.5, 0.9])) if case["method"] in ("momentum", "nesterov") else 0.0
    case["decay"] = curvature * float(rng.choice([1e-4, 1e-3])) if case["method"] == "decay" else 0.0
    # a common way to write a rate: two digits
    case["rate"] = float(f"{rng.uniform(0.3, 0.9) / (curvature + case['decay']):.1e}")
    case["steps"] = int(rng.integers(20, 400))
    start = [p.detach().clone() for p in net.parameters()]
    end = train(net, x, y, case)
    arrays = {"X": x, "W0": start[0], "WT": end[0], "Y": y}
    if case["bias"]:
        arrays |= {"b0": start[1], "bT": end[1]}
    case["precision"] = "float32" if dtype == torch.float32 else "float64"
    return case, {name: value.numpy() for name, value in arrays.items()}, (net, x, y)


def train(net, x, y, case):
    method = torch.optim.SGD(net.parameters(), case["rate"], case["momentum"], 0, case["decay"], case["method"] == "nesterov")
    factor = 0.5 if case["loss"] == "half-sum" else 1
    loss = torch.nn.MSELoss(reduction="mean" if case["loss"] == "mean" else "sum")
    for _ in range(case["steps"]):
        method.zero_grad()
        (factor * loss(net(x), y)).backward()
        method.step()
    return [p.detach().clone() for p in net.parameters()]


def matters(told, arrays, run):
    """Whether training as told moves some weight by more than tampering does, relative to the largest."""
    net, x, y = run
    with torch.no_grad():
        for parameter, name in zip(net.parameters(), ("W0", "b0")):
            if name in arrays:
                parameter.copy_(torch.tensor(arrays[name]))
    end = train(net, x, y, told)[0]
    change = float((end - torch.tensor(arrays["WT"])).abs().max() / end.abs().max())
    return not change <= (1e-3 if told["precision"] == "float32" else 1e-6)


def check(folder, case, arrays):
    for name, value in arrays.items():
        np.save(folder / f"{name}.npy", value)
    words = [*IDEM, "check", case["kind"], "--train", "X", "--weights", "W0", "--trained", "WT"]
    words += ["--bias", "b0", "--trained-bias", "bT"] if "b0" in arrays else []
    words += ["--target", "Y"] if case["task"] == "given" else []
    words = [str(folder / f"{w}.npy") if w in arrays else w for w in words]
    words += ["--learning-rate", repr(case["rate"]), "--steps", str(case["steps"]), "--loss", case["loss"]]
    words += ["--momentum", str(case["momentum"])] if case["momentum"] else []
    words += ["--nesterov"] if case["method"] == "nesterov" else []
    words += ["--weight-decay", repr(case["decay"])] if case["decay"] else []
    words += ["--padding", case["padding"]] if "padding" in case else []
    words += ["--precision", case["precision"], "--json", str(folder / "result.json")]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in (0, 3, 4):
        print(" ".join(words), done.stderr[:300])
        return {"verdict": f"exit {done.returncode}", "cause": None, "parts": [{"ratio": None}], "worst": ""}
    return json.loads((folder / "result.json").read_text())


def misreport(case, arrays):
    """One wrong setting, or None if the kind does not apply."""
    case, arrays = dict(case), dict(arrays)
    kinds = ["loss", "learning-rate", "steps", "momentum", "weight-decay", "transposed", "bias", "targets", "exchanged"]
    kinds += ["nesterov"] if case["momentum"] else []
    kinds += ["flipped", "padding"] if case["kind"] == "cnn" else []
    kind = str(rng.choice(kinds))
    if kind == "loss":
        case["loss"] = str(rng.choice([l for l in ("mean", "sum", "half-sum") if l != case["loss"]]))
    elif kind == "learning-rate":
        case["rate"] *= float(rng.choice([0.1, 0.5, 2, 10, 1.3, 0.7]))
    elif kind == "steps":
        case["steps"] = max(1, case["steps"] + int(rng.choice([-1, 1, -2, -case["steps"] // 2, 7, case["steps"]])))
    elif kind == "momentum":
        case["momentum"] = float(rng.choice([b for b in (0.0, 0.5, 0.9, 0.7) if b != case["momentum"]]))
        case["method"] = "plain" if case["momentum"] == 0 else "nesterov" if case["method"] == "nesterov" else "momentum"
    elif kind == "nesterov":
        case["method"] = "momentum" if case["method"] == "nesterov" else "nesterov"
    elif kind == "weight-decay":
        case["decay"] = 0.0 if case["decay"] else 1e-3 / case["rate"]
    elif kind == "transposed":
        axes = (1, 0) if case["kind"] == "fcn" else (0, 1, 3, 2)
        name = str(rng.choice(["W0", "WT"]))
        arrays[name] = np.ascontiguousarray(arrays[name].transpose(axes))
    elif kind == "flipped":
        for name in ["W0", "WT"] if rng.integers(2) else ["WT"]:
            arrays[name] = np.ascontiguousarray(arrays[name][..., ::-1, ::-1])
    elif kind == "padding":
        others = {"same": ["circular"], "circular": ["same"], "valid": ["same", "circular"]}[case["padding"]]
        others = others if case["task"] == "identity" or case["padding"] != "valid" else []
        # what lies beyond a black border makes no difference
        band = arrays["W0"].shape[-1] // 2
        others = others if max(np.abs(arrays["X"][..., :band, :]).max(), np.abs(arrays["X"][..., :band]).max()) > 0.1 else []
        if not others:
            return None
        case["padding"] = str(rng.choice(others))
    elif kind == "bias":
        if case["bias"]:
            del arrays["b0"], arrays["bT"]
        else:
            zero = np.zeros(arrays["W0"].shape[0], arrays["W0"].dtype)
            arrays |= {"b0": zero, "bT": zero}
    elif kind == "targets":
        y = arrays["Y"].copy()
        y[int(rng.integers(len(y)))] *= 0.5
        arrays["Y"], case["task"] = y, "given"
    elif kind == "exchanged":
        arrays["W0"], arrays["WT"] = arrays["WT"], arrays["W0"]
    return kind, case, arrays


def tamper(case, arrays):
    """One weight is changed by 1e-3 (float32) or 1e-6 (float64) of itself; weights that training made small are left alone."""
    arrays = dict(arrays)
    weights = arrays["WT"].copy()
    large = np.argwhere(np.abs(weights) >= min(0.5 * np.sqrt(np.mean(arrays["W0"] ** 2)), np.abs(weights).max()))
    place = tuple(large[int(rng.integers(len(large)))])
    weights[place] *= 1 + (1e-3 if case["precision"] == "float32" else 1e-6)
    arrays["WT"] = weights
    return arrays, "weight" + str([int(i) for i in place])


truth, wrong, causes, tampered = collections.Counter(), collections.Counter(), collections.Counter(), collections.Counter()
among, tightest = collections.Counter(), []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for number in range(COUNT):
        case, arrays, run = draw()
        result = check(folder, case, arrays)
        truth[result["verdict"]] += 1
        tightest.append(result["parts"][0]["ratio"])
        if result["verdict"] != "confirmed":
            print(number, "TRUE BUT", result["verdict"], result.get("reason"), case, flush=True)
        told = misreport(case, arrays)
        while not told or told[0] not in OTHERS and not matters(told[1], told[2], run):
            told = misreport(case, arrays)
        if told:
            kind, other, changed = told
            result = check(folder, other, changed)
            cause = (result["cause"] or {}).get("kind")
            wrong[kind, result["verdict"]] += 1
            causes[kind, cause == kind] += 1
            among[kind] += kind in [cause] + [a["kind"] for a in result.get("alternatives", [])]
            if result["verdict"] != "refuted" or cause != kind:
                print(number, kind, "but", result["verdict"], result["cause"], [a["kind"] for a in result.get("alternatives", [])],
                      "shapes", {k: v.shape for k, v in changed.items()}, "true", case, "told", other, flush=True)
        changed, place = tamper(case, arrays)
        result = check(folder, case, changed)
        located = result["worst"] == place and (result["cause"] or {}).get("kind") == "tampered"
        tampered[case["precision"], result["verdict"], located] += 1
        if not located:
            print(number, "tampered", place, "but", result["verdict"], result["worst"], result["cause"], result["parts"][0], case, flush=True)
print("truly reported:", dict(truth), "median ratio", np.median([r for r in tightest if r is not None]))
print("misreported:")
for kind in sorted({kind for kind, _ in wrong}):
    total = sum(count for (k, _), count in wrong.items() if k == kind)
    print(f"  {kind:14s} {total:4d}  refuted {wrong[kind, 'refuted']:4d}  cause named {causes[kind, True]:4d}  or among several {among[kind]:4d}")
print("  all", sum(wrong.values()), "refuted", sum(c for (_, v), c in wrong.items() if v == "refuted"),
      "cause named", sum(c for (_, right), c in causes.items() if right))
print("tampered (precision, verdict, located):", dict(tampered))

"""Golden numbers for what theory and training share: python3 golden.py writes the tables beside this file anew.

Made with Python 3.11, NumPy 1.24.2 and PyTorch 1.13.0. PyTorch says what a loss, a padding, an optimiser or an
initialiser means: every run goes through its own modules and optimisers, in float64 and in the precision of the case.
The digits that are written come from the same run in decimal arithmetic of 60 digits, and the program stops where the
two differ by more than rounding can explain: a convention that differed would show in the first digits. Data are
multiples of 1/64, which both precisions hold exactly; c, the factor of a mean loss, is the double nearest to 2/N.

one-layer.txt         one linear layer: every loss x padding x precision x optimiser, over shapes of many kinds
deep.txt              networks of two and three stages: activations, residual stages, adaptive rules, batches
initializers.txt      bounds and deviations that PyTorch's initialisers hand to its generators
adam.txt              constants of Adam where a user gives none
stable-ranges.txt     learning rate x curvature at which the iteration matrix gets an eigenvalue of modulus 1
"""
import sys
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

getcontext().prec = 60
torch.set_num_threads(1)
HERE = Path(__file__).parent
UNIT = 64
LOSSES = ("half-sum", "mean", "sum")
PADDINGS = ("same", "circular", "valid")
PRECISIONS = {"float64": torch.float64, "float32": torch.float32}
VERSIONS = f"Python {sys.version.split()[0]}, NumPy {np.__version__}, PyTorch {torch.__version__}"


def exact(array):
    """Doubles or whole numbers of 1/64 as decimals; nothing is rounded."""
    flat = [Decimal(v) / UNIT if isinstance(v, int) else Decimal(float(v)) for v in np.asarray(array, object).ravel()]
    return np.array(flat + [None], object)[:-1].reshape(np.shape(array))


def whole(rng, shape, largest=UNIT):
    return np.array([int(v) for v in rng.integers(-largest, largest + 1, size=shape).ravel()], object).reshape(shape)


def scale(loss, residuals):
    return {"half-sum": 1.0, "mean": 2.0 / residuals, "sum": 2.0}[loss]


def torch_loss(loss, outputs, targets):
    if loss == "half-sum":
        return F.mse_loss(outputs, targets, reduction="sum") / 2
    return F.mse_loss(outputs, targets, reduction=loss)


class Layer:
    """A linear layer as a gather of its inputs: row r of outputs of unit u is sum_k w[u, k] x[index[r, k]]."""

    def __init__(self, kind, inputs, outputs, kernel=1, padding="", bias=False):
        self.kind, self.inputs, self.outputs, self.kernel = kind, inputs, outputs, kernel
        self.padding, self.bias = padding, bias

    def __str__(self):
        words = [self.kind, self.inputs, self.outputs]
        words += [self.kernel, self.padding] if self.kind == "cnn" else []
        return " ".join(map(str, words + ["bias" if self.bias else "plain"]))

    @property
    def fan_in(self):
        return self.inputs * self.kernel**2

    def weight_shape(self):
        return (self.outputs, self.inputs) + ((self.kernel, self.kernel) if self.kind == "cnn" else ())

    def output_shape(self, shape):
        if self.kind == "fcn":
            return (shape[0], self.outputs)
        lost = self.kernel - 1 if self.padding == "valid" else 0
        return (shape[0], self.outputs, shape[2] - lost, shape[3] - lost)

    def index(self, shape):
        """Rows: examples, then sites; columns: channels, then taps; -1 reads a zero beyond the border."""
        if self.kind == "fcn":
            return np.arange(shape[0] * shape[1]).reshape(shape)
        n, channels, height, width = shape
        _, _, rows, columns = self.output_shape(shape)
        half = 0 if self.padding == "valid" else self.kernel // 2
        table = []
        for e in range(n):
            for y in range(rows):
                for x in range(columns):
                    line = []
                    for c in range(channels):
                        for i in range(self.kernel):
                            for j in range(self.kernel):
                                u, v = y + i - half, x + j - half
                                if self.padding == "circular":
                                    u, v = u % height, v % width
                                inside = 0 <= u < height and 0 <= v < width
                                line.append(((e * channels + c) * height + u) * width + v if inside else -1)
                    table.append(line)
        return np.array(table)

    def gather(self, x):
        index = self.index(x.shape)
        return np.where(index >= 0, x.ravel()[index], Decimal(0))

    def rows(self, array):
        """Outputs or targets (n, k, ...) as (n * sites, k)."""
        return np.moveaxis(array, 1, -1).reshape(-1, array.shape[1])

    def unrows(self, rows, shape):
        out = self.output_shape(shape)
        moved = (out[0],) + out[2:] + (out[1],)
        return np.moveaxis(rows.reshape(moved), -1, 1)

    def forward(self, x, weights, bias):
        rows = self.gather(x) @ weights.reshape(self.outputs, -1).T
        return self.unrows(rows + bias if self.bias else rows, x.shape)

    def torch(self, x, weights, bias):
        if self.kind == "fcn":
            return F.linear(x, weights, bias)
        half = self.kernel // 2
        if self.padding == "circular":
            wrap = lambda size: torch.arange(-half, size + half) % size
            wrapped = x[:, :, wrap(x.shape[2])][:, :, :, wrap(x.shape[3])]
            if half <= min(x.shape[2:]):
                assert torch.equal(wrapped, F.pad(x, (half,) * 4, mode="circular"))
            return F.conv2d(wrapped, weights, bias)
        return F.conv2d(x, weights, bias, padding="same" if self.padding == "same" else "valid")


ROOT_OF_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899").sqrt()


def erf(z):
    """The power series, whose terms are of one sign after the factor exp(-z^2)."""
    term = total = z
    n = 0
    while abs(term) > Decimal("1e-60") * abs(total):
        n += 1
        term *= 2 * z * z / (2 * n + 1)
        total += term
    return 2 / ROOT_OF_PI * (-z * z).exp() * total


ACTIVATIONS = {
    "linear": (lambda z: z, lambda z: Decimal(1), lambda z: z),
    "relu": (lambda z: max(z, Decimal(0)), lambda z: Decimal(z > 0), F.relu),
    "leaky-relu": (
        lambda z: z if z > 0 else z / 100,
        lambda z: Decimal(1) if z > 0 else Decimal("0.01"),
        F.leaky_relu,
    ),
    "tanh": (lambda z: 1 - 2 / ((2 * z).exp() + 1), lambda z: 4 / (z.exp() + (-z).exp()) ** 2, torch.tanh),
    "sigmoid": (
        lambda z: 1 / (1 + (-z).exp()),
        lambda z: 1 / ((1 + (-z).exp()) * (1 + z.exp())),
        torch.sigmoid,
    ),
    "softplus": (lambda z: (1 + z.exp()).ln(), lambda z: 1 / (1 + (-z).exp()), F.softplus),
    "erf": (lambda z: erf(z), lambda z: 2 / ROOT_OF_PI * (-z * z).exp(), torch.erf),
}
KINKED = ("relu", "leaky-relu")


def each(function, array):
    return np.array([function(z) for z in array.ravel()] + [None], object)[:-1].reshape(array.shape)


class Rule:
    """An update rule: in decimals here, and as the optimiser that PyTorch has for it."""

    def __init__(self, name, rate, *constants):
        self.name, self.rate, self.constants = name, rate, constants

    def __str__(self):
        return " ".join([self.name, repr(self.rate)] + [str(c) for c in self.constants])

    def torch(self, parameters):
        if self.name == "sgd":
            momentum, form, decay = self.constants
            return torch.optim.SGD(
                parameters, lr=self.rate, momentum=momentum, nesterov=form == "nesterov", weight_decay=decay
            )
        if self.name == "adam":
            mean, square, epsilon = self.constants
            return torch.optim.Adam(parameters, lr=self.rate, betas=(mean, square), eps=epsilon)
        if self.name == "rmsprop":
            alpha, epsilon = self.constants
            return torch.optim.RMSprop(parameters, lr=self.rate, alpha=alpha, eps=epsilon)
        return torch.optim.Adagrad(parameters, lr=self.rate, eps=self.constants[0])

    def step(self, position, gradient, state, t):
        rate = Decimal(self.rate)
        if self.name == "sgd":
            momentum, form, decay = Decimal(self.constants[0]), self.constants[1], Decimal(self.constants[2])
            g = gradient + decay * position
            state["v"] = momentum * state.get("v", 0) + g
            return position - rate * (g + momentum * state["v"] if form == "nesterov" else state["v"])
        root = lambda array: each(Decimal.sqrt, array)
        if self.name == "adam":
            mean, square, epsilon = map(Decimal, self.constants)
            state["m"] = mean * state.get("m", 0) + (1 - mean) * gradient
            state["v"] = square * state.get("v", 0) + (1 - square) * gradient * gradient
            return position - rate * (state["m"] / (1 - mean**t)) / (root(state["v"] / (1 - square**t)) + epsilon)
        keep, take = (Decimal(self.constants[0]), 1 - Decimal(self.constants[0])) if self.name == "rmsprop" else (1, 1)
        state["v"] = keep * state.get("v", 0) + take * gradient * gradient
        return position - rate * gradient / (root(state["v"]) + Decimal(self.constants[-1]))


class Network:
    """Stages (layer, activation, residual)."""

    def __init__(self, *stages):
        self.stages = stages

    def forward(self, x, parameters):
        """Signals before each stage and after the last, and sums before each activation."""
        signals, sums = [x], []
        for (layer, activation, residual), (weights, bias) in zip(self.stages, parameters):
            z = layer.forward(signals[-1], weights, bias)
            sums.append(z)
            out = each(ACTIVATIONS[activation][0], z)
            signals.append(signals[-1] + out if residual else out)
        return signals, sums

    def gradient(self, x, targets, parameters, loss):
        signals, sums = self.forward(x, parameters)
        residuals = signals[-1] - targets
        c = Decimal(scale(loss, residuals.size))
        back, gradients = c * residuals, []
        for s in reversed(range(len(self.stages))):
            layer, activation, residual = self.stages[s]
            delta = layer.rows(back * each(ACTIVATIONS[activation][1], sums[s]))
            weights, bias = parameters[s]
            patches = layer.gather(signals[s])
            of_weights = (delta.T @ patches).reshape(weights.shape)
            gradients.insert(0, (of_weights, delta.sum(axis=0) if layer.bias else None))
            index = layer.index(signals[s].shape)
            before = np.array([Decimal(0)] * (signals[s].size + 1), object)
            np.add.at(before, index, delta @ weights.reshape(layer.outputs, -1))
            before = before[:-1].reshape(signals[s].shape)
            back = before + back if residual else before
        near = min(
            [abs(z) for (_, a, _), zs in zip(self.stages, sums) if a in KINKED for z in zs.ravel()], default=Decimal(1)
        )
        return gradients, c / 2 * (residuals * residuals).sum(), near

    def torch(self, x, parameters):
        for (layer, activation, residual), (weights, bias) in zip(self.stages, parameters):
            out = ACTIVATIONS[activation][2](layer.torch(x, weights, bias))
            x = x + out if residual else out
        return x


def trained(network, case, near_zero=Decimal("0.002")):
    """Parameters and first loss in decimals.

    None where an argument comes near a kink, or a gradient near zero under a rule that divides by its size: rounding
    would decide there.
    """
    inputs, targets = exact(case["inputs"]), exact(case["targets"])
    parameters = [(exact(w), None if b is None else exact(b)) for w, b in case["initial"]]
    states = [({}, {}) for _ in parameters]
    n, batch = len(inputs), case["batch"]
    starts = list(range(0, n, batch))
    first = None
    for t in range(case["steps"]):
        part = slice(starts[t % len(starts)], starts[t % len(starts)] + batch)
        gradients, loss, near = network.gradient(inputs[part], targets[part], parameters, case["loss"])
        sizes = [abs(g) for pair in gradients for part in pair if part is not None for g in part.ravel()]
        small = min([g for g in sizes if g > 0], default=Decimal(1))
        if near < near_zero or case["rule"].name != "sgd" and small < near_zero / 2 * max(sizes):
            return None
        first = loss if first is None else first
        moved = []
        for (w, b), (gw, gb), state in zip(parameters, gradients, states):
            w = case["rule"].step(w, gw, state[0], t + 1)
            moved.append((w, None if b is None else case["rule"].step(b, gb, state[1], t + 1)))
        parameters = moved
    return parameters, first


def torch_trained(network, case, dtype):
    number = lambda array: torch.tensor(np.array(array, dtype=np.float64) / UNIT, dtype=dtype)
    inputs, targets = number(case["inputs"]), number(case["targets"])
    parameters = [(number(w), None if b is None else number(b)) for w, b in case["initial"]]
    flat = [p.requires_grad_() for pair in parameters for p in pair if p is not None]
    optimizer = case["rule"].torch(flat)
    starts = list(range(0, len(inputs), case["batch"]))
    first = None
    for t in range(case["steps"]):
        part = slice(starts[t % len(starts)], starts[t % len(starts)] + case["batch"])
        optimizer.zero_grad()
        loss = torch_loss(case["loss"], network.torch(inputs[part], parameters), targets[part])
        first = loss.item() if first is None else first
        loss.backward()
        optimizer.step()
    return [tuple(None if p is None else p.detach() for p in pair) for pair in parameters], first


LARGEST = {}


def check(what, ours, theirs, dtype):
    """The difference relative to the largest number, in units of the precision; a wrong convention gives 1e6 and more."""
    ours = np.array([float(v) for v in np.asarray(ours, object).ravel()])
    theirs = np.asarray(theirs, dtype=np.float64).ravel()
    units = np.abs(ours - theirs).max() / max(1, np.abs(ours).max()) / torch.finfo(dtype).eps
    LARGEST[dtype] = max(LARGEST.get(dtype, 0), units)
    assert units < 4096, f"PyTorch in {dtype} differs by {units} units of rounding: {what}"


def numbers(array):
    return " ".join(repr(float(v)) for v in np.asarray(array, object).ravel())


def integers(array):
    return " ".join(str(v) for v in np.asarray(array, object).ravel())


def write(name, title, lines):
    head = [f"# {title}", f"# written by golden.py with {VERSIONS}"]
    (HERE / name).write_text("\n".join(head + lines) + "\n", encoding="utf-8")


def lines_of(case, network):
    out = [f"stage {layer} {a} {'residual' if r else 'direct'}" for layer, a, r in network.stages]
    out += [f"loss {case['loss']}", f"precision {case['precision']}", f"rule {case['rule']}"]
    out += [f"steps {case['steps']}", f"batch {case['batch']}", f"shape {integers(np.shape(case['inputs']))}"]
    out += [f"inputs {integers(case['inputs'])}"]
    out += ["targets identity" if case["identity"] else f"targets {integers(case['targets'])}"]
    for w, b in case["initial"]:
        out += [f"weights {integers(w)}"] + ([] if b is None else [f"bias {integers(b)}"])
    return out


def crop(layer, inputs):
    """What the identity task asks for: the pixels over which a kernel lies centred."""
    lost = layer.kernel // 2 if layer.padding == "valid" else 0
    return inputs[:, :, lost : inputs.shape[2] - lost, lost : inputs.shape[3] - lost] if inputs.ndim == 4 else inputs


def case_of(rng, network, shape, loss, precision, identity, batch, steps, rule):
    inputs = whole(rng, shape)
    for_targets = shape
    for layer, _, _ in network.stages:
        for_targets = layer.output_shape(for_targets)
    layer = network.stages[0][0]
    targets = crop(layer, inputs) if identity else whole(rng, for_targets)
    initial = [
        (whole(rng, l.weight_shape(), UNIT if l.fan_in < 9 else UNIT // 2), whole(rng, l.outputs) if l.bias else None)
        for l, _, _ in network.stages
    ]
    return dict(
        inputs=inputs, targets=targets, initial=initial, loss=loss, precision=precision, identity=identity,
        batch=batch, steps=steps, rule=rule,
    )


def iteration_matrix(momentum, form, product):
    """One step of (position, velocity) on a mode, for a learning rate of 1."""
    velocity = np.array([product, momentum])
    move = np.array([product, 0]) + momentum * velocity if form == "nesterov" else velocity
    return np.array([np.array([1.0, 0.0]) - move, velocity])


def edge(momentum, form):
    """Bisection for the smallest product from which on an eigenvalue leaves the unit disc."""
    radius = lambda product: np.abs(np.linalg.eigvals(iteration_matrix(momentum, form, product))).max()
    low, high = 0.0, 8.0
    while high - low > 1e-13:
        middle = (low + high) / 2
        low, high = (middle, high) if radius(middle) < 1 else (low, middle)
    return low


METHODS = (
    (0.0, "plain", 0.0), (0.9, "plain", 0.0), (0.75, "nesterov", 0.0), (0.0, "plain", 0.1),
    (0.5, "plain", 0.03), (0.9, "nesterov", 0.2),
)


def shapes(padding):
    """Layers with the shape of their inputs; every kind of proportion."""
    if padding == "fcn":
        return [
            (Layer("fcn", 3, 3), (1, 3)), (Layer("fcn", 4, 2, bias=True), (2, 4)), (Layer("fcn", 2, 5), (3, 2)),
            (Layer("fcn", 3, 3, bias=True), (5, 3)), (Layer("fcn", 5, 1), (2, 5)), (Layer("fcn", 1, 1), (2, 1)),
            (Layer("fcn", 4, 4), (3, 4)),
        ]
    cnn = lambda i, o, k, bias=False: Layer("cnn", i, o, k, padding, bias)
    if padding == "valid":
        return [
            (cnn(1, 1, 3), (1, 1, 4, 5)), (cnn(2, 3, 3, True), (2, 2, 3, 4)), (cnn(3, 2, 1), (2, 3, 2, 3)),
            (cnn(1, 1, 5), (1, 1, 6, 5)), (cnn(2, 2, 3), (1, 2, 5, 3)), (cnn(1, 2, 5, True), (3, 1, 5, 6)),
            (cnn(2, 2, 1, True), (1, 2, 2, 2)),
        ]
    return [
        (cnn(1, 1, 3), (1, 1, 4, 5)), (cnn(2, 3, 3, True), (2, 2, 3, 2)), (cnn(3, 2, 1), (2, 3, 2, 3)),
        (cnn(1, 1, 7), (1, 1, 2, 3)), (cnn(2, 2, 3), (1, 2, 3, 2)), (cnn(1, 2, 5, True), (2, 1, 3, 4)),
        (cnn(2, 2, 1, True), (1, 2, 2, 2)),
    ]


def one_layer(rng):
    lines, at = [], 0
    steps = (1, 2, 3, 6, 12, 25)
    for loss in LOSSES:
        for precision in PRECISIONS:
            for padding in ("fcn",) + PADDINGS:
                for method in range(len(METHODS) + 2):
                    # the last two take one example at a time: all theory knows, and what only training does
                    cyclic = method >= len(METHODS)
                    momentum, form, decay = ((0.0, "plain", 0.0), (0.5, "nesterov", 0.02))[method - len(METHODS)] \
                        if cyclic else METHODS[method]
                    layer, shape = shapes(padding)[at % 7]
                    while cyclic and shape[0] == 1:
                        at += 1
                        layer, shape = shapes(padding)[at % 7]
                    network = Network((layer, "linear", False))
                    identity = layer.inputs == layer.outputs and at % 2 == 0
                    count = 1 + (at // 2) % 4 if cyclic else steps[at % 6]
                    case = case_of(rng, network, shape, loss, precision, identity, 1 if cyclic else shape[0], count, None)
                    case["rule"] = Rule("sgd", rate(layer, case, momentum, form, decay, rng), momentum, form, decay)
                    lines += run(network, case, rng)
                    at += 1
    write("one-layer.txt", "trained networks of one linear layer; whole numbers are multiples of 1/64", lines)
    return at


def rate(layer, case, momentum, form, decay, rng):
    """A share of the stable range, to four digits."""
    patches = np.array(layer.gather(exact(case["inputs"])), float)
    patches = np.hstack([patches, np.ones((len(patches), 1))]) if layer.bias else patches
    sites = len(patches) // len(case["inputs"])
    curvature = 0
    for start in range(0, len(case["inputs"]), case["batch"]):
        part = patches[start * sites : (start + case["batch"]) * sites]
        c = scale(case["loss"], len(part) * layer.outputs)
        curvature = max(curvature, c * np.linalg.eigvalsh(part.T @ part)[-1])
    share = rng.uniform(0.2, 0.9) if case["batch"] == len(case["inputs"]) else rng.uniform(0.2, 0.6)
    return float(f"{share * edge(momentum, form) / (curvature + decay):.4g}")


def run(network, case, rng):
    parameters, loss = trained(network, case)
    for name in {"float64", case["precision"]}:
        theirs, their_loss = torch_trained(network, case, PRECISIONS[name])
        for ours, other in zip(parameters, theirs):
            for a, b in zip(ours, other):
                if a is not None:
                    check(str(case["rule"]), a, b, PRECISIONS[name])
        check("loss", [loss], [their_loss], PRECISIONS[name])
    out = [""] + lines_of(case, network)
    if len(network.stages) == 1:
        layer = network.stages[0][0]
        least = layer.kernel if layer.padding == "valid" else 1
        shape = (2, layer.inputs) if layer.kind == "fcn" else (1, layer.inputs, max(2, least), max(3, least))
        probes = whole(rng, shape)
        out += [f"probe-shape {integers(shape)}", f"probes {integers(probes)}"]
        out += [f"outputs {numbers(network.forward(exact(probes), parameters)[0][-1])}"]
    out += [f"first-loss {numbers([loss])}"]
    if len(network.stages) > 1 or case["precision"] == "float64":
        for w, b in parameters:
            out += [f"trained {numbers(w)}"] + ([] if b is None else [f"trained-bias {numbers(b)}"])
    return out


def deep_networks(padding, activation, bias):
    if padding == "fcn":
        fcn = lambda i, o: Layer("fcn", i, o, bias=bias)
        return [
            (Network((fcn(3, 4), activation, False), (fcn(4, 2), "linear", False)), 3),
            (Network((fcn(3, 3), activation, True), (fcn(3, 3), activation, False), (fcn(3, 3), "linear", True)), 3),
        ]
    cnn = lambda i, o, k: Layer("cnn", i, o, k, padding, bias)
    last = 3 if padding != "valid" else 1
    second = (cnn(2, 2, last), activation, True)
    return [
        (Network((cnn(1, 2, 3), activation, False), (cnn(2, 1, last), "linear", False)), 1),
        (Network((cnn(2, 2, 3), activation, padding != "valid"), second, (cnn(2, 1, 1), "linear", False)), 2),
    ]


def deep(rng):
    rules = (
        Rule("sgd", 0.05, 0.0, "plain", 0.0), Rule("adam", 0.01, 0.9, 0.999, 1e-8), Rule("rmsprop", 0.02, 0.9, 1e-4),
        Rule("adagrad", 0.05, 1e-3), Rule("sgd", 0.03, 0.8, "nesterov", 0.1), Rule("adam", 0.02, 0.5, 0.75, 0.01),
        Rule("sgd", 0.04, 0.6, "plain", 0.05), Rule("rmsprop", 0.01, 0.75, 0.01),
    )
    lines, at = [], 0
    kinds = [(padding, activation) for padding in ("fcn",) + PADDINGS for activation in ACTIVATIONS if activation != "erf"]
    # later comers stand at the end, so that the cases before them stay as they are
    kinds += [(padding, "erf") for padding in ("fcn",) + PADDINGS]
    for padding, activation in kinds:
        for variant in range(2):
            network, channels = deep_networks(padding, activation, at % 3 != 1)[variant]
            n = 1 + at % 3
            batch = 1 if at % 5 == 0 else n
            shape = (n, channels) if padding == "fcn" else (n, channels, 4, 3) if padding == "valid" else (n, channels, 2, 3)
            loss, precision = LOSSES[at % 3], list(PRECISIONS)[(at // 3) % 2]
            steps = 1 + (at % 4 if precision == "float64" else at % 2)
            rule = rules[(at * 5 + at // 8) % len(rules)] if activation != "erf" else rules[4 * (at % 2)]
            # sums of squares have no slower rate of their own here
            if rule.name == "sgd" and loss != "mean":
                rule = Rule("sgd", rule.rate / 8, *rule.constants)
            while True:
                case = case_of(rng, network, shape, loss, precision, False, batch, steps, rule)
                if trained(network, case) is not None:
                    break
            lines += run(network, case, rng)
            at += 1
    write("deep.txt", "trained networks of several stages; whole numbers are multiples of 1/64", lines)
    return at


def initializers():
    """What PyTorch's initialisers ask of its generator, for the weights and biases of its own modules."""
    asked = []

    def record(name):
        original = getattr(torch.Tensor, name)

        def recorded(self, *arguments, **named):
            asked.append((name, self.dim(), *arguments, *named.values()))
            return original(self, *arguments, **named)

        return recorded

    torch.Tensor.uniform_, torch.Tensor.normal_ = record("uniform_"), record("normal_")
    laws = {
        "gaussian": lambda m: torch.nn.init.kaiming_normal_(m.weight, mode="fan_in", nonlinearity="linear"),
        "uniform": lambda m: torch.nn.init.kaiming_uniform_(m.weight, mode="fan_in", nonlinearity="linear"),
        "xavier": lambda m: torch.nn.init.xavier_uniform_(m.weight),
        "he": lambda m: torch.nn.init.kaiming_normal_(m.weight, mode="fan_in", nonlinearity="relu"),
        "pytorch": lambda m: m.reset_parameters(),
    }
    modules = [(f"fcn {i} {o}", torch.nn.Linear(i, o)) for i, o in ((1, 1), (3, 7), (784, 10), (20, 300))]
    modules += [(f"cnn {i} {o} {k}", torch.nn.Conv2d(i, o, k)) for i, o, k in ((1, 1, 1), (3, 16, 5), (128, 2, 3), (1, 4, 7))]
    lines = []
    for name, module in modules:
        for law, draw in laws.items():
            asked.clear()
            draw(module)
            for kind, dimensions, first, second in asked:
                what = "bias" if dimensions == 1 else "weights"
                shape = "uniform" if kind == "uniform_" else "normal"
                assert first == (-second if kind == "uniform_" else 0)
                lines.append(f"{name} {law} {what} {shape} {second!r}")
    write("initializers.txt", "network, law, of what, uniform on [-x, x] or normal of deviation x", lines)


def adam():
    defaults = torch.optim.Adam([torch.zeros(1)]).defaults
    line = " ".join(repr(v) for v in (*defaults["betas"], defaults["eps"]))
    write("adam.txt", "decay of means, decay of squares and epsilon that torch.optim.Adam has by default", [line])


def stable_ranges():
    lines = []
    for momentum in (0.0, 0.0625, 0.3, 0.5, 0.75, 0.9, 0.99):
        for form in ("plain", "nesterov") if momentum else ("plain",):
            lines.append(f"{momentum} {form} {edge(momentum, form)!r}")
    write("stable-ranges.txt", "momentum, form, learning rate x curvature at the edge of stability, to 1e-12", lines)


if __name__ == "__main__":
    rng = np.random.default_rng(13)
    print("one layer:", one_layer(rng), "deep:", deep(rng))
    initializers()
    stable_ranges()
    adam()
    print("largest differences from PyTorch, in units of rounding:", {str(k): round(v) for k, v in LARGEST.items()})

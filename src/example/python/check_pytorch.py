"""Trains a one-layer FCN and a one-layer CNN in PyTorch and lets Idem check both.

usage: check_pytorch.py [FOLDER [COMMAND]]    FOLDER for the arrays; COMMAND that starts Idem, by default ./idem

Exit 0 if Idem confirms and refutes as it should, 1 if not, 69 if this Python has no PyTorch or NumPy.
"""
import pathlib
import subprocess
import sys

try:
    import numpy as np
    import torch
except ImportError as lacking:
    print(f"{sys.executable} has no {lacking.name}: pip install torch numpy, or Debian's python3-torch", file=sys.stderr)
    sys.exit(69)  # a service is unavailable, says sysexits.h

HOME = pathlib.Path(__file__).resolve().parents[3]
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HOME / "target" / "pytorch")
IDEM = sys.argv[2].split("\t") if len(sys.argv) > 2 else [str(HOME / "idem")]


def train_and_check(title, kind, net, inputs, rate, steps, told={}):
    """Copies the inputs for some steps of SGD with momentum; `told` replaces what Idem is told."""
    print(title, flush=True)
    start = [p.detach().clone() for p in net.parameters()]
    optimiser = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9)
    loss = torch.nn.MSELoss()
    for _ in range(steps):
        optimiser.zero_grad()
        loss(net(inputs), inputs).backward()
        optimiser.step()
    arrays = {"train": inputs, "weights": start[0], "bias": start[1], "trained": net.weight, "trained-bias": net.bias}
    command = [*IDEM, "check", kind]
    for name, array in arrays.items():
        file = FOLDER / f"{kind}-{name}.npy"
        np.save(file, array.detach().numpy())
        command += [f"--{name}", str(file)]
    settings = {"loss": "mean", "learning-rate": rate, "steps": steps, "momentum": 0.9} | told
    for name, value in settings.items():
        command += [f"--{name}", str(value)]
    return subprocess.run(command).returncode


FOLDER.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)
images = torch.rand(3, 1, 28, 28)
codes = [
    train_and_check("1. an FCN", "fcn", torch.nn.Linear(784, 784), images.reshape(3, 784), rate=1.0, steps=300),
    train_and_check("\n2. a CNN", "cnn", torch.nn.Conv2d(1, 1, 5, padding=2), images, rate=0.05, steps=300),
    train_and_check("\n3. a CNN, and Idem is told one step more than there were; it has to refute, and to say why",
                    "cnn", torch.nn.Conv2d(1, 1, 5, padding=2), images, rate=0.05, steps=30, told={"steps": 31}),
]
print("\nexit codes", codes, "where [0, 0, 3] is right: confirmed, confirmed, refuted")
sys.exit(0 if codes == [0, 0, 3] else 1)

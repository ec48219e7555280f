"""Trains a one-layer FCN and a one-layer CNN in PyTorch and lets Idem check both.

usage: check_pytorch.py [FOLDER [COMMAND]]    FOLDER for the arrays; COMMAND that starts Idem, by default ./idem
"""
import pathlib
import subprocess
import sys

import numpy as np
import torch

HOME = pathlib.Path(__file__).resolve().parents[3]
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HOME / "target" / "pytorch")
IDEM = sys.argv[2].split("\t") if len(sys.argv) > 2 else [str(HOME / "idem")]


def train_and_check(kind, net, inputs, rate, steps, told={}):
    """Copies the inputs for some steps of SGD with momentum; `told` replaces what Idem is told."""
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
    train_and_check("fcn", torch.nn.Linear(784, 784), images.reshape(3, 784), rate=1.0, steps=300),
    train_and_check("cnn", torch.nn.Conv2d(1, 1, 5, padding=2), images, rate=0.05, steps=300),
    # one step more than there were: refuted, and Idem says why
    train_and_check("cnn", torch.nn.Conv2d(1, 1, 5, padding=2), images, rate=0.05, steps=30, told={"steps": 31}),
]
print("exit codes", codes)
sys.exit(0 if codes == [0, 0, 3] else 1)

"""Idem's weights in PyTorch and PyTorch's in Idem: idem_and_torch.py IDEM X.npy FOLDER, with X of shape (n, 1, H, W)."""
import subprocess
import sys

import numpy as np
import torch

IDEM, images, folder = sys.argv[1].split("\t"), sys.argv[2], sys.argv[3]
net = torch.nn.Sequential(torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(8, 1, 3, padding=1)).double()
x = torch.from_numpy(np.load(images)).double()
run = lambda *words: subprocess.run([*IDEM, "train", "cnn", "--train", images, "--test", images, "--depth", "2", *words], check=True)
# from Idem: its trained weights answer in PyTorch as they do in Idem
run("--channels", "8", "--bias", "--init", "pytorch", "--steps", "50", "--loss", "mean", "--out", f"{folder}/f.npy", "--weights-out", f"{folder}/idem.npz")
net.load_state_dict({name: torch.from_numpy(array) for name, array in np.load(f"{folder}/idem.npz").items()})
print("from Idem", abs(net(x).detach().numpy() - np.load(f"{folder}/f.npy")).max())
# to Idem: no steps, so that it only evaluates
torch.nn.init.orthogonal_(net[0].weight)
np.savez(f"{folder}/torch.npz", **{name: array.numpy() for name, array in net.state_dict().items()})
run("--weights", f"{folder}/torch.npz", "--steps", "0", "--out", f"{folder}/g.npy")
print("to Idem", abs(net(x).detach().numpy() - np.load(f"{folder}/g.npy")).max())

"""Idem's weights in PyTorch and PyTorch's in Idem: idem_and_torch.py [IDEM [X.npy [FOLDER]]], with X of shape (n, 1, H, W)."""
import subprocess, sys
try: import numpy as np, torch
except ImportError as lacking: sys.exit(print(f"{sys.executable} has no {lacking.name}: pip install torch numpy, or Debian's python3-torch", file=sys.stderr) or 69)
idem, images, folder = sys.argv[1:] + ["./idem", "", "target"][len(sys.argv) - 1:]  # tabs separate the words of a longer IDEM
if not images:  # a ring
    images, axis = f"{folder}/ring.npy", np.linspace(-1, 1, 14)
    np.save(images, np.exp(-20 * (np.hypot(axis[:, None], axis[None]) - 0.6) ** 2)[None, None])
run = lambda *words: subprocess.run([*idem.split("\t"), "train", "cnn", "--train", images, "--test", images, "--depth", "2", "--loss", "mean", *words], check=True)
net = torch.nn.Sequential(torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(8, 1, 3, padding=1)).double()
x, far = torch.from_numpy(np.load(images)).double(), lambda file: abs(net(x).detach().numpy() - np.load(file)).max()
run("--channels", "8", "--bias", "--init", "pytorch", "--steps", "50", "--out", f"{folder}/f.npy", "--weights-out", f"{folder}/idem.npz")
net.load_state_dict({name: torch.from_numpy(array) for name, array in np.load(f"{folder}/idem.npz").items()})
print(f"weights trained by Idem: outputs of PyTorch and Idem differ by at most {far(f'{folder}/f.npy'):.1e}")
np.savez(f"{folder}/torch.npz", **{name: array.numpy() for name, array in net.state_dict().items()})
for _ in range(10):  # ten more steps in PyTorch, and in Idem from PyTorch's weights
    gradients = torch.autograd.grad(((net(x) - x) ** 2).mean(), list(net.parameters()))
    [p.data.sub_(0.1 * g) for p, g in zip(net.parameters(), gradients)]
run("--weights", f"{folder}/torch.npz", "--learning-rate", "0.1", "--steps", "10", "--out", f"{folder}/g.npy")
print(f"ten more steps in each: outputs of PyTorch and Idem differ by at most {far(f'{folder}/g.npy'):.1e}")

"""Distribution functions of products of chi-squared variables, for NormLawTest: python3 norm-laws.py > norm-laws.csv

Densities of the logarithms are convolved on a grid by FFT; the last factor enters by its distribution function. All
integrands are smooth and vanish at both ends, so sums over the grid are exact to rounding. No Mellin transform is used.
Made with numpy 2.4.6 and scipy 1.17.1. Dead probabilities are sums of exact fractions.
"""
from fractions import Fraction
import numpy as np
from scipy.signal import fftconvolve
from scipy.stats import binom, chi2

STEP = 1 / 64


def log_density(mass, u):
    x = np.exp(u)
    return sum(p * chi2.pdf(x, b) * x for b, p in mass)


def law(relu, units, q):
    """P(product <= q); the last factor is plain."""
    masses = [[(b, binom.pmf(b, n, 0.5)) for b in range(1, n + 1)] if relu else [(n, 1.0)] for n in units[:-1]]
    u = np.arange(-200, 8, STEP)
    x = np.exp(u)
    density, low = None, 0.0
    for mass in masses:
        one = log_density(mass, u)
        if density is None:
            density, low = one, u[0]
        else:
            density, low = np.maximum(fftconvolve(density, one), 0) * STEP, low + u[0]
    alive = 1.0
    for mass in masses:
        alive *= sum(p for _, p in mass)
    dead = Fraction(1)
    for n in units[:-1]:
        dead *= 1 - Fraction(1, 2 ** n) if relu else 1
    dead = 1 - dead
    if density is None:
        return chi2.cdf(q, units[-1]), float(dead)
    v = low + STEP * np.arange(len(density))
    keep = density > 1e-40
    below = np.sum(density[keep] * chi2.cdf(q / np.exp(v[keep]), units[-1])) * STEP
    return float(dead) + below, float(dead)


CASES = [
    (False, [1]), (False, [7]), (False, [64]), (False, [1, 1]), (False, [3, 5, 2]), (False, [64, 64, 64]),
    (False, [1] * 6), (False, [1] * 12), (False, [2, 9, 4, 30, 1, 1, 6, 12]), (False, [16] * 12),
    (False, [64] * 12), (False, [512, 300]),
    (True, [1, 1]), (True, [2, 1]), (True, [3, 2, 5]), (True, [8, 8, 8, 8]), (True, [64, 64, 64]), (True, [5] * 12),
    (True, [16] * 12), (True, [64] * 12), (True, [1, 20, 3, 40, 2]), (True, [300, 100, 7]),
]

print("relu,units,q,cdf,dead")
for relu, units in CASES:
    centre = sum(np.log(n / 2 if relu and i < len(units) - 1 else n) for i, n in enumerate(units))
    spread = np.sqrt(sum((5.0 if relu else 2.0) / n for n in units))
    for z in (-3, -1.5, -0.5, 0, 0.5, 1.5):
        q = float(np.exp(centre + spread * z))
        cdf, dead = law(relu, units, q)
        print(f"{relu},{' '.join(map(str, units))},{q!r},{float(cdf)!r},{float(dead)!r}")

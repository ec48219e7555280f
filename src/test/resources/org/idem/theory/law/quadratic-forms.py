"""References for sums of weighted noncentral chi-squares: python3 quadratic-forms.py > quadratic-forms.csv

Made with mpmath 1.3.0 by methods that share nothing with the contour integral: chi-square tails by incomplete gamma
functions and Poisson mixtures, Ruben's chi-square mixture (Ann. Math. Statist. 33, 1962), mixtures of exponentials for
even degrees, and a convolution integral for weights of very different size. Columns: how, weights, degrees,
noncentralities, x, P(Q <= x), P(Q > x).
"""
import mpmath as mp

mp.mp.dps = 60


def row(how, weights, degrees, noncentralities, x, lower, upper):
    lists = (" ".join(repr(v) for v in values) for values in (weights, degrees, noncentralities))
    print(how, *lists, repr(x), mp.nstr(lower, 20), mp.nstr(upper, 20), sep=",", flush=True)


def gamma_tails(shape, x):
    return mp.gammainc(shape, 0, x, regularized=True), mp.gammainc(shape, x, mp.inf, regularized=True)


def chi_squared(degrees, noncentrality, x):
    if noncentrality == 0:
        return gamma_tails(mp.mpf(degrees) / 2, mp.mpf(x) / 2)
    half = mp.mpf(noncentrality) / 2
    lower, upper = mp.mpf(0), mp.mpf(0)
    for k in range(max(0, int(half - 40 * mp.sqrt(half) - 40)), int(half + 40 * mp.sqrt(half) + 120)):
        poisson = mp.exp(-half + k * mp.log(half) - mp.loggamma(k + 1))
        tails = gamma_tails(mp.mpf(degrees) / 2 + k, mp.mpf(x) / 2)
        lower += poisson * tails[0]
        upper += poisson * tails[1]
    return lower, upper


def ruben(weights, degrees, noncentralities, x):
    w, lam = [mp.mpf(v) for v in weights], [mp.mpf(v) for v in noncentralities]
    beta, n = min(w), mp.mpf(sum(degrees))
    theta = [1 - beta / v for v in w]
    c = [mp.exp(-sum(lam) / 2) * mp.fprod((beta / v) ** (mp.mpf(d) / 2) for v, d in zip(w, degrees))]
    g, powers, t = [], [mp.mpf(1)] * len(w), mp.mpf(x) / 2 / beta
    lower, shape = c[0] * gamma_tails(n / 2, t)[0], n / 2
    tail = gamma_tails(shape, t)[0]
    total, k = c[0], 0
    while (1 - total) * tail > mp.mpf(10) ** -30:
        k += 1
        before, powers = powers, [p * h for p, h in zip(powers, theta)]
        g.append(sum(d * p for d, p in zip(degrees, powers)) / 2
                 + mp.mpf(k) / 2 * sum(l * p * (1 - h) for l, p, h in zip(lam, before, theta)))
        c.append(sum(g[k - 1 - r] * c[r] for r in range(k)) / k)
        tail -= mp.exp(shape * mp.log(t) - t - mp.loggamma(shape + 1))
        shape += 1
        total += c[k]
        lower += c[k] * tail
    return lower, 1 - lower


def one_and_many(small, many, x):
    """z^2 + small * chi-square(many), by integrating over z = sqrt(x) sin(t)."""
    r, v = mp.mpf(small), mp.mpf(x)
    edge, root = mp.pi / 2, mp.sqrt(v)
    widths = [mp.sqrt(r / v) * mp.mpf(10) ** j for j in range(3, -7, -1)]
    points = [mp.mpf(0)] + [edge - width for width in widths if width < edge] + [edge]
    lower = 2 * mp.quad(lambda t: mp.npdf(root * mp.sin(t)) * root * mp.cos(t)
                        * mp.gammainc(mp.mpf(many) / 2, 0, v * mp.cos(t) ** 2 / (2 * r), regularized=True), points)
    return lower, 1 - lower


def exponentials(small, x):
    b, v = mp.mpf(small), mp.mpf(x)
    upper = (mp.exp(-v / 2) - b * mp.exp(-v / (2 * b))) / (1 - b)
    return 1 - upper, upper


for n in (1, 2, 3, 40, 305, 3000):
    for factor in (1e-20, 1e-6, .5, 1, 1.05, 1.3, 2, 5, 20):
        lower, upper = chi_squared(n, 0, n * factor)
        if min(lower, upper) > mp.mpf(10) ** -290:
            row("gamma", [1.0], [n], [0.0], n * factor, lower, upper)
for n, lam in ((1, 1.0), (1, 50.0), (3, 2.5), (10, 400.0), (2, 1e4)):
    for factor in (1e-6, .9, 1, 1.3, 2):
        if lam < 1e3 or factor in (.9, 1):
            row("poisson", [1.0], [n], [lam], (n + lam) * factor, *chi_squared(n, lam, (n + lam) * factor))
for weights, degrees, noncentralities, points in (
        ([.6, .3, .1], [1, 1, 1], [0, 0, 0], (.1, .7, 2)), ([.6, .3, .1], [2, 2, 2], [0, 0, 0], (.2, 2, 6)),
        ([.6, .3, .1], [6, 4, 2], [0, 0, 0], (1, 5, 12)), ([.6, .3, .1], [2, 4, 6], [0, 0, 0], (1, 3, 8)),
        ([.7, .3], [6, 2], [6, 2], (2, 10, 20)), ([.7, .3], [1, 1], [6, 2], (1, 6, 15)),
        ([.995, .005], [1, 2], [1, 1], (2, 8, 12)), ([30, 1], [1, 10], [0, 0], (5, 25, 100)),
        ([1, .5, .25, .125, .1], [1, 2, 1, 3, 1], [0, 3, 0, .5, 10], (.3, 1, 3, 6, 10, 20))):
    for x in points:
        row("ruben", weights, degrees, noncentralities, x, *ruben(weights, degrees, noncentralities, x))
for small in (1e-3, 1e-6, 1e-12):
    for x in (1e-14, 1e-12, 1e-3, .5, 1.3, 3, 20):
        row("convolution", [1.0, small], [1, 1], [0, 0], x, *one_and_many(small, 1, x))
    for x in (.1, .2999, .3001, 1, 3) if small > 1e-9 else ():
        row("convolution", [1.0, small], [1, 300], [0, 0], x, *one_and_many(small, 300, x))
mp.mp.dps = 80
for small in (.5, 1e-3, 1e-12):
    for x in (1e-20, 1e-11, .01, 1, 2.1, 5, 28, 600):
        row("exponentials", [1.0, small], [2, 2], [0, 0], x, *exponentials(small, x))

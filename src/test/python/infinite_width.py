"""Kernels of infinitely wide networks with 40 digits, pair of pixels by pair of pixels: the numbers of
src/test/resources/infinite-width.csv. Needs mpmath.

    python3 src/test/python/infinite_width.py > src/test/resources/infinite-width.csv
"""

import itertools

from mpmath import acos, asin, cos, mp, mpf, nstr, pi, sin, sqrt

mp.dps = 40
NEGATIVE = mpf(0.01)  # the slope of leaky ReLU, the double that frameworks use


def moments(activation, a, b, c):
    """E[φφ], E[φ′φ′] of Gaussian signals of variances a, b and covariance c."""
    if activation == "linear":
        return c, mpf(1)
    if activation == "erf":
        widths = (1 + 2 * a) * (1 + 2 * b)
        return 2 / pi * asin(2 * c / sqrt(widths)), 4 / pi / sqrt(widths - 4 * c * c)
    size = sqrt(a * b)
    if size == 0:
        return mpf(0), mpf(0)
    cosine = min(mpf(1), max(mpf(-1), c / size))
    angle = acos(cosine)
    product = size * (sqrt(1 - cosine * cosine) + (pi - angle) * cosine) / (2 * pi)
    slope = (pi - angle) / (2 * pi)
    if activation == "relu":
        return product, slope
    rest = (1 - NEGATIVE) ** 2
    return NEGATIVE * c + rest * product, NEGATIVE + rest * slope


def mean(activation, a):
    share = {"relu": mpf(1), "leaky-relu": 1 - NEGATIVE}.get(activation, mpf(0))
    return share * sqrt(a / (2 * pi))


def box(values, kernel, circular):
    """Mean over the K² offsets that move both pixels; values[y, x, v, u]."""
    reach = kernel // 2
    (height, width), (tall, wide) = values["sides"]
    result = {"sides": values["sides"]}
    for y, x, v, u in itertools.product(range(height), range(width), range(tall), range(wide)):
        total = mpf(0)
        for dy, dx in itertools.product(range(-reach, reach + 1), repeat=2):
            at = (y + dy, x + dx, v + dy, u + dx)
            if circular:
                at = (at[0] % height, at[1] % width, at[2] % tall, at[3] % wide)
            total += values.get(at, mpf(0))
        result[y, x, v, u] = total / (kernel * kernel)
    return result


def kernels(one, other, depth, kernel, circular, activation, weight, bias, residual):
    """S and Θ between all pixels of two images, lists of channels of rows, after so many layers."""

    def products(first, second):
        values = {"sides": ((len(first[0]), len(first[0][0])), (len(second[0]), len(second[0][0])))}
        for y, x in itertools.product(range(len(first[0])), range(len(first[0][0]))):
            for v, u in itertools.product(range(len(second[0])), range(len(second[0][0]))):
                values[y, x, v, u] = sum(a[y][x] * b[v][u] for a, b in zip(first, second)) / len(first)
        return values

    def through(values, change):
        return {at: value if at == "sides" else change(at, value) for at, value in values.items()}

    pairs = {"xz": products(one, other), "xx": products(one, one), "zz": products(other, other)}
    tangents = through(pairs["xz"], lambda at, value: mpf(0))
    means = {side: through(pairs[side + side], lambda at, value: mpf(0)) for side in "xz"}
    for layer in range(1, depth + 1):
        signals = {
            name: through(box(values, kernel, circular), lambda at, value: bias + weight * value)
            for name, values in pairs.items()
        }
        inherited = box(tangents, kernel, circular)
        tangent = through(signals["xz"], lambda at, value: value + weight * inherited[at])
        if layer == depth:
            return signals["xz"], tangent
        own = {}
        for side in "xz":
            own[side] = through(signals[side + side], lambda at, value: mean(activation, value))
        slopes = {}
        adds = residual and layer > 1
        for name, values in signals.items():
            first, second = name
            left, right = signals[first * 2], signals[second * 2]

            def respond(at, value):
                p, q = at[:2] * 2, at[2:] * 2
                product, slope = moments(activation, left[p], right[q], value)
                slopes[name, at] = slope
                if adds:
                    product += pairs[name][at]
                    product += means[first][p] * own[second][q] + own[first][p] * means[second][q]
                return product

            pairs[name] = through(values, respond)
        tangents = through(
            tangent, lambda at, value: slopes["xz", at] * value + (tangents[at] if adds else mpf(0))
        )
        for side in "xz":
            before = means[side]
            means[side] = through(own[side], lambda at, value: value + (before[at] if adds else mpf(0)))


def image(channels, height, width, seed, lowest):
    """Numbers that every language computes alike: multiples of 1/16 from a small generator."""
    state = seed
    result = []
    for _ in range(channels):
        rows = []
        for _ in range(height):
            row = []
            for _ in range(width):
                state = (state * 75 + 74) % 65537
                row.append(mpf(state % 17 + lowest) / 16)
            rows.append(row)
        result.append(rows)
    return result


def main():
    print("# made by src/test/python/infinite_width.py with mpmath, 40 digits")
    print("# kind,depth,kernel,padding,activation,weight,bias,residual,channels,height,width,tall,wide;S...;theta...")
    settings = itertools.product(["linear", "relu", "leaky-relu", "erf"], ["same", "circular"], [False, True])
    for index, (activation, padding, residual) in enumerate(settings):
        kernel = [1, 3, 5][index % 3]
        depth = [4, 3, 5, 2, 1][index % 5] if not residual else 4 + index % 2
        weight = [mpf(2), mpf(1) / 2, mpf(3)][index % 3]
        bias = [mpf(0), mpf(1) / 4][index // 2 % 2]
        channels = 1 + index % 2
        sides = (3, 4) if index % 4 < 2 else (2, 3)
        others = sides if index % 3 else (3, 2)
        lowest = -8 if index % 2 else 0
        one = image(channels, *sides, 7 + index, lowest)
        other = image(channels, *others, 9001 + index, lowest)
        s, theta = kernels(one, other, depth, kernel, padding == "circular", activation, weight, bias, residual)
        head = ["cnn", depth, kernel, padding, activation, nstr(weight, 17), nstr(bias, 17)]
        head += ["yes" if residual else "no", channels, *sides, *others, 7 + index, 9001 + index, lowest]
        lists = [[nstr(v, 20) for at, v in values.items() if at != "sides"] for values in (s, theta)]
        print(",".join(map(str, head)) + ";" + ",".join(lists[0]) + ";" + ",".join(lists[1]))
    for line in near():
        print(line)
    for depth in (2, 5, 10, 20, 100, 1000, 10000):
        print("angle,%d;%s" % (depth, nstr(at_right_angle(depth), 20)))
    for depth, size in ((3, mpf(10) ** 6), (12, mpf(3)), (10000, mpf(1) / 2**10)):
        print("line,%d,%s;%s" % (depth, nstr(size, 17), nstr(bent(depth, size), 20)))
    for line in predictions():
        print(line)


def near():
    """Images that differ by 2**-30 of another, as they are and with the other sign: pixels nearly equal or opposite."""
    settings = [("relu", "same", False, 0), ("relu", "circular", True, 0), ("leaky-relu", "circular", False, 1)]
    settings += [("erf", "same", False, 0), ("erf", "circular", True, 1), ("erf", "same", True, 0)]
    for index, (activation, padding, residual, quarters) in enumerate(settings):
        for sign in (1, -1):
            channels, depth, weight, bias = 1 + index % 2, 3, mpf(2), mpf(quarters) / 4
            other = image(channels, 3, 4, 31 + index, -8)
            small = image(channels, 3, 4, 71 + index, -8)
            one = [
                [[sign * (b + s / 2**30) for b, s in zip(*rows)] for rows in zip(*planes)]
                for planes in zip(other, small)
            ]
            s, theta = kernels(one, other, depth, 3, padding == "circular", activation, weight, bias, residual)
            head = ["near", depth, 3, padding, activation, nstr(weight, 17), nstr(bias, 17)]
            head += ["yes" if residual else "no", channels, 31 + index, 71 + index, sign]
            lists = [[nstr(v, 20) for at, v in values.items() if at != "sides"] for values in (s, theta)]
            yield ",".join(map(str, head)) + ";" + ",".join(lists[0]) + ";" + ",".join(lists[1])


def predictions():
    """Mean and variance over networks after real steps, taken with 40 digits, of functions instead of parameters."""
    network = (3, 3, False, "relu", mpf(2), mpf(1) / 4, False)
    train, test = image(1, 3, 4, 77, 0), image(1, 3, 4, 4711, 0)

    def matrices(first, second):
        flat = []
        for values in kernels(first, second, *network):
            flat.append([[values[y, x, v, u] for v in range(3) for u in range(4)] for y in range(3) for x in range(4)])
        return flat

    s, theta = matrices(train, train)
    s_test, theta_test = matrices(test, train)
    own, _ = matrices(test, test)
    targets = [value for row in train[0] for value in row]
    for momentum, nesterov, decay, steps in ((0, 0, 0, 7), (0.5, 0, 0, 9), (0.75, 1, 0, 8), (0.5, 0, 0.5, 11)):
        rate, beta, omega = mpf(1) / 64, mpf(momentum), mpf(decay)

        def trained(goal):
            """Outputs at training and test pixels, from 0, with c = 1."""
            rows = theta + theta_test
            outputs, velocity = [mpf(0)] * 24, [mpf(0)] * 24
            for _ in range(steps):
                residual = [outputs[i] - goal[i] for i in range(12)]
                slope = [sum(a * b for a, b in zip(row, residual)) + omega * o for row, o in zip(rows, outputs)]
                velocity = [beta * v + g for v, g in zip(velocity, slope)]
                move = [g + beta * v for g, v in zip(slope, velocity)] if nesterov else velocity
                outputs = [o - rate * m for o, m in zip(outputs, move)]
            return outputs[12:]

        shares = [trained([mpf(i == j) for i in range(12)]) for j in range(12)]
        variances = []
        for p in range(12):
            a = [shares[j][p] for j in range(12)]
            inner = [sum(s[i][j] * a[j] for j in range(12)) for i in range(12)]
            variances.append(own[p][p] + sum(a[j] * (inner[j] - 2 * s_test[p][j]) for j in range(12)))
        lists = [",".join(nstr(v, 20) for v in values) for values in (trained(targets), variances)]
        yield "trained,%s,%s,%s,%d;%s" % (momentum, nesterov, decay, steps, ";".join(lists))


def at_right_angle(depth):
    """Θ_xz/Θ_xx of a bias-free ReLU network with σ_w² = 2 at inputs of one norm at a right angle."""
    angle = pi / 2
    theta = mpf(0)
    for layer in range(1, depth):
        cosine = cos(angle)
        shares = (sin(angle) + (pi - angle) * cosine) / pi
        theta = shares + (pi - angle) / pi * (theta if layer > 1 else cosine)
        angle = acos(shares)
    return theta / depth


def bent(depth, size):
    """Θ_xz/Θ_xx of an erf network with σ_w² = 1, σ_b² = 1/4 at (size, 0) and (size, size/1000)."""
    a, b, c = size**2 / 2, size**2 * (1 + mpf(10) ** -6) / 2, size**2 / 2
    quarter = mpf(1) / 4
    a, b, c = a + quarter, b + quarter, c + quarter
    theta, own = c, a
    for _ in range(1, depth):
        product, slope = moments("erf", a, b, c)
        x, slope_x = moments("erf", a, a, a)
        z, _ = moments("erf", b, b, b)
        a, b, c = x + quarter, z + quarter, product + quarter
        theta, own = c + slope * theta, a + slope_x * own
    return theta / own


if __name__ == "__main__":
    main()

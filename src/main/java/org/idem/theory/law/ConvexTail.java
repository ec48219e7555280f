package org.idem.theory.law;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How large an upper quantile of F² can be if F ≥ 0 is a convex function of independent standard normal numbers, moves
 * by at most 1 when they move by 1, and one moment E F^p is known, p even. Source: proofs/T2.image-bound.md (d).
 *
 * <p>F has the law of k(z) with z standard normal and k convex, of slope at most 1. The extreme k is a multiple of
 * max(0, z + c), whose moments are h_p(c) = E max(0, z + c)^p: h_0 = Φ, h_1 = φ + cΦ, h_p = c·h_{p−1} + (p − 1)h_{p−2}.
 */
final class ConvexTail {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private ConvexTail() {}

    /**
     * Bound on F² that is exceeded with probability at most q.
     *
     * @param moments E F², E F⁴, E F⁶, …, at least one, the first finite; those of a function whose slope reaches 1 in
     *     some direction, so that E F^p is at least the p-th moment of a normal number
     * @param q in (0, 1]
     * @return the least of E[F^p]^{2/p}(u + c)²/h_p(c)^{2/p} over the moments, u the upper quantile of the normal law
     *     and c the larger one of the solutions of h_p(c) = E F^p and h'_{p−1}(c) = u·h_{p−1}(c); for q ≥ ½ it is E F²
     */
    static double bound(double[] moments, double q) {
        double deviations = NORMAL.inverseSurvivalProbability(q);
        if (!(deviations > 0)) {
            return moments[0];
        }
        double least = Double.POSITIVE_INFINITY;
        for (int half = 1; half <= moments.length && moments[half - 1] < Double.POSITIVE_INFINITY; half++) {
            int power = 2 * half;
            double moment = moments[half - 1];
            double shift = kink(power, matching(power, moment), deviations);
            double root = deviations + shift;
            least = Math.min(least, root * root * Math.pow(moment / moment(power, shift), 1.0 / half));
        }
        return least;
    }

    /** The c with h_p(c) = E F^p, from above: it is at least 0, and h_p(c) ≥ c^p/2. */
    private static double matching(int power, double moment) {
        double low = 0;
        double high = Math.pow(2 * moment, 1.0 / power);
        double c = high / 2;
        while (c > low && c < high) {
            if (moment(power, c) < moment) {
                low = c;
            } else {
                high = c;
            }
            c = (low + high) / 2;
        }
        return high;
    }

    /** The first c ≥ from with h'_{p−1}(c) ≤ u·h_{p−1}(c); (p − 1)/u is one, and all larger ones are. */
    private static double kink(int power, double from, double deviations) {
        double high = (power - 1) / deviations;
        if (from >= high || falls(power, from, deviations)) {
            return from;
        }
        double low = from;
        double c = (low + high) / 2;
        while (c > low && c < high) {
            if (falls(power, c, deviations)) {
                high = c;
            } else {
                low = c;
            }
            c = (low + high) / 2;
        }
        return high;
    }

    private static boolean falls(int power, double c, double deviations) {
        return (power - 1) * moment(power - 2, c) <= deviations * moment(power - 1, c);
    }

    /** h_p(c) for c ≥ 0, a sum of positive numbers. */
    private static double moment(int power, double c) {
        double before = NORMAL.cumulativeProbability(c);
        double last = NORMAL.density(c) + c * before;
        if (power == 0) {
            return before;
        }
        for (int p = 2; p <= power; p++) {
            double next = c * last + (p - 1) * before;
            before = last;
            last = next;
        }
        return last;
    }
}

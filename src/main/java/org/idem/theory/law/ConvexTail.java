package org.idem.theory.law;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How large an upper quantile of F² can be if F ≥ 0 is a convex function of independent standard normal numbers, moves by
 * at most 1 when they move by 1, and E F² = m is known. Source: proofs/T2.image-bound.md (d).
 *
 * <p>F has the law of k(z) with z standard normal and k convex, of slope at most 1. The extreme k is max(0, z + c), for
 * which E k² = V(c) = (1 + c²)Φ(c) + cφ(c).
 */
final class ConvexTail {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private ConvexTail() {}

    /**
     * Bound on F² that is exceeded with probability at most q.
     *
     * @param mean m ≥ 1, finite
     * @param q in (0, 1)
     * @return m(u + c)²/V(c), u the upper quantile of the normal law and c the larger one of the solutions of V(c) = m
     *     and Φ(c) = u(φ(c) + cΦ(c)); the first of them makes it (u + c)². For q ≥ ½ it is m
     */
    static double bound(double mean, double q) {
        double deviations = NORMAL.inverseSurvivalProbability(q);
        if (!(deviations > 0)) {
            return mean;
        }
        double shift = kink(matching(mean), deviations);
        double root = deviations + shift;
        return mean * (root * root / square(shift));
    }

    /** The c with V(c) = m, from above. */
    private static double matching(double mean) {
        double low = 0;
        double high = Math.sqrt(mean);
        double c = high / 2;
        while (c > low && c < high) {
            if (square(c) < mean) {
                low = c;
            } else {
                high = c;
            }
            c = (low + high) / 2;
        }
        return high;
    }

    /** The first c ≥ from with Φ(c) ≤ u(φ(c) + cΦ(c)); 1/u is one, and all larger ones are. */
    private static double kink(double from, double deviations) {
        if (bendsAt(from, deviations) || from >= 1 / deviations) {
            return from;
        }
        double low = from;
        double high = 1 / deviations;
        double c = (low + high) / 2;
        while (c > low && c < high) {
            if (bendsAt(c, deviations)) {
                high = c;
            } else {
                low = c;
            }
            c = (low + high) / 2;
        }
        return high;
    }

    private static boolean bendsAt(double c, double deviations) {
        double below = NORMAL.cumulativeProbability(c);
        return below <= deviations * (NORMAL.density(c) + c * below);
    }

    /** V(c) = E max(0, z + c)². */
    private static double square(double c) {
        return (1 + c * c) * NORMAL.cumulativeProbability(c) + c * NORMAL.density(c);
    }
}

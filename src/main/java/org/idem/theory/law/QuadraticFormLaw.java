package org.idem.theory.law;

import org.jspecify.annotations.Nullable;

/**
 * Law of Q = Σ_j w_j (z_j + s_j)² for independent standard normal z_j and weights w_j ≥ 0: a generalised noncentral χ².
 *
 * <p>Every probability comes with a computed bound on its absolute error, {@link #error}, from step, cut-off and
 * rounding; a probability whose bound exceeds {@value #LARGEST_ERROR} is returned as NaN. The bound is about 10⁻¹¹ of
 * the smaller tail up to a few hundred terms and 10⁻⁹ of it for thousands, so tails are accurate relative to themselves
 * while they are above 10⁻³⁰⁰. It grows with √Σs_j² and reaches {@value #LARGEST_ERROR} when Σs_j² is about 10¹¹. No
 * limit on the ratio of the weights. A probability costs 30 to 80 evaluations of the Laplace transform. Method and
 * proof: proofs/quadratic-form.md.
 */
public final class QuadraticFormLaw {
    /** No probability is returned with a larger bound on its absolute error. */
    public static final double LARGEST_ERROR = 1e-8;

    /** Below this many largest weights P(Q ≤ x) ≤ √(2x/π) &lt; 10⁻⁵⁰ counts as 0. */
    private static final double SMALLEST = 1e-100;

    /** Relative error asked of step and cut-off: far below the stated error, and above rounding. */
    private static final double WANTED = 1e-12;
    /** Distance of logarithms of probabilities at which a quantile is settled: ten times the error of each. */
    private static final double SETTLED = 1e-11;

    private static final int MOST_STEPS = 200;

    /** Moments that the bound by convexity looks at. */
    private static final int MOMENTS = 8;

    private final @Nullable QuadraticFormTransform transform;
    private final double mean;
    private final double variance;

    private QuadraticFormLaw(@Nullable QuadraticFormTransform transform, double mean, double variance) {
        this.transform = transform;
        this.mean = mean;
        this.variance = variance;
    }

    /**
     * The law of a weighted sum.
     *
     * @param weights w_j, finite and at least 0; zeros contribute nothing; not kept
     * @param shiftsSquared s_j², finite and at least 0, one for each weight; not kept
     * @return the law; without a positive weight Q is 0
     * @throws IllegalArgumentException for arrays of different lengths or a value out of range
     */
    public static QuadraticFormLaw of(double[] weights, double[] shiftsSquared) {
        if (weights.length != shiftsSquared.length) {
            throw new IllegalArgumentException("every weight needs one squared shift, got " + weights.length
                    + " weights and " + shiftsSquared.length + " squared shifts");
        }
        double mean = 0;
        double variance = 0;
        double largest = 0;
        for (int j = 0; j < weights.length; j++) {
            check("weight", j, weights[j]);
            check("squared shift", j, shiftsSquared[j]);
            mean += weights[j] * (1 + shiftsSquared[j]);
            variance += 2 * weights[j] * weights[j] * (1 + 2 * shiftsSquared[j]);
            largest = Math.max(largest, weights[j]);
        }
        return new QuadraticFormLaw(
                largest > 0 ? new QuadraticFormTransform(weights, shiftsSquared) : null, mean, variance);
    }

    private static void check(String name, int index, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "every " + name + " must be finite and at least 0, got " + value + " at index " + index);
        }
    }

    /**
     * Mean of Q, Σ w_j (1 + s_j²).
     *
     * @return at least 0
     */
    public double mean() {
        return mean;
    }

    /**
     * Variance of Q, Σ 2 w_j² (1 + 2 s_j²).
     *
     * @return at least 0
     */
    public double variance() {
        return variance;
    }

    /**
     * P(Q ≤ x).
     *
     * @param x any number
     * @return probability, NaN for NaN or an error bound above {@value #LARGEST_ERROR}
     */
    public double cumulative(double x) {
        QuadraticFormInversion tail = tail(x);
        return tail.lower() ? checked(tail) : 1 - checked(tail);
    }

    /**
     * P(Q &gt; x), accurate relative to itself in the upper tail.
     *
     * @param x any number
     * @return probability, NaN for NaN or an error bound above {@value #LARGEST_ERROR}
     */
    public double survival(double x) {
        QuadraticFormInversion tail = tail(x);
        return tail.lower() ? 1 - checked(tail) : checked(tail);
    }

    /**
     * Bound on the absolute error of {@link #cumulative} and {@link #survival}.
     *
     * @param x any number
     * @return at least 0; 0 where the probability is exactly 0 or 1; NaN for NaN
     */
    public double error(double x) {
        return tail(x).error();
    }

    /**
     * The x with P(Q ≤ x) = p.
     *
     * @param p in [0, 1]
     * @return quantile; its probability differs from p by no more than the error bound and 10⁻¹¹ of the smaller tail; 0
     *     for p = 0 and infinite for p = 1 unless Q is 0; NaN where the error bound is too large
     */
    public double quantile(double p) {
        checkProbability(p);
        return solve(p, 1 - p);
    }

    /**
     * The x with P(Q &gt; x) = q: for small q more accurate than {@code quantile(1 - q)}.
     *
     * @param q in [0, 1]
     * @return as for {@link #quantile}
     */
    public double upperQuantile(double q) {
        checkProbability(q);
        return solve(1 - q, q);
    }

    /**
     * An x with P(Q &gt; x) ≤ q for certain: the upper quantile, raised by as much as the errors of its probability
     * allow it to be wrong.
     *
     * @param q in (0, 1)
     * @return upper bound on the upper quantile, above it by about 10⁻¹⁰ of it; 0 if Q is 0; NaN where the error bound
     *     is too large or q is smaller than it
     */
    public double upperBound(double q) {
        checkProbability(q);
        double x = upperQuantile(q);
        double gap = error(x);
        for (int i = 0; i < MOST_STEPS && !(survival(x) + error(x) <= q); i++) {
            gap = Math.max(2 * gap, Double.MIN_NORMAL);
            if (!(gap < q)) {
                return Double.NaN;
            }
            x = upperQuantile(q - gap);
        }
        return x;
    }

    /**
     * The smallest x for which Chernoff's inequality says P(Q &gt; x) ≤ q: the infimum over 0 &lt; h &lt; 1/(2 max w)
     * of (log E exp(hQ) + log(1/q))/h, found by bisection. Whatever h is found, the bound holds for it.
     *
     * @param q in (0, 1]
     * @return at least the upper quantile, up to some dozen roundings for each term; 0 if Q is 0
     */
    public double chernoff(double q) {
        if (!(q > 0 && q <= 1)) {
            throw new IllegalArgumentException("a probability that is allowed must lie in (0, 1], got " + q);
        }
        if (transform == null) {
            return 0;
        }
        double surprise = -Math.log(q);
        double low = 0;
        double high = 0.5;
        double h = 0.25;
        // the slope of the quotient in h has the sign of h K'(h) − K(h) − log(1/q), which increases
        while (h > low && h < high) {
            if (h * transform.tiltedMean(-h) - transform.logReal(-h) < surprise) {
                low = h;
            } else {
                high = h;
            }
            h = (low + high) / 2;
        }
        // for q = 1 the infimum is the mean, at h = 0
        return h > 0 ? transform.unit() * (transform.logReal(-h) + surprise) / h : mean;
    }

    /**
     * An x with P(Q &gt; x) ≤ q in closed form: the smaller one of {@link #chernoff} and of what the largest weight and
     * the first eight moments say of the convex function √Q of normal numbers. At q = 5 % it exceeds the quantile of
     * equal weights by less than 3 %. Source: proofs/T2.image-bound.md (d).
     *
     * @param q in (0, 1)
     * @return at least the upper quantile, up to some dozen roundings for each term; 0 if Q is 0
     */
    public double closedBound(double q) {
        double chernoff = chernoff(q);
        return transform == null
                ? chernoff
                : Math.min(chernoff, transform.unit() * ConvexTail.bound(transform.moments(MOMENTS), q));
    }

    private static double checked(QuadraticFormInversion tail) {
        return tail.error() <= LARGEST_ERROR ? tail.probability() : Double.NaN;
    }

    private QuadraticFormInversion tail(double x) {
        if (Double.isNaN(x)) {
            return new QuadraticFormInversion(true, x, x, x, 0);
        }
        if (transform == null) {
            return new QuadraticFormInversion(true, x < 0 ? 0 : 1, 0, 0, 0);
        }
        double relative = x / transform.unit();
        if (relative <= 0) {
            return new QuadraticFormInversion(true, 0, 0, 0, 0);
        }
        if (relative < SMALLEST) {
            return new QuadraticFormInversion(true, 0, 0, Math.sqrt(relative), 0);
        }
        if (relative == Double.POSITIVE_INFINITY) {
            return new QuadraticFormInversion(false, 0, 0, 0, 0);
        }
        return QuadraticFormInversion.at(transform, relative, WANTED);
    }

    private static void checkProbability(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a probability must lie in [0, 1], got " + p);
        }
    }

    private double solve(double p, double q) {
        if (transform == null || p == 0) {
            return 0;
        }
        if (q == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double x = mean;
        for (int i = 0; i < MOST_STEPS; i++) {
            QuadraticFormInversion tail = tail(x);
            if (!(tail.error() <= LARGEST_ERROR)) {
                return Double.NaN;
            }
            double ratio = Math.log(tail.probability() / (tail.lower() ? p : q));
            double excess = tail.lower() ? ratio : -ratio;
            if (excess < 0) {
                low = x;
            } else {
                high = x;
            }
            double slope = x / transform.unit() * tail.density() / tail.probability();
            double next = x * Math.exp(Math.max(-40, Math.min(40, -excess / slope)));
            if (!(next > low && next < high)) {
                next = between(low, high);
            }
            if (Math.abs(ratio) <= SETTLED || next == x || low > 0 && high <= low * (1 + 0x1p-51)) {
                return x;
            }
            x = next;
        }
        return x;
    }

    private double between(double low, double high) {
        if (high == Double.POSITIVE_INFINITY) {
            return 2 * low;
        }
        return low == 0 ? high / 1024 : Math.sqrt(low) * Math.sqrt(high);
    }
}

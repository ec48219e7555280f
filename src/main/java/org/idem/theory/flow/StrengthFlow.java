package org.idem.theory.flow;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.util.FastMath;

/**
 * Gradient flow of the common strength of L aligned layers: q̇ = μq^{L−1}(1 − q^L), that is ṗ = Lμp^{2−2/L}(1 − p) for
 * p = q^L. Source: proofs/T4.flow.md.
 *
 * @param depth L, at least 1
 * @param rate μ, positive
 */
public record StrengthFlow(int depth, double rate) {
    private static final int PANELS = 8;
    private static final GaussIntegrator PANEL = new GaussIntegratorFactory().legendre(10);
    private static final double ACCURACY = 1e-15;
    private static final int MOST_EVALUATIONS = 400;

    /** From here on doubles hardly tell strengths from 1. */
    private static final double CLOSEST = 0x1p-51;

    /** Bound on the relative error of {@link #after}, which a test holds. */
    public static final double RELATIVE_ERROR = 0x1p-46;

    /** Checks the numbers. */
    public StrengthFlow {
        if (depth < 1 || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "depth must be at least 1 and the rate positive, got " + depth + " and " + rate);
        }
    }

    /**
     * The strength after some time: in closed form for one, two and four layers, otherwise from the time that it takes
     * to get there.
     *
     * @param start q at time 0, positive
     * @param time at least 0
     * @return between the start and 1, up to a relative error of {@link #RELATIVE_ERROR}
     */
    public double after(double start, double time) {
        if (!(start > 0 && time >= 0)) {
            throw new IllegalArgumentException(
                    "a flow needs a positive start and a time of at least 0, got " + start + " and " + time);
        }
        if (Math.abs(1 - start) <= CLOSEST || time == 0) {
            return start;
        }
        return switch (depth) {
            case 1 -> 1 - (1 - start) * Math.exp(-rate * time);
            case 2 -> twoLayers(start * start, time);
            default -> solved(start, time);
        };
    }

    /** p is logistic. */
    private double twoLayers(double learnt, double time) {
        double decay = Math.exp(-2 * rate * time);
        return Math.sqrt(learnt / (learnt + (1 - learnt) * decay));
    }

    /** Seeks the distance from 1, on a logarithmic scale, at which the time has passed. */
    private double solved(double start, double time) {
        double side = Math.signum(1 - start);
        if (duration(start, 1 - side * CLOSEST) <= time) {
            return 1;
        }
        double from = Math.log(Math.abs(1 - start));
        // far below 1 a deep network hardly moves: the way is then shorter than the rounding of its two ends
        if (duration(start, 1 - side * Math.exp(from)) >= time) {
            return start;
        }
        // |d log|1 − q|/dt| = μq^{L−1}(1 + q + … + q^{L−1})
        double largest = rate * depth * Math.pow(Math.max(1, start), 2.0 * depth - 2);
        double closest = Math.log(CLOSEST);
        double low = Math.max(closest, from - largest * time);
        // the bound is rounded, and next to 1 there are few doubles: it may lie before the strength that is sought
        if (duration(start, 1 - side * Math.exp(low)) < time) {
            low = closest;
        }
        double solution = new BrentSolver(ACCURACY, ACCURACY)
                .solve(MOST_EVALUATIONS, log -> duration(start, 1 - side * Math.exp(log)) - time, low, from);
        return 1 - side * Math.exp(solution);
    }

    /**
     * The time that the flow takes from one strength to another on its way.
     *
     * @param start q at the beginning, positive and not 1
     * @param end q at the end, between the start and 1, not 1
     * @return at least 0
     */
    public double duration(double start, double end) {
        if (start == end) {
            return 0;
        }
        return (depth == 4 ? fourLayers(end) - fourLayers(start) : byQuadrature(start, end)) / rate;
    }

    /** μt + const = −1/(2√p) + ln|(1 + √p)/(1 − √p)|/4 with √p = q². */
    private static double fourLayers(double strength) {
        double root = strength * strength;
        return -1 / (2 * root) + Math.log(Math.abs((1 + root) / (1 - root))) / 4;
    }

    /**
     * ∫dq/(q^{L−1}(1 − q^L)): 1/(q^{L−1}(1 − q^L)) = q^{1−L} + q/(1 − q^L), and of the latter 1/(L(1 − q)) is taken
     * off, which leaves a smooth function.
     */
    private double byQuadrature(double start, double end) {
        double power = depth == 2
                ? Math.log(end / start)
                : (FastMath.pow(start, 2 - depth) - FastMath.pow(end, 2 - depth)) / (depth - 2);
        double pole = -Math.log((1 - end) / (1 - start)) / depth;
        double smooth = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            double width = (end - start) / PANELS;
            double left = start + panel * width;
            double half = width / 2;
            double middle = left + half;
            smooth += half * PANEL.integrate(x -> rest(middle + half * x));
        }
        return power + pole + smooth;
    }

    /**
     * q/(1 − q^L) − 1/(L(1 − q)) = (q·Σ_{i=2}^{L−1}(1 + … + q^{i−2}) − 1)/(L(1 + … + q^{L−1})), without cancellation.
     */
    private double rest(double q) {
        double geometric = 0;
        double below = 0;
        double power = 1;
        for (int i = 0; i < depth; i++) {
            below += i <= depth - 2 ? geometric : 0;
            geometric += power;
            power *= q;
        }
        return (q * below - 1) / (depth * geometric);
    }
}

package org.idem.theory.arithmetic;

import org.idem.network.LinearMethod;

/**
 * How large a mode may still become in all later steps of a long run, without taking them. Source: proofs/rounding.md,
 * §5.
 */
public final class LongTail {
    /** Steps within which powers of a mode's matrix have to stop growing. */
    private static final int LOOKS = 1 << 17;
    /** Norms are computed up to so much; each round of steps may grow by it. */
    private static final double SLACK = 0x1p-40;

    private final LinearMethod optimizer;
    private final int steps;
    /** Place minus so many velocities stays the same where there is no curvature. */
    private final double shift;

    /**
     * For so many later steps.
     *
     * @param optimizer whose steps they are
     * @param steps number of steps that follow
     */
    public LongTail(LinearMethod optimizer, int steps) {
        this.optimizer = optimizer;
        this.steps = steps;
        double momentum = optimizer.momentum();
        shift = (optimizer.nesterov() ? momentum * momentum : momentum) / (1 - momentum);
    }

    /**
     * Largest norm of (place, velocity) from here on, as a multiple of {@link #size} here; infinite if nothing bounds
     * it.
     *
     * @param curvature times learning rate, weight decay included
     * @return at least 1, or infinite
     */
    public double growth(double curvature) {
        double momentum = optimizer.momentum();
        if (curvature == 0) {
            return 1 + shift;
        }
        if (momentum == 0) {
            return Math.abs(1 - curvature) <= 1 ? 1 : Double.POSITIVE_INFINITY;
        }
        // a step of (place − shift·velocity, velocity)
        double look = optimizer.nesterov() ? momentum : 1;
        double fromPlace = 1 - curvature * ((optimizer.nesterov() ? 1 : 0) + look + shift);
        double alsoVelocity = -(look + shift) * momentum;
        double a = fromPlace;
        double b = fromPlace * shift + alsoVelocity;
        double c = curvature;
        double d = curvature * shift + momentum;
        double p = 1;
        double q = 0;
        double r = 0;
        double s = 1;
        double largest = 1;
        for (int step = 1; step <= LOOKS; step++) {
            double nextP = a * p + b * r;
            double nextQ = a * q + b * s;
            r = c * p + d * r;
            s = c * q + d * s;
            p = nextP;
            q = nextQ;
            double norm = norm(p, q, r, s);
            if (norm <= 1 + SLACK) {
                return (1 + shift) * largest * Math.exp(SLACK * (steps / (double) step + 2));
            }
            largest = Math.max(largest, norm);
        }
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Largest norm of (place, velocity) from here on; infinite if nothing bounds it. Without curvature velocities only
     * fade, and carry the place no further than by their sum.
     *
     * @param curvature times learning rate, weight decay included
     * @param place here
     * @param velocity here
     * @return at least 0, or infinite
     */
    public double largest(double curvature, double place, double velocity) {
        if (curvature > 0 || optimizer.momentum() == 0) {
            return growth(curvature) * size(place, velocity);
        }
        double furthest = Math.max(Math.abs(place), Math.abs(place - shift * velocity));
        return Math.hypot(furthest, velocity);
    }

    /**
     * Size of a place and its velocity, in the norm in which growth is measured.
     *
     * @param place a number
     * @param velocity times learning rate, of the same unit
     * @return at least 0
     */
    public double size(double place, double velocity) {
        return optimizer.momentum() == 0 ? Math.abs(place) : Math.hypot(place - shift * velocity, velocity);
    }

    /**
     * Largest size that a unit force of one step adds.
     *
     * @return a multiple of the force
     */
    public double ofForce() {
        return optimizer.momentum() == 0 ? 1 : 3 + shift;
    }

    /** Largest singular value of [[p, q], [r, s]]. */
    private static double norm(double p, double q, double r, double s) {
        return (Math.hypot(p + s, q - r) + Math.hypot(p - s, q + r)) / 2;
    }
}

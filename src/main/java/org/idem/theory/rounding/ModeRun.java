package org.idem.theory.rounding;

import org.idem.network.LinearMethod;

/**
 * Training of one parameter with the gradient force_t + curvature·place_t, some steps at a time: the path of a mode.
 * Forces, curvature, gradients and velocities are multiplied by the learning rate. Source: proofs/rounding.md, §3.
 */
public final class ModeRun {
    private static final int BLOCK = 64;

    private final double momentum;
    private final boolean nesterov;
    private final double curvature;
    /** Before every step of a block and after its last. */
    private final double[] places;
    /** Before every step of a block and after its last. */
    private final double[] velocities;
    /** One for each step of a block. */
    private final double[] pulls;

    /** Steps to take at once out of so many. */
    static int block(int steps) {
        return Math.min(BLOCK, steps);
    }

    /**
     * For blocks of so many steps; of the curvature, weight decay is a part.
     *
     * @param optimizer whose steps they are
     * @param curvature times learning rate, weight decay included
     * @param place at the start
     * @param velocity at the start
     * @param block largest number of steps of {@link #advance}
     */
    public ModeRun(LinearMethod optimizer, double curvature, double place, double velocity, int block) {
        momentum = optimizer.momentum();
        nesterov = optimizer.nesterov();
        this.curvature = curvature;
        places = new double[block + 1];
        velocities = new double[block + 1];
        pulls = new double[block];
        resume(place, velocity);
    }

    /** Where a parameter is at once after a unit error of its gradient, and its velocity 1. */
    static double afterImpulse(LinearMethod optimizer) {
        return optimizer.nesterov() ? -1 - optimizer.momentum() : -1;
    }

    /** Goes on from elsewhere. */
    void resume(double place, double velocity) {
        places[0] = place;
        velocities[0] = velocity;
    }

    /**
     * Steps with a force for each, at most a block of them. Each waits for the one before: few roundings, in a row.
     *
     * @param forces one for each step
     * @param steps number of steps, at most a block
     */
    public void advance(double[] forces, int steps) {
        double place = places[0];
        double velocity = velocities[0];
        if (momentum == 0) {
            for (int step = 0; step < steps; step++) {
                velocity = Math.fma(curvature, place, forces[step]);
                place -= velocity;
                velocities[step + 1] = velocity;
                places[step + 1] = place;
            }
            System.arraycopy(velocities, 1, pulls, 0, steps);
            return;
        }
        for (int step = 0; step < steps; step++) {
            double pull = Math.fma(curvature, place, forces[step]);
            velocity = Math.fma(momentum, velocity, pull);
            place -= nesterov ? Math.fma(momentum, velocity, pull) : velocity;
            pulls[step] = pull;
            velocities[step + 1] = velocity;
            places[step + 1] = place;
        }
    }

    /** Takes the end of a block as the start of the next. */
    void turn(int steps) {
        places[0] = places[steps];
        velocities[0] = velocities[steps];
    }

    /**
     * Place before every step and after the last; live.
     *
     * @return one more than a block
     */
    public double[] places() {
        return places;
    }

    /**
     * Velocity before every step and after the last; live.
     *
     * @return one more than a block
     */
    public double[] velocities() {
        return velocities;
    }

    /** Gradient of every step; live. */
    double[] pulls() {
        return pulls;
    }
}

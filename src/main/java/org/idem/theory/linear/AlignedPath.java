package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.List;
import org.idem.network.LinearMethod;

/**
 * Training on one example from aligned layers W_j = s_j u_j u_{j−1}ᵀ + R_j, as a recursion of the strengths s_j alone.
 * Source: proofs/T4.path.md.
 *
 * @param inputNorm ρ = ‖x̂‖, positive
 * @param targetNorm τ = ‖y‖, positive
 * @param lossScale c
 * @param method learning rate, momentum and weight decay
 */
public record AlignedPath(double inputNorm, double targetNorm, double lossScale, LinearMethod method) {
    /**
     * A moment of the training. Its arrays belong to it and are not changed.
     *
     * @param strengths s_1, …, s_L
     * @param velocities of the strengths, as {@link LinearMethod} defines them
     * @param kept factor r of R_j
     * @param keptVelocity velocity of that factor
     */
    public record Point(double[] strengths, double[] velocities, double kept, double keptVelocity) {
        /**
         * A moment before the first step.
         *
         * @param strengths s_1, …, s_L, copied
         * @return without velocity, R_j as it is
         */
        public static Point start(double[] strengths) {
            return new Point(strengths.clone(), new double[strengths.length], 1, 0);
        }

        /**
         * What the strengths multiply to.
         *
         * @return ∏ s_i
         */
        public double product() {
            return AlignedPath.product(strengths, -1);
        }
    }

    /**
     * Derivatives of the loss and of the decay by the strengths.
     *
     * @param strengths s_1, …, s_L, not changed
     * @return g_j = cρ(ρ∏s_i − τ)∏_{i≠j}s_i + ωs_j, fresh
     */
    public double[] gradient(double[] strengths) {
        double pull = lossScale * inputNorm * (inputNorm * product(strengths, -1) - targetNorm);
        double[] gradient = new double[strengths.length];
        for (int layer = 0; layer < gradient.length; layer++) {
            gradient[layer] = pull * product(strengths, layer) + method.weightDecay() * strengths[layer];
        }
        return gradient;
    }

    /**
     * The moment after a step.
     *
     * @param point before it
     * @return fresh
     */
    public Point step(Point point) {
        return step(point, gradient(point.strengths()));
    }

    /**
     * The moment after a step along a given gradient.
     *
     * @param point before it
     * @param gradient one number for each strength, not changed
     * @return fresh
     */
    public Point step(Point point, double[] gradient) {
        double[] strengths = new double[gradient.length];
        double[] velocities = new double[gradient.length];
        for (int layer = 0; layer < gradient.length; layer++) {
            velocities[layer] = method.momentum() * point.velocities()[layer] + gradient[layer];
            strengths[layer] = moved(point.strengths()[layer], gradient[layer], velocities[layer]);
        }
        double pull = method.weightDecay() * point.kept();
        double velocity = method.momentum() * point.keptVelocity() + pull;
        return new Point(strengths, velocities, moved(point.kept(), pull, velocity), velocity);
    }

    private double moved(double position, double gradient, double velocity) {
        double direction = method.nesterov() ? gradient + method.momentum() * velocity : velocity;
        return position - method.learningRate() * direction;
    }

    /**
     * All moments on the way.
     *
     * @param start strengths before the first step, not changed
     * @param steps number of steps
     * @return one more than steps
     */
    public List<Point> points(double[] start, int steps) {
        List<Point> path = new ArrayList<>(List.of(Point.start(start)));
        for (int step = 0; step < steps; step++) {
            path.add(step(path.get(step)));
        }
        return path;
    }

    /**
     * How strongly the output reacts to the strengths: without decay the recursion is stable at a solution if and only
     * if ηc times this is below {@link LinearMethod#stableProduct}.
     *
     * @param strengths s_1, …, s_L
     * @return ρ²Σ_j ∏_{i≠j} s_i²
     */
    public double curvature(double[] strengths) {
        double sum = 0;
        for (int layer = 0; layer < strengths.length; layer++) {
            double others = product(strengths, layer);
            sum += others * others;
        }
        return inputNorm * inputNorm * sum;
    }

    /** ∏ s_i over all layers but one, −1 for none. */
    static double product(double[] strengths, int without) {
        double product = 1;
        for (int layer = 0; layer < strengths.length; layer++) {
            product *= layer == without ? 1 : strengths[layer];
        }
        return product;
    }

    /** ∏ s_i of the layers from one, counted from 0, to before another. */
    static double product(double[] numbers, int from, int to) {
        double product = 1;
        for (int layer = from; layer < to; layer++) {
            product *= numbers[layer];
        }
        return product;
    }
}

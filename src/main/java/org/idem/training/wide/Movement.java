package org.idem.training.wide;

import java.util.Arrays;
import org.idem.network.LinearMethod;

/** How a linear method moves some rows of parameters. */
final class Movement {
    private final LinearMethod method;
    private final double[][] parameters;
    private final double[][] gradients;
    private final double[][] velocities;

    Movement(LinearMethod method, double[][] parameters) {
        this.method = method;
        this.parameters = parameters;
        gradients = alike(parameters);
        velocities = alike(parameters);
    }

    private static double[][] alike(double[][] rows) {
        return Arrays.stream(rows).map(row -> new double[row.length]).toArray(double[][]::new);
    }

    int rows() {
        return parameters.length;
    }

    void clear() {
        for (double[] row : gradients) {
            Arrays.fill(row, 0);
        }
    }

    /** The gradient of a row, to be added to; live. */
    double[] gradient(int row) {
        return gradients[row];
    }

    void step() {
        double beta = method.momentum();
        double decay = method.weightDecay();
        double ofGradient = method.nesterov() ? 1 : 0;
        double ofVelocity = method.nesterov() ? beta : 1;
        for (int row = 0; row < parameters.length; row++) {
            double[] gradient = gradients[row];
            double[] velocity = velocities[row];
            double[] moved = parameters[row];
            for (int i = 0; i < moved.length; i++) {
                double g = gradient[i] + decay * moved[i];
                double v = beta * velocity[i] + g;
                velocity[i] = v;
                moved[i] -= method.learningRate() * (ofGradient * g + ofVelocity * v);
            }
        }
    }
}

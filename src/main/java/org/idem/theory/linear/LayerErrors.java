package org.idem.theory.linear;

import java.util.List;
import org.idem.network.LinearMethod;

/** Bounds on the errors of aligned layers while training goes on. Source: proofs/T4.path.md. */
interface LayerErrors {
    /** Bound on the Frobenius norm of the errors of all layers. */
    double all();

    /**
     * Takes a step.
     *
     * @param step from 0
     * @param local what rounding adds
     * @param curved bound on η times what second derivatives do not say of the gradient
     */
    void advance(int step, StepRounding.Local local, double curved);

    /**
     * The closest that is known for these layers.
     *
     * @param start bound on their errors at the start
     * @param apart whether the last layer is bounded by itself, as {@link AlignedErrors} can
     */
    static LayerErrors of(
            AlignedPath path, AcrossReach across, List<AlignedPath.Point> points, double start, boolean apart) {
        double[] multiples = across.multiples();
        return multiples == null
                ? new AlignedErrors(path, across, points, start, apart)
                : new IsotropicErrors(path, multiples, points, start);
    }

    /** What errors of a step's gradient, velocity and position, and of those before, add to the position after it. */
    static double disturbance(
            LinearMethod method,
            double gradient,
            double earlier,
            double velocity,
            double position,
            double earlierPosition) {
        double momentum = method.momentum();
        double moved = position + momentum * earlierPosition;
        return method.nesterov()
                ? (1 + momentum) * gradient + momentum * (earlier + velocity) + moved
                : gradient + velocity + moved;
    }

    /** η times the second derivatives of the loss by the strengths. */
    static double[][] along(AlignedPath path, double[] strengths) {
        int depth = strengths.length;
        double pull = path.method().learningRate() * path.lossScale() * path.inputNorm();
        double error = pull * (path.inputNorm() * AlignedPath.product(strengths, -1) - path.targetNorm());
        double[][] second = new double[depth][depth];
        for (int i = 0; i < depth; i++) {
            second[i][i] = path.method().learningRate() * path.method().weightDecay();
            for (int j = 0; j < depth; j++) {
                double others = AlignedPath.product(strengths, i) * AlignedPath.product(strengths, j);
                second[i][j] += pull * path.inputNorm() * others;
                int first = Math.min(i, j);
                int last = Math.max(i, j);
                second[i][j] += i == j
                        ? 0
                        : error
                                * AlignedPath.product(strengths, 0, first)
                                * AlignedPath.product(strengths, first + 1, last)
                                * AlignedPath.product(strengths, last + 1, depth);
            }
        }
        return second;
    }
}

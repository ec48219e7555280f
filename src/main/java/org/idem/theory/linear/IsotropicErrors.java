package org.idem.theory.linear;

import java.util.List;
import org.idem.network.LinearMethod;

/**
 * Errors of aligned layers that do the same across all directions: R_j is a multiple m_j of one projector. Then all
 * curvatures are known: along the path, and across it one matrix for the rows a_j and the columns b_j of all layers.
 */
final class IsotropicErrors implements LayerErrors {
    private final AlignedPath path;
    private final double[] multiples;
    private final List<AlignedPath.Point> points;
    private final int depth;
    private final ErrorEllipsoid along;
    private final ErrorEllipsoid across;
    private final ErrorEllipsoid rest;
    private double earlierGradient;
    private double earlierPosition;

    IsotropicErrors(AlignedPath path, double[] multiples, List<AlignedPath.Point> points, double start) {
        this.path = path;
        this.multiples = multiples;
        this.points = points;
        depth = multiples.length;
        along = new ErrorEllipsoid(path.method(), depth, start);
        across = new ErrorEllipsoid(path.method(), 2 * depth, start);
        rest = new ErrorEllipsoid(path.method(), 1, start);
    }

    @Override
    public double all() {
        return Math.hypot(along.radius(), Math.hypot(across.radius(), rest.radius())) * (1 + 0x1p-40);
    }

    @Override
    public void advance(int step, StepRounding.Local local, double curved) {
        AlignedPath.Point point = points.get(step);
        LinearMethod method = path.method();
        double gradient = local.gradient() + curved;
        double disturbance = LayerErrors.disturbance(
                method, gradient, earlierGradient, local.velocity(), local.position(), earlierPosition);
        along.advance(LayerErrors.along(path, point.strengths()), disturbance);
        across.advance(across(point), disturbance);
        rest.advance(new double[][] {{method.learningRate() * method.weightDecay()}}, disturbance);
        earlierGradient = gradient;
        earlierPosition = local.position();
    }

    /** η times the second derivatives by b_1, …, b_L, a_1, …, a_L. */
    private double[][] across(AlignedPath.Point point) {
        double[] strengths = point.strengths();
        double[] kept = new double[depth];
        for (int layer = 0; layer < depth; layer++) {
            kept[layer] = point.kept() * multiples[layer];
        }
        double pull = path.method().learningRate() * path.lossScale() * path.inputNorm();
        double error = pull * (path.inputNorm() * point.product() - path.targetNorm());
        double[] reached = new double[depth];
        for (int j = 0; j < depth; j++) {
            reached[j] = AlignedPath.product(strengths, 0, j) * AlignedPath.product(kept, j + 1, depth);
        }
        double[][] second = new double[2 * depth][2 * depth];
        for (int j = 0; j < depth; j++) {
            double below = AlignedPath.product(strengths, 0, j);
            for (int i = 0; i < depth; i++) {
                second[j][i] = pull * path.inputNorm() * reached[j] * reached[i];
            }
            for (int i = j + 1; i < depth; i++) {
                double coupled = error
                        * below
                        * AlignedPath.product(strengths, i + 1, depth)
                        * AlignedPath.product(kept, j + 1, i);
                second[j][depth + i] = coupled;
                second[depth + i][j] = coupled;
            }
        }
        for (int i = 0; i < 2 * depth; i++) {
            second[i][i] += path.method().learningRate() * path.method().weightDecay();
        }
        return second;
    }
}

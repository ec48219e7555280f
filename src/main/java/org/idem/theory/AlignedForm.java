package org.idem.theory;

import java.util.List;
import java.util.OptionalInt;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.linear.AcrossReach;
import org.idem.theory.linear.AlignedBudget;
import org.idem.theory.linear.AlignedLayers;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.linear.AlignedStart;

/**
 * What training makes of a deep linear network that starts aligned with its one example: its outputs after any number
 * of steps, and how far rounding can carry them. Source: proofs/T4.path.md.
 */
public final class AlignedForm {
    /** Relative changes of a strength that as many steps again make as small as their square. */
    private static final double SETTLED = 0x1p-40;
    /** Relative size at which what is left of R_j does not count any more. */
    private static final double GONE = 0x1p-80;

    private final AlignedLayers layers;
    private final double[] strengths;
    private final double misaligned;
    private final AlignedPath path;
    private final Precision precision;
    private final AcrossReach reach;
    private final AlignedBudget budget;

    /**
     * For one training.
     *
     * @param problem one example and its target, neither of them 0; a linear network without biases and shortcuts
     * @param start what its layers were found to be
     * @param method of the training
     * @param precision of the training
     */
    public AlignedForm(TrainingProblem problem, AlignedStart.Found start, LinearMethod method, Precision precision) {
        layers = start.layers();
        strengths = start.strengths();
        misaligned = start.misaligned();
        this.precision = precision;
        path = new AlignedPath(
                AlignedLayers.norm(problem.inputs().values()),
                AlignedLayers.norm(problem.targets().values()),
                problem.loss().scale(problem.targets().length()),
                method);
        reach = AcrossReach.of(layers);
        budget = new AlignedBudget(path, reach, layers.acrossNorms(), layers.widest(), precision);
    }

    /**
     * Looks at the initial layers of a training.
     *
     * @param problem as the constructor takes it
     * @param precision of the training
     * @return whether they are aligned
     */
    public static AlignedStart start(TrainingProblem problem, Precision precision) {
        List<Array> weights =
                problem.initial().stream().map(StageParameters::weights).toList();
        return AlignedStart.of(problem.inputs(), problem.targets(), weights, precision);
    }

    /**
     * The path of the strengths.
     *
     * @param steps number of steps
     * @return all moments, one more than steps
     */
    public List<AlignedPath.Point> points(int steps) {
        return path.points(strengths, steps);
    }

    /**
     * How many steps the strengths take until they are at rest, and as many again.
     *
     * @param most number of steps to look at
     * @return empty if they still move then, or grow out of hand
     */
    public OptionalInt stepsOfLimit(int most) {
        AlignedPath.Point point = AlignedPath.Point.start(strengths);
        for (int step = 0; 2 * step + 64 <= most; step++) {
            AlignedPath.Point next = path.step(point);
            if (rests(point, next)) {
                return OptionalInt.of(2 * step + 64);
            }
            point = next;
        }
        return OptionalInt.empty();
    }

    private boolean rests(AlignedPath.Point point, AlignedPath.Point next) {
        boolean rests = path.method().weightDecay() == 0 || Math.abs(next.kept()) < GONE;
        for (int layer = 0; layer < strengths.length; layer++) {
            double size = Math.abs(next.strengths()[layer]);
            double moved = Math.abs(next.strengths()[layer] - point.strengths()[layer]);
            double speed = path.method().learningRate() * Math.abs(next.velocities()[layer]);
            rests &= moved <= SETTLED * size + GONE && speed <= SETTLED * size + GONE;
        }
        return rests;
    }

    /**
     * Learning rate times curvature along the path: it rests at a solution only if this is below
     * {@link LinearMethod#stableProduct}.
     *
     * @param point of the path
     * @return η(cκ + ω) where the strengths, enlarged alike, fit the target, without decay; at the point itself with it
     */
    public double alongProduct(AlignedPath.Point point) {
        double[] there = point.strengths().clone();
        if (path.method().weightDecay() == 0) {
            double ratio = path.targetNorm() / path.inputNorm() / Math.abs(point.product());
            double factor = Math.pow(ratio, 1.0 / there.length);
            for (int layer = 0; layer < there.length; layer++) {
                there[layer] *= factor;
            }
        }
        return product(path.lossScale() * path.curvature(there));
    }

    /**
     * Learning rate times curvature across the path.
     *
     * @param point of the path
     * @return η(cκ + ω), or a bound on it where that is below {@link LinearMethod#stableProduct}
     */
    public double acrossProduct(AlignedPath.Point point) {
        double bound = budget.acrossProduct(point);
        return bound < path.method().stableProduct()
                ? bound
                : product(path.lossScale() * path.inputNorm() * path.inputNorm() * layers.acrossCurvature(point));
    }

    private double product(double curvature) {
        return path.method().learningRate() * (curvature + path.method().weightDecay());
    }

    /**
     * The trained network's outputs.
     *
     * @param points the path
     * @param test z, (n, n_0), in the training's precision
     * @return (n, n_L), after the last step of the path; the budget is infinite where nothing is known
     */
    public BoundedOutputs outputs(List<AlignedPath.Point> points, Array test) {
        AlignedPath.Point end = points.get(points.size() - 1);
        Array values = layers.outputs(end, test);
        double each = perInput(end, budget.after(points, misaligned));
        Array bounds = Array.zeros(values.shape());
        int width = values.size(1);
        int inputs = test.size(1);
        double tiny = (double) inputs * strengths.length * layers.widest() * precision.smallestNormal();
        for (int i = 0; i < bounds.length(); i++) {
            double squares = 0;
            for (int j = 0; j < inputs; j++) {
                double pixel = test.values()[i / width * inputs + j];
                squares += pixel * pixel;
            }
            bounds.values()[i] = squares > 0 ? each * Math.sqrt(squares) + tiny : 0;
        }
        return new BoundedOutputs(values, bounds);
    }

    /**
     * Bound on the error of the output for an input of norm 1: of the weights, which are off by at most so much, and of
     * both evaluations.
     */
    private double perInput(AlignedPath.Point end, double off) {
        double[] sizes = layers.acrossNorms();
        double[] norms = new double[sizes.length];
        double kept = Math.abs(end.kept()) * (1 + 0x1p-30);
        double all = 0;
        for (int layer = 0; layer < norms.length; layer++) {
            double strength = Math.abs(end.strengths()[layer]);
            norms[layer] = Math.max(strength, kept * reach.norm(layer)) + off;
            double size = Math.hypot(strength, kept * sizes[layer]);
            all = Math.hypot(all, size);
            sizes[layer] = size + off;
        }
        if (!(off < all)) {
            // weights that may be as far away as they are large say nothing
            return Double.POSITIVE_INFINITY;
        }
        double sum = Rounding.accumulated(layers.widest() + 4, precision.unitRoundoff() + Rounding.UNIT);
        double signal = 1;
        double error = 0;
        double squares = 0;
        for (int layer = 0; layer < norms.length; layer++) {
            error = norms[layer] * error + sum * sizes[layer] * (signal + error);
            signal *= norms[layer];
            double others = 1;
            for (int other = 0; other < norms.length; other++) {
                others *= other == layer ? 1 : norms[other];
            }
            squares += others * others;
        }
        return (off * Math.sqrt(squares) + 2 * error) * (1 + 0x1p-20);
    }
}

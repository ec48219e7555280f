package org.idem.theory.linear;

import java.util.Arrays;
import java.util.List;
import org.idem.network.LinearMethod;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the errors of aligned layers, block by block: along the path; in the rows and columns a_{j+1} and b_j that
 * meet at a hidden layer; in what the output says across the target, g; and in all else, which only decay sees. The
 * last layer's b_L is what the others leave of g, or, where what comes to the last layer may vanish, is bounded by
 * itself. Source: proofs/T4.path.md.
 */
final class AlignedErrors implements LayerErrors {
    private final AlignedPath path;
    private final LinearMethod method;
    private final AcrossReach across;
    private final List<AlignedPath.Point> points;
    private final int depth;
    private final ErrorEllipsoid along;
    /** a_{j+1} and b_j of every hidden layer. */
    private final ErrorEllipsoid[] pairs;
    /** b_L by itself, null where g says it. */
    private final @Nullable ErrorEllipsoid last;

    /** Bounds on η times the velocities of b_j. */
    private final double[] speeds;

    private final RangedError output;
    private final ErrorEllipsoid rest;
    /** What Nesterov's method needs of the step before: disturbances of the gradient, and of the positions. */
    private final double[] earlierRows;

    private final double[] earlierOnColumn;

    private double earlierGradient;
    private double earlierOutput;
    private double earlierPosition;
    private double earlierSpread;
    /** c_j's last changes, and the bounds on b_j a step ago: of a slow drift momentum makes little. */
    private final double[] earlierChanges;

    private final double[] earlierColumns;
    private double all;

    /**
     * Before the first step.
     *
     * @param start bound on the errors of all layers
     * @param apart whether b_L is bounded by itself
     */
    AlignedErrors(AlignedPath path, AcrossReach across, List<AlignedPath.Point> points, double start, boolean apart) {
        this.path = path;
        this.across = across;
        this.points = points;
        method = path.method();
        depth = across.depth();
        along = new ErrorEllipsoid(method, depth, start);
        rest = new ErrorEllipsoid(method, 1, start);
        pairs = new ErrorEllipsoid[depth - 1];
        for (int j = 0; j < pairs.length; j++) {
            pairs[j] = new ErrorEllipsoid(method, 2, start);
        }
        last = apart ? new ErrorEllipsoid(method, 1, start) : null;
        int columns = apart ? depth : pairs.length;
        speeds = new double[columns];
        earlierRows = new double[pairs.length];
        earlierOnColumn = new double[columns];
        earlierChanges = new double[columns];
        earlierColumns = new double[columns];
        Arrays.fill(earlierColumns, start);
        output = new RangedError(
                method, AlignedBudget.ranges(path, across, points), start * (own() + enlarged(shares(points.get(0)))));
        all = total(points.get(0));
    }

    @Override
    public double all() {
        return all;
    }

    /** c_j = ∏_{i<j}s_i/∏_{i<L}s_i·r^{L−j}, by which b_j enters g, for every hidden layer; undivided for all layers. */
    private double[] shares(AlignedPath.Point point) {
        double[] shares = new double[speeds.length];
        double unit = unit(point);
        for (int j = 0; j < shares.length; j++) {
            double mine = AlignedPath.product(point.strengths(), 0, j) * Math.pow(point.kept(), depth - 1.0 - j);
            shares[j] = reach(j) > 0 ? mine / unit : 0;
        }
        return shares;
    }

    /** The output across the target is ρg times this. */
    private double unit(AlignedPath.Point point) {
        return last == null ? AlignedPath.product(point.strengths(), 0, depth - 1) : 1;
    }

    /** What b_L has in g besides the shares. */
    private double own() {
        return last == null ? 1 : 0;
    }

    /** ‖R_L⋯R_{j+1}‖ at the start, a bound. */
    private double reach(int j) {
        return across.of(j + 1, depth);
    }

    private double enlarged(double[] shares) {
        double sum = 0;
        for (int j = 0; j < shares.length; j++) {
            sum += Math.abs(shares[j]) * reach(j);
        }
        return sum * (1 + 0x1p-30);
    }

    /** Bound on a_j, for layers counted from 0; nothing but decay acts on that of the first. */
    private double row(int layer) {
        return layer == 0 ? rest.radius() : pairs[layer - 1].radius(0);
    }

    /** Bound on b_j, for layers counted from 0. */
    double column(int j) {
        return last != null && j == depth - 1 ? last.radius() : pairs[j].radius(1);
    }

    private double total(AlignedPath.Point point) {
        double total = Math.hypot(along.radius(), rest.radius());
        for (ErrorEllipsoid pair : pairs) {
            total = Math.hypot(total, pair.radius());
        }
        return Math.hypot(total, ofLast(point)) * (1 + 0x1p-30);
    }

    /** Bound on b_L. */
    private double ofLast(AlignedPath.Point point) {
        if (last != null) {
            return last.radius();
        }
        double[] shares = shares(point);
        double sum = output.radius();
        for (int j = 0; j < pairs.length; j++) {
            sum += Math.abs(shares[j]) * reach(j) * column(j);
        }
        return sum;
    }

    @Override
    public void advance(int step, StepRounding.Local local, double curved) {
        AlignedPath.Point point = points.get(step);
        double[] shares = shares(point);
        double[] nextShares = shares(points.get(step + 1));
        double gradient = local.gradient() + curved;
        double rate = method.learningRate();
        double decay = rate * method.weightDecay();
        double pull = rate * path.lossScale() * path.inputNorm();
        double error = pull * (path.inputNorm() * point.product() - path.targetNorm());
        double[] strengths = point.strengths();
        double kept = Math.abs(point.kept());
        // the last layer has nothing above that it meets
        double[] coupled = new double[depth];
        double[] onColumns = new double[depth];
        double[] onRows = new double[pairs.length];
        for (int j = 0; j < pairs.length; j++) {
            double below = AlignedPath.product(strengths, 0, j);
            coupled[j] = error * below * AlignedPath.product(strengths, j + 2, depth);
            double left = 1;
            for (int i = j + 2; i < depth; i++) {
                left *= kept;
                double pulled = Math.abs(error * below * AlignedPath.product(strengths, i + 1, depth))
                        * left
                        * across.of(j + 1, i);
                onColumns[j] += pulled * row(i);
                onRows[i - 1] += pulled * column(j);
            }
        }
        double onOutput = 0;
        double drift = 0;
        double[] onColumn = new double[shares.length];
        for (int j = 0; j < shares.length; j++) {
            double met = j < pairs.length ? Math.abs(coupled[j]) * row(j + 1) : 0;
            double seen = Math.abs(shares[j]) * reach(j);
            onOutput += seen * (onColumns[j] + met);
            double below = AlignedPath.product(strengths, 0, j) * unit(point);
            double change = nextShares[j] - shares[j];
            double moved = (1 + method.momentum()) * speeds[j] + earlierPosition;
            drift += reach(j)
                    * ((1 - method.momentum()) * Math.abs(change) * column(j)
                            + method.momentum() * Math.abs(change - earlierChanges[j]) * earlierColumns[j]
                            + method.momentum() * Math.abs(change) * moved);
            earlierChanges[j] = change;
            earlierColumns[j] = column(j);
            double taught = pull
                    * path.inputNorm()
                    * Math.abs(below)
                    * Math.pow(kept, depth - 1.0 - j)
                    * reach(j)
                    * output.radius();
            speeds[j] = method.momentum() * speeds[j]
                    + decay * column(j)
                    + met
                    + onColumns[j]
                    + taught
                    + gradient
                    + local.velocity();
            onOutput += Math.abs(change) * reach(j) * speeds[j];
            onColumn[j] = onColumns[j] + taught + gradient;
        }
        double spread = own() + enlarged(shares) + enlarged(nextShares);
        double forOutput = disturbance(
                        onOutput + spread * gradient,
                        earlierOutput,
                        spread * local.velocity(),
                        spread * local.position(),
                        earlierSpread)
                + drift;
        for (int j = 0; j < pairs.length; j++) {
            double onRow = onRows[j] + gradient;
            pairs[j].advance(
                    new double[][] {{decay, coupled[j]}, {coupled[j], decay}},
                    disturbance(onRow, earlierRows[j], local.velocity(), local.position(), earlierPosition),
                    disturbance(onColumn[j], earlierOnColumn[j], local.velocity(), local.position(), earlierPosition));
            earlierRows[j] = onRow;
            earlierOnColumn[j] = onColumn[j];
        }
        if (last != null) {
            int top = depth - 1;
            last.advance(
                    new double[][] {{decay}},
                    disturbance(
                            onColumn[top], earlierOnColumn[top], local.velocity(), local.position(), earlierPosition));
            earlierOnColumn[top] = onColumn[top];
        }
        along.advance(
                LayerErrors.along(path, strengths),
                disturbance(gradient, earlierGradient, local.velocity(), local.position(), earlierPosition));
        rest.advance(
                new double[][] {{decay}},
                disturbance(gradient, earlierGradient, local.velocity(), local.position(), earlierPosition));
        output.advance(forOutput);
        earlierOutput = onOutput + spread * gradient;
        earlierSpread = spread * local.position();
        earlierGradient = gradient;
        earlierPosition = local.position();
        all = total(points.get(step + 1));
    }

    private double disturbance(
            double gradient, double earlier, double velocity, double position, double earlierPosition) {
        return LayerErrors.disturbance(method, gradient, earlier, velocity, position, earlierPosition);
    }
}

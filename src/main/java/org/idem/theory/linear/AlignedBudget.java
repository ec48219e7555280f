package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;

/**
 * How far rounding can carry a training from the path of its strengths, in the Frobenius norm over all layers. Source:
 * proofs/T4.path.md.
 */
public final class AlignedBudget {
    private final AlignedPath path;
    private final AcrossReach across;
    /** Frobenius norms of R_j at the start, bounds. */
    private final double[] acrossAll;

    private final int widest;
    private final Precision precision;

    /**
     * For runs of one network.
     *
     * @param path the recursion
     * @param across bounds on the spectral norms of R_j at the start and their products
     * @param acrossAll bounds on their Frobenius norms
     * @param widest largest number of inputs or outputs of a layer
     * @param precision arithmetic of the training
     */
    public AlignedBudget(AlignedPath path, AcrossReach across, double[] acrossAll, int widest, Precision precision) {
        this.path = path;
        this.across = across;
        this.acrossAll = acrossAll.clone();
        this.widest = widest;
        this.precision = precision;
    }

    /**
     * Bounds the distance of trained layers from s_j u_j u_{j−1}ᵀ + r R_j.
     *
     * @param points the predicted path, as {@link AlignedPath#points} computes it
     * @return bound on the Frobenius norm of the difference, over all layers together; infinite or NaN where the bound
     *     grows out of hand
     */
    public double after(List<AlignedPath.Point> points) {
        return after(points, 0);
    }

    /**
     * The same from layers that are aligned up to an error.
     *
     * @param points the predicted path
     * @param misaligned bound on the Frobenius norm of what the initial layers are besides s_j u_j u_{j−1}ᵀ + R_j
     * @return as above
     */
    public double after(List<AlignedPath.Point> points, double misaligned) {
        double bound = after(points, misaligned, false);
        return bound < size(points) ? bound : after(points, misaligned, true);
    }

    private double after(List<AlignedPath.Point> points, double misaligned, boolean apart) {
        StepRounding rounding = new StepRounding(Task.of(path), widest, precision);
        LayerErrors errors = LayerErrors.of(path, across, points, misaligned + atStart(points.get(0)), apart);
        double rate = path.method().learningRate();
        double speed = 0;
        for (int step = 0; step + 1 < points.size() && errors.all() < Double.POSITIVE_INFINITY; step++) {
            double off = errors.all();
            Nearby here = PathState.of(path, points.get(step), off, across, acrossAll);
            Nearby next = PathState.of(path, points.get(step + 1), off, across, acrossAll);
            StepRounding.Local local = rounding.of(here, next, speed);
            errors.advance(step, local, rate * here.curved());
            speed = path.method().momentum() * speed + rate * here.steepest() * off + local.sum();
        }
        return errors.all() + geometry() * size(points);
    }

    /** Bound on the norm of all layers at the end. */
    private double size(List<AlignedPath.Point> points) {
        AlignedPath.Point last = points.get(points.size() - 1);
        double size = sum(acrossAll) * Math.abs(last.kept());
        for (double strength : last.strengths()) {
            size += Math.abs(strength);
        }
        return size;
    }

    /** Initial weights are stored, and directions are unit vectors only up to rounding. */
    private double atStart(AlignedPath.Point start) {
        double sum = 0;
        for (int layer = 0; layer < acrossAll.length; layer++) {
            double size = Math.abs(start.strengths()[layer]) + acrossAll[layer];
            sum += (precision.unitRoundoff() + geometry()) * size;
        }
        return sum;
    }

    /** Relative errors of unit vectors, norms and projections in double precision. */
    private double geometry() {
        return 8 * Rounding.accumulated(widest + 8);
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    /**
     * The largest number that η times a second derivative of the loss across the path reaches, decay included: rounding
     * does not grow across a path that rests there if this is below
     * {@link org.idem.network.LinearMethod#stableProduct}.
     *
     * @param point of the path
     * @return bound on η(cρ²‖Σ_j ∏_{i&lt;j}s_i² (R_L⋯R_{j+1})(R_L⋯R_{j+1})ᵀ‖ + ω), from products of norms
     */
    public double acrossProduct(AlignedPath.Point point) {
        double slope = PathState.acrossSlope(path, point, across);
        return path.method().learningRate()
                * (path.lossScale() * slope + path.method().weightDecay());
    }

    /** Bounds on η times the curvature of the output error across the path, at every point. */
    static List<RangedError.Range> ranges(AlignedPath path, AcrossReach across, List<AlignedPath.Point> points) {
        List<RangedError.Range> ranges = new ArrayList<>();
        double[] terms = terms(path, across, points.get(0));
        double decay = path.method().learningRate() * path.method().weightDecay();
        for (int step = 0; step < points.size(); step++) {
            double[] next = step + 1 < points.size() ? terms(path, across, points.get(step + 1)) : terms;
            double high = decay;
            double change = 0;
            for (int layer = 0; layer < terms.length; layer++) {
                high += terms[layer];
                change += Math.abs(next[layer] - terms[layer]);
            }
            double low = terms[terms.length - 1] + decay;
            double slack = 0x1p-36 * high;
            ranges.add(new RangedError.Range(low - slack, high + slack, change + 2 * slack));
            terms = next;
        }
        return ranges;
    }

    /** ηcρ²∏_{i<j}s_i²‖R_L⋯R_{j+1}‖², for every layer j. */
    private static double[] terms(AlignedPath path, AcrossReach across, AlignedPath.Point point) {
        double[] terms = new double[across.depth()];
        double factor = path.method().learningRate() * path.lossScale() * path.inputNorm() * path.inputNorm();
        double kept = 1;
        for (int layer = terms.length - 1; layer >= 0; layer--) {
            double above = kept * across.of(layer + 1, terms.length);
            double root = above * AlignedPath.product(point.strengths(), 0, layer);
            terms[layer] = factor * root * root;
            kept *= point.kept();
        }
        return terms;
    }
}

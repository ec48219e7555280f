package org.idem.theory.linear;

import java.util.List;
import org.idem.network.LinearMethod;

/**
 * An error whose curvature is a symmetric operator of which only bounds are known, and bounds on its changes. With
 * momentum the norm is measured as (1 + b/κ²)/2·(x² + κ²x₋²) − a·x·x₋ of the errors x now and x₋ a step ago, where x₊ =
 * ax − bx₋: a step multiplies this by at most κ². Source: proofs/T4.path.md.
 */
final class RangedError {
    /** Numbers of κ that are tried. */
    private static final int TRIED = 24;

    /**
     * Bounds on η times the curvature at a step.
     *
     * @param low lower bound of the operator
     * @param high upper bound
     * @param change bound on the norm of its change until the next step
     */
    record Range(double low, double high, double change) {}

    private final LinearMethod method;
    private final List<Range> ranges;
    private final double factor;
    private double size;
    private int step;
    private double now;
    private double earlier;

    /** For an error of norm at most {@code start} without velocity. */
    RangedError(LinearMethod method, List<Range> ranges, double start) {
        this(method, ranges, start, method.momentum() > 0 ? best(method, ranges) : 1);
    }

    private RangedError(LinearMethod method, List<Range> ranges, double start, double factor) {
        this.method = method;
        this.ranges = ranges;
        this.factor = factor;
        now = start;
        earlier = start;
        Range first = ranges.get(0);
        size = start * Math.sqrt(Math.max(still(first.low), still(first.high))) * (1 + 0x1p-30);
    }

    /** The κ that keeps the error smallest on average, if each step adds as much. */
    private static double best(LinearMethod method, List<Range> ranges) {
        double most = 0;
        for (Range range : ranges) {
            most = Math.max(most, method.momentum() * (method.nesterov() ? 1 - range.low : 1));
        }
        double least = Math.sqrt(most) * (1 + 0x1p-20);
        double best = least;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIED; i++) {
            double factor = least + (1.25 - least) * i / TRIED;
            RangedError trial = new RangedError(method, ranges, 1, factor);
            double sum = 0;
            for (int n = 0; n + 1 < ranges.size(); n++) {
                trial.advance(1);
                sum += trial.now;
            }
            if (sum < smallest) {
                smallest = sum;
                best = factor;
            }
        }
        return best;
    }

    /** b, at most. */
    private double product(Range range) {
        return Math.max(0, last(range.low));
    }

    /** What an error of norm 1 that has not moved yet measures, squared. */
    private double still(double curvature) {
        double square = factor * factor;
        return (1 + last(curvature) / square) / 2 * (1 + square) - middle(curvature);
    }

    private double last(double curvature) {
        return method.nesterov() ? method.momentum() * (1 - curvature) : method.momentum();
    }

    private double middle(double curvature) {
        double momentum = method.momentum();
        return method.nesterov() ? (1 + momentum) * (1 - curvature) : 1 + momentum - curvature;
    }

    /** The least of 1 + b/κ² − |a|/κ. */
    private double margin(Range range) {
        return Math.min(marginAt(range.low), marginAt(range.high));
    }

    private double marginAt(double curvature) {
        return 1 + last(curvature) / (factor * factor) - Math.abs(middle(curvature)) / factor;
    }

    /** Takes a step that adds a disturbance of at most such a norm. */
    void advance(double disturbance) {
        Range range = ranges.get(step++);
        double momentum = method.momentum();
        if (momentum == 0) {
            now = Math.max(Math.abs(1 - range.low), Math.abs(1 - range.high)) * now + disturbance;
            return;
        }
        double added = disturbance;
        if (method.nesterov()) {
            // the first step has no step before it
            double changed = step > 1 ? ranges.get(step - 2).change : Math.max(range.high, -range.low);
            added += momentum * changed * earlier;
        }
        double margin = margin(range);
        double turned = method.nesterov() ? momentum / (factor * factor) + (1 + momentum) / factor : 1 / factor;
        size = (factor * size + Math.sqrt((1 + product(range) / (factor * factor)) / 2) * added)
                * Math.sqrt(1 + range.change * turned / margin);
        earlier = now;
        double next = margin(ranges.get(step));
        now = margin > 0 && next > 0 ? size * Math.sqrt(2 / next) * (1 + 0x1p-30) : Double.POSITIVE_INFINITY;
    }

    /** Bound on the norm of the error now. */
    double radius() {
        return now;
    }
}

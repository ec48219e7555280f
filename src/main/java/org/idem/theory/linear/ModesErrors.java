package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds on the errors of aligned modes while training goes on: along each mode, in the entries (i, k) and (k, i) of
 * all layers for every pair of modes, and in all else, which only decay sees. Source: proofs/T4.modes.md.
 */
final class ModesErrors {
    private final ModesPath path;
    private final ErrorBlocks blocks;
    private final List<int[]> members = new ArrayList<>();

    private double earlierGradient;
    private double earlierPosition;

    ModesErrors(ModesPath path, double start) {
        this.path = path;
        blocks = new ErrorBlocks(path.method(), start);
        blocks.add(1);
        int depth = path.groups().get(0).strengths().length;
        for (int group = 0; group < path.groups().size(); group++) {
            ModesPath.Group one = path.groups().get(group);
            if (one.eigenvalue() > 0) {
                members.add(new int[] {group});
                blocks.add(depth);
            }
            for (int other = group; other < path.groups().size(); other++) {
                boolean exists = other > group || one.count() > 1;
                double seen = one.eigenvalue() + path.groups().get(other).eigenvalue();
                if (exists && seen > 0) {
                    members.add(new int[] {group, other});
                    blocks.add(2 * depth);
                }
            }
        }
    }

    /** Bound on the Frobenius norm of the errors of all layers. */
    double all() {
        return blocks.radius();
    }

    /**
     * Takes a step.
     *
     * @param points all groups before it
     * @param local what rounding adds
     * @param others bound on η times what else the gradient is off
     */
    void advance(AlignedPath.Point[] points, StepRounding.Local local, double others) {
        double gradient = local.gradient() + others;
        double disturbance = LayerErrors.disturbance(
                path.method(), gradient, earlierGradient, local.velocity(), local.position(), earlierPosition);
        blocks.advance(curvatures(points), disturbance);
        earlierGradient = gradient;
        earlierPosition = local.position();
    }

    /** Groups of the blocks but the first, which only decay sees: one for a mode by itself, two for a pair. */
    List<int[]> members() {
        return members;
    }

    /** η times the second derivatives in each block. */
    List<double[][]> curvatures(AlignedPath.Point[] points) {
        List<double[][]> curvatures = new ArrayList<>();
        curvatures.add(
                new double[][] {{path.method().learningRate() * path.method().weightDecay()}});
        for (int[] groups : members) {
            curvatures.add(
                    groups.length == 1
                            ? LayerErrors.along(path.of(groups[0]), points[groups[0]].strengths())
                            : across(points, groups[0], groups[1]));
        }
        return curvatures;
    }

    /** η times the second derivatives by the entries (i, k) of all layers, and then by the entries (k, i). */
    private double[][] across(AlignedPath.Point[] points, int i, int k) {
        double[] ofI = points[i].strengths();
        double[] ofK = points[k].strengths();
        int depth = ofI.length;
        double rate = path.method().learningRate();
        double[][] second = new double[2 * depth][2 * depth];
        learnt(second, 0, pull(k), ofI, ofK);
        learnt(second, depth, pull(i), ofK, ofI);
        double missedByI = pull(i) * ModesPath.missed(ofI);
        double missedByK = pull(k) * ModesPath.missed(ofK);
        for (int lower = 0; lower < depth; lower++) {
            double between = 1;
            double betweenK = 1;
            for (int upper = lower + 1; upper < depth; upper++) {
                double above = AlignedPath.product(ofK, upper + 1, depth);
                double aboveI = AlignedPath.product(ofI, upper + 1, depth);
                double fromK = missedByK * AlignedPath.product(ofK, 0, lower) * between * above;
                second[lower][depth + upper] = fromK;
                second[depth + upper][lower] = fromK;
                double fromI = missedByI * AlignedPath.product(ofI, 0, lower) * betweenK * aboveI;
                second[upper][depth + lower] = fromI;
                second[depth + lower][upper] = fromI;
                between *= ofI[upper];
                betweenK *= ofK[upper];
            }
        }
        for (int n = 0; n < second.length; n++) {
            second[n][n] += rate * path.method().weightDecay();
        }
        return second;
    }

    /** ηcλ of a group. */
    private double pull(int group) {
        return path.method().learningRate()
                * path.lossScale()
                * path.groups().get(group).eigenvalue();
    }

    /** What comes of the output that the entries together change: from the mode that they read to the one written. */
    private static void learnt(double[][] second, int from, double pull, double[] written, double[] read) {
        int depth = written.length;
        double[] through = new double[depth];
        for (int layer = 0; layer < depth; layer++) {
            through[layer] = AlignedPath.product(written, layer + 1, depth) * AlignedPath.product(read, 0, layer);
        }
        for (int one = 0; one < depth; one++) {
            for (int other = 0; other < depth; other++) {
                second[from + one][from + other] = pull * through[one] * through[other];
            }
        }
    }
}

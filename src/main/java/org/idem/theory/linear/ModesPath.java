package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.network.LinearMethod;

/**
 * Training of aligned modes on the identity task, as one recursion of strengths for each of them. Modes that are alike
 * are followed once. Source: proofs/T4.modes.md.
 *
 * @param groups modes that are alike
 * @param groupOf group of each mode
 * @param lossScale c
 * @param method learning rate, momentum and weight decay
 */
public record ModesPath(List<Group> groups, int[] groupOf, double lossScale, LinearMethod method) {
    /**
     * Modes of one eigenvalue and start.
     *
     * @param eigenvalue λ, at least 0
     * @param strengths s_1, …, s_L before the first step, not changed
     * @param count how many
     */
    public record Group(double eigenvalue, double[] strengths, int count) {}

    /**
     * Finds modes that are alike.
     *
     * @param modes the modes
     * @param strengths of every mode before the first step, one row of L numbers for each, not changed
     * @param lossScale c
     * @param method of the training
     * @return with a group of strengths 0 at the end if layers do nothing to some directions
     */
    public static ModesPath of(AlignedModes modes, double[][] strengths, double lossScale, LinearMethod method) {
        List<Group> groups = new ArrayList<>();
        int[] groupOf = new int[strengths.length];
        for (int mode = 0; mode < groupOf.length; mode++) {
            int group = 0;
            while (group < groups.size() && !isAlike(groups.get(group), modes.eigenvalues()[mode], strengths[mode])) {
                group++;
            }
            groupOf[mode] = group;
            Group one = new Group(modes.eigenvalues()[mode], strengths[mode].clone(), 1);
            if (group == groups.size()) {
                groups.add(one);
            } else {
                Group known = groups.get(group);
                groups.set(group, new Group(known.eigenvalue, known.strengths, known.count + 1));
            }
        }
        if (modes.idle()) {
            int most = modes.widest() - groupOf.length;
            groups.add(new Group(0, new double[strengths[0].length], most));
        }
        return new ModesPath(groups, groupOf, lossScale, method);
    }

    private static boolean isAlike(Group group, double eigenvalue, double[] strengths) {
        return group.eigenvalue == eigenvalue && Arrays.equals(group.strengths, strengths);
    }

    /**
     * The recursion of one group.
     *
     * @param group from 0
     * @return that of one example of norm √λ with itself for a target
     */
    public AlignedPath of(int group) {
        double norm = Math.sqrt(groups.get(group).eigenvalue);
        return new AlignedPath(norm, norm, lossScale, method);
    }

    /** All groups before the first step. */
    AlignedPath.Point[] start() {
        return groups.stream()
                .map(group -> AlignedPath.Point.start(group.strengths))
                .toArray(AlignedPath.Point[]::new);
    }

    /** All groups after a step. */
    AlignedPath.Point[] step(AlignedPath.Point[] points) {
        AlignedPath.Point[] next = new AlignedPath.Point[points.length];
        Arrays.setAll(next, group -> of(group).step(points[group]));
        return next;
    }

    /**
     * The strengths after some steps.
     *
     * @param steps number of steps
     * @return one row of L numbers for each mode
     */
    public double[][] strengths(int steps) {
        AlignedPath.Point[] points = start();
        for (int step = 0; step < steps; step++) {
            points = step(points);
        }
        double[][] strengths = new double[groups.size()][];
        for (int group = 0; group < strengths.length; group++) {
            strengths[group] = points[group].strengths();
        }
        return ofModes(strengths);
    }

    /**
     * Hands out strengths of groups.
     *
     * @param strengths one row of L numbers for each group
     * @return one for each mode
     */
    public double[][] ofModes(double[][] strengths) {
        return Arrays.stream(groupOf).mapToObj(group -> strengths[group]).toArray(double[][]::new);
    }

    /**
     * The largest second derivative of the loss, without decay, that what the network makes of the examples causes:
     * along the path and across it.
     *
     * @param strengths one row of L numbers for each group
     * @return c·max λ_k Σ_j ∏_{l&gt;j}s_l(i)² ∏_{l&lt;j}s_l(k)² over all modes i and k
     */
    public double curvature(double[][] strengths) {
        double largest = 0;
        for (int read = 0; read < strengths.length; read++) {
            for (double[] written : strengths) {
                double sum = 0;
                for (int layer = 0; layer < written.length; layer++) {
                    double through = AlignedPath.product(written, layer + 1, written.length)
                            * AlignedPath.product(strengths[read], 0, layer);
                    sum += through * through;
                }
                largest = Math.max(largest, groups.get(read).eigenvalue * sum);
            }
        }
        return lossScale * largest;
    }

    /** The strengths of all groups at a moment. */
    static double[][] strengths(AlignedPath.Point[] points) {
        return Arrays.stream(points).map(AlignedPath.Point::strengths).toArray(double[][]::new);
    }

    /** What a group misses of the identity: ∏s_i − 1. */
    static double missed(double[] strengths) {
        return AlignedPath.product(strengths, -1) - 1;
    }
}

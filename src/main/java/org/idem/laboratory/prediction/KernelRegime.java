package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Initialization;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.wording.Count;

/**
 * Where T7 speaks of a run, and why it does not elsewhere. The kernel regime is what networks of growing width come to:
 * one kernel for the whole of training. Two things lead out of it. The kernel of a network of n units or channels in
 * each hidden layer, k outputs for each example or pixel, and L layers departs from that of infinite width by about
 * √((k + 1)(L − 1)/n) before training. And weights that must move far for their size, because they are small or targets
 * are large, change the kernel in training. Source: proofs/kernel.md, section 7.
 */
public enum KernelRegime {
    /** Gradients are not followed by a linear method. */
    RULE("another rule than gradient descent with or without momentum"),
    /** A step sees only some of the examples. */
    BATCH("steps that see some of the examples"),
    /** Decay shrinks the kernel itself. */
    DECAY("weight decay, which shrinks the kernel"),
    /** No kernel in closed form. */
    ACTIVATION("an activation whose kernel has no closed form here"),
    /** Outputs are smaller than images. */
    PADDING("valid padding"),
    /** The first layer's signals are not normal. */
    INIT("initial weights that are not normal (--init he and gaussian draw normal ones)"),
    /** Shortcuts over the first or last layer. */
    SHORTCUT("a shortcut over the first or last layer"),
    /** Outputs are not few against width. */
    WIDTH("too few units or channels for so many outputs, so that one kernel does not rule their training"),
    /** Some weights would have to move far for their size. */
    MOVEMENT(
            "weights that must move far for their size (they are small, or targets large), so that the kernel changes"),
    /** Some mode grows. */
    LEARNING_RATE("a learning rate at which the kernel's training diverges, or would with a kernel as far off as the"
            + " width allows"),
    /** Numbers that no double holds. */
    RANGE("a kernel beyond double precision"),
    /** Costs more than training. */
    COST("more than " + KernelRegime.MOST_SITES + " training pixels or examples, whose kernel was not worked out");

    /** A kernel of more sites would cost more than training. */
    static final int MOST_SITES = 1024;
    /** A network that departs by more is not in the kernel regime. */
    static final double FARTHEST = 0.5;

    /** Gains beyond this, or its inverse, leave the numbers that kernels are made of. */
    private static final double LARGEST_GAIN = 1e40;

    static final String LAZY = "T7.lazy";

    /** Its rows speak of the mean over networks, those of other theorems of one network. */
    public static final String MEAN = "T7.mean";

    private static final String PREFIX = "outside_kernel_regime_";
    /** In front of measures of what the kernel says of networks outside its regime. */
    private static final String BEYOND = "kernel_";

    private final String words;

    KernelRegime(String words) {
        this.words = words;
    }

    /**
     * What networks have that lie outside for this reason.
     *
     * @return goes on after "networks with"
     */
    public String words() {
        return words;
    }

    /**
     * The word in the column of measures.
     *
     * @return {@code outside_kernel_regime_width}, for instance
     */
    public String measure() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Name of a measure of what the kernel says of a network that it does not rule.
     *
     * @param measure a column of measures
     * @return not a column of measures, so that nobody takes it for a prediction
     */
    public static String beyond(String measure) {
        return BEYOND + measure;
    }

    /**
     * Whether a row says that a network lies outside.
     *
     * @param row any
     * @return true for rows of these reasons
     */
    public static boolean isOutside(TheoryRow row) {
        return row.measure().startsWith(PREFIX);
    }

    /**
     * Says how many networks lie in the kernel regime, and why the others do not.
     *
     * @param networks what theorems say of each
     * @return first how many lie in it, then each reason with the number of networks that lie outside for it; empty if
     *     T7 has nothing to say about any
     */
    public static List<String> said(List<List<TheoryRow>> networks) {
        long spoken = networks.stream()
                .filter(rows -> rows.stream().anyMatch(row -> row.theorem().equals(LAZY)))
                .count();
        if (spoken == 0) {
            return List.of();
        }
        long outside = networks.stream()
                .filter(rows -> rows.stream().anyMatch(KernelRegime::isOutside))
                .count();
        List<String> said = new ArrayList<>();
        said.add("the theorems on wide networks (T7) apply to " + (spoken - outside) + " of "
                + Count.of(spoken, "network") + " with two or more layers");
        for (KernelRegime reason : values()) {
            long count = networks.stream()
                    .filter(rows -> rows.stream().anyMatch(row -> row.measure().equals(reason.measure())))
                    .count();
            if (count > 0) {
                said.add("left out: " + Count.of(count, "network") + " with " + reason.words);
            }
        }
        long several = networks.stream()
                .filter(rows -> rows.stream().filter(KernelRegime::isOutside).count() > 1)
                .count();
        if (several > 0) {
            said.add("left out for several of these reasons: " + Count.of(several, "network"));
        }
        return said;
    }

    TheoryRow row(double value, double limit) {
        return new TheoryRow(LAZY, measure(), value, Double.NaN, limit);
    }

    TheoryRow row() {
        return row(Double.NaN, Double.NaN);
    }

    /** Expected distance of a trained network from its prediction, in units of the outputs. */
    static double distance(Task task) {
        Point point = task.point();
        int units = point.get(point.convolutional() ? StudyAxes.CHANNELS : StudyAxes.WIDTH);
        double outputs = task.targets().size(1);
        return Math.sqrt((outputs + 1) * (task.network().depth() - 1) / units);
    }

    /** Reasons that are seen without working out a kernel; the last one may be WIDTH. */
    static List<TheoryRow> outside(Task task) {
        Point point = task.point();
        List<TheoryRow> rows = new ArrayList<>();
        if (Rules.optimizer(point) instanceof LinearMethod method) {
            if (method.weightDecay() > 0) {
                rows.add(DECAY.row());
            }
        } else {
            rows.add(RULE.row());
        }
        if (!task.usesAllExamples()) {
            rows.add(BATCH.row());
        }
        if (!InfiniteNetwork.reasonAgainst(task.architecture().activation()).isEmpty()) {
            rows.add(ACTIVATION.row());
        }
        if (task.architecture().padding() == Padding.VALID) {
            rows.add(PADDING.row());
        }
        Initialization initial = Run.initialization(point);
        if (!initial.law().isGaussian()) {
            rows.add(INIT.row());
        }
        if (!(initial.gain() >= 1 / LARGEST_GAIN && initial.gain() <= LARGEST_GAIN)) {
            rows.add(RANGE.row());
        }
        int last = task.network().depth() - 1;
        if (task.network().stages().get(0).residual()
                || task.network().stages().get(last).residual()) {
            rows.add(SHORTCUT.row());
        }
        if (sites(task) > MOST_SITES) {
            rows.add(COST.row(sites(task), MOST_SITES));
        }
        double distance = distance(task);
        if (distance > FARTHEST) {
            rows.add(WIDTH.row(distance, FARTHEST));
        }
        return rows;
    }

    private static int sites(Task task) {
        return task.inputs().rank() == 4
                ? task.inputs().size(0) * task.inputs().size(2) * task.inputs().size(3)
                : task.inputs().size(0);
    }
}

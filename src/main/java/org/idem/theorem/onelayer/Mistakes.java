package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;

/** Mistakes that people make about a setting. A false variant makes the theorem's claim for the mistaken setting. */
enum Mistakes {
    ONE_STEP_MORE("one step too many", setting -> setting.withSteps(setting.steps() + 1)),
    ONE_STEP_LESS("one step too few", setting -> setting.withSteps(Math.max(0, setting.steps() - 1))),
    NO_INITIAL_PART(
            "initial weights forgotten",
            problem(p -> withWeights(p, Array.zeros(p.weights().shape())))),
    WEIGHTS_OFF(
            "initial weights off by one part in 10⁹", problem(p -> withWeights(p, scaled(p.weights(), 1 + 0x1p-30)))),
    RATE_OFF(
            "learning rate off by one part in 10⁹",
            optimizer(o -> o.withLearningRate(o.learningRate() * (1 + 0x1p-30)))),
    TIME_OFF("time off by one part in 10⁵", optimizer(o -> o.withLearningRate(o.learningRate() * (1 + 0x1p-17)))),
    OTHER_LOSS(
            "mean and half-sum confused", problem(p -> p.withLoss(p.loss() == Loss.MEAN ? Loss.HALF_SUM : Loss.MEAN))),
    REVERSED(
            "kernel or weights reversed, as by true convolution",
            problem(p -> withWeights(p, reversedRows(p.weights(), p.map().fanIn())))),
    TRANSPOSED("weights or kernel transposed", problem(p -> withWeights(p, transposed(p.weights())))),
    NO_PROJECTION(
            "projection left out: nothing is learned",
            problem(p -> p.withExamples(
                    Array.zeros(p.inputs().shape()), Array.zeros(p.targets().shape())))),
    WRONG_SPACE(
            "projection onto the span of other data", problem(p -> p.withExamples(rolled(p.inputs()), p.targets()))),
    LAST_EXAMPLE_LOST(
            "last example forgotten",
            problem(p -> p.examples() == 1
                    ? p
                    : p.withExamples(
                            p.inputs().slices(0, p.examples() - 1), p.targets().slices(0, p.examples() - 1)))),
    OTHER_ORDER(
            "examples in the opposite order",
            problem(p -> p.withExamples(backwards(p.inputs()), backwards(p.targets())))),
    TARGETS_OFF(
            "targets off by one part in 10⁹",
            problem(p -> p.withExamples(p.inputs(), scaled(p.targets(), 1 + 0x1p-30)))),
    OTHER_PADDING("zero and circular padding confused", problem(Mistakes::otherPadding)),
    NO_DECAY(
            "weight decay forgotten",
            optimizer(o -> new LinearMethod(o.learningRate(), o.momentum(), o.nesterov(), 0))),
    DOUBLE_DECAY(
            "weight decay counted twice",
            optimizer(o -> new LinearMethod(o.learningRate(), o.momentum(), o.nesterov(), 2 * o.weightDecay()))),
    NO_MOMENTUM("momentum forgotten", optimizer(o -> new LinearMethod(o.learningRate(), 0, false, o.weightDecay()))),
    OTHER_MOMENTUM(
            "heavy ball and Nesterov confused",
            optimizer(o -> new LinearMethod(o.learningRate(), o.momentum(), !o.nesterov(), o.weightDecay()))),
    DAMPED("momentum with dampening 1 − β", optimizer(o -> o.withLearningRate(o.learningRate() * (1 - o.momentum())))),
    NO_BIAS_AT_START(
            "initial bias forgotten",
            problem(p -> p.withInitial(p.weights(), Array.zeros(p.map().outputs())))),
    BRIGHTER_PROBES(
            "output brighter by one part in 10⁹", setting -> setting.withProbes(scaled(setting.probes(), 1 + 0x1p-30))),
    UPSIDE_DOWN("output upside down", setting -> setting.withProbes(reversedRows(setting.probes(), plane(setting)))),
    BLANK(
            "output blank",
            setting -> setting.withProbes(Array.zeros(setting.probes().shape()))),
    NEGATED("sign of the output wrong", setting -> setting.withProbes(scaled(setting.probes(), -1))),
    MEMORISED("training image returned for every image: memorised", Mistakes::memorised),
    SHIFTED("output shifted by a pixel", setting -> setting.withProbes(rolled(setting.probes())));

    private final String words;
    private final UnaryOperator<Setting> mistake;

    Mistakes(String words, UnaryOperator<Setting> mistake) {
        this.words = words;
        this.mistake = mistake;
    }

    String words() {
        return words;
    }

    Setting applied(Setting setting) {
        return mistake.apply(setting);
    }

    private static UnaryOperator<Setting> problem(UnaryOperator<LinearProblem> mistake) {
        return setting -> setting.with(mistake.apply(setting.problem()));
    }

    private static UnaryOperator<Setting> optimizer(UnaryOperator<LinearMethod> mistake) {
        return setting -> setting.with(mistake.apply(setting.optimizer()));
    }

    private static LinearProblem withWeights(LinearProblem p, Array weights) {
        return p.withWeights(weights);
    }

    private static Array backwards(Array examples) {
        List<Array> order = new ArrayList<>();
        for (int i = examples.size(0) - 1; i >= 0; i--) {
            order.add(examples.slices(i, i + 1));
        }
        return Array.concatenate(order);
    }

    private static LinearProblem otherPadding(LinearProblem p) {
        if (!(p.map() instanceof Cnn cnn) || cnn.padding() == Padding.VALID) {
            return p;
        }
        Padding other = cnn.padding() == Padding.SAME ? Padding.CIRCULAR : Padding.SAME;
        Cnn confused = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), other, cnn.bias());
        return p.withMap(confused);
    }

    private static Setting memorised(Setting setting) {
        Array image = setting.problem().inputs().slices(0, 1);
        return setting.withProbes(
                Array.concatenate(Collections.nCopies(setting.probes().size(0), image)));
    }

    private static int plane(Setting setting) {
        Array probes = setting.probes();
        return probes.length() / probes.size(0);
    }

    static Array scaled(Array array, double factor) {
        return Array.of(
                Arrays.stream(array.values()).map(value -> factor * value).toArray(), array.shape());
    }

    /** Each row of a length, in C order, back to front. */
    private static Array reversedRows(Array array, int length) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            int row = i / length * length;
            values[i] = array.values()[row + length - 1 - (i - row)];
        }
        return Array.of(values, array.shape());
    }

    /** The last two axes exchanged where they are of one length. */
    private static Array transposed(Array array) {
        int side = array.size(array.rank() - 1);
        if (array.size(array.rank() - 2) != side) {
            return array;
        }
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            int row = i / side % side;
            int column = i % side;
            values[i] = array.values()[i + (column - row) * side + row - column];
        }
        return Array.of(values, array.shape());
    }

    /** Every value moved one place on. */
    private static Array rolled(Array array) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[(i + 1) % values.length] = array.values()[i];
        }
        return Array.of(values, array.shape());
    }
}

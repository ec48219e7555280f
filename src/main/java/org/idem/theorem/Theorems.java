package org.idem.theorem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;

/** All theorems that the program knows, in the order in which it reports them. */
public final class Theorems {
    private static final Dimension STEPS = new Dimension.Whole("steps", 1, 60);
    private static final Dimension STEPS_OVER_ONE = new Dimension.Whole("steps", 2, 60);
    private static final Dimension EXAMPLES = new Dimension.Whole("examples", 1, 4);
    private static final Dimension BIAS = new Dimension.Choice("bias", List.of("trained"));
    private static final Dimension DECAY = new Dimension.Real("decay", 0x1p-6, 0.5);
    private static final Dimension MOMENTUM = new Dimension.Real("momentum", 0.125, 0.875);
    private static final Dimension NESTEROV = new Dimension.Choice("nesterov", List.of("lookahead"));

    private static final Dimension CHANNELS = new Dimension.Whole("channels", 1, 2);
    /** The side of the kernel is twice this plus 1. */
    private static final Dimension KERNEL = new Dimension.Whole("kernel", 0, 1);

    private static final Dimension PADDING = new Dimension.Choice("padding", List.of("same", "circular", "valid"));
    private static final Dimension LOSS = new Dimension.Choice("loss", List.of("half-sum", "mean"));
    private static final Dimension INITIALIZER =
            new Dimension.Choice("initializer", List.of("gaussian", "pytorch", "uniform", "xavier", "he"));
    private static final Dimension PRECISION = new Dimension.Choice("precision", List.of("float64", "float32"));

    private static final FalseVariant ONE_STEP_MORE =
            new FalseVariant("one step too many", setting -> setting.withSteps(setting.steps() + 1));
    private static final FalseVariant NO_INITIAL_PART = new FalseVariant(
            "initial weights forgotten",
            setting -> setting.with(replaced(
                    setting.problem(),
                    Array.zeros(setting.problem().weights().shape()),
                    setting.problem().loss())));
    private static final FalseVariant OTHER_LOSS = new FalseVariant(
            "mean and half-sum confused",
            setting -> setting.with(replaced(
                    setting.problem(),
                    setting.problem().weights(),
                    setting.problem().loss() == Loss.MEAN ? Loss.HALF_SUM : Loss.MEAN)));
    private static final FalseVariant WEIGHTS_OFF = new FalseVariant(
            "initial weights off by one part in 10⁶",
            setting -> setting.with(replaced(
                    setting.problem(),
                    scaled(setting.problem().weights(), 1 + 0x1p-20),
                    setting.problem().loss())));
    private static final FalseVariant REVERSED = new FalseVariant(
            "kernel or weights reversed",
            setting -> setting.with(replaced(
                    setting.problem(),
                    reversed(setting.problem().weights()),
                    setting.problem().loss())));
    private static final FalseVariant NO_DECAY =
            optimizer("weight decay forgotten", o -> new Optimizer(o.learningRate(), o.momentum(), o.nesterov(), 0));
    private static final FalseVariant NO_MOMENTUM =
            optimizer("momentum forgotten", o -> new Optimizer(o.learningRate(), 0, false, o.weightDecay()));
    private static final FalseVariant OTHER_MOMENTUM = optimizer(
            "heavy ball and Nesterov confused",
            o -> new Optimizer(o.learningRate(), o.momentum(), !o.nesterov(), o.weightDecay()));
    private static final FalseVariant NO_BIAS_AT_START = new FalseVariant("initial bias forgotten", setting -> {
        TrainingProblem p = setting.problem();
        return setting.with(new TrainingProblem(
                p.network(),
                p.inputs(),
                p.targets(),
                p.weights(),
                Array.zeros(p.network().outputs()),
                p.loss()));
    });

    private static final List<Theorem> ALL = all();

    private Theorems() {}

    /**
     * Every theorem.
     *
     * @return unmodifiable, in order
     */
    public static List<Theorem> list() {
        return ALL;
    }

    /**
     * Finds one.
     *
     * @param id identifier, for instance T1.steps
     * @return the theorem, if there is one
     */
    public static Optional<Theorem> find(String id) {
        return ALL.stream().filter(theorem -> theorem.id().equals(id)).findFirst();
    }

    private static FalseVariant optimizer(String name, UnaryOperator<Optimizer> mistake) {
        return new FalseVariant(name, setting -> setting.with(mistake.apply(setting.optimizer())));
    }

    private static FalseVariant returned(String name, UnaryOperator<Array> mistake) {
        return new FalseVariant(
                name,
                setting -> new Setting(
                        setting.problem(),
                        setting.optimizer(),
                        setting.steps(),
                        setting.limit(),
                        setting.precision(),
                        mistake.apply(setting.probes())));
    }

    private static TrainingProblem replaced(TrainingProblem p, Array weights, Loss loss) {
        return new TrainingProblem(p.network(), p.inputs(), p.targets(), weights, p.initialBias(), loss);
    }

    private static Array scaled(Array array, double factor) {
        return Array.of(
                Arrays.stream(array.values()).map(value -> factor * value).toArray(), array.shape());
    }

    private static Array reversed(Array array) {
        double[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = array.values()[values.length - 1 - i];
        }
        return Array.of(values, array.shape());
    }

    private static List<Theorem> all() {
        List<Theorem> theorems = new ArrayList<>();
        for (boolean convolution : new boolean[] {false, true}) {
            String family = convolution ? "T2" : "T1";
            String network = convolution ? "A one-layer CNN" : "A one-layer FCN";
            String data = convolution ? "image" : "example";
            String span = convolution ? "patches" : "inputs";
            String optimum = "the learning rate lies inside the stable range of its method";
            theorems.add(theorem(
                    convolution,
                    family,
                    network + " trained on one " + data
                            + " by gradient descent converges to the least-squares solution on the span of its " + span
                            + " and keeps its initial weights on the orthogonal complement.",
                    optimum + "; trained until r_t falls below the unit roundoff",
                    List.of(),
                    List.of(NO_INITIAL_PART, WEIGHTS_OFF, REVERSED)));
            theorems.add(theorem(
                    convolution,
                    family + ".steps",
                    network
                            + " after t steps of gradient descent has lost the factor (1 − αλ)^t of its error in each mode of curvature λ.",
                    optimum,
                    List.of(STEPS),
                    List.of(ONE_STEP_MORE, OTHER_LOSS, NO_INITIAL_PART, REVERSED)));
            theorems.add(theorem(
                    convolution,
                    family + (convolution ? ".images" : ".examples"),
                    "The trajectory with several " + data
                            + "s, linearly dependent ones included, is that of their stacked design matrix.",
                    optimum,
                    List.of(EXAMPLES, STEPS),
                    List.of(ONE_STEP_MORE, OTHER_LOSS, NO_INITIAL_PART)));
            theorems.add(theorem(
                    convolution,
                    family + ".bias",
                    "A trained bias is a constant 1 appended to every column of the design matrix.",
                    optimum,
                    List.of(BIAS, EXAMPLES, STEPS),
                    List.of(NO_BIAS_AT_START, ONE_STEP_MORE, OTHER_LOSS)));
            theorems.add(theorem(
                    convolution,
                    family + ".decay",
                    "Weight decay ω adds ω to every curvature; null modes decay to 0.",
                    optimum + "; ω > 0",
                    List.of(DECAY, EXAMPLES, STEPS),
                    List.of(NO_DECAY, ONE_STEP_MORE, OTHER_LOSS)));
            theorems.add(theorem(
                    convolution,
                    family + ".heavy-ball",
                    "Heavy-ball momentum replaces the residual polynomial by the corner of the power of [[1 − αλ, −ηβ], [cλ, β]].",
                    optimum,
                    List.of(MOMENTUM, EXAMPLES, STEPS_OVER_ONE),
                    List.of(NO_MOMENTUM, OTHER_MOMENTUM, ONE_STEP_MORE)));
            theorems.add(theorem(
                    convolution,
                    family + ".nesterov",
                    "Nesterov momentum replaces the residual polynomial by the corner of the power of [[1 − αλ(1 + β), −ηβ²], [cλ, β]].",
                    optimum,
                    List.of(NESTEROV, MOMENTUM, EXAMPLES, STEPS),
                    List.of(NO_MOMENTUM, OTHER_MOMENTUM, ONE_STEP_MORE)));
        }
        theorems.add(new CnnFullRank(
                List.of(
                        new Dimension.Whole("height", 5, 7),
                        new Dimension.Whole("width", 5, 7),
                        CHANNELS,
                        KERNEL,
                        PADDING,
                        new Dimension.Real("rate", 0.25, 0.75),
                        LOSS,
                        INITIALIZER,
                        PRECISION),
                List.of(
                        returned("image returned upside down", Theorems::reversed),
                        returned("image brighter by one part in 10⁶", image -> scaled(image, 1 + 0x1p-20)),
                        returned("blank image returned", image -> scaled(image, 0)))));
        return List.copyOf(theorems);
    }

    private static Theorem theorem(
            boolean convolution,
            String id,
            String statement,
            String hypotheses,
            List<Dimension> own,
            List<FalseVariant> variants) {
        List<Dimension> space = new ArrayList<>();
        if (convolution) {
            space.add(new Dimension.Whole("height", 3, 7));
            space.add(new Dimension.Whole("width", 3, 7));
            space.add(CHANNELS);
            space.add(KERNEL);
            space.add(PADDING);
        } else {
            space.add(new Dimension.Whole("size", 1, 10));
        }
        space.addAll(own);
        space.add(new Dimension.Real("rate", 0.0625, 0.9375));
        space.add(LOSS);
        space.add(INITIALIZER);
        space.add(PRECISION);
        return new TrajectoryTheorem(id, statement, hypotheses, List.copyOf(space), variants);
    }
}

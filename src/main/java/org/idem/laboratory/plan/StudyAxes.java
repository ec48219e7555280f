package org.idem.laboratory.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.UpdateRule;
import org.idem.table.Kind;

/** The axes of studies, with their defaults. */
public final class StudyAxes {
    private static final int MOST_THREADS = 999;
    private static final Pattern REAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    /** Stages with weights. */
    public static final StudyAxis<Integer> DEPTH = whole("depth", "1").called("depth", "depth in layers");
    /** Units of every hidden layer of a fully connected network. */
    public static final StudyAxis<Integer> WIDTH = whole("width", "256").called("width", "width in units");
    /** Channels of every hidden layer of a convolutional network. */
    public static final StudyAxis<Integer> CHANNELS =
            whole("channels", "16").called("number of channels", "channels of a hidden layer");
    /** Side of kernels. */
    public static final StudyAxis<Integer> KERNEL = new StudyAxis<Integer>(
                    "kernel",
                    Kind.WHOLE,
                    Optional.of("3"),
                    "an odd number of at least 1",
                    word -> {
                        int side = positive(word);
                        if (side % 2 == 0) {
                            throw new IllegalArgumentException("even");
                        }
                        return side;
                    },
                    String::valueOf)
            .called("kernel side", "kernel side in pixels");
    /** What kernels see beyond the border. */
    public static final StudyAxis<Padding> PADDING = words("padding", "same", Padding.values());
    /** Activation of hidden layers. */
    public static final StudyAxis<Activation> ACTIVATION = words("activation", "relu", Activation.values());
    /** Whether every stage has a bias. */
    public static final StudyAxis<Boolean> BIAS = flag("bias").called("choice of biases", "bias");
    /** Whether a stage adds its input where shapes agree. */
    public static final StudyAxis<Boolean> RESIDUAL = flag("residual").called("choice of shortcuts", "residual");
    /** Law of the initial weights. */
    public static final StudyAxis<Initializer> INIT =
            words("init", "pytorch", Initializer.values()).called("initialiser", "initialiser");
    /** Factor on the deviation of the initial weights. */
    public static final StudyAxis<Double> GAIN =
            real("gain", Optional.of("1"), "a positive number", value -> value > 0);
    /** How gradients move parameters. */
    public static final StudyAxis<UpdateRule> RULE = words("rule", "adam", UpdateRule.values());
    /** Learning rate; the default depends on the rule. */
    public static final StudyAxis<Double> LEARNING_RATE =
            real("learning-rate", Optional.empty(), "a positive number", value -> value > 0);
    /** β of heavy ball and Nesterov's method. */
    public static final StudyAxis<Double> MOMENTUM =
            real("momentum", Optional.of("0"), "a number in [0, 1)", value -> value >= 0 && value < 1);
    /** Whether momentum is Nesterov's. */
    public static final StudyAxis<Boolean> NESTEROV =
            flag("nesterov").called("choice of Nesterov's momentum", "nesterov");
    /** Weight decay. */
    public static final StudyAxis<Double> WEIGHT_DECAY =
            real("weight-decay", Optional.of("0"), "a number of at least 0", value -> value >= 0);
    /** Normalisation of the squared loss. */
    public static final StudyAxis<Loss> LOSS = words("loss", "mean", Loss.values());
    /** Examples in a step, empty for all. */
    public static final StudyAxis<OptionalInt> BATCH = new StudyAxis<OptionalInt>(
                    "batch",
                    Kind.TEXT,
                    Optional.of("all"),
                    "'all' or a whole number of at least 1",
                    word -> word.equals("all") ? OptionalInt.empty() : OptionalInt.of(positive(word)),
                    batch -> batch.isPresent() ? String.valueOf(batch.getAsInt()) : "all")
            .called("size of batches", "examples in a step");
    /** Training examples, the first ones of the source. */
    public static final StudyAxis<Integer> EXAMPLES =
            whole("examples", "1").called("number of examples", "training examples");
    /** Height and width of images; the default is their own. */
    public static final StudyAxis<Size> SIZE = new StudyAxis<Size>(
                    "size", Kind.TEXT, Optional.empty(), Size.RULE, Size::parse, Size::toString)
            .called("size of images", "size of images in pixels");
    /** Source of the training images. */
    public static final StudyAxis<String> TRAIN = new StudyAxis<String>(
                    "train",
                    Kind.TEXT,
                    Optional.of("builtin#3"),
                    "the name of images, in which \\, stands for a comma",
                    word -> {
                        if (word.isBlank()) {
                            throw new IllegalArgumentException("blank");
                        }
                        return word;
                    },
                    Function.identity())
            .called("training image", "training image", "training image");
    /** Whether networks see standardised pixels. */
    public static final StudyAxis<Pixels> INPUT = words("input", "raw", Pixels.values());
    /** What is asked for: the raw image or what the network sees. */
    public static final StudyAxis<Asked> TARGET = words("target", "raw", Asked.values());
    /** Arithmetic of training. */
    public static final StudyAxis<Precision> PRECISION = words("precision", "float32", Precision.values());
    /** Threads of one network. */
    public static final StudyAxis<Integer> THREADS = new StudyAxis<Integer>(
                    "threads",
                    Kind.WHOLE,
                    Optional.of("1"),
                    "a whole number from 1 to 999",
                    word -> {
                        int threads = positive(word);
                        if (threads > MOST_THREADS) {
                            throw new IllegalArgumentException("above " + MOST_THREADS);
                        }
                        return threads;
                    },
                    String::valueOf)
            .called("number of threads", "threads");

    private static final List<StudyAxis<?>> COMMON = List.of(
            ACTIVATION,
            BIAS,
            RESIDUAL,
            INIT,
            GAIN,
            RULE,
            LEARNING_RATE,
            MOMENTUM,
            NESTEROV,
            WEIGHT_DECAY,
            LOSS,
            BATCH,
            EXAMPLES,
            SIZE,
            TRAIN,
            INPUT,
            TARGET,
            PRECISION,
            THREADS);

    private StudyAxes() {}

    /**
     * The axes of a kind of network, in the order of tables.
     *
     * @param convolutional whether networks are convolutional
     * @return every axis that such a network has
     */
    public static List<StudyAxis<?>> of(boolean convolutional) {
        Stream<StudyAxis<?>> own =
                convolutional ? Stream.of(DEPTH, CHANNELS, KERNEL, PADDING) : Stream.of(DEPTH, WIDTH);
        return Stream.concat(own, COMMON.stream()).toList();
    }

    /**
     * The axis of a name, of either kind of network.
     *
     * @param name of its option
     * @return the axis
     * @throws IllegalArgumentException if no axis has the name
     */
    public static StudyAxis<?> named(String name) {
        return Stream.of(true, false)
                .flatMap(convolutional -> of(convolutional).stream())
                .filter(axis -> axis.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an axis must be one of a study's, got " + name));
    }

    /** Which pixels a network sees. */
    public enum Pixels {
        /** As they are, in [0, 1]. */
        RAW,
        /** (x − 0.1307)/0.3081, by mean and deviation of MNIST. */
        STANDARDISED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which image is asked for. */
    public enum Asked {
        /** Its raw pixels. */
        RAW,
        /** The pixels that the network sees. */
        INPUT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static int positive(String word) {
        int value = Integer.parseInt(word);
        if (value < 1) {
            throw new IllegalArgumentException("below 1");
        }
        return value;
    }

    private static StudyAxis<Integer> whole(String name, String standard) {
        return new StudyAxis<>(
                name,
                Kind.WHOLE,
                Optional.of(standard),
                "a whole number of at least 1",
                StudyAxes::positive,
                String::valueOf);
    }

    private static StudyAxis<Double> real(
            String name, Optional<String> standard, String rule, DoublePredicate allowed) {
        return new StudyAxis<>(
                name,
                Kind.REAL,
                standard,
                rule,
                word -> {
                    // Java reads other forms, such as 1f and 0x1p3, as well
                    double value = REAL.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
                    if (!allowed.test(value) || Double.isInfinite(value)) {
                        throw new IllegalArgumentException("out of range");
                    }
                    return value + 0.0;
                },
                value -> value == Math.rint(value) && Math.abs(value) < 1e9
                        ? String.valueOf(value.longValue())
                        : String.valueOf(value));
    }

    private static StudyAxis<Boolean> flag(String name) {
        return new StudyAxis<>(
                name,
                Kind.TEXT,
                Optional.of("no"),
                "no or yes",
                word -> {
                    if (!word.equals("yes") && !word.equals("no")) {
                        throw new IllegalArgumentException("unknown");
                    }
                    return word.equals("yes");
                },
                value -> value ? "yes" : "no");
    }

    private static <T> StudyAxis<T> words(String name, String standard, T[] values) {
        List<String> known = Stream.of(values).map(String::valueOf).toList();
        return new StudyAxis<>(
                name,
                Kind.TEXT,
                Optional.of(standard),
                "one of " + String.join(", ", known),
                word -> {
                    int index = known.indexOf(word);
                    if (index < 0) {
                        throw new UnknownWord("unknown", word, known);
                    }
                    return values[index];
                },
                String::valueOf);
    }
}

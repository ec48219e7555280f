package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.idem.array.Array;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.theory.initialisation.MeanNormRange;
import org.idem.theory.initialisation.OutputMoments;
import org.idem.theory.initialisation.RandomFcn;
import org.idem.theory.initialisation.ResidualMoments;

/**
 * T5 about fully connected networks before their first step, over all seeds: rows about the measures at step 0, whose
 * names begin with {@value #INITIAL}.
 *
 * <ul>
 *   <li>T5.moments, linear and ReLU without shortcuts: E‖f(x) − y‖² = E‖f(x)‖² + ‖y‖², because E f(x) = 0.
 *   <li>T5.residual, linear with a shortcut over every stage and no biases: E‖f(x) − y‖² = E‖f(x) − x‖² + ‖x − y‖²,
 *       because E f(x) = x.
 *   <li>T5.law, as T5.moments with normal weights and no biases: the mean size of the outputs, over the images that are
 *       looked at, of at least 95 of 100 networks.
 * </ul>
 */
public final class InitialOutputs implements Prediction {
    /** In front of measures of networks before training. */
    public static final String INITIAL = "initial_";

    /** Gains beyond this, or its inverse, leave the numbers that moments are made of. */
    private static final double LARGEST_GAIN = 1e40;
    /** Of networks outside the range of a law. */
    private static final double FAILURE = 0.05;
    /** A law of more units and layers costs more than the first steps of training. */
    private static final int MOST_UNITS = 1 << 14;
    /** Ranges that are kept for the next seeds. */
    private static final int MOST_RANGES = 8;

    private final Map<RandomFcn, Optional<MeanNormRange>> ranges = new LinkedHashMap<>();

    @Override
    public Predicted of(Run run, int steps) {
        Task task = run.task();
        Network network = task.network();
        Initialization initial = Run.initialization(task.point());
        boolean moderate = initial.gain() >= 1 / LARGEST_GAIN && initial.gain() <= LARGEST_GAIN;
        if (task.point().convolutional() || !initial.law().isIndependent() || !moderate) {
            return Predicted.NOTHING;
        }
        if (network.stages().stream().allMatch(InitialOutputs::isPlain)) {
            return new Predicted(plain(task, RandomFcn.of(network, initial), initial), Map.of());
        }
        return network.stages().stream().allMatch(InitialOutputs::isShortcut)
                ? new Predicted(residual(task, initial), Map.of())
                : Predicted.NOTHING;
    }

    private static boolean isPlain(Stage stage) {
        return !stage.residual() && (stage.activation() == Activation.LINEAR || stage.activation() == Activation.RELU);
    }

    private static boolean isShortcut(Stage stage) {
        return stage.residual()
                && stage.activation() == Activation.LINEAR
                && !stage.map().bias();
    }

    private List<TheoryRow> plain(Task task, RandomFcn network, Initialization initial) {
        List<TheoryRow> rows = new ArrayList<>(means(
                "T5.moments",
                task,
                (input, image) -> OutputMoments.meanSquare(network, square(input)) + square(image)));
        int units = network.layers().stream()
                .mapToInt(layer -> layer.rectified() ? layer.units() : 1)
                .sum();
        List<Task.Test> watched = task.ofTrainedSize(StepMeasures.MOST_IMAGES);
        if (initial.law().isGaussian() && !network.hasBiases() && units <= MOST_UNITS && !watched.isEmpty()) {
            double size = watched.stream()
                    .mapToDouble(test -> Math.sqrt(square(test.input())))
                    .average()
                    .orElseThrow();
            range(network)
                    .map(range -> new TheoryRow(
                            "T5.law", INITIAL + "output_norm", Double.NaN, range.low() * size, range.high() * size))
                    .ifPresent(rows::add);
        }
        return rows;
    }

    /** Empty where the law, or its moments, leave double precision. */
    private synchronized Optional<MeanNormRange> range(RandomFcn network) {
        Optional<MeanNormRange> range = ranges.containsKey(network) ? ranges.remove(network) : worked(network);
        ranges.put(network, range);
        if (ranges.size() > MOST_RANGES) {
            ranges.remove(ranges.keySet().iterator().next());
        }
        return range;
    }

    private static Optional<MeanNormRange> worked(RandomFcn network) {
        try {
            return Optional.of(MeanNormRange.of(network, FAILURE));
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    private static List<TheoryRow> residual(Task task, Initialization initial) {
        Network network = task.network();
        int width = network.stages().get(0).map().fanIn();
        double[] gains = network.stages().stream()
                .mapToDouble(stage -> width * initial.weightVariance(stage.map()))
                .toArray();
        double away = ResidualMoments.of(gains, width).mean();
        return means("T5.residual", task, (input, image) -> away * square(input) + distance(input, image));
    }

    /**
     * Rows about mean squared distances.
     *
     * @param distance E‖f(x) − y‖² of an input x and an image y
     */
    private static List<TheoryRow> means(String theorem, Task task, ToDoubleBiFunction<Array, Array> distance) {
        List<TheoryRow> rows = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < task.inputs().size(0); i++) {
            sum += distance.applyAsDouble(
                    task.inputs().slices(i, i + 1), task.targets().slices(i, i + 1));
        }
        rows.add(row(theorem, "train_error", sum / task.targets().length() / task.unit()));
        List<Task.Test> watched = task.ofTrainedSize(StepMeasures.MOST_IMAGES);
        Array constant = task.constant();
        for (String measure : List.of("identity_mse", "constant_mse")) {
            watched.stream()
                    .mapToDouble(test -> {
                        Array image = measure.equals("identity_mse") ? test.target() : constant;
                        return distance.applyAsDouble(test.input(), image) / image.length();
                    })
                    .average()
                    .ifPresent(mean -> rows.add(row(theorem, measure, mean)));
        }
        return rows.stream().filter(row -> Double.isFinite(row.mean())).toList();
    }

    private static TheoryRow row(String theorem, String measure, double mean) {
        return new TheoryRow(theorem, INITIAL + measure, mean, Double.NaN, Double.NaN);
    }

    private static double square(Array array) {
        return Arrays.stream(array.values()).map(value -> value * value).sum();
    }

    private static double distance(Array one, Array other) {
        double sum = 0;
        for (int i = 0; i < one.length(); i++) {
            double difference = one.values()[i] - other.values()[i];
            sum += difference * difference;
        }
        return sum;
    }
}

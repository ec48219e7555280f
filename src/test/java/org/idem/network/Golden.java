package org.idem.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * A training run whose results PyTorch and decimal arithmetic gave; golden.py beside the tables says how. Results are
 * the doubles nearest to those of exact arithmetic.
 *
 * @param name file and number of the run, for messages
 * @param problem numbers that both precisions hold exactly
 * @param rule how gradients move parameters
 * @param precision in which the run is to be repeated
 * @param steps number of steps
 * @param batch examples of a step, taken in cyclic order
 * @param probes inputs of the trained network, null for several stages
 * @param outputs on the probes, null with them
 * @param firstLoss loss before the first step
 * @param trained parameters after the last step; empty for one layer in float32, whose outputs say enough
 */
public record Golden(
        String name,
        TrainingProblem problem,
        Optimizer rule,
        Precision precision,
        int steps,
        int batch,
        @Nullable Array probes,
        @Nullable Array outputs,
        double firstLoss,
        List<StageParameters> trained) {
    private static final double UNIT = 0x1p-6;

    /** Runs of one linear layer. */
    public static List<Golden> oneLayer() {
        return read("one-layer.txt");
    }

    /** Runs of two and three stages. */
    public static List<Golden> deep() {
        return read("deep.txt");
    }

    /** Lines of a table without its comments, as words. */
    public static List<String[]> table(String file) {
        try (InputStream stream = Golden.class.getResourceAsStream(file)) {
            String text = new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Golden> read(String file) {
        List<Golden> runs = new ArrayList<>();
        List<String[]> lines = new ArrayList<>();
        for (String[] line : table(file)) {
            if (line[0].isEmpty() && !lines.isEmpty()) {
                runs.add(new Lines(lines).run(file + ", run " + (runs.size() + 1)));
                lines = new ArrayList<>();
            } else if (!line[0].isEmpty()) {
                lines.add(line);
            }
        }
        runs.add(new Lines(lines).run(file + ", run " + (runs.size() + 1)));
        return runs;
    }

    /** Whether all examples are used in every step. */
    public boolean isFullBatch() {
        return batch == problem.examples();
    }

    /** The method of a run of one layer. */
    public LinearMethod optimizer() {
        return (LinearMethod) rule;
    }

    /** The problem of a run of one layer. */
    public LinearProblem layer() {
        return LinearProblem.of(problem);
    }

    /** How far the nearest double may be from the number that it stands for. */
    public static double half(double golden) {
        return Math.ulp(golden) / 2;
    }

    /** Lines of one run. */
    private record Lines(List<String[]> lines) {
        List<String[]> all(String key) {
            return lines.stream().filter(line -> line[0].equals(key)).toList();
        }

        String[] only(String key) {
            return all(key).get(0);
        }

        boolean has(String key) {
            return !all(key).isEmpty();
        }

        static double[] doubles(String[] line) {
            return Arrays.stream(line).skip(1).mapToDouble(Double::parseDouble).toArray();
        }

        static double[] units(String[] line) {
            return Arrays.stream(doubles(line)).map(value -> UNIT * value).toArray();
        }

        int[] shape(String key) {
            return Arrays.stream(doubles(only(key)))
                    .mapToInt(value -> (int) value)
                    .toArray();
        }

        Golden run(String name) {
            Network network =
                    new Network(all("stage").stream().map(Lines::stage).toList());
            Array inputs = Array.of(units(only("inputs")), shape("shape"));
            int[] outputShape = network.outputShape(inputs.shape());
            Array targets = only("targets")[1].equals("identity")
                    ? LinearProblem.identityTargets(network.stages().get(0).map(), inputs)
                    : Array.of(units(only("targets")), outputShape);
            Array probes = has("probes") ? Array.of(units(only("probes")), shape("probe-shape")) : null;
            return new Golden(
                    name,
                    new TrainingProblem(network, inputs, targets, parameters(network, "weights", "bias", UNIT), loss()),
                    rule(only("rule")),
                    only("precision")[1].equals("float32") ? Precision.FLOAT32 : Precision.FLOAT64,
                    Integer.parseInt(only("steps")[1]),
                    Integer.parseInt(only("batch")[1]),
                    probes,
                    probes == null
                            ? null
                            : Array.of(doubles(only("outputs")), network.outputShape(shape("probe-shape"))),
                    doubles(only("first-loss"))[0],
                    has("trained") ? parameters(network, "trained", "trained-bias", 1) : List.of());
        }

        private Loss loss() {
            return Arrays.stream(Loss.values())
                    .filter(loss -> loss.toString().equals(only("loss")[1]))
                    .findFirst()
                    .orElseThrow();
        }

        private List<StageParameters> parameters(Network network, String weights, String bias, double unit) {
            List<StageParameters> parameters = new ArrayList<>();
            int biases = 0;
            for (Stage stage : network.stages()) {
                double[] ofStage = doubles(all(weights).get(parameters.size()));
                double[] ofBias = stage.map().bias() ? doubles(all(bias).get(biases++)) : new double[0];
                parameters.add(new StageParameters(
                        Array.of(times(ofStage, unit), stage.map().weightShape()),
                        stage.map().bias() ? Array.of(times(ofBias, unit), ofBias.length) : null));
            }
            return parameters;
        }

        private static double[] times(double[] values, double unit) {
            return Arrays.stream(values).map(value -> unit * value).toArray();
        }

        private static Stage stage(String[] line) {
            boolean cnn = line[1].equals("cnn");
            int inputs = Integer.parseInt(line[2]);
            int outputs = Integer.parseInt(line[3]);
            int rest = cnn ? 6 : 4;
            boolean bias = line[rest].equals("bias");
            LinearMap map = cnn
                    ? new Cnn(inputs, outputs, Integer.parseInt(line[4]), named(Padding.values(), line[5]), bias)
                    : new Fcn(inputs, outputs, bias);
            return new Stage(map, named(Activation.values(), line[rest + 1]), line[rest + 2].equals("residual"));
        }

        private static <T> T named(T[] values, String name) {
            return Arrays.stream(values)
                    .filter(value -> value.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + name));
        }

        private static Optimizer rule(String[] line) {
            double rate = Double.parseDouble(line[2]);
            double first = Double.parseDouble(line[3]);
            return switch (line[1]) {
                case "sgd" ->
                    new LinearMethod(1, first, line[4].equals("nesterov"), Double.parseDouble(line[5]))
                            .withLearningRate(rate);
                case "adam" ->
                    List.of(line).subList(3, 6).equals(List.of("0.9", "0.999", "1e-08"))
                            ? Adam.of(rate)
                            : new Adam(rate, first, Double.parseDouble(line[4]), Double.parseDouble(line[5]));
                case "rmsprop" -> new RmsProp(rate, first, Double.parseDouble(line[4]));
                case "adagrad" -> new Adagrad(rate, first);
                default -> throw new IllegalArgumentException("no rule " + line[1]);
            };
        }
    }
}

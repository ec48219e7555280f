package org.idem.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;

/**
 * What is trained: plain gradient descent of the sum of squared errors on the identity task, ReLU between layers, no
 * bias.
 *
 * @param kind fcn or cnn
 * @param units units, or channels, of input, hidden layers and output
 * @param kernel side of every kernel, 1 for an FCN
 * @param size side of the image in pixels, 1 for an FCN
 * @param examples of every network, all in every step
 * @param networks number of networks that are trained at once, each with weights and examples of its own
 * @param precision arithmetic of training
 * @param engine deep for the trainer of networks of any depth, side-by-side for the same on a thread for each network,
 *     one-layer for that of a single layer, together for that of many small ones
 * @param rate learning rate
 * @param seed of weights and examples
 */
record Workload(
        String kind,
        int[] units,
        int kernel,
        int size,
        int examples,
        int networks,
        Precision precision,
        String engine,
        double rate,
        long seed) {
    /**
     * Reads words such as {@code kind=cnn units=3,3 kernel=5 size=28 networks=1 precision=float64 rate=1e-4 seed=1}.
     */
    static Workload parse(List<String> words) {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("a workload is given by words name=value, got '" + word + "'");
            }
            values.put(parts[0], parts[1]);
        }
        String kind = values.getOrDefault("kind", "");
        if (!kind.equals("fcn") && !kind.equals("cnn")) {
            throw new IllegalArgumentException("kind must be fcn or cnn, got '" + kind + "'");
        }
        return new Workload(
                kind,
                Arrays.stream(values.getOrDefault("units", "").split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray(),
                Integer.parseInt(values.getOrDefault("kernel", "1")),
                Integer.parseInt(values.getOrDefault("size", "1")),
                Integer.parseInt(values.getOrDefault("examples", "1")),
                Integer.parseInt(values.getOrDefault("networks", "1")),
                Precision.parse(values.getOrDefault("precision", "float64")),
                values.getOrDefault("engine", "deep"),
                Double.parseDouble(values.getOrDefault("rate", "1e-9")),
                Long.parseLong(values.getOrDefault("seed", "1")));
    }

    Network network() {
        return kind.equals("fcn")
                ? Network.fcn(Activation.RELU, false, units)
                : Network.cnn(Activation.RELU, false, kernel, Padding.SAME, units);
    }

    /** One problem per network; network i has the streams i·64 (examples) and i·64 + layer (weights, from 1). */
    List<TrainingProblem> problems() {
        Network network = network();
        int[] shape = kind.equals("fcn") ? new int[] {examples, units[0]} : new int[] {examples, units[0], size, size};
        List<TrainingProblem> problems = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            Array image = Array.of(HashedNumbers.uniform(seed, 64L * i, Array.lengthOf(shape)), shape);
            List<StageParameters> weights = new ArrayList<>();
            for (int layer = 1; layer <= network.depth(); layer++) {
                weights.add(weights(network, layer, 64L * i + layer));
            }
            problems.add(new TrainingProblem(network, image, image, weights, Loss.SUM));
        }
        return problems;
    }

    /** Variance 2/fan-in before a ReLU, 1/fan-in in the last layer. */
    private StageParameters weights(Network network, int layer, long stream) {
        int[] shape = network.stages().get(layer - 1).map().weightShape();
        double fanIn = network.stages().get(layer - 1).map().fanIn();
        double halfWidth = Math.sqrt((layer < network.depth() ? 6 : 3) / fanIn);
        return new StageParameters(
                Array.of(HashedNumbers.symmetric(seed, stream, Array.lengthOf(shape), halfWidth), shape), null);
    }
}

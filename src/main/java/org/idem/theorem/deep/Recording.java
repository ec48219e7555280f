package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.training.run.Training;

/**
 * Recording of a training run: parameters before each step and after the last, and losses and perhaps gradients before
 * each step.
 *
 * @param parameters one more than steps
 * @param losses as many as steps
 * @param gradients as many as steps, or none
 */
record Recording(List<List<StageParameters>> parameters, List<Double> losses, List<List<StageParameters>> gradients) {
    /** Trains and records. */
    static Recording of(DeepRun run, boolean withGradients) {
        try (Training training = run.start()) {
            List<List<StageParameters>> parameters = new ArrayList<>(List.of(training.parameters()));
            List<Double> losses = new ArrayList<>();
            List<List<StageParameters>> gradients = new ArrayList<>();
            for (int step = 0; step < run.steps(); step++) {
                if (withGradients) {
                    gradients.add(training.gradient());
                }
                losses.add(training.step());
                parameters.add(training.parameters());
            }
            return new Recording(parameters, losses, gradients);
        }
    }

    /** One row for each list of parameters, then one for each gradient; the last column holds losses. */
    Array toArray() {
        List<List<StageParameters>> all = new ArrayList<>(parameters);
        all.addAll(gradients);
        List<double[]> rows = all.stream().map(Recording::numbers).toList();
        int width = rows.get(0).length + 1;
        Array array = Array.zeros(rows.size(), width);
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, array.values(), row * width, width - 1);
            if (row < losses.size()) {
                array.values()[(row + 1) * width - 1] = losses.get(row);
            }
        }
        return array;
    }

    /** Reads what {@link #toArray} wrote. */
    static Recording of(Array array, Network network, int steps) {
        List<List<StageParameters>> rows = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        int width = array.size(1);
        for (int row = 0; row < array.size(0); row++) {
            rows.add(parameters(array.values(), row * width, network));
            losses.add(array.values()[(row + 1) * width - 1]);
        }
        return new Recording(
                rows.subList(0, steps + 1), losses.subList(0, steps), rows.subList(steps + 1, rows.size()));
    }

    /** Weights, then bias, of stage after stage. */
    static double[] numbers(List<StageParameters> parameters) {
        List<Array> parts = new ArrayList<>();
        for (StageParameters stage : parameters) {
            parts.add(stage.weights());
            if (stage.bias() != null) {
                parts.add(stage.bias());
            }
        }
        double[] numbers = new double[parts.stream().mapToInt(Array::length).sum()];
        int next = 0;
        for (Array part : parts) {
            System.arraycopy(part.values(), 0, numbers, next, part.length());
            next += part.length();
        }
        return numbers;
    }

    /** Reads what {@link #numbers} wrote, from an index on. */
    static List<StageParameters> parameters(double[] numbers, int from, Network network) {
        List<StageParameters> parameters = new ArrayList<>();
        int next = from;
        for (Stage stage : network.stages()) {
            LinearMap map = stage.map();
            Array weights = Array.zeros(map.weightShape());
            System.arraycopy(numbers, next, weights.values(), 0, weights.length());
            next += weights.length();
            Array bias = map.bias() ? Array.zeros(map.outputs()) : null;
            if (bias != null) {
                System.arraycopy(numbers, next, bias.values(), 0, bias.length());
                next += bias.length();
            }
            parameters.add(new StageParameters(weights, bias));
        }
        return parameters;
    }
}

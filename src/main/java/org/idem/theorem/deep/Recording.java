package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.idem.network.StageParameters;
import org.idem.theorem.Observation;
import org.idem.training.run.Training;

/**
 * Recording of a training run: parameters before each step and after the last, and losses and perhaps gradients before
 * each step.
 *
 * @param parameters one more than steps
 * @param losses as many as steps
 * @param gradients as many as steps, or none
 */
record Recording(List<List<StageParameters>> parameters, List<Double> losses, List<List<StageParameters>> gradients)
        implements Observation.Recorded {
    /** Trains and records. */
    static Recording of(DeepRun run, boolean withGradients) {
        try (Training training = run.start()) {
            return of(run, training, withGradients);
        }
    }

    /** Trains with a training that has just started, which stays open. */
    static Recording of(DeepRun run, Training training, boolean withGradients) {
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

    /** The same without biases. */
    static List<StageParameters> weightsOnly(List<StageParameters> stages) {
        return stages.stream()
                .map(stage -> new StageParameters(stage.weights(), null))
                .toList();
    }

    /** All numbers of it. */
    DoubleStream numbers() {
        return DoubleStream.concat(
                losses.stream().mapToDouble(loss -> loss),
                Stream.concat(parameters.stream(), gradients.stream()).flatMapToDouble(DeepRun::numbers));
    }
}

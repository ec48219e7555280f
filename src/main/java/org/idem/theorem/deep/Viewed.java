package org.idem.theorem.deep;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.theorem.Observation;
import org.idem.training.run.Training;

/**
 * A CNN, trained or not, and the image on which it is evaluated.
 *
 * @param run of the training
 * @param image (1, C, H, W)
 */
record Viewed(DeepRun run, Array image) {
    /** Weights and biases after training, then the outputs on the image. */
    Observation observed() {
        if (run.unfit() != null) {
            return new Observation.Nothing(run.unfit());
        }
        try (Training training = run.start()) {
            training.train(run.steps());
            double[] parameters = Recording.numbers(training.parameters());
            double[] outputs = training.outputs(image).values();
            double[] seen = new double[parameters.length + outputs.length];
            System.arraycopy(parameters, 0, seen, 0, parameters.length);
            System.arraycopy(outputs, 0, seen, parameters.length, outputs.length);
            return DeepRun.finite(Array.of(seen, seen.length));
        }
    }

    Network network() {
        return run.network();
    }

    Precision precision() {
        return run.precision();
    }

    List<StageParameters> parameters(Array seen) {
        return Recording.parameters(seen.values(), 0, network());
    }

    Array outputs(Array seen) {
        Array outputs = Array.zeros(network().outputShape(image.shape()));
        System.arraycopy(seen.values(), seen.length() - outputs.length(), outputs.values(), 0, outputs.length());
        return outputs;
    }
}

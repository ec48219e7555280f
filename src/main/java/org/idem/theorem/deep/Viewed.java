package org.idem.theorem.deep;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
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
    /**
     * What is seen of it.
     *
     * @param parameters weights and biases after training
     * @param outputs on the image, (1, C′, H′, W′)
     */
    record View(List<StageParameters> parameters, Array outputs) implements Observation.Recorded {}

    /** The view after training, unless it diverged. */
    Observation observed() {
        if (run.unfit() != null) {
            return new Observation.Nothing(run.unfit());
        }
        try (Training training = run.start()) {
            training.train(run.steps());
            View view = new View(training.parameters(), training.outputs(image));
            return DeepRun.finite(
                    view,
                    DoubleStream.concat(
                            DeepRun.numbers(view.parameters()),
                            Arrays.stream(view.outputs().values())));
        }
    }

    Network network() {
        return run.network();
    }

    Precision precision() {
        return run.precision();
    }
}

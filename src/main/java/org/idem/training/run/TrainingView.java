package org.idem.training.run;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.StageParameters;

/** What can be seen of a network in training. Asking changes nothing, and all results are copies. */
public interface TrainingView {
    /**
     * Number of steps taken, those before a checkpoint included.
     *
     * @return at least 0
     */
    int steps();

    /**
     * Loss at the current parameters, of the examples that the next step uses.
     *
     * @return (c/2) times the sum of squared residuals
     */
    double loss();

    /**
     * Gradient of the loss at the current parameters, of the examples that the next step uses.
     *
     * @return in the shapes of the parameters
     */
    List<StageParameters> gradient();

    /**
     * Current weights and biases.
     *
     * @return first stage first
     */
    List<StageParameters> parameters();

    /**
     * Current weights and bias of a stage.
     *
     * @param stage from 0
     * @return in the shapes of the stage
     */
    default StageParameters parameters(int stage) {
        return parameters().get(stage);
    }

    /**
     * Outputs of every stage of the current network.
     *
     * @param probes (n, d) or (n, C, H, W), rounded to the training's precision
     * @return first stage first
     * @throws IllegalArgumentException if the probes do not fit the network
     */
    List<Array> signals(Array probes);

    /**
     * Outputs of the current network.
     *
     * @param probes (n, d) or (n, C, H, W), rounded to the training's precision
     * @return (n, k) or (n, C_out, H', W')
     * @throws IllegalArgumentException if the probes do not fit the network
     */
    default Array outputs(Array probes) {
        List<Array> signals = signals(probes);
        return signals.get(signals.size() - 1);
    }
}

package org.idem.training.run;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.StageParameters;

/** Passes a listener's questions on to a training, which the listener cannot reach itself. */
public final class ReadOnlyView implements TrainingView {
    private final TrainingView training;

    /**
     * A view of a training.
     *
     * @param training answers all questions
     */
    public ReadOnlyView(TrainingView training) {
        this.training = training;
    }

    @Override
    public int steps() {
        return training.steps();
    }

    @Override
    public double loss() {
        return training.loss();
    }

    @Override
    public List<StageParameters> gradient() {
        return training.gradient();
    }

    @Override
    public List<StageParameters> parameters() {
        return training.parameters();
    }

    @Override
    public StageParameters parameters(int stage) {
        return training.parameters(stage);
    }

    @Override
    public List<Array> signals(Array probes) {
        return training.signals(probes);
    }
}

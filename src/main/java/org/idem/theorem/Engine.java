package org.idem.theorem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.idem.network.Horizon;
import org.idem.space.Configuration;
import org.idem.training.SmallNetworks;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.idem.training.witness.Witness;

/**
 * What trains the networks of a trial. All engines take the same steps; they differ in the order of operations and so
 * in rounding.
 */
public enum Engine {
    /** Trains many small networks at once, in the lanes of vector registers, and large ones one by one. */
    FAST,
    /** Trains one network at a time on native memory, whatever its size, as the command {@code train} does. */
    LARGE,
    /** The witness: trains by ND4J's own operations and gradients. */
    ND4J;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * The engine of a configuration.
     *
     * @param configuration of a space that may have a dimension of engines
     * @return the engine of that dimension, the fast one if there is none
     */
    public static Engine of(Configuration configuration) {
        return configuration.get(Axes.ENGINE, FAST);
    }

    /**
     * Trains one-layer networks.
     *
     * @param runs any number
     * @return how each ended, in their order
     */
    public List<Outcome> train(List<Run> runs) {
        if (this == FAST) {
            return SmallNetworks.train(runs);
        }
        if (this == ND4J) {
            return runs.stream().map(Witness::train).toList();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Run run : runs) {
            outcomes.add(new Trainer(run.problem(), run.optimizer(), run.precision())
                    .inBatchesOf(run.oneAtATime() ? 1 : run.problem().examples())
                    .train(new Horizon.Steps(run.steps()), run.probes()));
        }
        return outcomes;
    }

    @Override
    public String toString() {
        return word;
    }
}

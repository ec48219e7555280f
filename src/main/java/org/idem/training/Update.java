package org.idem.training;

import java.util.List;
import org.idem.array.Precision;
import org.idem.network.Optimizer;
import org.idem.network.UpdateRule;

/** Moves parameters along their gradient by one rule, and keeps what the rule remembers. */
interface Update {
    /**
     * One step.
     *
     * @param position parameters, moved
     * @param gradient of the loss there; may be overwritten
     * @param step number of steps taken before
     */
    void apply(Memory position, Memory gradient, int step);

    /** What the rule remembers, each as long as the parameters; none if it remembers nothing. */
    List<Memory> state();

    static Update of(UpdateRule rule, int count, Precision precision) {
        return rule instanceof Optimizer linear
                ? new LinearUpdate(linear, count, precision)
                : new AdaptiveUpdate(rule, count, precision);
    }
}

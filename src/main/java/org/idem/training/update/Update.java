package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.training.memory.Memory;

/** Moves parameters along their gradient by one rule, and keeps what the rule remembers. */
public interface Update {
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

    /** Copies of parameters and of what the rule remembers of them. */
    default double[][] copies(Memory position, int count) {
        return Stream.concat(Stream.of(position), state().stream())
                .map(memory -> {
                    double[] values = new double[count];
                    memory.read(values);
                    return values;
                })
                .toArray(double[][]::new);
    }

    static Update of(Optimizer rule, int count, Precision precision) {
        return rule instanceof LinearMethod linear
                ? new LinearUpdate(linear, count, precision)
                : new AdaptiveUpdate(rule, count, precision);
    }
}

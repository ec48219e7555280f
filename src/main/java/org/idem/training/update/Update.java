package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.training.memory.Memory;

/**
 * Moves parameters by one rule, whose formula {@link Optimizer}'s implementations give, and keeps the rule's state:
 * velocity, or means and sums of past gradients. The state is 0 before the first step. A gradient of 0 leaves
 * parameters without momentum and decay as they are; a NaN in the gradient makes the parameter NaN.
 */
public interface Update {
    /**
     * Takes one step of some parameters. Every parameter moves by its own gradient and state alone, so a step may be
     * taken part by part.
     *
     * @param position these parameters, overwritten with those after the step
     * @param gradient of the loss at these parameters, without weight decay; may be overwritten
     * @param first number of the first of them among all
     * @param length how many they are
     * @param step number of steps taken before, at least 0; Adam's bias corrections depend on it
     */
    void apply(Memory position, Memory gradient, int first, int length, int step);

    /**
     * Takes one step of all parameters.
     *
     * @param position parameters, overwritten with those after the step
     * @param gradient of the loss at the parameters, without weight decay; may be overwritten
     * @param step number of steps taken before, at least 0; Adam's bias corrections depend on it
     */
    default void apply(Memory position, Memory gradient, int step) {
        apply(position, gradient, 0, count(), step);
    }

    /**
     * Number of parameters.
     *
     * @return at least 0
     */
    int count();

    /**
     * The state of the rule.
     *
     * @return live memories as long as the parameters: the velocity of a linear method with momentum, nothing without;
     *     the squares of adaptive rules, for Adam followed by the means
     */
    List<Memory> state();

    /**
     * Copies of parameters and state.
     *
     * @param position parameters
     * @param count number of parameters
     * @return parameters, then each vector of {@link #state}; fresh
     */
    default double[][] copies(Memory position, int count) {
        return Stream.concat(Stream.of(position), state().stream())
                .map(memory -> {
                    double[] values = new double[count];
                    memory.read(values);
                    return values;
                })
                .toArray(double[][]::new);
    }

    /**
     * The update of a rule, before its first step.
     *
     * @param rule any rule
     * @param count number of parameters
     * @param precision format of parameters and state
     * @return a fresh update
     */
    static Update of(Optimizer rule, int count, Precision precision) {
        return rule instanceof LinearMethod linear
                ? new LinearUpdate(linear, count, precision)
                : new AdaptiveUpdate(rule, count, precision);
    }
}

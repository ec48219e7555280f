package org.idem.training.update;

import java.util.List;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Numbers;
import org.idem.training.run.Footprint;

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
     * Takes one step of rows of weights whose gradient is an outer product.
     *
     * @param position these weights, (rows, columns), overwritten with those after the step
     * @param rowFactors one for each row
     * @param rows how many
     * @param columnFactors one for each column
     * @param columns how many
     * @param gradient at least as long as the weights; may be overwritten
     * @param first number of the first weight among all parameters
     * @param step number of steps taken before, at least 0
     */
    default void applyOuter(
            Memory position,
            Memory rowFactors,
            int rows,
            Memory columnFactors,
            int columns,
            Memory gradient,
            int first,
            int step) {
        gradient.scale(rows * columns, 0);
        gradient.addOuter(rows, columns, 1, rowFactors, columnFactors);
        apply(position, gradient, first, rows * columns, step);
    }

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
     * @return live vectors as long as the parameters: the velocity of a linear method with momentum, nothing without;
     *     the squares of adaptive rules, for Adam followed by the means
     */
    List<Numbers> state();

    /**
     * Copies of parameters and state.
     *
     * @param position all parameters
     * @return parameters, then each vector of {@link #state}; fresh
     */
    default double[][] copies(Memory position) {
        return Stream.concat(Stream.<Numbers>of(position), state().stream())
                .map(numbers -> {
                    double[] values = new double[count()];
                    numbers.read(values);
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
        if (rule instanceof LinearMethod linear) {
            return new LinearUpdate(linear, count, precision);
        }
        return heapBytes(rule, count, precision) > 0
                ? new HeldUpdate(rule, count)
                : new AdaptiveUpdate(rule, count, precision);
    }

    /**
     * Counts the memory of an update's state.
     *
     * @param rule any rule
     * @param count number of parameters
     * @param precision format of parameters and state
     * @param all gets it
     */
    static void count(Optimizer rule, int count, Precision precision, Footprint all) {
        double held = heapBytes(rule, count, precision);
        int vectors = rule instanceof LinearMethod linear ? linear.momentum() == 0 ? 0 : 1 : AdaptiveStep.states(rule);
        all.addHeap(held > 0 || rule instanceof LinearMethod ? held : AdaptiveUpdate.heapBytes(rule, count, precision));
        all.add(held > 0 ? 0 : (double) vectors * count);
    }

    /**
     * How much of Java's own memory the state of a rule takes; the rest is native.
     *
     * @param rule any rule
     * @param count number of parameters
     * @param precision format of parameters and state
     * @return bytes, 0 if all of it is native
     */
    static long heapBytes(Optimizer rule, int count, Precision precision) {
        boolean held = !(rule instanceof LinearMethod) && precision == Precision.FLOAT32 && count <= HeldUpdate.MOST;
        return held ? (long) AdaptiveStep.states(rule) * Float.BYTES * count : 0;
    }
}

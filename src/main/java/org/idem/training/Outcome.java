package org.idem.training;

import org.idem.array.Array;
import org.jspecify.annotations.Nullable;

/** How a training run ended. */
public sealed interface Outcome {
    /**
     * The run ended as asked.
     *
     * @param steps steps taken
     * @param loss last loss before the last step
     * @param weights trained weights in the network's weight shape
     * @param bias trained bias, null if the network has none
     * @param outputs outputs on the probe inputs
     */
    record Trained(
            int steps, double loss, Array weights, @Nullable Array bias, Array outputs) implements Outcome {}

    /**
     * The loss grew beyond every bound.
     *
     * @param step first step at which it was seen
     * @param loss the loss there, possibly not a number
     */
    record Diverged(int step, double loss) implements Outcome {}

    /**
     * The limit was asked for, and the parameters still moved at the last step allowed.
     *
     * @param last state reached
     */
    record NotConverged(Trained last) implements Outcome {}
}

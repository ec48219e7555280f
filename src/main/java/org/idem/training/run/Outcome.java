package org.idem.training.run;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.StageParameters;
import org.jspecify.annotations.Nullable;

/** How a training run ended. */
public sealed interface Outcome {
    /**
     * The run ended as asked.
     *
     * @param steps steps taken
     * @param loss last loss before the last step
     * @param parameters trained weights and biases, first stage first; none where they were left in the training
     * @param outputs outputs on the probe inputs
     */
    record Trained(int steps, double loss, List<StageParameters> parameters, Array outputs) implements Outcome {
        /** Copies the list. */
        public Trained {
            parameters = List.copyOf(parameters);
        }

        /**
         * Of a network of one layer.
         *
         * @param steps steps taken
         * @param loss last loss before the last step
         * @param weights trained weights in the shape of the map's
         * @param bias trained bias, null if the map has none
         * @param outputs outputs on the probe inputs
         */
        public Trained(int steps, double loss, Array weights, @Nullable Array bias, Array outputs) {
            this(steps, loss, List.of(new StageParameters(weights, bias)), outputs);
        }

        /**
         * Trained weights of the first stage, of one layer the only ones.
         *
         * @return (outputs, inputs), or (outputs, channels, K, K)
         */
        public Array weights() {
            return parameters.get(0).weights();
        }

        /**
         * Trained bias of the first stage, of one layer the only one.
         *
         * @return (outputs), null if the layer has none
         */
        public @Nullable Array bias() {
            return parameters.get(0).bias();
        }
    }

    /**
     * The loss grew beyond every bound.
     *
     * @param step first step at which it was seen
     * @param loss the loss there, possibly not a number
     */
    record Diverged(int step, double loss) implements Outcome {
        /**
         * The rule by which every engine calls a run diverged.
         *
         * @param first loss before the first step; where steps take turns with parts of the examples, the largest loss
         *     of the first turn, because some examples may have much larger losses than others
         * @param loss before some step, possibly not a number
         * @param precision arithmetic of the training
         * @return whether the loss exceeds the first one, or 1 if that is larger, by more than the precision resolves
         */
        public static boolean isSeen(double first, double loss, Precision precision) {
            return !(loss <= Math.max(first, 1) / precision.unitRoundoff());
        }
    }

    /**
     * The limit was asked for, and the parameters still moved at the last step allowed.
     *
     * @param last state reached
     */
    record NotConverged(Trained last) implements Outcome {}
}

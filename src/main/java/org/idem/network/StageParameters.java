package org.idem.network;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Weights and bias of one stage, or their gradient. Arrays are shared, not copied; nobody writes to them.
 *
 * @param weights (outputs, inputs), or (outputs, channels, K, K)
 * @param bias (outputs), null exactly if the stage has none
 */
public record StageParameters(Array weights, @Nullable Array bias) {
    /**
     * The same numbers rounded to a precision.
     *
     * @param precision float32 or float64
     * @return a copy of exactly representable numbers
     */
    public StageParameters rounded(Precision precision) {
        return new StageParameters(weights.rounded(precision), bias == null ? null : bias.rounded(precision));
    }
}

package org.idem.verification;

import java.util.List;
import org.idem.theorem.Evidence;

/** Averages of different claimed means, judged together. */
sealed interface PooledMeans permits LightMeans, HeavyMeans {
    /** By their tails if all are known, otherwise by their variances alone. */
    static PooledMeans of(List<Evidence.Averaged> averages) {
        return averages.stream().anyMatch(one -> one.scale() == Double.POSITIVE_INFINITY)
                ? new HeavyMeans(averages)
                : LightMeans.of(averages);
    }

    /** Probability of averages at least as far off, if all claims are true. */
    double pValue();

    /** Number of values. */
    double values();

    /** P-value of the worst single average, among all of them. */
    double worst();

    /** Confidence limit for the size of one relative error that all claimed means share. */
    double commonError(double error);
}

package org.idem.theorem;

import java.util.function.ToDoubleFunction;
import org.idem.array.Array;

/** What a theorem says about one scenario, in numbers; knows what evidence an observation gives. */
public sealed interface Claim {
    /**
     * Compares with what was seen.
     *
     * @param observed values in the shape of the claim
     * @return the evidence; values that are not numbers contradict
     */
    Evidence against(Array observed);

    /**
     * Every entry equals a predicted value up to an error that is bounded beforehand.
     *
     * @param values prediction
     * @param budget bound on |observed − predicted| for each entry, at least 0, in the shape of the values; where it is
     *     infinite, rounding hides what is claimed
     */
    record Equality(Array values, Array budget) implements Claim {
        @Override
        public Evidence against(Array observed) {
            if (observed.length() != values.length()) {
                return new Evidence.Compared(Double.POSITIVE_INFINITY, 0);
            }
            double worst = -1;
            double discrepancy = 0;
            double allowed = 0;
            boolean blind = true;
            for (int i = 0; i < observed.length(); i++) {
                double difference = Math.abs(observed.values()[i] - values.values()[i]);
                double limit = budget.values()[i];
                if (Double.isNaN(difference) || Double.isNaN(limit)) {
                    return new Evidence.Compared(Double.NaN, limit);
                }
                double ratio = difference == 0 ? 0 : difference / limit;
                if (ratio > worst) {
                    worst = ratio;
                    discrepancy = difference;
                    allowed = limit;
                }
                blind &= limit > Math.abs(values.values()[i]);
            }
            return blind && worst <= 1
                    ? new Evidence.Undecidable("rounding may be as large as the predicted values")
                    : new Evidence.Compared(discrepancy, allowed);
        }
    }

    /**
     * One number stays below a bound, always or with a probability.
     *
     * @param bound claimed bound on the exact number
     * @param limit the same for the number computed in floating point, at least {@code bound}
     * @param failure probability of exceeding the bound, in [0, 1); 0 for a bound that always holds
     */
    record UpperBound(double bound, double limit, double failure) implements Claim {
        @Override
        public Evidence against(Array observed) {
            return new Evidence.Bounded(observed.values()[0], bound, limit, failure);
        }
    }

    /**
     * What is seen is drawn from a continuous law.
     *
     * @param place the law's distribution function at the statistic that the claim is about, computed from what was
     *     seen: uniform on [0, 1] if the claim is true
     */
    record Law(ToDoubleFunction<Array> place) implements Claim {
        @Override
        public Evidence against(Array observed) {
            return new Evidence.Placed(place.applyAsDouble(observed));
        }
    }
}

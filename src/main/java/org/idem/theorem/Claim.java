package org.idem.theorem;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;

/** What a theorem says about one scenario, in numbers. A claim turns an observation into evidence. */
public sealed interface Claim {
    /**
     * Compares with what was seen.
     *
     * @param observed of the kind that the claim speaks about
     * @return the evidence; values that are not numbers contradict; where nothing was seen, the reason
     * @throws IllegalArgumentException if something of another kind was seen
     */
    Evidence against(Observation observed);

    /**
     * The same claim with a wrong prediction, to find out how small a mistake is noticed: values, means and scales of
     * laws are made too large, upper bounds too small.
     *
     * @param error relative error, at least 0; at most 1 for a bound
     * @return the wrong claim
     */
    Claim off(double error);

    /** A claim about numbers, which {@link Observation.Seen} holds. */
    sealed interface OfNumbers extends Claim {
        /**
         * Compares with the numbers that were seen.
         *
         * @param observed values in the shape of the claim
         * @return the evidence; values that are not numbers contradict
         */
        Evidence against(Array observed);

        @Override
        default Evidence against(Observation observed) {
            if (observed instanceof Observation.Nothing nothing) {
                return nothing.reason();
            }
            if (observed instanceof Observation.Seen seen) {
                return against(seen.values());
            }
            throw new IllegalArgumentException("a claim about numbers must be compared with numbers, got "
                    + observed.getClass().getSimpleName());
        }

        @Override
        OfNumbers off(double error);
    }

    /**
     * Every entry equals a predicted value up to an error that is bounded beforehand.
     *
     * @param values prediction
     * @param budget for each entry the largest |observed − predicted| that rounding can cause, at least 0, in the shape
     *     of the values; infinite where no bound is known. A comparison with one below 0 is an error of the theorem's,
     *     and so is one with an observation of another length.
     */
    record Equality(Array values, Array budget) implements OfNumbers {
        @Override
        public Evidence against(Array observed) {
            if (observed.length() != values.length() || budget.length() != values.length()) {
                throw new IllegalArgumentException("an observation, its prediction and the budget must have as many"
                        + " numbers, got " + observed.length() + " observed, " + values.length() + " predicted and "
                        + budget.length() + " in the budget");
            }
            double worst = -1;
            double discrepancy = 0;
            double allowed = 0;
            boolean blind = true;
            boolean rounds = false;
            boolean same = true;
            boolean sameInSingle = true;
            for (int i = 0; i < observed.length(); i++) {
                double difference = Math.abs(observed.values()[i] - values.values()[i]);
                double limit = budget.values()[i];
                if (limit < 0) {
                    throw new IllegalArgumentException("a budget must be at least 0, got " + limit);
                }
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
                rounds |= limit > 0;
                same &= difference == 0;
                sameInSingle &= observed.values()[i] == (float) values.values()[i];
            }
            return blind && worst <= 1
                    ? new Evidence.Undecidable("rounding may be as large as the predicted values")
                    : new Evidence.Compared(discrepancy, allowed, rounds && (same || sameInSingle));
        }

        @Override
        public OfNumbers off(double error) {
            double[] wrong = Arrays.stream(values.values())
                    .map(value -> value * (1 + error))
                    .toArray();
            return new Equality(Array.of(wrong, values.shape()), budget);
        }
    }

    /**
     * One number stays below a bound, always or with a probability.
     *
     * @param bound claimed bound on the exact number
     * @param limit the same for the number computed in floating point, at least {@code bound}
     * @param failure probability of exceeding the bound, in [0, 1); 0 for a bound that always holds
     */
    record UpperBound(double bound, double limit, double failure) implements OfNumbers {
        @Override
        public Evidence against(Array observed) {
            return new Evidence.Bounded(observed.values()[0], bound, limit, failure);
        }

        @Override
        public OfNumbers off(double error) {
            return new UpperBound(bound - error * bound, limit - error * bound, failure);
        }
    }

    /**
     * What is seen is drawn from a continuous law.
     *
     * @param statistic the positive number that the claim is about, computed from what was seen
     * @param distribution the law's distribution function: at the statistic uniform on [0, 1] if the claim is true
     */
    record Law(ToDoubleFunction<Array> statistic, DoubleUnaryOperator distribution) implements OfNumbers {
        @Override
        public Evidence against(Array observed) {
            return new Evidence.Placed(distribution.applyAsDouble(statistic.applyAsDouble(observed)));
        }

        @Override
        public OfNumbers off(double error) {
            return new Law(statistic, value -> distribution.applyAsDouble(value / (1 + error)));
        }
    }

    /**
     * The values seen are independent and have a known mean μ. How far their average may stray is known as well: for
     * every λ in (−1/c, 1/c), log E exp(λ(X − μ)) ≤ λ²v / (2(1 − c|λ|)). An infinite c says that only the variance is
     * known, and tails may be heavy.
     *
     * @param mean μ, positive; of heavy tails any number
     * @param spread v, positive, at least the variance of one value
     * @param scale c, at least 0, infinite where nothing but the variance is known
     */
    record Mean(double mean, double spread, double scale) implements OfNumbers {
        /**
         * A mean of values of which nothing else is known but the variance.
         *
         * @param mean μ
         * @param variance at least that of one value, positive; infinite where nothing is known, and then nothing is
         *     judged
         * @return the claim
         */
        public static Mean ofVariance(double mean, double variance) {
            return new Mean(mean, variance, Double.POSITIVE_INFINITY);
        }

        @Override
        public Evidence against(Array observed) {
            double average = Arrays.stream(observed.values()).average().orElse(Double.NaN);
            return new Evidence.Averaged(average, observed.length(), mean, spread, scale);
        }

        @Override
        public OfNumbers off(double error) {
            return new Mean(mean * (1 + error), spread, scale);
        }
    }

    /**
     * A number that should be 0 in the limit.
     *
     * @param value at least 0
     * @param error bound on how far it may be off by rounding, or by training that has not quite ended; at least 0
     */
    record Discrepancy(double value, double error) {
        private double least() {
            return Math.max(0, value - error);
        }

        private double most() {
            return value + error;
        }
    }

    /**
     * Discrepancies vanish with a number ε, each like a power of it: with the inverse width, the length of a step, the
     * scale of the initial weights. What is seen are numbers at ε in the first row, and at ε/4 in the second.
     *
     * <p>Some trials miss the rates by chance, and further powers of ε count at any ε. So no single trial contradicts:
     * the share of configurations in which a rate is missed decides. The verdict is about the numbers ε that were
     * tried, and no proof of the limit.
     *
     * @param rates of the discrepancies, in their order
     * @param discrepancies computed from one row
     */
    record Limit(List<Rate> rates, Function<Array, List<Discrepancy>> discrepancies) implements OfNumbers {
        /** ε over the smaller number at which a trial sees the discrepancies. */
        public static final double RATIO = 4;

        /** The claim is confirmed if rates are missed on less than this share of the configurations. */
        public static final double CONFIRMED_BELOW = 0.1;

        /** The claim is refuted if rates are missed on more than this share of the configurations. */
        public static final double REFUTED_ABOVE = 0.25;

        /** Copies the list. */
        public Limit {
            rates = List.copyOf(rates);
        }

        /** Keeps the rate that is missed furthest, in units of its slack. */
        @Override
        public Evidence against(Array observed) {
            List<Discrepancy> coarse = discrepancies.apply(observed.slices(0, 1));
            List<Discrepancy> fine = discrepancies.apply(observed.slices(1, 2));
            Evidence.Shrunk worst = null;
            boolean hidden = false;
            for (int i = 0; i < rates.size(); i++) {
                Discrepancy before = coarse.get(i);
                Discrepancy after = fine.get(i);
                if (!Double.isFinite(before.value() + after.value())) {
                    return new Evidence.Shrunk(Double.NaN, rates.get(i));
                }
                double least = Rate.seen(before.least(), after.most(), RATIO);
                double most = Rate.seen(before.most(), after.least(), RATIO);
                boolean decides = rates.get(i).isSureOf(least, most);
                hidden |= !decides;
                Evidence.Shrunk one =
                        new Evidence.Shrunk(Rate.seen(before.value(), after.value(), RATIO), rates.get(i));
                worst = decides && (worst == null || one.ratio() > worst.ratio()) ? one : worst;
            }
            return worst == null || (hidden && worst.holds())
                    ? new Evidence.Undecidable("rounding may be as large as what is left to vanish")
                    : worst;
        }

        @Override
        public OfNumbers off(double error) {
            return new Limit(rates.stream().map(rate -> rate.off(error)).toList(), discrepancies);
        }
    }

    /**
     * A claim about a quantity computed from what was seen, whose numbers depend on the course of training: on weights,
     * losses and gradients of a deep network, which nobody can predict.
     *
     * @param kind of what is seen
     * @param claim what is claimed of the quantity, given what was seen
     * @param quantity computed from what was seen
     * @param <O> kind of what is seen
     */
    record Given<O extends Observation>(
            Class<O> kind, Function<? super O, ? extends OfNumbers> claim, Function<? super O, Array> quantity)
            implements Claim {
        @Override
        public Evidence against(Observation observed) {
            if (observed instanceof Observation.Nothing nothing) {
                return nothing.reason();
            }
            if (!kind.isInstance(observed)) {
                throw new IllegalArgumentException("a claim about a " + kind.getSimpleName()
                        + " must be compared with one, got "
                        + observed.getClass().getSimpleName());
            }
            O seen = kind.cast(observed);
            return claim.apply(seen).against(quantity.apply(seen));
        }

        @Override
        public Claim off(double error) {
            return new Given<>(kind, claim.andThen(given -> given.off(error)), quantity);
        }
    }
}

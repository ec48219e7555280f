package org.idem.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.idem.statistics.BinomialTail;
import org.idem.statistics.ClopperPearson;
import org.idem.statistics.MeanTest;
import org.idem.statistics.Uniformity;
import org.idem.theorem.Evidence;

/**
 * Judges by many trials together a claim that no single trial can contradict: a law, a mean, a limit, or a bound that
 * may fail with a stated probability.
 *
 * <p>If a law is true, the probabilities that it assigns to the observations are uniform. Three tests judge them:
 * Kolmogorov–Smirnov, and the mean and the sum of squares of their normal scores, which notice a wrong location or
 * variance soonest. The p-value is three times the smallest of theirs (Bonferroni).
 */
final class StatisticalTest {
    private static final int TESTS_OF_A_LAW = 3;

    private StatisticalTest() {}

    /** Whether any evidence is of the kind that can refute a claim only together with other trials. */
    static boolean concerns(List<Evidence> evidence) {
        return !of(Evidence.Placed.class, evidence).isEmpty()
                || !of(Evidence.Averaged.class, evidence).isEmpty()
                || !fallible(evidence).isEmpty();
    }

    /** Probability of evidence at least as bad, if the claim is true; 1 without statistical evidence. */
    static double pValue(List<Evidence> evidence) {
        List<Double> pValues = new ArrayList<>();
        double[] places = of(Evidence.Placed.class, evidence).stream()
                .mapToDouble(Evidence.Placed::probability)
                .toArray();
        if (places.length > 0) {
            pValues.add(law(places));
        }
        List<Evidence.Averaged> averages = of(Evidence.Averaged.class, evidence);
        if (!averages.isEmpty()) {
            pValues.add(PooledMeans.of(averages).pValue());
        }
        List<Evidence.Measured> fallible = fallible(evidence);
        if (!fallible.isEmpty()) {
            pValues.add(tooMany(exceeded(fallible), fallible.size(), largestShare(fallible)));
        }
        return pValues.stream()
                .mapToDouble(p -> Math.min(1, pValues.size() * p))
                .min()
                .orElse(1);
    }

    /** Whether trials decide about a claimed limit. */
    static boolean isLimit(List<Evidence> evidence) {
        return evidence.stream().anyMatch(Evidence.Shrunk.class::isInstance);
    }

    /** The verdict on trials that are too improbable together. */
    static Verdict refuted(List<Evidence> evidence, double pValue, double level) {
        Tally tally = Tally.of(evidence);
        if (!isLimit(evidence)) {
            return new Verdict.Improbable(pValue, level, tally);
        }
        int missed = exceeded(of(Evidence.Shrunk.class, evidence));
        double least = ClopperPearson.lowerLimit(missed, Math.toIntExact(tally.decided()), level);
        return new Verdict.LimitRefuted(missed, least, level, tally);
    }

    /** The evidence of one kind. */
    static <E extends Evidence> List<E> of(Class<E> kind, List<Evidence> evidence) {
        return evidence.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Numbers compared with limits that a share of the trials may exceed. */
    static List<Evidence.Measured> fallible(List<Evidence> evidence) {
        return of(Evidence.Measured.class, evidence).stream()
                .filter(measured -> measured.mayFail() > 0)
                .toList();
    }

    private static double law(double[] places) {
        if (Arrays.stream(places).anyMatch(place -> !(place >= 0 && place <= 1))) {
            return 0;
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double[] scores =
                Arrays.stream(places).map(normal::inverseCumulativeProbability).toArray();
        if (Arrays.stream(scores).anyMatch(Double::isInfinite)) {
            return 0;
        }
        double average = Arrays.stream(scores).average().orElse(0);
        double squares = Arrays.stream(scores).map(score -> score * score).sum();
        ChiSquaredDistribution chiSquared = ChiSquaredDistribution.of(places.length);
        double ofSquares =
                2 * Math.min(chiSquared.cumulativeProbability(squares), chiSquared.survivalProbability(squares));
        double ofMean = MeanTest.gaussian(average, places.length, 0, 1);
        return Math.min(1, TESTS_OF_A_LAW * Math.min(Uniformity.pValue(places), Math.min(ofMean, ofSquares)));
    }

    /**
     * Probability of at least so many failures if trials fail with at most a given probability: below an error exactly
     * where the lower limit of Clopper and Pearson for the true share, wrong with that error, lies above that
     * probability.
     *
     * @param failed number of trials that failed
     * @param trials number of all
     * @param share that may fail, for all the largest of them
     */
    static double tooMany(int failed, int trials, double share) {
        return BinomialTail.atLeast(failed, trials, share);
    }

    /** How many measurements exceed their limit. */
    static int exceeded(List<? extends Evidence.Measured> measured) {
        return (int) measured.stream().filter(one -> !one.holds()).count();
    }

    /** Largest share that may exceed one of the limits; 0 without any. */
    static double largestShare(List<Evidence.Measured> fallible) {
        return fallible.stream().mapToDouble(Evidence.Measured::mayFail).max().orElse(0);
    }

    /** Largest distance between the distribution function of the places and that of uniform numbers. */
    static double distance(List<Evidence> evidence) {
        double[] places = of(Evidence.Placed.class, evidence).stream()
                .mapToDouble(Evidence.Placed::probability)
                .sorted()
                .toArray();
        double distance = 0;
        for (int i = 0; i < places.length; i++) {
            distance = Math.max(
                    distance, Math.max(places[i] - (double) i / places.length, (i + 1.0) / places.length - places[i]));
        }
        return distance;
    }
}

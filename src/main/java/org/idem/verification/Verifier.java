package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.idem.theorem.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;

/**
 * Verifies theorems by random trials.
 *
 * @param trials trials per theorem, at least 1
 * @param seed determines every trial, whatever the number of threads
 * @param confidence joint confidence of the guarantees of all theorems, in (0, 1)
 */
public record Verifier(int trials, long seed, double confidence) {
    /** Trials of each theorem that have to compare something before it can be confirmed. */
    private static final double LEAST_SHARE_COMPARED = 0.5;

    /** Checks the arguments. */
    public Verifier {
        if (trials < 1) {
            throw new IllegalArgumentException("trials must be at least 1, got " + trials);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must lie in (0, 1), got " + confidence);
        }
    }

    /**
     * Verifies one of several theorems.
     *
     * @param theorem which
     * @param family number of theorems that share the confidence
     * @return trials, verdict and false variants
     */
    public TheoremResult verify(Theorem theorem, int family) {
        SplittableRandom seeds =
                new SplittableRandom(seed ^ ((long) theorem.id().hashCode() << 32));
        List<Configuration> configurations = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            configurations.add(Configuration.draw(theorem.space(), seeds.nextLong()));
        }
        List<TheoremResult.Trial> results = IntStream.range(0, trials)
                .parallel()
                .mapToObj(trial ->
                        new TheoremResult.Trial(configurations.get(trial), theorem.trial(configurations.get(trial))))
                .toList();
        List<TheoremResult.VariantResult> variants = theorem.falseVariants().stream()
                .map(variant -> refute(theorem, variant, configurations))
                .toList();
        return new TheoremResult(theorem, verdict(theorem, results, family), results, variants);
    }

    private Verdict verdict(Theorem theorem, List<TheoremResult.Trial> results, int family) {
        int compared = 0;
        for (TheoremResult.Trial trial : results) {
            if (trial.evidence() instanceof Evidence.Compared evidence) {
                compared++;
                if (!evidence.holds()) {
                    Configuration smallest = shrink(trial.configuration(), theorem::trial);
                    return new Verdict.Refuted(smallest, (Evidence.Compared) theorem.trial(smallest));
                }
            }
        }
        if (compared < LEAST_SHARE_COMPARED * trials) {
            return new Verdict.Underpowered("only " + compared + " of " + trials + " trials converged");
        }
        double oneSided = (1 - confidence) / family;
        double limit = BinomialConfidenceInterval.CLOPPER_PEARSON
                .fromErrorRate(compared, 0, 2 * oneSided)
                .getUpperBound();
        return new Verdict.Confirmed(limit, confidence);
    }

    private static TheoremResult.VariantResult refute(
            Theorem theorem, FalseVariant variant, List<Configuration> configurations) {
        for (int trial = 0; trial < configurations.size(); trial++) {
            if (theorem.trial(configurations.get(trial), variant) instanceof Evidence.Compared evidence
                    && !evidence.holds()) {
                Configuration smallest =
                        shrink(configurations.get(trial), configuration -> theorem.trial(configuration, variant));
                return new TheoremResult.VariantResult(variant.name(), trial + 1, smallest);
            }
        }
        return new TheoremResult.VariantResult(variant.name(), 0, null);
    }

    /** Walks to simpler configurations as long as they contradict; trials of equalities have no noise. */
    private static Configuration shrink(Configuration failing, Function<Configuration, Evidence> trial) {
        Configuration smallest = failing;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (Configuration candidate : smallest.simpler()) {
                if (contradicts(trial, candidate)) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static boolean contradicts(Function<Configuration, Evidence> trial, Configuration candidate) {
        return trial.apply(candidate) instanceof Evidence.Compared evidence && !evidence.holds();
    }
}

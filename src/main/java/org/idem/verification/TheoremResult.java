package org.idem.verification;

import java.util.List;
import org.idem.theorem.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one theorem's trials showed.
 *
 * @param theorem the theorem
 * @param verdict the verdict
 * @param trials the trials in order
 * @param variants what became of each false variant
 */
public record TheoremResult(Theorem theorem, Verdict verdict, List<Trial> trials, List<VariantResult> variants) {
    /** Copies the lists. */
    public TheoremResult {
        trials = List.copyOf(trials);
        variants = List.copyOf(variants);
    }

    /**
     * One trial.
     *
     * @param configuration where
     * @param evidence what it showed
     */
    public record Trial(Configuration configuration, Evidence evidence) {}

    /**
     * What became of a false variant.
     *
     * @param name the variant
     * @param refutedAfter number of trials until one contradicted it, 0 if none did
     * @param counterexample smallest contradicting configuration found, null if none
     */
    public record VariantResult(
            String name, int refutedAfter, @Nullable Configuration counterexample) {}

    /**
     * Number of trials that compared something.
     *
     * @return at most the number of trials
     */
    public long compared() {
        return trials.stream()
                .filter(trial -> trial.evidence instanceof Evidence.Compared)
                .count();
    }

    /**
     * Median of observed / budget over the trials that compared something.
     *
     * @return NaN without trials
     */
    public double medianRatio() {
        double[] ratios = trials.stream()
                .filter(trial -> trial.evidence instanceof Evidence.Compared)
                .mapToDouble(trial -> ((Evidence.Compared) trial.evidence).ratio())
                .sorted()
                .toArray();
        return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
    }
}

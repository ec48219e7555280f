package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Follows a false variant until it is refuted, by one trial that contradicts it or by all trials so far together. Wrong
 * claims are compared with the networks that the theorem's own trials have trained.
 *
 * @param <S> what one trial works on
 */
final class Refutation<S> {
    private final Theorem<S> theorem;
    private final FalseVariant<S> variant;
    private final double falseAlarm;
    private final List<Evidence> evidence = new ArrayList<>();
    private TheoremResult.@Nullable VariantResult outcome;

    Refutation(Theorem<S> theorem, FalseVariant<S> variant, double falseAlarm) {
        this.theorem = theorem;
        this.variant = variant;
        this.falseAlarm = falseAlarm;
    }

    /** Looks at more trials, in their order, until the variant is refuted; returns whether it is. */
    boolean look(List<Seen<S>> trials) {
        for (int i = 0; i < trials.size() && outcome == null; i++) {
            Seen<S> trial = trials.get(i);
            Evidence here = trial.evidence(variant);
            evidence.add(here);
            if (here.contradicts()) {
                outcome = refutedBy(Shrinking.smallest(
                        theorem,
                        new TheoremResult.Entry(trial.configuration(), here),
                        configuration -> Trial.run(theorem, configuration).evidence(variant)));
            }
        }
        if (outcome == null && StatisticalTest.pValue(evidence) < falseAlarm) {
            outcome = refutedBy(null);
        }
        return outcome != null;
    }

    private TheoremResult.VariantResult refutedBy(TheoremResult.@Nullable Entry counterexample) {
        return new TheoremResult.VariantResult(variant.name(), evidence.size(), counterexample);
    }

    /** Whether, when and by which counterexample the variant was refuted. */
    TheoremResult.VariantResult outcome() {
        return outcome == null ? new TheoremResult.VariantResult(variant.name(), 0, null) : outcome;
    }
}

package org.idem.theorem.initialisation;

import java.util.List;
import org.idem.theorem.Theorem;

/** T5 with its parts. */
public final class InitialisationTheorems {
    private InitialisationTheorems() {}

    /**
     * All of them.
     *
     * @return in order
     */
    public static List<Theorem<?>> list() {
        return List.of(
                new NormLawTheorem(),
                new OutputMomentsTheorem(),
                new ResidualGrowthTheorem(),
                new FirstStepTheorem(),
                new KernelMeanTheorem());
    }
}

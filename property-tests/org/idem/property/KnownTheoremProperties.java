package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import org.idem.testing.TheoremProperties;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;

/** One of the program's own theorems: closed form against real training. */
abstract class KnownTheoremProperties extends TheoremProperties {
    /** Enough to refute the rarest of the false variants, most fall in the first few trials. */
    private static final int TRIALS_OF_VARIANTS = 600;

    private static final int LEAST_VARIANTS = 6;

    private final Theorem<?> theorem;

    KnownTheoremProperties(String id) {
        this(id, TRIALS_OF_VARIANTS);
    }

    KnownTheoremProperties(String id, int trials) {
        this(Theorems.find(Theorems.list(), id).orElseThrow(), trials);
    }

    private KnownTheoremProperties(Theorem<?> theorem, int trials) {
        super(theorem, trials);
        this.theorem = theorem;
    }

    @Example
    void mistakesThatPeopleMakeAreTried() {
        assertTrue(theorem.falseVariants().size() >= LEAST_VARIANTS);
    }
}

package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.Trial;
import org.idem.verification.Effort;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verifier;

/**
 * One theorem over its own configuration space, generated and shrunk by jqwik: closed form against real training.
 *
 * <p>A property fails only where a trial leaves an error budget that is proved, so fresh seeds raise no false alarm.
 */
abstract class TheoremProperties {
    /** Enough to refute the rarest of the false variants, most fall in the first few trials. */
    private static final int TRIALS_OF_VARIANTS = 600;

    /** Laws are compared by statistics; together they raise a false alarm in one of a million runs of all tests. */
    private static final double FALSE_ALARM = 1e-7;

    private final Theorem<?> theorem;
    private final int trialsOfVariants;

    TheoremProperties(String id) {
        this(id, TRIALS_OF_VARIANTS);
    }

    TheoremProperties(String id, int trialsOfVariants) {
        theorem = Theorems.find(Theorems.list(), id).orElseThrow();
        this.trialsOfVariants = trialsOfVariants;
    }

    @Provide
    Arbitrary<Configuration> configurations() {
        List<Arbitrary<Double>> values =
                theorem.space().stream().map(TheoremProperties::values).toList();
        return Combinators.combine(Combinators.combine(values).as(list -> list), Arbitraries.longs())
                .as((list, seed) -> new Configuration(theorem.space(), list, seed));
    }

    private static Arbitrary<Double> values(Dimension dimension) {
        if (dimension instanceof Dimension.Whole whole) {
            return Arbitraries.integers().between(whole.least(), whole.most()).map(Integer::doubleValue);
        }
        if (dimension instanceof Dimension.Choice choice) {
            return Arbitraries.integers()
                    .between(0, choice.options().size() - 1)
                    .map(Integer::doubleValue);
        }
        Dimension.Real real = (Dimension.Real) dimension;
        return Arbitraries.integers()
                .between((int) (real.least() / Dimension.Real.GRID), (int) (real.most() / Dimension.Real.GRID))
                .map(step -> step * Dimension.Real.GRID);
    }

    @Property(tries = 200)
    void trainingAgreesWithTheTheorem(@ForAll("configurations") Configuration configuration) {
        Evidence evidence = Trial.run(theorem, configuration).evidence();
        assertFalse(
                evidence.contradicts(), () -> evidence + ", idem replay '" + theorem.id() + " " + configuration + "'");
    }

    @Property(tries = 20)
    void aReplayLineReproducesItsTrial(@ForAll("configurations") Configuration configuration) {
        Configuration again = Configuration.parse(theorem.space(), configuration.toString());
        assertEquals(configuration, again);
        assertEquals(
                Trial.run(theorem, configuration).evidence(),
                Trial.run(theorem, again).evidence());
    }

    @Property(tries = 2)
    void theTheoremIsConfirmedAndEveryFalseVariantRefuted(@ForAll long seed) {
        TheoremResult result = new Verifier(new Effort.Trials(trialsOfVariants), seed, 0.99, FALSE_ALARM)
                .verify(theorem, 1, Progress.SILENT);
        assertTrue(result.verdict().isConfirmation(), () -> result.verdict().guarantee());
        assertTrue(result.variants().size() >= 6);
        for (TheoremResult.VariantResult variant : result.variants()) {
            assertTrue(variant.refuted(), () -> theorem.id() + ": " + variant.name() + " was not refuted");
        }
    }
}

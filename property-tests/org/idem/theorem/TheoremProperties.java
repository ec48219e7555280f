package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;

/** Every theorem over its own configuration space, generated and shrunk by jqwik. */
class TheoremProperties {
    /** A theorem with one of its configurations; prints as a replay line. */
    record Trial(Theorem theorem, Configuration configuration) {
        @Override
        public String toString() {
            return theorem.id() + " " + configuration;
        }
    }

    @Provide
    Arbitrary<Trial> trials() {
        return Arbitraries.of(Theorems.list()).flatMap(theorem -> {
            List<Arbitrary<Double>> values =
                    theorem.space().stream().map(TheoremProperties::values).toList();
            return Combinators.combine(Combinators.combine(values).as(list -> list), Arbitraries.longs())
                    .as((list, seed) -> new Trial(theorem, new Configuration(theorem.space(), list, seed)));
        });
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
        // the grid on which the dimension itself draws
        return Arbitraries.integers()
                .between((int) (real.least() * 256), (int) (real.most() * 256))
                .map(step -> step / 256.0);
    }

    @Property(tries = 1500)
    void trainingAgreesWithTheTheorem(@ForAll("trials") Trial trial) {
        Evidence evidence = trial.theorem.trial(trial.configuration);
        assertTrue(!(evidence instanceof Evidence.Compared compared) || compared.holds(), evidence::toString);
    }

    @Property(tries = 300)
    void aReplayLineReproducesItsTrial(@ForAll("trials") Trial trial) {
        Configuration again = Configuration.parse(trial.theorem.space(), trial.configuration.toString());
        assertEquals(trial.configuration, again);
        assertEquals(trial.theorem.trial(trial.configuration), trial.theorem.trial(again));
    }

    @Property(tries = 3)
    void everyFalseVariantIsRefuted(@ForAll long seed) {
        for (Theorem theorem : Theorems.list()) {
            TheoremResult result = new Verifier(600, seed, 0.99).verify(theorem, 1);
            assertTrue(result.verdict() instanceof Verdict.Confirmed, () -> theorem.id() + ": " + result.verdict());
            assertTrue(result.variants().size() >= 3);
            for (TheoremResult.VariantResult variant : result.variants()) {
                assertTrue(variant.refutedAfter() > 0, () -> theorem.id() + ": " + variant.name() + " was not refuted");
            }
        }
    }
}

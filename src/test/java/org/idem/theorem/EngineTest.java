package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.idem.space.Configuration;
import org.idem.verification.Effort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTest {
    private static final Set<Engine> WANTED = EnumSet.of(Engine.FAST, Engine.ND4J);

    static List<Theorem<?>> theorems() {
        return Theorems.list();
    }

    /**
     * The rarest engine of all theorems is drawn 139 times in 300,000 draws of T4.flow, so that as many draws as forty
     * runs have miss it with probability below 1e-8.
     */
    @ParameterizedTest
    @MethodSource("theorems")
    void everyEngineTakesPartInEveryTheorem(Theorem<?> theorem) {
        SplittableRandom random = new SplittableRandom();
        Set<Engine> drawn = EnumSet.noneOf(Engine.class);
        for (int draw = 0; draw < 40 * Effort.USUAL_TRIALS && !drawn.containsAll(WANTED); draw++) {
            drawn.add(Engine.of(theorem.draw(random.nextLong())));
        }
        assertTrue(drawn.containsAll(WANTED), theorem.id() + ": " + drawn);
    }

    @ParameterizedTest
    @MethodSource("theorems")
    void theWitnessTrainsAllTrialsIfItIsAskedTo(Theorem<?> theorem) {
        Theorem<?> witnessed = OnEngine.of(theorem, engine -> engine == Engine.ND4J);
        SplittableRandom random = new SplittableRandom();
        for (int draw = 0; draw < 20; draw++) {
            Configuration configuration = witnessed.draw(random.nextLong());
            assertEquals(Engine.ND4J, Engine.of(configuration));
            assertEquals(configuration, Configuration.parse(witnessed.space(), configuration.toString()));
        }
        assertSame(theorem, OnEngine.of(theorem, engine -> true));
        assertThrows(IllegalArgumentException.class, () -> OnEngine.of(theorem, engine -> false));
    }

    @Test
    void aLineWithoutAnEngineMeansTheFastOne() {
        Theorem<?> theorem = Theorems.find(Theorems.list(), "T1").orElseThrow();
        Configuration old = Configuration.parse(
                theorem.space(),
                "height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=7");
        assertEquals(Engine.FAST, Engine.of(old));
    }
}

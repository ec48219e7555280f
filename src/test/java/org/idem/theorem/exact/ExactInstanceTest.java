package org.idem.theorem.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalParameters;
import org.idem.theory.exact.ExactClosedForm;
import org.junit.jupiter.api.Test;

class ExactInstanceTest {
    @Test
    void aLineReplaysItsInstance() {
        for (ExactPart part : ExactPart.values()) {
            ExactInstance instance = new ExactInstance(part, -12);
            assertEquals(instance, ExactInstance.parse(instance.toString()));
            assertEquals(
                    instance.check(),
                    ExactInstance.parse(" " + part + "  seed=-12 ").check());
        }
        assertEquals("T2.heavy-ball seed=7", new ExactInstance(ExactPart.T2_HEAVY_BALL, 7).toString());
    }

    @Test
    void brokenLinesAreRejected() {
        for (String line :
                new String[] {"", "T1", "T1 seed=", "T9 seed=1", "T1 seed=1 x=2", "T1 seed=99999999999999999999"}) {
            assertThrows(IllegalArgumentException.class, () -> ExactInstance.parse(line), line);
        }
    }

    @Test
    void aDifferenceShowsBothFractionsAndItsReplayLine() {
        BigFraction tiny = new BigFraction(1, 1_000_000_007);
        ExactVariant own = new ExactVariant.OfTrajectory("a little longer", run -> {
            RationalParameters right = ExactClosedForm.predict(run);
            return Optional.of(right.times(tiny.add(1)));
        });
        ExactResult result = ExactCheck.run(1, 100, own);
        assertFalse(result.holds());
        ExactResult.Difference difference = result.first().orElseThrow();
        assertEquals(difference.evidence(), difference.instance().check(own));
        assertEquals(
                difference.evidence().training().multiply(tiny.add(1)),
                difference.evidence().theory());
        assertTrue(result.toString().contains(difference.instance() + ": "));
    }

    @Test
    void everyPartTakesItsTurn() {
        int parts = ExactPart.values().length;
        assertEquals(parts, ExactCheck.run(5, parts).checked().size());
        ExactResult result = ExactCheck.run(5, 2 * ExactCheck.ROUND + 1);
        assertTrue(result.holds(), result::toString);
        assertEquals(parts, result.checked().size());
        assertEquals(2 * ExactCheck.ROUND + 1, result.total());
        assertEquals(3, result.checked().get(ExactPart.T0_FCN));
        assertEquals(8, result.checked().get(ExactPart.T4_SPLIT));
        assertThrows(IllegalArgumentException.class, () -> ExactCheck.run(5, 0));
        assertThrows(IllegalStateException.class, () -> new ExactInstance(ExactPart.T0_CNN, 1).run());
    }
}

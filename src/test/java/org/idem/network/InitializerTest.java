package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InitializerTest {
    @Test
    void variancesOfTheirDefinitions() {
        assertEquals(0.25, Initializer.GAUSSIAN.variance(4, 7));
        assertEquals(0.25, Initializer.UNIFORM.variance(4, 7));
        assertEquals(1.0 / 12, Initializer.PYTORCH.variance(4, 7));
        assertEquals(0.2, Initializer.XAVIER.variance(4, 6));
        assertEquals(0.5, Initializer.HE.variance(4, 7));
        assertEquals("pytorch", Initializer.PYTORCH.toString());
    }

    @Test
    void aSeedGivesTheSameWeights() {
        for (Initializer law : Initializer.values()) {
            assertArrayEquals(law.draw(20, 4, 4, new SplittableRandom(3)), law.draw(20, 4, 4, new SplittableRandom(3)));
        }
    }

    @Property(tries = 5)
    void drawnWeightsHaveTheStatedLaw(@ForAll long seed) {
        int count = 20_000;
        for (Initializer law : Initializer.values()) {
            double variance = law.variance(5, 3);
            double[] weights = law.draw(count, 5, 3, new SplittableRandom(seed));
            double sum = 0;
            double squares = 0;
            for (double weight : weights) {
                sum += weight;
                squares += weight * weight / variance;
                assertTrue(law.isGaussian() || Math.abs(weight) <= Math.sqrt(3 * variance) * (1 + 0x1p-50));
            }
            // both statistics are normal up to terms of order 1/count; seven deviations leave less than 3e-12 on each
            // side, over 50 comparisons below 1e-9
            double deviationOfSquares = Math.sqrt((law.isGaussian() ? 2 : 0.8) * count);
            assertTrue(Math.abs(sum) <= 7 * Math.sqrt(count * variance), law + " mean");
            assertTrue(Math.abs(squares - count) <= 7 * deviationOfSquares, law + " variance");
        }
    }
}

package org.idem.theory.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuadraticFormInversionTest {
    private static final double[][] WEIGHTS = {{1}, {1, 1}, {1, 0.3, 0.1}, {1, 1e-6}, new double[40]};

    static {
        Arrays.fill(WEIGHTS[4], 1);
    }

    /**
     * The error lies within its bound at every coarseness. The bound falls geometrically with the nodes and loses a
     * factor to the worst phase on the edges of the strip; at the coarsest sum more than a hundredth of it is used.
     */
    @Test
    void theBoundHoldsAndIsNotIdle() {
        double mostUsed = 0;
        for (double wanted : new double[] {0.3, 1e-1, 1e-2, 1e-4, 1e-7}) {
            for (double[] weights : WEIGHTS) {
                QuadraticFormTransform law = new QuadraticFormTransform(weights, new double[weights.length]);
                double mean = law.tiltedMean(0);
                for (double factor = 0.01; factor < 6; factor *= 1.3) {
                    QuadraticFormInversion coarse = QuadraticFormInversion.at(law, factor * mean, wanted);
                    QuadraticFormInversion fine = QuadraticFormInversion.at(law, factor * mean, 1e-13);
                    double error = Math.abs(coarse.probability() - fine.probability());
                    assertTrue(error <= coarse.error() + fine.error(), "wanted " + wanted + " x " + factor * mean);
                    mostUsed = Math.max(mostUsed, error / coarse.error());
                }
            }
        }
        assertTrue(mostUsed > 0.01, "bound used only up to " + mostUsed);
    }

    /** Both tails are inverted near the point where the method changes from one to the other. */
    @Test
    void theTailsMeet() {
        for (double[] weights : WEIGHTS) {
            QuadraticFormTransform law = new QuadraticFormTransform(weights, new double[weights.length]);
            double change = law.tiltedMean(0) + law.tiltedSpread(0);
            QuadraticFormInversion below = QuadraticFormInversion.at(law, change, 1e-12);
            QuadraticFormInversion above = QuadraticFormInversion.at(law, change + 2 * Math.ulp(change), 1e-12);
            assertTrue(below.lower() && !above.lower());
            assertEquals(1, below.probability() + above.probability(), below.error() + above.error() + 0x1p-52);
            // its integrand is p times that of the probability, and |p| is below 1 where that is not small
            assertEquals(below.density(), above.density(), below.error() + above.error());
        }
    }

    @Test
    void theCostStaysSmall() {
        for (double[] weights : WEIGHTS) {
            QuadraticFormTransform law = new QuadraticFormTransform(weights, new double[weights.length]);
            for (double factor = 1e-9; factor < 100; factor *= 3) {
                assertTrue(QuadraticFormInversion.at(law, factor, 1e-12).nodes() <= 120);
            }
        }
    }
}

package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class QuadraticFormLawTest {
    /** The bound stated by the class: window and cut-off, 10⁻⁹ each, with room for the sum of the points. */
    private static final double STATED_ERROR = 1e-8;

    @Test
    void equalWeightsGiveChiSquared() {
        for (int degrees : new int[] {5, 40, 305}) {
            double[] weights = new double[degrees];
            Arrays.fill(weights, 0.7);
            QuadraticFormLaw law = new QuadraticFormLaw(weights, new double[degrees]);
            ChiSquaredDistribution expected = ChiSquaredDistribution.of(degrees);
            for (double probability : new double[] {1e-6, 0.05, 0.5, 0.95, 1 - 1e-6}) {
                double x = expected.inverseCumulativeProbability(probability);
                assertEquals(expected.cumulativeProbability(x), law.cumulative(0.7 * x), STATED_ERROR);
            }
        }
    }

    @Test
    void tooSlowDecayIsSaidAndNotGuessed() {
        assertEquals(Double.NaN, new QuadraticFormLaw(new double[] {1, 1}, new double[2]).cumulative(1e-6));
    }

    @Test
    void pairedWeightsGiveMixturesOfExponentials() {
        // each weight twice: the sum of 2a·E₁ and 2b·E₂ of independent exponentials
        double a = 1;
        double b = 0.01;
        QuadraticFormLaw law = new QuadraticFormLaw(new double[] {a, a, b, b}, new double[4]);
        for (double x : new double[] {0.01, 0.1, 1, 5, 20}) {
            double expected = 1 - (a * Math.exp(-x / (2 * a)) - b * Math.exp(-x / (2 * b))) / (a - b);
            assertEquals(expected, law.cumulative(x), STATED_ERROR);
        }
    }

    @Test
    void shiftsGivePoissonMixturesOfChiSquared() {
        double[] weights = {1, 1, 1};
        double noncentrality = 2.5;
        QuadraticFormLaw law = new QuadraticFormLaw(weights, new double[] {noncentrality, 0, 0});
        for (double x : new double[] {0.5, 3, 8, 20}) {
            double expected = 0;
            double poisson = Math.exp(-noncentrality / 2);
            for (int k = 0; k < 60; k++) {
                expected += poisson * ChiSquaredDistribution.of(3 + 2.0 * k).cumulativeProbability(x);
                poisson *= noncentrality / 2 / (k + 1);
            }
            assertEquals(expected, law.cumulative(x), STATED_ERROR);
        }
        assertEquals(0.95, law.cumulative(law.quantile(0.95)), STATED_ERROR);
    }
}

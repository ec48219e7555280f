package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class MeanNormRangeTest {
    /** One layer: means of the tails of √(χ²/n), by sums over its density. The range may be wider by a hundredth. */
    @Test
    void oneLayerHasTheMeansOfItsTails() {
        int units = 7;
        ChiSquaredDistribution law = ChiSquaredDistribution.of(units);
        MeanNormRange range = MeanNormRange.of(RandomFcn.of(false, new double[] {1.0 / units}, units), 0.1);
        double alpha = 0.05;
        double high = 0;
        double low = 0;
        double lowest = law.inverseCumulativeProbability(alpha);
        double highest = law.inverseCumulativeProbability(1 - alpha);
        double step = 1e-4;
        for (double square = step / 2; square < 80; square += step) {
            double term = Math.sqrt(square / units) * law.density(square) * step / alpha;
            high += square > highest ? term : 0;
            low += square < lowest ? term : 0;
        }
        double width = high - low;
        assertTrue(range.high() >= high * (1 - 1e-4), range + " ends below " + high);
        assertTrue(range.low() <= low * (1 + 1e-4), range + " begins above " + low);
        assertEquals(high, range.high(), 0.01 * width);
        assertEquals(low, range.low(), 0.01 * width);
    }

    @Test
    void dyingNetworksMayBeSilent() {
        double[] variances = new double[9];
        Arrays.fill(variances, 0.5);
        int[] units = new int[9];
        Arrays.fill(units, 4);
        RandomFcn network = RandomFcn.of(true, variances, units);
        assertTrue(NormLaw.of(network).atom() > 0.3);
        MeanNormRange range = MeanNormRange.of(network, 0.05);
        assertEquals(0, range.low());
        assertTrue(range.high() > 1 && range.high() < 10, range + "");
    }

    @Test
    void moreFailuresMakeItNarrower() {
        RandomFcn network = RandomFcn.of(false, new double[] {0.1, 0.1, 0.1}, 10, 10, 10);
        MeanNormRange wide = MeanNormRange.of(network, 0.01);
        MeanNormRange narrow = MeanNormRange.of(network, 0.2);
        assertTrue(wide.low() < narrow.low() && narrow.low() < 1);
        assertTrue(wide.high() > narrow.high() && narrow.high() > 1);
    }

    @Test
    void whatLeavesDoublePrecisionIsRefused() {
        double[] variances = new double[400];
        Arrays.fill(variances, 1e3);
        int[] units = new int[400];
        Arrays.fill(units, 10);
        assertThrows(ArithmeticException.class, () -> MeanNormRange.of(RandomFcn.of(false, variances, units), 0.05));
    }
}

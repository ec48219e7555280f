package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class MeanNormRangeTest {
    /**
     * One layer: the least bounds are the means of the tails of R = √(χ²/n), and E[√χ²_n; χ²_n > h] = E√χ²_n·P(χ²_{n+1}
     * > h). Sums over steps of ratio q exceed E(R − u)⁺ by a share of at most q − 1, and by (q − 1)uα for the first
     * step; what is cut adds 27E R⁴/(256U³α), and the law its error times U/α. Together the range ends at most q times
     * as high; below, only the first step and the last rest count.
     */
    @Test
    void oneLayerHasTheMeansOfItsTails() {
        int units = 7;
        double alpha = 0.05;
        ChiSquaredDistribution law = ChiSquaredDistribution.of(units);
        ChiSquaredDistribution tilted = ChiSquaredDistribution.of(units + 1);
        RandomFcn network = RandomFcn.of(false, new double[] {1.0 / units}, units);
        MeanNormRange range = MeanNormRange.of(network, 2 * alpha);
        double mean =
                Math.sqrt(2.0 / units) * Math.exp(LogGamma.value((units + 1) / 2.0) - LogGamma.value(units / 2.0));
        double lowest = law.inverseCumulativeProbability(alpha);
        double high = mean * tilted.survivalProbability(law.inverseSurvivalProbability(alpha)) / alpha;
        double low = mean * tilted.cumulativeProbability(lowest) / alpha;
        double fourth = (units + 2.0) / units;
        double cut = MeanNormRange.FAR * Math.sqrt(Math.sqrt(fourth));
        double ofLaw = NormLaw.of(network).error() * cut / alpha;
        double ofCut = 27 * fourth / (256 * cut * cut * cut * alpha);
        assertTrue(range.high() >= high, range + " ends below " + high);
        assertTrue(range.low() <= low, range + " begins above " + low);
        assertTrue(range.high() <= MeanNormRange.STEP * high + ofCut + ofLaw, range + " ends far above " + high);
        double least = Math.sqrt(lowest / units);
        double ofRest = least / MeanNormRange.FAR * law.cumulativeProbability(lowest / Math.pow(MeanNormRange.FAR, 2));
        assertTrue(
                range.low() >= low - (1 - 1 / MeanNormRange.STEP) * least - ofRest / alpha - ofLaw,
                range + " begins far below " + low);
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

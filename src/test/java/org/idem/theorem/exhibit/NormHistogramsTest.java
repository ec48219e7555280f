package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.idem.network.Activation;
import org.junit.jupiter.api.Test;

class NormHistogramsTest {
    private static final int NETWORKS = 1000;
    private static final double FALSE_ALARM = 1e-9;

    private final long seed = new SecureRandom().nextLong();
    private final List<NormHistogram> all = new NormHistograms(NETWORKS, seed).all();

    /** Dvoretzky, Kiefer, Wolfowitz and Massart: a right law is farther away with probability 2exp(−2n·distance²). */
    @Test
    void drawnNetworksFollowTheLaw() {
        double far = Math.sqrt(Math.log(2 * all.size() / FALSE_ALARM) / (2.0 * NETWORKS));
        assertEquals(6, all.size());
        for (NormHistogram one : all) {
            assertTrue(one.distance() <= far, "seed " + seed + ", " + one.activation() + " " + one.depth());
            assertTrue(one.distance() > 0.1 / NETWORKS, "drawn networks are not the law");
        }
    }

    @Test
    void deadNetworksAreCountedApart() {
        for (NormHistogram one : all) {
            boolean rectified = one.activation() == Activation.RELU;
            double alive = rectified ? Math.pow(1 - Math.pow(2, -6), one.depth() - 1.0) : 1;
            // a power of one factor for each layer on either side
            assertEquals(1 - alive, one.atom(), (one.depth() + 1) * 0x1p-52);
            double counted = one.dead();
            double expected = one.atom();
            for (NormHistogram.Bin bin : one.bins()) {
                counted += bin.share();
                expected += bin.expected();
            }
            // few lie beyond the bins: 2 % at most are expected, more than 6 % with a probability below 10⁻¹¹
            assertTrue(expected > 0.98 && expected <= 1 + 1e-8, () -> "" + one);
            assertTrue(counted > 0.94 && counted <= 1 + (one.bins().size() + 1) * 0x1p-52, "seed " + seed);
        }
    }

    /** Two layers: the probability of a bin by a sum over the first factor, whose density is known. */
    @Test
    void binsOfTwoLinearLayersAreThoseOfAProductOfTwoFactors() {
        NormHistogram two = all.get(0);
        assertEquals(Activation.LINEAR, two.activation());
        ChiSquaredDistribution factor = ChiSquaredDistribution.of(6);
        for (NormHistogram.Bin bin : two.bins()) {
            double sum = 0;
            double step = 1e-2;
            for (double log = -20; log < 8; log += step) {
                double first = Math.exp(log);
                double low = 36 * bin.from() * bin.from() / first;
                double high = 36 * bin.to() * bin.to() / first;
                sum += step
                        * first
                        * factor.density(first)
                        * (factor.cumulativeProbability(high) - factor.cumulativeProbability(low));
            }
            assertEquals(sum, bin.expected(), 1e-7);
        }
    }

    /** A bin's bar and the curve at its middle are one probability; the curve passes between bars smoothly. */
    @Test
    void curveIsThatOfBins() {
        for (NormHistogram one : all) {
            for (NormHistogram.Bin bin : one.bins()) {
                double middle = Math.sqrt(bin.from() * bin.to());
                double near = one.curve().stream()
                        .filter(place -> Math.abs(Math.log(place.size() / middle)) < 0.04)
                        .mapToDouble(NormHistogram.Expected::probability)
                        .average()
                        .orElse(bin.expected());
                assertEquals(bin.expected(), near, 5e-3);
            }
        }
    }
}

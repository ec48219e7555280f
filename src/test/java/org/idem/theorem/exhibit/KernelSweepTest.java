package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.statistics.MeanTest;
import org.idem.theory.design.Design;
import org.idem.theory.generalisation.ErrorMoments;
import org.idem.theory.generalisation.Unlearned;
import org.junit.jupiter.api.Test;

class KernelSweepTest {
    private static final Array TRAIN = ImagePool.DRAWN.draw(0, 1, 6, 6, 1);
    private static final Array TEST = ImagePool.DRAWN.draw(0, 1, 6, 6, 2);

    private static KernelSweep.Row row(int kernel, KernelSweep.Effort effort) {
        Cnn cnn = new Cnn(1, 1, kernel, Padding.SAME, false);
        return KernelSweep.row(cnn, TRAIN, TEST, Initializer.GAUSSIAN, effort, done -> {});
    }

    /**
     * A deviation of the sum of 120 independent errors has the sub-gamma law of {@link ErrorMoments}, so that the
     * margin is exceeded with probability 10⁻⁹ at most, whatever the seed.
     */
    @Test
    void networksSideBySideErrAsTheoryExpects() {
        long seed = new SecureRandom().nextLong();
        int networks = 120;
        int steps = 3000;
        KernelSweep.Row all = row(9, new KernelSweep.Effort(networks, steps, seed));
        assertEquals(36, all.patchRank());
        assertEquals(81, all.unknowns());
        assertEquals(all, row(9, new KernelSweep.Effort(networks, steps, seed)));
        Cnn cnn = new Cnn(1, 1, 9, Padding.SAME, false);
        Unlearned limit = Unlearned.inTheLimit(Design.of(cnn, TRAIN));
        LinearMethod optimizer = new LinearMethod((1 + 0.99) / limit.largestEigenvalue(), 0.99, false, 0);
        double variance = Initializer.GAUSSIAN.variance(cnn.fanIn(), cnn.fanOut());
        ErrorMoments moments = ErrorMoments.of(limit.after(1, optimizer, steps), cnn, TEST, variance, true);
        assertEquals(moments.mean(), all.exactMean(), 0x1p-40 * moments.mean(), "two ways to one number");
        double margin = MeanTest.subGammaMargin(networks * moments.spread(), moments.scale(), 1e-9) / networks;
        assertEquals(all.exactMean(), all.measuredMean(), margin, "seed " + seed);
        assertTrue(all.bounds().quantile() <= all.bounds().imageBound()
                && all.bounds().imageBound() <= all.bounds().paperBound());
    }

    /** A pixel 2⁻⁶⁰ is lost beside 1, but the limit learns from it: its mean is not that of what is seen. */
    @Test
    void faintDirectionsLeaveTheLimitUnknown() {
        Cnn cnn = new Cnn(2, 2, 1, Padding.VALID, false);
        Array bright = Array.of(new double[] {1, 1, 0, 0}, 1, 2, 1, 2);
        Array faint = Array.of(new double[] {1, 1, 0, 0x1p-60}, 1, 2, 1, 2);
        Array test = Array.of(new double[] {0, 1}, 1, 2, 1, 1);
        KernelSweep.Effort effort = new KernelSweep.Effort(0, 10, 1);
        KernelSweep.Row seen = KernelSweep.row(cnn, bright, test, Initializer.GAUSSIAN, effort, done -> {});
        KernelSweep.Row missed = KernelSweep.row(cnn, faint, test, Initializer.GAUSSIAN, effort, done -> {});
        assertEquals(1, seen.patchRank());
        assertTrue(seen.limitMean() > 0.4);
        assertEquals(Double.NaN, missed.limitMean());
        assertEquals(seen.exactMean(), missed.exactMean(), 1e-12);
    }

    @Test
    void progressCountsEveryNetworkOnce() {
        AtomicInteger trained = new AtomicInteger();
        KernelSweep.row(
                new Cnn(1, 1, 3, Padding.CIRCULAR, false),
                TRAIN,
                TEST,
                Initializer.HE,
                new KernelSweep.Effort(70, 5, 1),
                trained::addAndGet);
        assertEquals(70, trained.get());
    }

    @Test
    void withoutNetworksNothingIsMeasured() {
        KernelSweep.Row row = row(3, new KernelSweep.Effort(0, 10, 1));
        assertEquals(9, row.patchRank());
        assertEquals(Double.NaN, row.measuredMean());
        assertEquals(Double.NaN, row.standardError());
        assertEquals(Double.NaN, row.measuredQuantile());
        assertThrows(IllegalArgumentException.class, () -> new KernelSweep.Effort(-1, 10, 1));
    }
}

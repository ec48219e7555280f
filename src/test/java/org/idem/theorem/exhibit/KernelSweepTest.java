package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

class KernelSweepTest {
    private static final Array TRAIN = ImagePool.DRAWN.draw(0, 1, 6, 6, 1);
    private static final Array TEST = ImagePool.DRAWN.draw(0, 1, 6, 6, 2);

    private static KernelSweep.Row row(int kernel, KernelSweep.Effort effort) {
        Cnn cnn = new Cnn(1, 1, kernel, Padding.SAME, false);
        return KernelSweep.row(cnn, TRAIN, TEST, Initializer.GAUSSIAN, effort, done -> {});
    }

    @Test
    void networksSideBySideErrAsTheyDoAlone() {
        KernelSweep.Row all = row(9, new KernelSweep.Effort(120, 3000, 3));
        assertEquals(36, all.patchRank());
        assertEquals(81, all.unknowns());
        KernelSweep.Row again = row(9, new KernelSweep.Effort(120, 3000, 3));
        assertEquals(all, again);
        // the mean of 120 independent errors lies within six standard errors except with probability below 1e-8
        assertTrue(Math.abs(all.measuredMean() - all.exactMean()) < 6 * all.standardError(), all.toString());
        assertTrue(all.measuredQuantile() < all.imageBound() && all.imageBound() <= all.uniformBound());
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

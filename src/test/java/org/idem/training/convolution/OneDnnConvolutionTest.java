package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.memory.MemoryScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** oneDNN's convolutions against the sums they stand for, where the library has a build for the platform. */
@DisabledIf(value = "isMissing", disabledReason = "oneDNN has no build for this platform")
class OneDnnConvolutionTest {
    static boolean isMissing() {
        return !OneDnn.isAvailable();
    }

    @BeforeAll
    static void threadsAreAsTheTestsSetThem() {
        OneDnn.useThreads(1);
    }

    /** Sizes on both sides of the library's blocks of 16 channels, images of several shapes, zeros thought or not. */
    private static ConvolutionShape drawn(SplittableRandom random) {
        int kernel = 1 + random.nextInt(9);
        int zeros = random.nextInt(1 + kernel / 2);
        return new ConvolutionShape(
                random.nextInt(1, 4),
                kernel + random.nextInt(12),
                kernel + random.nextInt(12),
                channels(random),
                channels(random),
                kernel,
                zeros);
    }

    private static int channels(SplittableRandom random) {
        int[] sizes = {1, 2, 3, 5, 8, 15, 16, 17, 24, 31, 32, 33, 48};
        return sizes[random.nextInt(sizes.length)];
    }

    @Test
    void agreesWithItsDefinition() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 60; draw++) {
            ConvolutionShape shape = drawn(random);
            int threads = 1 + draw % 2;
            new ConvolutionSums(shape, Precision.FLOAT32, random)
                    .check(
                            OneDnnConvolution.of(shape, WeightOrder.PLAIN, threads),
                            "seed " + seed + ", " + shape + ", " + threads + " threads:");
        }
    }

    /** Other shapes than the one that is computed: fewer zeros, or the image turned. */
    @Test
    void noticesAnotherShape() {
        SplittableRandom random = new SplittableRandom(5);
        ConvolutionSums given =
                new ConvolutionSums(new ConvolutionShape(1, 6, 8, 2, 3, 3, 1), Precision.FLOAT32, random);
        ConvolutionShape turned = new ConvolutionShape(1, 8, 6, 2, 3, 3, 1);
        AssertionError seen = assertThrows(
                AssertionError.class, () -> given.check(OneDnnConvolution.of(turned, WeightOrder.PLAIN, 1), "turned"));
        assertTrue(seen.getMessage().startsWith("turned output"), seen.getMessage());
    }

    @Test
    void sameBitsForTheSameThreads() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 20; draw++) {
            ConvolutionShape shape = drawn(random);
            ConvolutionSums sums = new ConvolutionSums(shape, Precision.FLOAT32, random);
            int threads = 1 + draw % 2;
            double[][] first = sums.results(OneDnnConvolution.of(shape, WeightOrder.PLAIN, threads));
            double[][] second = sums.results(OneDnnConvolution.of(shape, WeightOrder.PLAIN, threads));
            for (int i = 0; i < first.length; i++) {
                assertArrayEquals(first[i], second[i], "seed " + seed + ", " + shape);
            }
        }
    }

    @Test
    void leavesTheCallersThreadsAlone() {
        ConvolutionShape shape = new ConvolutionShape(1, 6, 6, 4, 4, 3, 1);
        int before = OneDnn.useThreads(3);
        assertEquals(1, before);
        new ConvolutionSums(shape, Precision.FLOAT32, new SplittableRandom(1))
                .results(OneDnnConvolution.of(shape, WeightOrder.PLAIN, 2));
        assertTrue(OneDnnConvolution.ifFast(shape, WeightOrder.PLAIN, 2).isPresent());
        assertEquals(3, OneDnn.useThreads(1));
    }

    /** Where the library has plain loops only, an own way is faster. */
    @Test
    void largeKernelsAreComputedOtherwise() {
        ConvolutionShape large = new ConvolutionShape(1, 28, 28, 32, 32, 29, 14);
        assertTrue(OneDnnConvolution.ifFast(large, WeightOrder.PLAIN, 1).isEmpty());
        Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
        assertTrue(fastest.addingZeros(large, WeightOrder.PLAIN, true).isEmpty());
        assertInstanceOf(ShiftedConvolution.class, fastest.of(large.withMargins(), WeightOrder.PLAIN));
    }

    /** As a training has them: what it makes for probes belongs to it, too. */
    private record Owned(MemoryScope scope, WeightOrder order, Convolution convolution) {
        static Owned of(ConvolutionShape shape) {
            MemoryScope scope = new MemoryScope();
            MemoryScope before = scope.enter();
            Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
            before.enter();
            return MemoryScope.within(() -> {
                WeightOrder order = fastest.order(shape);
                return new Owned(
                        scope, order, fastest.addingZeros(shape, order, true).orElseThrow());
            });
        }
    }

    @Test
    void areFreedWithTheirScopeAlone() {
        SplittableRandom random = new SplittableRandom(7);
        for (int[] sizes : new int[][] {{8, 5}, {64, 3}, {64, 9}}) {
            ConvolutionShape shape = new ConvolutionShape(1, 28, 28, sizes[0], sizes[0], sizes[1], sizes[1] / 2);
            ConvolutionSample sample = new ConvolutionSample(shape, random, false);
            Owned freed = Owned.of(shape);
            Owned kept = Owned.of(shape);
            double[][] expected = sample.of(freed.convolution, freed.order);
            freed.scope.close();
            freed.scope.close();
            assertThrows(NullPointerException.class, () -> sample.of(freed.convolution, freed.order));
            assertArrayEquals(expected, sample.of(kept.convolution, kept.order));
            kept.scope.close();
        }
    }

    @Test
    void isChosenForSinglesUnlessPlainSumsAreWanted() {
        ConvolutionShape shape = new ConvolutionShape(1, 14, 14, 32, 32, 5, 2);
        assertTrue(Convolutions.fastest(Precision.FLOAT32, 1)
                .addingZeros(shape, WeightOrder.PLAIN, true)
                .isPresent());
        assertInstanceOf(
                OneDnnConvolution.class,
                Convolutions.fastest(Precision.FLOAT32, 1).of(shape, WeightOrder.PLAIN));
        for (Convolutions other : new Convolutions[] {
            Convolutions.fastest(Precision.FLOAT64, 1),
            Convolutions.ofPlainSums(Precision.FLOAT32),
            Convolutions.ofPlainSums(Precision.FLOAT64)
        }) {
            assertTrue(other.addingZeros(shape, WeightOrder.PLAIN, true).isEmpty());
            assertFalse(other.of(shape.withMargins(), WeightOrder.PLAIN) instanceof OneDnnConvolution);
        }
    }
}

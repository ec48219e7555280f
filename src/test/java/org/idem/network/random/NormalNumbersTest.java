package org.idem.network.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.idem.statistics.Uniformity;
import org.junit.jupiter.api.Test;

/** Each statistical test fails with a probability of at most 10⁻¹⁰ if the numbers are normal. */
class NormalNumbersTest {
    private static final double FALSE_ALARM = 1e-10;
    private static final int DRAWS = 4_000_000;
    private static final double TAIL = 3.6541528853610088;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final long seed = new SecureRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Probability of numbers that are farther from 0. */
    private static double beyond(double number) {
        return 2 * NORMAL.survivalProbability(Math.abs(number));
    }

    /** The highest ends at height 1, and the lowest has the tail as a part. */
    @Test
    void layersHaveOneSize() {
        double tail = Math.sqrt(Math.PI / 2) * beyond(TAIL);
        double each = TAIL * Math.exp(-TAIL * TAIL / 2) + tail;
        for (int layer = 0; layer < NormalNumbers.LAYERS; layer++) {
            // the rounding of up to 255 additions to heights below 1, over a difference of heights of at least 1/1400
            assertEquals(each, NormalNumbers.area(layer), 1e-10 * each, "layer " + layer);
        }
    }

    /** Counts in places of one probability, so narrow that each layer has several: χ² and the mean of all. */
    @Test
    void numbersAreNormal() {
        int places = 1 << 10;
        int[] counts = new int[places];
        double[] numbers = NormalNumbers.next(DRAWS, 1, random);
        for (double number : numbers) {
            counts[(int) (places * NORMAL.cumulativeProbability(number))]++;
        }
        double expected = (double) DRAWS / places;
        double distance = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double pValue = ChiSquaredDistribution.of(places - 1).survivalProbability(distance);
        assertTrue(pValue > FALSE_ALARM, () -> pValue + ", seed " + seed);
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double farther = 2 * NORMAL.survivalProbability(Math.abs(mean) * Math.sqrt(DRAWS));
        assertTrue(farther > FALSE_ALARM, () -> farther + ", seed " + seed);
    }

    /** As many as there should be beyond the highest end of a layer, on both sides, and of the law of a tail. */
    @Test
    void tailsAreNormal() {
        double[] far = Arrays.stream(NormalNumbers.next(4 * DRAWS, 1, random))
                .filter(number -> Math.abs(number) > TAIL)
                .toArray();
        double share = beyond(TAIL);
        double deviation = Math.sqrt(4 * DRAWS * share);
        // thousands of a rare kind are nearly normal; eight deviations have a probability near 10⁻¹⁵
        assertEquals(4 * DRAWS * share, far.length, 8 * deviation, "seed " + seed);
        long right = Arrays.stream(far).filter(number -> number > 0).count();
        assertEquals(far.length / 2.0, right, 8 * Math.sqrt(far.length) / 2, "seed " + seed);
        double[] places =
                Arrays.stream(far).map(number -> 1 - beyond(number) / share).toArray();
        assertTrue(Uniformity.pValue(places) > FALSE_ALARM, "seed " + seed);
    }

    /** The sign and the layer of a word must not depend on each other: small and large numbers have both signs. */
    @Test
    void signsDependOnNothing() {
        int[] counts = new int[NormalNumbers.LAYERS];
        int[] positive = new int[NormalNumbers.LAYERS];
        for (double number : NormalNumbers.next(DRAWS, 1, random)) {
            int size = (int) (NormalNumbers.LAYERS * (1 - beyond(number)));
            counts[size]++;
            positive[size] += number > 0 ? 1 : 0;
        }
        for (int size = 0; size < counts.length; size++) {
            // Hoeffding, for each of the sizes
            double allowed = Math.sqrt(Math.log(2 * counts.length / FALSE_ALARM) / 2 * counts[size]);
            assertEquals(counts[size] / 2.0, positive[size], allowed, "seed " + seed);
        }
    }

    @Test
    void theDeviationMultiplies() {
        SplittableRandom other = new SplittableRandom(seed);
        double[] expected = {3 * NormalNumbers.next(other), 3 * NormalNumbers.next(other)};
        assertArrayEquals(expected, NormalNumbers.next(2, 3, random));
        assertEquals(NormalNumbers.next(other), NormalNumbers.next(random), "the source advances");
        assertEquals(0, NormalNumbers.next(0, 1, random).length);
    }
}

package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {
    private static double[] draws(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToDouble(i -> (7 * i) % (n + 1) + 0.0)
                .toArray();
    }

    /** Ranks of the usual tables of distribution-free intervals at 95 %: n, then k. */
    @Test
    void ranksAreThoseOfTheSignTest() {
        int[][] table = {{6, 1}, {8, 1}, {9, 2}, {11, 2}, {12, 3}, {15, 4}, {17, 5}, {20, 6}, {25, 8}, {30, 10}};
        for (int[] row : table) {
            int n = row[0];
            double[] draws =
                    IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1.0 - i).toArray();
            MedianInterval interval = MedianInterval.of(draws, 0.95).orElseThrow();
            assertEquals(new MedianInterval(row[1], n + 1.0 - row[1]), interval, "n = " + n);
        }
    }

    @Test
    void fewDrawsAllowNone() {
        for (int n = 0; n < 6; n++) {
            assertEquals(Optional.empty(), MedianInterval.of(draws(n), 0.95));
        }
        assertTrue(MedianInterval.of(draws(5), 0.93).isPresent());
    }

    @Test
    void manyDrawsAreNoObstacle() {
        MedianInterval interval = MedianInterval.of(
                        IntStream.range(0, 10_000).mapToDouble(i -> i).toArray(), 0.95)
                .orElseThrow();
        assertEquals(9_999, interval.low() + interval.high());
        assertEquals(98, (interval.high() - interval.low()) / 2, 2);
    }

    @Test
    void confidenceIsAProbability() {
        assertThrows(IllegalArgumentException.class, () -> MedianInterval.of(draws(9), 1));
        assertThrows(IllegalArgumentException.class, () -> MedianInterval.of(draws(9), Double.NaN));
    }
}

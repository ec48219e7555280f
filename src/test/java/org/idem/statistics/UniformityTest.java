package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniformityTest {
    /** Values whose empirical distribution leaves the diagonal by exactly d, for dyadic d &gt; 1/n. */
    private static double[] sample(int size, double distance) {
        return IntStream.range(0, size)
                .mapToDouble(i -> Math.min(1, (double) i / size + distance))
                .toArray();
    }

    /**
     * Exact tails: twice Smirnov's one-sided sum in Python fractions, which is the two-sided tail for d &gt; 1/2;
     * below, scipy 1.17.1 stats.kstwo.sf(d, n).
     */
    @ParameterizedTest
    @CsvSource({
        "5, 0.75, 0.002",
        "10, 0.8125, 1.1229519456159324e-07",
        "30, 0.625, 7.496112193914655e-12",
        "60, 0.53125, 2.473743639740997e-16",
        "12, 0.96875, 1.734723475976807e-18",
        "30, 0.875, 1.6577080036889593e-27",
        "100, 0.5625, 2.278851774618832e-30",
        "5, 0.25, 0.8446",
        "10, 0.3125, 0.22958888704555114",
        "50, 0.125, 0.3835991569252283",
        "100, 0.25, 5.408871776434847e-06",
        "1000, 0.0625, 0.0007723116896209285",
        "1000, 0.125, 4.4512615958880796e-14",
        "3000, 0.03125, 0.005583693582211066"
    })
    void agreesWithExactTails(int size, double distance, double expected) {
        // the distance is a difference of doubles near 1: its rounding moves the tail by up to 4·n·d·2⁻⁵³, relatively
        assertEquals(expected, Uniformity.pValue(sample(size, distance)), 1e-9 * expected);
    }

    @Test
    void oneValueShowsTheExactLevel() {
        for (double value : new double[] {0, 0.0625, 0.25, 0.5, 0.75, 1}) {
            assertEquals(2 * Math.min(value, 1 - value), Uniformity.pValue(value));
        }
    }

    /** For n = 2 the exact law is elementary: P(D ≥ d) = 2(1 − d)² for d ≥ 1/2, 1 − 2(2d − ½)² for d ≤ 1/2. */
    @Test
    void twoValuesShowTheExactLevel() {
        for (double distance : new double[] {0.28125, 0.375, 0.5, 0.625, 0.875}) {
            double expected = distance >= 0.5
                    ? 2 * (1 - distance) * (1 - distance)
                    : 1 - 2 * (2 * distance - 0.5) * (2 * distance - 0.5);
            assertEquals(expected, Uniformity.pValue(distance, Math.min(1, 0.5 + distance)), 4 * Math.ulp(expected));
        }
    }

    @Test
    void badValuesAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> Uniformity.pValue())
                .getMessage();
        assertEquals("uniformity needs at least one value, got none", message);
        for (double bad : new double[] {Double.NaN, -1e-9, 1 + 1e-9}) {
            assertThrows(IllegalArgumentException.class, () -> Uniformity.pValue(0.5, bad));
        }
    }
}

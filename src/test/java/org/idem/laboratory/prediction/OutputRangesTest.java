package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.laboratory.result.Measures;
import org.junit.jupiter.api.Test;

/** Outputs at most a stray away have measures in the ranges, and some of them reach the ends. */
class OutputRangesTest {
    private static final int TRIALS = 2000;
    private static final double UNIT = 0x1p-53;

    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void measuresOfOutputsWithinTheStrayLieInTheRanges() {
        for (int trial = 0; trial < TRIALS; trial++) {
            int pixels = 1 + random.nextInt(6);
            Array output = drawn(pixels);
            Array identity = random.nextInt(5) == 0 ? Array.zeros(1, pixels) : drawn(pixels);
            Array constant = drawn(pixels);
            double wanted = Math.pow(10, -16 * random.nextDouble()) * norm(output) * 2;
            Array trained = moved(output, drawn(pixels), wanted * random.nextDouble());
            // numbers round as they move; some strays are no greater than the way that was really gone
            double gone = norm(minus(trained, output)) * (1 + 2 * (pixels + 4) * UNIT);
            double stray = random.nextInt(3) == 0 ? gone : gone / (1 - random.nextDouble());
            List<Range> ranges = OutputRanges.of(output, stray, identity, constant);
            double[] seen = Measures.of(trained, identity, constant).values();
            for (int i = 0; i < seen.length; i++) {
                Range range = ranges.get(i);
                assertTrue(
                        seen[i] >= range.low() && seen[i] <= range.high(),
                        Measures.COLUMNS.get(i) + " " + seen[i] + " " + range + ", seed " + seed);
            }
        }
    }

    @Test
    void theEndsAreReached() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Array output = drawn(3);
            Array identity = drawn(3);
            double stray = 0.01 * random.nextDouble() * norm(output);
            List<Range> ranges = OutputRanges.of(output, stray, identity, identity);
            double rounding = 4 * (3 + 16) * UNIT;
            Array longer = moved(output, output, stray);
            assertEquals(
                    ranges.get(6).high(),
                    Measures.of(longer, identity, identity).outputNorm(),
                    2 * rounding * ranges.get(6).high());
            Array farther = moved(output, minus(output, identity), stray);
            assertEquals(
                    ranges.get(4).high(),
                    Measures.of(farther, identity, identity).identityMse(),
                    // a distance of rounded pixels, and its square
                    4 * rounding * ranges.get(4).high()
                            + 2 * rounding * Math.sqrt(ranges.get(4).high()) * (norm(output) + norm(identity)));
            // against the part of the image across, less the part along that turning shortens
            double cosine = ranges.get(2).mean();
            double sine = stray / norm(output);
            double[] turn = new double[3];
            for (int i = 0; i < 3; i++) {
                double along = output.values()[i] / norm(output);
                double across =
                        (identity.values()[i] / norm(identity) - cosine * along) / Math.sqrt(1 - cosine * cosine);
                turn[i] = -sine * along - Math.sqrt(1 - sine * sine) * across;
            }
            double least = Measures.of(moved(output, Array.of(turn, 1, 3), stray), identity, identity)
                    .identityCosine();
            assertTrue(
                    Math.abs(ranges.get(2).low() - least) < ofCosine(cosine, sine, rounding)
                            || ranges.get(2).low() == -1,
                    ranges.get(2) + " " + least + ", seed " + seed);
        }
    }

    /**
     * What the range adds to the part across for its rounding, the rounding of a cosine, and that of the direction
     * across, which is known the less the nearer output and image are to each other.
     */
    private static double ofCosine(double cosine, double sine, double rounding) {
        double across = 1 - cosine * cosine;
        double widened = Math.sqrt(across + rounding) - Math.sqrt(across);
        return sine * (widened + rounding / Math.sqrt(across)) + 4 * rounding;
    }

    @Test
    void whatHasNoDirectionCountsAsZero() {
        Array zero = Array.zeros(1, 4);
        Array image = Array.of(new double[] {1, 2, 0, 1}, 1, 4);
        Array flat = Array.of(new double[] {2, 2, 2, 2}, 1, 4);
        assertEquals(Range.of(0), OutputRanges.of(zero, 0, image, image).get(0));
        assertEquals(Range.of(0), OutputRanges.of(zero, 0, image, image).get(2));
        assertEquals(Range.of(0), OutputRanges.of(image, 1, flat, image).get(0));
        assertEquals(
                new Range(0, -1, 1), OutputRanges.of(flat, 1e-9, image, image).get(0));
        assertEquals(
                Range.NONE,
                OutputRanges.of(image, 1e-9, image, Array.zeros(1, 3)).get(1));
    }

    private Array drawn(int pixels) {
        double[] values = new double[pixels];
        for (int i = 0; i < pixels; i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        return Array.of(values, 1, pixels);
    }

    /** Moved by a distance in a direction. */
    private static Array moved(Array from, Array direction, double distance) {
        double[] values = from.values().clone();
        double scale = distance / norm(direction);
        for (int i = 0; i < values.length; i++) {
            values[i] += scale * direction.values()[i];
        }
        return Array.of(values, from.shape());
    }

    private static Array minus(Array one, Array other) {
        double[] values = one.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] -= other.values()[i];
        }
        return Array.of(values, one.shape());
    }

    private static double norm(Array array) {
        double sum = 0;
        for (double value : array.values()) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}

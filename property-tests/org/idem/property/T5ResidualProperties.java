package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.theory.initialisation.ResidualMoments;

/** T5.residual against real networks, and its means among themselves. */
class T5ResidualProperties extends KnownTheoremProperties {
    /** Products and sums of at most 20 stages. */
    private static final double ROUNDING = 0x1p-44;

    T5ResidualProperties() {
        super("T5.residual");
    }

    private static double[] gains(SplittableRandom random) {
        double[] gains = new double[random.nextInt(1, 21)];
        Arrays.setAll(gains, i -> 2 * random.nextDouble());
        return gains;
    }

    /** Stages of 0 change nothing, and the order of stages does not matter for the mean. */
    @Property(tries = 100)
    void stagesCommuteOnAverage(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] gains = gains(random);
        int width = random.nextInt(1, 513);
        double mean = ResidualMoments.of(gains, width).mean();
        double[] more = new double[gains.length + 1];
        for (int i = 0; i < gains.length; i++) {
            more[i + 1] = gains[gains.length - 1 - i];
        }
        ResidualMoments other = ResidualMoments.of(more, width);
        assertEquals(mean, other.mean(), ROUNDING * (1 + mean));
    }

    /** Two halves of a network: 1 + mean is a product. */
    @Property(tries = 100)
    void growthIsAProduct(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] gains = gains(random);
        int cut = random.nextInt(gains.length + 1);
        double first = ResidualMoments.of(Arrays.copyOf(gains, cut), 3).mean();
        double second = ResidualMoments.of(Arrays.copyOfRange(gains, cut, gains.length), 3)
                .mean();
        double whole = ResidualMoments.of(gains, 3).mean();
        assertEquals(1 + whole, (1 + first) * (1 + second), ROUNDING * (1 + whole));
    }

    /** A wider network strays less from the same mean; in the limit the mean square is that of no noise. */
    @Property(tries = 100)
    void widthCalms(@ForAll long seed) {
        double[] gains = gains(new SplittableRandom(seed));
        double last = Double.POSITIVE_INFINITY;
        for (int width = 1; width <= 512; width *= 2) {
            ResidualMoments moments = ResidualMoments.of(gains, width);
            assertTrue(moments.variance() < last);
            last = moments.variance();
        }
    }
}

package org.idem.theorem.onelayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorems;
import org.idem.theorem.Trial;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * T2.rank-error is an equality where it is tightest: one channel, one open direction, and a test image that is that
 * direction.
 */
class RankErrorTest {
    private static final int TRIALS = 60;

    private final long seed = new SplittableRandom().nextLong();

    private static Configuration set(RankErrorTheorem theorem, Configuration drawn, String... values) {
        String line = drawn.toString();
        for (String value : values) {
            String name = value.substring(0, value.indexOf('=') + 1);
            line = line.replaceFirst("(?<=^| )" + name + "\\S+", value);
        }
        return Configuration.parse(theorem.space(), line);
    }

    /** One patch less than a patch has pixels. */
    @ParameterizedTest
    @CsvSource({"3, 4, 6", "3, 6, 4", "3, 10, 3", "3, 3, 10"})
    void theWorstCaseIsReached(int kernel, int height, int width) {
        RankErrorTheorem theorem = (RankErrorTheorem) Theorems.list().stream()
                .filter(RankErrorTheorem.class::isInstance)
                .findFirst()
                .orElseThrow();
        SplittableRandom random = new SplittableRandom(seed);
        int decided = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Configuration configuration = set(
                    theorem,
                    theorem.draw(random.nextLong()),
                    "height=" + height,
                    "width=" + width,
                    "kernel=" + kernel,
                    "channels=1",
                    "padding=valid",
                    "image=noise",
                    "test=worst",
                    "precision=float64",
                    "engine=fast");
            Trial<Setting> run = Trial.run(theorem, configuration);
            if (run.evidence() instanceof Evidence.Bounded bounded) {
                decided++;
                assertEquals(kernel * kernel - 1, run.scenario().design().rank());
                assertTrue(bounded.holds() && bounded.ratio() >= 0.99, bounded + " of " + configuration);
            }
        }
        assertTrue(decided > TRIALS / 4, decided + " of " + TRIALS + " trials reach their limit, seed " + seed);
    }
}

package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesByDepthTest {
    private static final int NETWORKS = 100;
    private static final int WIDTH = 16;
    /** An interval misses with probability 0.05; of 24, independent, so many do with probability below 10⁻⁸. */
    private static final int MOST_MISSED = 12;

    private final long seed = new SecureRandom().nextLong();
    private final List<SizeByDepth> all = new SizesByDepth(NETWORKS, seed).all();

    private static double expected(int kind, int depth) {
        return switch (kind) {
            case 0 -> Math.pow(4.0 / 3, depth) - 1;
            case 1 -> Math.pow(1 + 1.0 / depth, depth) - 1;
            case 2 -> 1;
            default -> Math.pow(3, -depth);
        };
    }

    @Test
    void linesAreTheFormulas() {
        assertEquals(4, all.size());
        for (int kind = 0; kind < all.size(); kind++) {
            for (SizeByDepth.Row row : all.get(kind).rows()) {
                double exact = expected(kind, row.depth());
                // a power of so many factors on either side, of which two kinds subtract 1
                double size = kind < 2 ? exact + 1 : exact;
                assertEquals(
                        exact,
                        row.exact(),
                        (row.depth() + 2) * 0x1p-52 * size,
                        all.get(kind).kind());
            }
        }
    }

    /** The square of a plain network's output has E‖f‖⁴ = ∏γ²(1 + 2/n). */
    @Test
    void marginsComeFromTheExactVariance() {
        for (SizeByDepth.Row row : all.get(2).rows()) {
            double variance = Math.pow(1 + 2.0 / WIDTH, row.depth()) - 1;
            assertEquals(Math.sqrt(variance / (0.05 * NETWORKS)), row.margin(), 1e-12 * row.margin());
        }
        SizeByDepth.Row one = all.get(0).rows().get(0);
        assertEquals(1, one.depth());
        assertEquals(Math.sqrt(2.0 / WIDTH / 9 / (0.05 * NETWORKS)), one.margin(), 1e-12);
    }

    @Test
    void drawnNetworksLieWithinTheirMargins() {
        int missed = 0;
        for (SizeByDepth kind : all) {
            for (SizeByDepth.Row row : kind.rows()) {
                missed += Math.abs(row.measured() - row.exact()) > row.margin() ? 1 : 0;
                assertTrue(row.measured() > 0 && row.measured() != row.exact(), "measured, not computed");
            }
        }
        assertTrue(missed < MOST_MISSED, missed + " missed, seed " + seed);
    }
}

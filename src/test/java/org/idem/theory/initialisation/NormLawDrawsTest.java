package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.random.NormalNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of a random network's output against signals that are drawn unit by unit. By Dvoretzky, Kiefer and Wolfowitz
 * with Massart's constant, a test fails with a probability of at most 10⁻⁹ if the law is right.
 *
 * <p>The system property {@code idem.draws} sets the number of draws, for instance to 1000000, {@code idem.draws.seed}
 * repeats a run.
 */
class NormLawDrawsTest {
    private static final double FALSE_ALARM = 1e-9;
    private static final int DRAWS = Integer.getInteger("idem.draws", 200_000);
    private static final int WIDEST = 64;
    private static final int[] DEPTHS = {1, 2, 4, 7, 12};

    /** Order statistics at which distribution functions are compared. */
    private static final int RANKS = 1000;

    private final long seed = Long.getLong("idem.draws.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private static NormLaw law(boolean relu, int... units) {
        double[] variances = new double[units.length];
        Arrays.fill(variances, 1);
        return NormLaw.of(RandomFcn.of(relu, variances, units));
    }

    /** Of layers of one width, narrow and wide, and of layers of all sizes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLawIsThatOfSignals(boolean relu) {
        for (int depth : DEPTHS) {
            compare(relu, IntStream.generate(() -> 1).limit(depth).toArray());
            compare(relu, widths(depth));
            if (depth != 4 && depth != 7) {
                compare(relu, IntStream.generate(() -> WIDEST).limit(depth).toArray());
            }
        }
    }

    private int[] widths(int depth) {
        return IntStream.range(0, depth)
                .map(layer -> (int) Math.exp(random.nextDouble() * Math.log(WIDEST + 1)))
                .toArray();
    }

    private void compare(boolean relu, int... units) {
        double[] squares = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            squares[i] = drawn(relu, units);
        }
        Arrays.sort(squares);
        double allowed = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS));
        String what = (relu ? "ReLU " : "linear ") + Arrays.toString(units) + ", seed " + seed;
        NormLaw law = law(relu, units);
        assertTrue(distance(squares, law) <= allowed + law.error(), what);
        int hidden = units.length - 1;
        if (relu && hidden > 0) {
            assertTrue(distance(squares, law(false, units)) > allowed, "all units active, " + what);
        }
        if (Arrays.stream(units).sum() <= WIDEST) {
            int[] other = units.clone();
            other[hidden]++;
            double shift = seen(law(relu, other), law, squares);
            assertTrue(shift <= 2 * allowed || distance(squares, law(relu, other)) > allowed, "one unit, " + what);
        }
    }

    /** How far two laws are apart at the order statistics. */
    private static double seen(NormLaw one, NormLaw other, double[] ascending) {
        double distance = 0;
        for (int rank = 0; rank < RANKS; rank++) {
            double q = ascending[(int) ((long) rank * DRAWS / RANKS)];
            distance = Math.max(distance, Math.abs(one.cdf(q) - other.cdf(q)));
        }
        return distance;
    }

    /** Of the empirical distribution function, at the atom and at order statistics; at most the largest anywhere. */
    private static double distance(double[] ascending, NormLaw law) {
        int dead = 0;
        while (dead < DRAWS && ascending[dead] == 0) {
            dead++;
        }
        double distance = Math.abs((double) dead / DRAWS - law.atom());
        for (int rank = 0; rank < RANKS; rank++) {
            int index = (int) ((long) rank * DRAWS / RANKS);
            if (index >= dead) {
                double claimed = law.cdf(ascending[index]);
                distance = Math.max(distance, claimed - (double) index / DRAWS);
                distance = Math.max(distance, (index + 1.0) / DRAWS - claimed);
            }
        }
        return distance;
    }

    /** Given the signal before, the sums of a layer are independent normal numbers, all of one variance. */
    private double drawn(boolean relu, int[] units) {
        double square = 1;
        for (int layer = 0; layer < units.length && square > 0; layer++) {
            boolean rectified = relu && layer < units.length - 1;
            double sum = 0;
            for (int unit = 0; unit < units[layer]; unit++) {
                double h = NormalNumbers.next(random);
                sum += rectified && h < 0 ? 0 : h * h;
            }
            square *= sum;
        }
        return square;
    }

    /** A network dies in one of its hidden layers: a sum of fractions instead of a product, and without rounding. */
    @Test
    void deadNetworks() {
        for (int depth = 1; depth <= 12; depth++) {
            int[] units = widths(depth);
            BigFraction alive = BigFraction.ONE;
            BigFraction dead = BigFraction.ZERO;
            for (int layer = 0; layer < depth - 1; layer++) {
                BigFraction silent = BigFraction.ONE_HALF.pow(units[layer]);
                dead = dead.add(alive.multiply(silent));
                alive = alive.subtract(alive.multiply(silent));
            }
            double expected = dead.doubleValue();
            assertEquals(expected, law(true, units).atom(), 0x1p-48 * expected, Arrays.toString(units));
            assertEquals(0, law(false, units).atom());
        }
    }
}

package org.idem.theorem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.training.wide.WideTask;
import org.junit.jupiter.api.Test;

/**
 * Widths from 64 to 4,096, further than trials go: one example, one output, two layers, a target of 2, steps of half
 * the inverse of the kernel. A mean of 400 distances of single networks is off by 0.75/√400 of itself, which makes the
 * slope through four widths uncertain by 0.012: 0.1 is eight deviations. Means with their controls fluctuate less. In
 * 98 runs no number's limit was nearer than 8.1 of its deviations, so a suite fails by chance with a probability below
 * 1e-10.
 */
class WidthsTest {
    private static final int[] WIDTHS = {64, 1024};
    private static final double TARGET = 2;

    private final long seed = new SecureRandom().nextLong();

    private WideRun run(Activation activation, int units, int networks, int steps) {
        Array example = Array.of(new double[] {1, -0.5, 0.75}, 1, 3);
        InfiniteNetwork network = new InfiniteNetwork(Architecture.fcn(2, activation, false, false), 1, 0);
        WideTask task = new WideTask(
                activation,
                1,
                0,
                1,
                Padding.SAME,
                example,
                Array.of(new double[] {TARGET}, 1, 1),
                Array.of(new double[] {0.5, 1.25, -0.75}, 1, 3),
                Loss.HALF_SUM);
        WideRun any = new WideRun(
                network, task, LinearMethod.gradientDescent(1), steps, units, networks, false, seed + units);
        double own = OneExample.of(any).tangent()[0][0];
        return new WideRun(
                network, task, LinearMethod.gradientDescent(0.5 / own), steps, units, networks, false, seed + units);
    }

    /** The exponent of the power of the width that a distance falls like. */
    private double slope(int networks, int steps, Function<WideRun, Array> observed, Distance distance) {
        SimpleRegression line = new SimpleRegression();
        for (int units : WIDTHS) {
            WideRun run = run(Activation.ERF, units, networks, steps);
            Array rows = observed.apply(run);
            for (int width = 0; width < 2; width++) {
                double seen = distance.of(run, rows.slices(width, width + 1).values());
                line.addData(Math.log(run.width(width > 0)), Math.log(seen));
            }
        }
        return line.getSlope();
    }

    private interface Distance {
        double of(WideRun run, double[] row);
    }

    private static Array misses(WideRun run) {
        return WidePair.averages(run, List.of(pair -> pair.miss(0), pair -> pair.miss(1)));
    }

    /** Outputs at the example and the probe, before training and after it, of each network. */
    private static Array outputs(WideRun run) {
        return run.observe(layers -> {
            double[] before = layers.outputs();
            layers.train(run.method(), run.steps());
            double[] after = layers.outputs();
            return new double[] {before[0], before[1], after[1]};
        });
    }

    private static double distance(WideRun run, double[] row) {
        double answer = run.answer()[0][0];
        double sum = 0;
        for (int i = 0; i < row.length; i += 3) {
            sum += Math.abs(row[i + 2] - row[i + 1] - answer * (TARGET - row[i]));
        }
        return sum / run.networks();
    }

    @Test
    void oneNetworkStraysLikeOneOverTheRootOfItsWidth() {
        for (int steps : new int[] {1, 3}) {
            double slope = slope(400, steps, WidthsTest::outputs, WidthsTest::distance);
            assertEquals(-0.5, slope, 0.1, () -> steps + " steps, seed " + seed);
        }
    }

    @Test
    void theMeanMissesLikeOneOverTheWidth() {
        for (int steps : new int[] {1, 3}) {
            double slope = slope(400, steps, WidthsTest::misses, (run, row) -> Math.hypot(row[0], row[2]));
            assertEquals(-1, slope, 0.15, () -> steps + " steps, seed " + seed);
        }
    }

    /** √n times the miss at the example is C + D/√n. */
    @Test
    void reluMissesByItsConstant() {
        SimpleRegression line = new SimpleRegression();
        double expected = 0;
        for (int units : WIDTHS) {
            WideRun run = run(Activation.RELU, units, 1500, 1);
            OneExample infinite = OneExample.of(run);
            expected = MeanTheorem.constant(run, infinite);
            Array rows = misses(run);
            for (int width = 0; width < 2; width++) {
                double root = Math.sqrt(run.width(width > 0));
                line.addData(1 / root, root * rows.slices(width, width + 1).values()[0]);
            }
        }
        assertEquals(1, line.getIntercept() / expected, 0.1, () -> "seed " + seed);
    }
}

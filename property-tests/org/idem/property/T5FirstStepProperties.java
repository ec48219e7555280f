package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.theory.initialisation.FirstStep;

/** T5.first-step against real training, and its means among themselves. */
class T5FirstStepProperties extends KnownTheoremProperties {
    /** A few products and sums. */
    private static final double ROUNDING = 0x1p-48;

    /**
     * Where one term is wrong, p-values of 1,500 trials had a median of 1e-14, and the largest of sixty was 2e-8; those
     * of twice as many are about their squares.
     */
    private static final int TRIALS = 3000;

    T5FirstStepProperties() {
        super("T5.first-step", TRIALS);
    }

    private static FirstStep draw(SplittableRandom random) {
        return FirstStep.ofTangentKernel(
                random.nextInt(1, 513),
                random.nextInt(1, 513),
                random.nextInt(1, 513),
                0.25 + random.nextDouble(),
                random.nextDouble(),
                1,
                2 * random.nextDouble() - 1,
                1);
    }

    /** The formula of the statement, in tangent-kernel parametrisation. */
    @Property(tries = 100)
    void theMeanIsThatOfTheStatement(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int d = random.nextInt(1, 513);
        int n = random.nextInt(1, 513);
        int k = random.nextInt(1, 513);
        double variance = 0.25 + random.nextDouble();
        double rate = random.nextDouble();
        double overlap = 2 * random.nextDouble() - 1;
        FirstStep step = FirstStep.ofTangentKernel(d, n, k, variance, rate, 1, overlap, 1);
        double q = variance * variance * overlap / d;
        double kappa = variance * variance / d;
        double sizes = Math.abs(q) * (2 * rate + rate * rate * (k + 1) * kappa / n);
        assertEquals(q * (2 * rate - rate * rate * (k + 1) * kappa / n), step.mean(), ROUNDING * sizes);
    }

    /** The answer is linear in the probe; a step of no length leaves 0. */
    @Property(tries = 100)
    void theMeanIsLinearInTheProbe(@ForAll long seed) {
        FirstStep step = draw(new SplittableRandom(seed));
        FirstStep twice = new FirstStep(
                step.units(),
                step.outputs(),
                step.firstVariance(),
                step.lastVariance(),
                step.firstRate(),
                step.lastRate(),
                step.example(),
                -2 * step.overlap(),
                4 * step.probe());
        assertEquals(-2 * step.mean(), twice.mean());
        assertEquals(4 * step.pairVariance(), twice.pairVariance(), ROUNDING * twice.pairVariance());
        FirstStep still = FirstStep.ofTangentKernel(3, 4, 5, 1, 0, 1, step.overlap(), 1);
        assertEquals(0, still.mean() + still.pairVariance());
    }

    /** Only the product of the scales of the layers counts: W_1 times a, W_2 by a, rates by a² and times a². */
    @Property(tries = 100)
    void scalesOfTheLayersCancel(@ForAll long seed) {
        FirstStep step = draw(new SplittableRandom(seed));
        FirstStep other = new FirstStep(
                step.units(),
                step.outputs(),
                4 * step.firstVariance(),
                step.lastVariance() / 4,
                4 * step.firstRate(),
                step.lastRate() / 4,
                step.example(),
                step.overlap(),
                step.probe());
        assertEquals(step.mean(), other.mean());
        assertEquals(step.pairVariance(), other.pairVariance(), ROUNDING * step.pairVariance());
    }

    /** Wide networks with few outputs come to the kernel regime: 2ηq, without variance. */
    @Property(tries = 50)
    void widthForgetsTheSecondOrder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double overlap = random.nextDouble();
        double before = Double.POSITIVE_INFINITY;
        for (int units = 1; units < 1 << 20; units *= 4) {
            FirstStep step = FirstStep.ofTangentKernel(1, units, 2, 1, 0.25, 1, overlap, 1);
            double missing = 0.5 * overlap - step.mean();
            assertEquals(0.0625 * 3 * overlap / units, missing, ROUNDING);
            assertTrue(step.pairVariance() < before);
            before = step.pairVariance();
        }
    }
}

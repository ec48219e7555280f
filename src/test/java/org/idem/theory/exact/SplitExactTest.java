package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** T4.split without rounding: gradient descent with weight decay on deep linear networks in fractions. */
class SplitExactTest {
    private static final int INSTANCES = 60;
    private static final int STEPS = 2;

    private final SplittableRandom random = new SplittableRandom(20261128);
    private final ExactDescent network = new ExactDescent(false);

    private static BigFraction dot(RationalMatrix a, RationalMatrix b) {
        return a.transposed().times(b).at(0, 0);
    }

    @Test
    void anOutputIsWhatWasLearnedAlongTheExampleAndTheInitialLayerAcross() {
        int telling = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            int depth = random.nextInt(1, 5);
            List<RationalMatrix> layers = ExactDescent.layers(random, depth, 3);
            RationalMatrix example = ExactDescent.draw(random, 3, 1);
            RationalMatrix targets =
                    ExactDescent.draw(random, layers.get(depth - 1).rows(), 1);
            RationalMatrix input = ExactDescent.draw(random, 3, 1);
            if (ExactDescent.isZero(example)) {
                continue;
            }
            RationalMatrix first = layers.get(0);
            BigFraction rate = new BigFraction(1, random.nextInt(1, 9));
            BigFraction decay = new BigFraction(random.nextInt(0, 3), 2);
            BigFraction kept = BigFraction.ONE;
            for (int step = 0; step < STEPS; step++) {
                layers = ExactDescent.step(layers, network.gradients(layers, example, targets), rate, decay);
                kept = kept.multiply(BigFraction.ONE.subtract(rate.multiply(decay)));
            }
            BigFraction along = dot(example, input).divide(dot(example, example));
            RationalMatrix rest = first.times(input.minus(example.times(along))).times(kept);
            for (RationalMatrix layer : layers.subList(1, depth)) {
                rest = layer.times(rest);
            }
            RationalMatrix learned = network.outputs(layers, example).times(along);
            assertEquals(learned.plus(rest), network.outputs(layers, input));
            telling += ExactDescent.isZero(rest) || ExactDescent.isZero(learned) ? 0 : 1;
        }
        assertTrue(telling > INSTANCES / 8, "too few instances tell: " + telling);
    }
}

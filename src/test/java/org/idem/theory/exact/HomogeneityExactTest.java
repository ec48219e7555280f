package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** T6.homogeneous without rounding, after steps of training in fractions. */
class HomogeneityExactTest {
    private static final int INSTANCES = 60;

    private final SplittableRandom random = new SplittableRandom(20261129);

    @Test
    void positiveFactorsPassAndNegativeOnesDoNotPassRelu() {
        int turned = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            boolean relu = random.nextBoolean();
            ExactDescent network = new ExactDescent(relu);
            int depth = random.nextInt(1, 5);
            List<RationalMatrix> layers = ExactDescent.layers(random, depth, 3);
            RationalMatrix input = ExactDescent.draw(random, 3, 1);
            RationalMatrix targets =
                    ExactDescent.draw(random, layers.get(depth - 1).rows(), 1);
            layers = ExactDescent.step(
                    layers, network.gradients(layers, input, targets), BigFraction.ONE_FIFTH, BigFraction.ZERO);
            BigFraction factor = new BigFraction(random.nextInt(1, 9), random.nextInt(1, 9));
            RationalMatrix output = network.outputs(layers, input);
            assertEquals(output.times(factor), network.outputs(layers, input.times(factor)));
            RationalMatrix negative = network.outputs(layers, input.times(factor.negate()));
            boolean passes = output.times(factor.negate()).equals(negative);
            assertTrue(relu || passes);
            turned += passes ? 0 : 1;
        }
        assertTrue(turned > 0, "no negative factor changed anything");
    }
}

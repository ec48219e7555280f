package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** T4.units without rounding: networks in fractions, linear and with ReLU. */
class UnitBalanceExactTest {
    private static final int INSTANCES = 60;
    private static final int STEPS = 2;

    private final SplittableRandom random = new SplittableRandom(20261127);

    private static BigFraction balance(List<RationalMatrix> layers, int layer, int unit) {
        RationalMatrix column = layers.get(layer + 1).transposed();
        return ExactDescent.square(layers.get(layer).rows(unit, unit + 1))
                .subtract(ExactDescent.square(column.rows(unit, unit + 1)));
    }

    @Test
    void theBalanceOfAUnitChangesByTheSquaresOfItsGradients() {
        int moved = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            ExactDescent network = new ExactDescent(random.nextBoolean());
            int depth = random.nextInt(2, 5);
            List<RationalMatrix> layers = ExactDescent.layers(random, depth, 3);
            RationalMatrix inputs = ExactDescent.draw(random, 3, random.nextInt(1, 4));
            RationalMatrix targets =
                    ExactDescent.draw(random, layers.get(depth - 1).rows(), inputs.columns());
            BigFraction rate = new BigFraction(1, random.nextInt(1, 9));
            for (int step = 0; step < STEPS; step++) {
                List<RationalMatrix> gradients = network.gradients(layers, inputs, targets);
                List<RationalMatrix> next = ExactDescent.step(layers, gradients, rate, BigFraction.ZERO);
                for (int layer = 0; layer + 1 < depth; layer++) {
                    for (int unit = 0; unit < layers.get(layer).rows(); unit++) {
                        BigFraction change = balance(next, layer, unit).subtract(balance(layers, layer, unit));
                        BigFraction squares = balance(gradients, layer, unit);
                        assertEquals(squares.multiply(rate).multiply(rate), change);
                        moved += change.equals(BigFraction.ZERO) ? 0 : 1;
                    }
                }
                layers = next;
            }
        }
        assertTrue(moved > INSTANCES, "too few units moved: " + moved);
    }
}

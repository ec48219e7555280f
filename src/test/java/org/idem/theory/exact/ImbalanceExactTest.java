package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.junit.jupiter.api.Test;

/** T3.imbalance without rounding: gradient descent on deep linear networks in fractions. */
class ImbalanceExactTest {
    private static final int INSTANCES = 40;
    private static final int STEPS = 2;

    private final SplittableRandom random = new SplittableRandom(20261125);

    private RationalMatrix draw(int rows, int columns) {
        BigInteger[] numerators = new BigInteger[rows * columns];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = BigInteger.valueOf(random.nextInt(-4, 5));
        }
        return new RationalMatrix(RationalArray.over(numerators, BigInteger.TWO, rows, columns));
    }

    /** Gradients of half the sum of squares by every layer. */
    private static List<RationalMatrix> gradients(
            List<RationalMatrix> layers, RationalMatrix inputs, RationalMatrix targets) {
        List<RationalMatrix> signals = new ArrayList<>(List.of(inputs));
        for (RationalMatrix layer : layers) {
            signals.add(layer.times(signals.get(signals.size() - 1)));
        }
        RationalMatrix back = signals.get(layers.size()).minus(targets);
        List<RationalMatrix> gradients = new ArrayList<>();
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            gradients.add(0, back.times(signals.get(layer).transposed()));
            back = layers.get(layer).transposed().times(back);
        }
        return gradients;
    }

    private static RationalMatrix imbalance(RationalMatrix above, RationalMatrix below) {
        return above.transposed().times(above).minus(below.times(below.transposed()));
    }

    @Test
    void theImbalanceChangesByTheSquaresOfTheGradients() {
        for (int instance = 0; instance < INSTANCES; instance++) {
            int depth = random.nextInt(2, 5);
            List<RationalMatrix> layers = new ArrayList<>();
            int inputs = random.nextInt(1, 4);
            int before = inputs;
            for (int layer = 0; layer < depth; layer++) {
                int units = random.nextInt(1, 4);
                layers.add(draw(units, before));
                before = units;
            }
            RationalMatrix data = draw(inputs, random.nextInt(1, 4));
            RationalMatrix targets = draw(before, data.columns());
            BigFraction rate = new BigFraction(1, random.nextInt(1, 9));
            boolean moved = false;
            for (int step = 0; step < STEPS; step++) {
                List<RationalMatrix> gradients = gradients(layers, data, targets);
                List<RationalMatrix> next = new ArrayList<>();
                for (int layer = 0; layer < depth; layer++) {
                    next.add(layers.get(layer).minus(gradients.get(layer).times(rate)));
                }
                for (int layer = 0; layer + 1 < depth; layer++) {
                    RationalMatrix change = imbalance(next.get(layer + 1), next.get(layer))
                            .minus(imbalance(layers.get(layer + 1), layers.get(layer)));
                    RationalMatrix squares = imbalance(gradients.get(layer + 1), gradients.get(layer));
                    assertEquals(squares.times(rate.multiply(rate)), change);
                    if (!squares.equals(squares.times(BigFraction.ZERO))) {
                        assertNotEquals(squares.times(rate.multiply(rate).negate()), change);
                        moved = true;
                    }
                }
                layers = next;
            }
            assertEquals(
                    true, moved || gradients(layers, data, targets).stream().allMatch(ImbalanceExactTest::isZero));
        }
    }

    private static boolean isZero(RationalMatrix matrix) {
        return matrix.equals(matrix.times(BigFraction.ZERO));
    }
}

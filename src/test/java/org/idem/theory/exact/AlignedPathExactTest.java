package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** T4.path without rounding: aligned layers in fractions, along directions whose norms are rational. */
class AlignedPathExactTest {
    private static final int INSTANCES = 40;
    private static final int STEPS = 3;
    /** Unit vectors with rational entries. */
    private static final int[][] TRIPLES = {{3, 4, 5}, {5, 12, 13}, {8, 15, 17}};

    private final SplittableRandom random = new SplittableRandom(20261130);
    private final ExactDescent network = new ExactDescent(false);

    private RationalMatrix direction() {
        int[] triple = TRIPLES[random.nextInt(TRIPLES.length)];
        RationalMatrix identity = RationalMatrix.identity(2);
        RationalMatrix first = identity.rows(0, 1).transposed().times(new BigFraction(triple[0], triple[2]));
        RationalMatrix second = identity.rows(1, 2).transposed().times(new BigFraction(triple[1], triple[2]));
        return random.nextBoolean() ? first.plus(second) : first.minus(second);
    }

    private static RationalMatrix across(RationalMatrix direction) {
        return RationalMatrix.identity(2).minus(direction.times(direction.transposed()));
    }

    private static BigFraction product(List<BigFraction> strengths, int without) {
        BigFraction product = BigFraction.ONE;
        for (int i = 0; i < strengths.size(); i++) {
            product = i == without ? product : product.multiply(strengths.get(i));
        }
        return product;
    }

    @Test
    void layersKeepTheirDirectionsAndTheirStrengthsFollowTheRecursion() {
        for (int instance = 0; instance < INSTANCES; instance++) {
            int depth = random.nextInt(1, 5);
            List<RationalMatrix> directions = new ArrayList<>(List.of(direction()));
            List<BigFraction> strengths = new ArrayList<>();
            List<RationalMatrix> rest = new ArrayList<>();
            List<RationalMatrix> layers = new ArrayList<>();
            for (int layer = 0; layer < depth; layer++) {
                directions.add(direction());
                RationalMatrix up = directions.get(layer + 1);
                RationalMatrix down = directions.get(layer);
                strengths.add(new BigFraction(random.nextInt(1, 6), 4));
                rest.add(across(up).times(ExactDescent.draw(random, 2, 2)).times(across(down)));
                layers.add(
                        up.times(down.transposed()).times(strengths.get(layer)).plus(rest.get(layer)));
            }
            BigFraction norm = new BigFraction(random.nextInt(1, 4), 2);
            BigFraction target = new BigFraction(random.nextInt(1, 4), 2);
            BigFraction rate = new BigFraction(1, random.nextInt(4, 9));
            BigFraction decay = new BigFraction(random.nextInt(0, 2), 2);
            RationalMatrix input = directions.get(0).times(norm);
            RationalMatrix wanted = directions.get(depth).times(target);
            BigFraction kept = BigFraction.ONE;
            List<RationalMatrix> before = layers;
            for (int step = 0; step < STEPS; step++) {
                layers = ExactDescent.step(layers, network.gradients(layers, input, wanted), rate, decay);
                BigFraction pull =
                        norm.multiply(norm.multiply(product(strengths, -1)).subtract(target));
                List<BigFraction> next = new ArrayList<>();
                for (int layer = 0; layer < depth; layer++) {
                    BigFraction gradient =
                            pull.multiply(product(strengths, layer)).add(decay.multiply(strengths.get(layer)));
                    next.add(strengths.get(layer).subtract(rate.multiply(gradient)));
                }
                strengths = next;
                kept = kept.multiply(BigFraction.ONE.subtract(rate.multiply(decay)));
            }
            for (int layer = 0; layer < depth; layer++) {
                RationalMatrix along = directions
                        .get(layer + 1)
                        .times(directions.get(layer).transposed())
                        .times(strengths.get(layer));
                assertEquals(along.plus(rest.get(layer).times(kept)), layers.get(layer));
            }
            if (!norm.multiply(product(strengths, -1)).equals(target)) {
                assertNotEquals(before, layers);
            }
        }
    }
}

package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;

/** Errors over random initial weights: outputs are affine in them. */
abstract class ErrorFamily extends KnownTheoremProperties {
    /** Signs of 15 numbers in 16 draws: mean 0, uncorrelated. */
    private static final int DRAWS = 16;

    final boolean convolution;

    ErrorFamily(String id, int trials, boolean convolution) {
        super(id, trials);
        this.convolution = convolution;
    }

    private Scene draw(SplittableRandom random, int outputs) {
        Padding padding = Padding.values()[random.nextInt(Padding.values().length)];
        Scene scene = Scene.draw(
                random,
                convolution ? new Cnn(1, outputs, 3, padding, false) : new Fcn(random.nextInt(1, 6), outputs, false),
                random.nextInt(1, 3));
        return scene.withSteps(Math.min(3, scene.steps()));
    }

    private static Scene from(Scene scene, double[] weights) {
        LinearProblem problem = scene.problem();
        return scene.with(
                problem.withWeights(Array.of(weights, problem.weights().shape())));
    }

    /** What a part of the start adds to the outputs is the same, whatever it is added to and whatever is learnt. */
    @Property(tries = 10)
    void theStartIsHandedOnAlone(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = draw(random, 2);
        double[] one = scene.problem().weights().values();
        double[] part = Scene.numbers(random, one.length).values();
        double[] both = new double[one.length];
        Arrays.setAll(both, i -> one[i] + part[i]);
        RationalArray added =
                from(scene, both).exactOutputs().minus(from(scene, one).exactOutputs());
        Scene silent = scene.with(scene.problem()
                .withTargets(Array.zeros(scene.problem().targets().shape())));
        assertEquals(from(silent, part).exactOutputs(), added);
    }

    /**
     * The mean square of an output over starts whose weights are uncorrelated with mean 0 is the square from the start
     * 0 and the variance times the squares of what every single weight adds.
     */
    @Property(tries = 5)
    void theMeanSquareNeedsNoMoreThanVariances(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = draw(random, 1);
        double size = random.nextInt(1, 65) / 64.0;
        int weights = scene.problem().weights().length();
        RationalArray still = from(scene, new double[weights]).exactOutputs();
        BigFraction[] expected = squares(still);
        for (int weight = 0; weight < weights; weight++) {
            double[] alone = new double[weights];
            alone[weight] = size;
            add(expected, squares(from(scene, alone).exactOutputs().minus(still)));
        }
        BigFraction[] sums = squares(still.times(BigFraction.ZERO));
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] start = new double[weights];
            for (int weight = 0; weight < weights; weight++) {
                start[weight] = Integer.bitCount(draw & (weight + 1)) % 2 == 0 ? size : -size;
            }
            add(sums, squares(from(scene, start).exactOutputs()));
        }
        for (int i = 0; i < sums.length; i++) {
            assertEquals(expected[i], sums[i].divide(DRAWS), "output " + i + " of " + scene);
        }
    }

    private static BigFraction[] squares(RationalArray values) {
        BigFraction[] squares = new BigFraction[values.length()];
        Arrays.setAll(squares, i -> values.at(i).pow(2));
        return squares;
    }

    private static void add(BigFraction[] sums, BigFraction[] terms) {
        Arrays.setAll(sums, i -> sums[i].add(terms[i]));
    }
}

package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;

/** Plain descent after a number of steps. */
abstract class StepsFamily extends KnownTheoremProperties {
    final boolean convolution;

    StepsFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    @Property(tries = 15)
    void stepsCompose(@ForAll long seed, @ForAll boolean decay, @ForAll @IntRange(max = 5) int first) {
        Scene scene = Scene.draw(new SplittableRandom(seed), convolution);
        Scene whole = decay ? scene.withDecay() : scene;
        Relations.assertStepsCompose(whole, Math.min(first, whole.steps()));
    }

    /** Outputs are measured in another unit, and with them weights and bias. */
    @Property(tries = 15)
    void targetsAndParametersScaleTogether(@ForAll long seed, @ForAll @IntRange(min = -9, max = 9) int exponent) {
        Scene scene = Scene.draw(new SplittableRandom(seed), convolution);
        double unit = Math.scalb(1.0, exponent);
        LinearProblem problem = scene.problem();
        Array bias = problem.initialBias();
        Scene scaled = scene.with(problem.withTargets(Examples.scaled(problem.targets(), unit))
                .withInitial(
                        Examples.scaled(problem.weights(), unit), bias == null ? null : Examples.scaled(bias, unit)));
        assertScaled(scene, unit, scaled);
    }

    /** Inputs are measured in another unit: weights in its inverse, learning rates in its inverse square. */
    @Property(tries = 15)
    void dataScaleWithTheInverseSquareOfTheRate(@ForAll long seed, @ForAll @IntRange(min = -9, max = 9) int exponent) {
        Scene scene = Scene.draw(new SplittableRandom(seed), convolution, false).withDecay();
        assertScaled(scene, 1, scene.inUnitsOf(Math.scalb(1.0, exponent)));
    }

    /** The sum of squares descends as half the sum does at twice the rate. */
    @Property(tries = 15)
    void aLossOfTwiceTheSizeIsTwiceTheRate(@ForAll long seed) {
        Scene drawn = Scene.draw(new SplittableRandom(seed), convolution);
        Scene sum = drawn.with(drawn.problem().withLoss(Loss.SUM)).withSafeRate();
        Scene half = sum.with(drawn.problem().withLoss(Loss.HALF_SUM))
                .withRate(2 * sum.method().learningRate());
        assertScaled(sum, 1, half);
    }

    private static void assertScaled(Scene one, double factor, Scene other) {
        OutputMap map = OutputMap.same(one.trained().outputs().length()).times(factor);
        Relations.assertRelated(one, map, other);
        Relations.assertSameBits(one, map, other);
    }
}

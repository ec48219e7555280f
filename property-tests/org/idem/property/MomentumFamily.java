package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.network.LinearMethod;

/** Descent that remembers a velocity. */
abstract class MomentumFamily extends KnownTheoremProperties {
    final boolean convolution;
    final boolean nesterov;

    MomentumFamily(String id, boolean convolution, boolean nesterov) {
        super(id);
        this.convolution = convolution;
        this.nesterov = nesterov;
    }

    private Scene draw(long seed) {
        Scene scene = Scene.draw(new SplittableRandom(seed), convolution);
        return seed % 2 == 0 ? scene : scene.withDecay();
    }

    /** A velocity starts at 0: the first step is plain, with Nesterov's look ahead at (1 + β) times the rate. */
    @Property(tries = 15)
    void theFirstStepIsPlain(@ForAll long seed) {
        Scene plain = draw(seed).withSteps(1);
        Scene moving = plain.withMomentum(nesterov);
        double rate = plain.method().learningRate();
        Relations.assertSame(nesterov ? plain.withRate(1.5 * rate) : plain, moving);
    }

    /** With a β that is nearly 0 the velocity is the gradient: of 2⁻¹⁰⁰ no sum of gradients keeps a bit. */
    @Property(tries = 15)
    void aMomentumOfNearlyNothingIsPlainDescent(@ForAll long seed) {
        Scene plain = draw(seed);
        LinearMethod method = plain.method();
        Scene moving = plain.with(new LinearMethod(method.learningRate(), 0x1p-100, nesterov, method.weightDecay()));
        Relations.assertWithinBudgets(
                plain, OutputMap.same(plain.trained().outputs().length()), moving);
    }

    /** Inputs are measured in another unit: weights in its inverse, learning rates in its inverse square. */
    @Property(tries = 15)
    void dataScaleWithTheInverseSquareOfTheRate(@ForAll long seed, @ForAll @IntRange(min = -9, max = 9) int exponent) {
        Scene scene = Scene.draw(new SplittableRandom(seed), convolution, false)
                .withDecay()
                .withMomentum(nesterov);
        Scene scaled = scene.inUnitsOf(Math.scalb(1.0, exponent));
        OutputMap map = OutputMap.same(scene.trained().outputs().length());
        Relations.assertRelated(scene, map, scaled);
        Relations.assertSameBits(scene, map, scaled);
    }

    @Property(tries = 15)
    void theOrderOfExamplesDoesNotMatter(@ForAll long seed) {
        Scene scene = draw(seed).withMomentum(nesterov);
        int last = scene.problem().examples() - 1;
        Relations.assertSame(scene, scene.with(Examples.ordered(scene.problem(), i -> last - i)));
    }
}

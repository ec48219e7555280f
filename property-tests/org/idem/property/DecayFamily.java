package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;

/** Descent with weight decay. */
abstract class DecayFamily extends KnownTheoremProperties {
    final boolean convolution;

    DecayFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    @Property(tries = 15)
    void stepsCompose(@ForAll long seed, @ForAll @IntRange(max = 5) int first) {
        Scene whole = Scene.draw(new SplittableRandom(seed), convolution).withDecay();
        Relations.assertStepsCompose(whole, Math.min(first, whole.steps()));
    }

    /** Without signal every step leaves 1 − ηω of all weights, here a half. */
    @Property(tries = 15)
    void weightsOfSilenceHalve(@ForAll long seed) {
        Scene drawn = Scene.draw(new SplittableRandom(seed), convolution, false);
        LinearProblem problem = drawn.problem();
        Scene silent = drawn.with(new LinearMethod(0.25, 0, false, 2))
                .with(problem.withExamples(
                        Array.zeros(problem.inputs().shape()),
                        Array.zeros(problem.targets().shape())));
        OutputMap halves = OutputMap.same(drawn.trained().outputs().length()).times(Math.scalb(1.0, -silent.steps()));
        Relations.assertRelated(silent.withSteps(0), halves, silent);
        Relations.assertSameBits(silent.withSteps(0), halves, silent);
    }
}

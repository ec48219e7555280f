package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.network.LinearProblem;

/** One example a step, in cyclic order. */
abstract class CyclicFamily extends KnownTheoremProperties {
    final boolean convolution;

    CyclicFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    private Scene draw(long seed) {
        return Scene.draw(new SplittableRandom(seed), convolution).oneByOne();
    }

    @Property(tries = 15)
    void oneExampleIsTheFullBatch(@ForAll long seed) {
        Scene drawn = draw(seed);
        Scene cyclic = drawn.with(drawn.problem().onlyExample(0));
        Relations.assertSame(cyclic.allAtOnce(), cyclic);
    }

    /** Where every example is the same one, nobody can tell the cycle from training on it alone. */
    @Property(tries = 15)
    void copiesOfOneExampleAreThatExample(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int copies) {
        Scene drawn = draw(seed);
        LinearProblem alone = drawn.problem().onlyExample(0);
        Scene cyclic = drawn.with(Examples.chosen(alone, copies, i -> 0));
        Relations.assertSame(drawn.with(alone).allAtOnce(), cyclic);
    }

    /** A list that is read twice is one cycle longer, and nothing else. */
    @Property(tries = 15)
    void aListWrittenTwiceIsTheSameCycle(@ForAll long seed) {
        Scene cyclic = draw(seed);
        int examples = cyclic.problem().examples();
        Scene twice = cyclic.with(Examples.chosen(cyclic.problem(), 2 * examples, i -> i % examples));
        OutputMap same = OutputMap.same(cyclic.trained().outputs().length());
        Relations.assertRelated(cyclic, same, twice);
        Relations.assertSameBits(cyclic, same, twice);
    }

    /** What comes behind the last step is never seen. */
    @Property(tries = 15)
    void examplesAfterTheLastStepDoNotMatter(@ForAll long seed) {
        Scene drawn = draw(seed);
        int examples = drawn.problem().examples();
        Scene all = drawn.withSteps(Math.min(drawn.steps(), examples));
        Scene seen = all.with(Examples.chosen(all.problem(), all.steps(), i -> i));
        Relations.assertSame(all, seen);
    }

    /** After some steps the cycle goes on where it stopped. */
    @Property(tries = 15)
    void stepsCompose(@ForAll long seed, @ForAll @IntRange(max = 5) int first) {
        Scene whole = draw(seed);
        Relations.assertStepsCompose(whole, Math.min(first, whole.steps()));
    }
}

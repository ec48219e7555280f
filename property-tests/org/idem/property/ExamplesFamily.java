package org.idem.property;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;

/** Several examples in every step. */
abstract class ExamplesFamily extends KnownTheoremProperties {
    final boolean convolution;

    ExamplesFamily(String id, boolean convolution) {
        super(id);
        this.convolution = convolution;
    }

    private Scene draw(long seed) {
        return Scene.draw(new SplittableRandom(seed), convolution);
    }

    @Property(tries = 15)
    void theOrderOfExamplesDoesNotMatter(@ForAll long seed) {
        Scene scene = draw(seed);
        int last = scene.problem().examples() - 1;
        Relations.assertSame(scene, scene.with(Examples.ordered(scene.problem(), i -> last - i)));
    }

    /** A mean does not count its terms. */
    @Property(tries = 15)
    void aMeanLossDoesNotSeeThatEveryExampleStandsTwice(@ForAll long seed) {
        Scene drawn = draw(seed);
        Scene once = drawn.with(drawn.problem().withLoss(Loss.MEAN)).withSafeRate();
        int examples = once.problem().examples();
        Relations.assertSame(once, once.with(Examples.chosen(once.problem(), 2 * examples, i -> i % examples)));
    }

    /** A sum of squares counts every example: twice the same is twice the rate. */
    @Property(tries = 15)
    void aSumCountsAnExampleThatStandsTwice(@ForAll long seed) {
        Scene drawn = draw(seed);
        LinearProblem sum = drawn.problem().withLoss(Loss.HALF_SUM);
        int examples = sum.examples();
        Scene twice = drawn.with(Examples.chosen(sum, 2 * examples, i -> i % examples))
                .withSafeRate();
        Scene once = twice.with(sum).withRate(2 * twice.method().learningRate());
        Relations.assertSame(once, twice);
    }

    /** Without bias an example of zeros with targets 0 teaches nothing. */
    @Property(tries = 15)
    void anExampleOfZerosTeachesNothing(@ForAll long seed) {
        Scene drawn = Scene.draw(new SplittableRandom(seed), convolution, false);
        LinearProblem problem = drawn.problem().withLoss(Loss.SUM);
        LinearProblem first = problem.onlyExample(0);
        LinearProblem more = problem.withExamples(
                Array.concatenate(List.of(Array.zeros(first.inputs().shape()), problem.inputs())),
                Array.concatenate(List.of(Array.zeros(first.targets().shape()), problem.targets())));
        Scene scene = drawn.with(problem).withSafeRate();
        Relations.assertSame(scene, scene.with(more));
    }
}

package org.idem.property;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.network.Fcn;
import org.idem.network.LinearProblem;

/** T1.examples against real training. */
class T1ExamplesProperties extends ExamplesFamily {
    T1ExamplesProperties() {
        super("T1.examples", false);
    }

    /** An input that is 0 in all examples does not train its weights, and changes nothing where it stays 0. */
    @Property(tries = 20)
    void anInputThatIsAlwaysZeroChangesNothing(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = Scene.draw(random, false);
        LinearProblem problem = scene.problem();
        Fcn wide = new Fcn(
                problem.map().fanIn() + 1,
                problem.map().outputs(),
                problem.map().bias());
        double weight = random.nextInt(-64, 65) / 64.0;
        Relations.assertSame(
                scene,
                scene.with(new LinearProblem(
                                wide,
                                Examples.wider(problem.inputs(), 0),
                                problem.targets(),
                                Examples.wider(problem.weights(), weight),
                                problem.initialBias(),
                                problem.loss()))
                        .withTests(Examples.wider(scene.tests(), 0)));
    }
}

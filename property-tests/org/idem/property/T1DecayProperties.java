package org.idem.property;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;

/** T1.decay against real training. */
class T1DecayProperties extends DecayFamily {
    T1DecayProperties() {
        super("T1.decay", false);
    }

    /** Half the sum of squares with decay ω is that of more examples: √ω along each input, with targets 0. */
    @Property(tries = 15)
    void decayIsAnExampleAlongEveryInput(@ForAll long seed) {
        Scene drawn = Scene.draw(new SplittableRandom(seed), false, false);
        LinearProblem problem = drawn.problem().withLoss(Loss.HALF_SUM);
        int inputs = problem.map().fanIn();
        Array unit = Array.zeros(inputs, inputs);
        for (int i = 0; i < inputs; i++) {
            unit.values()[i * inputs + i] = 0.5;
        }
        LinearProblem more = problem.withExamples(
                Array.concatenate(List.of(problem.inputs(), unit)),
                Array.concatenate(List.of(
                        problem.targets(), Array.zeros(inputs, problem.map().outputs()))));
        Scene plain = drawn.with(more).withSafeRate();
        Scene decaying =
                plain.with(problem).with(new LinearMethod(plain.method().learningRate(), 0, false, 0.25));
        Relations.assertSame(plain, decaying);
    }
}

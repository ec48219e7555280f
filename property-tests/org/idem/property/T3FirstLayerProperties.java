package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;

/** T3.first-layer against real training. */
class T3FirstLayerProperties extends KnownTheoremProperties {
    T3FirstLayerProperties() {
        super("T3.first-layer");
    }

    @Provide
    Arbitrary<Optimizer> optimizers() {
        return Arbitraries.of(
                LinearMethod.gradientDescent(0x1p-6),
                new LinearMethod(0x1p-6, 0.5, false, 0),
                new LinearMethod(0x1p-6, 0.5, true, 0),
                Adam.of(0x1p-6),
                new RmsProp(0x1p-6, 0.75, 1e-8),
                new Adagrad(0x1p-6, 1e-8));
    }

    /** An input that is 0 in every example: no rule moves its weights by a bit, while those of the others learn. */
    @Property(tries = 40)
    void weightsOfAnInputThatIsAlwaysZeroKeepEveryBit(
            @ForAll long seed, @ForAll("optimizers") Optimizer rule, @ForAll Precision precision) {
        SplittableRandom random = new SplittableRandom(seed);
        Model narrow = DeepDraw.fcn(random, Activation.TANH, random.nextBoolean());
        Fcn first = (Fcn) narrow.network().stages().get(0).map();
        List<Stage> stages = new ArrayList<>(narrow.network().stages());
        stages.set(0, new Stage(new Fcn(first.inputs() + 1, first.outputs(), first.bias()), Activation.TANH, false));
        List<StageParameters> start = new ArrayList<>(narrow.parameters());
        Array wide = Examples.wider(start.get(0).weights(), 0.3125);
        start.set(0, new StageParameters(wide, start.get(0).bias()));
        TrainingProblem problem = new TrainingProblem(
                new Network(stages),
                Examples.wider(Scene.numbers(random, 4, 3), 0),
                Scene.numbers(random, 4, 2),
                start,
                Loss.MEAN);
        Outcome.Trained trained = assertInstanceOf(
                Outcome.Trained.class,
                new Trainer(problem, rule, precision).train(new Horizon.Steps(4), problem.inputs()));
        assertNotEquals(wide, trained.weights());
        for (int unit = 0; unit < first.outputs(); unit++) {
            assertEquals(0.3125, trained.weights().at(unit, first.inputs()), "unit " + unit);
        }
    }
}

package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.deep.Imbalance;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;

/** T3.imbalance against real training. */
class T3ImbalanceProperties extends KnownTheoremProperties {
    T3ImbalanceProperties() {
        super("T3.imbalance");
    }

    private static Outcome.Trained trained(TrainingProblem problem, double rate) {
        return (Outcome.Trained) new Trainer(problem, LinearMethod.gradientDescent(rate), Precision.FLOAT64)
                .train(new Horizon.Steps(3), problem.inputs());
    }

    private static List<StageParameters> scaled(List<StageParameters> parameters, double unit) {
        return parameters.stream()
                .map(stage -> new StageParameters(Examples.scaled(stage.weights(), unit), null))
                .toList();
    }

    /**
     * Weights of both layers in another unit u, data in its inverse square: gradients of the weights scale with u⁻¹,
     * learning rates with u². The whole training scales to the last bit, and the imbalance with u².
     */
    @Property(tries = 20)
    void unitsScale(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = DeepDraw.fcn(random, Activation.LINEAR, false);
        TrainingProblem problem = new TrainingProblem(
                model.network(),
                Scene.numbers(random, 3, 3),
                Scene.numbers(random, 3, 2),
                model.parameters(),
                Loss.SUM);
        double unit = Math.scalb(1.0, random.nextInt(-6, 7));
        TrainingProblem other = problem.withExamples(
                        Examples.scaled(problem.inputs(), 1 / unit / unit), problem.targets())
                .withInitial(scaled(problem.initial(), unit));
        double rate = 0x1p-7;
        List<StageParameters> after = trained(problem, rate).parameters();
        List<StageParameters> afterOther = trained(other, rate * unit * unit).parameters();
        assertEquals(scaled(after, unit), afterOther);
        assertEquals(
                Examples.scaled(Imbalance.change(problem.initial(), after), unit * unit),
                Imbalance.change(other.initial(), afterOther));
    }
}

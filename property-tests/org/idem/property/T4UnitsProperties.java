package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Model;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.deep.UnitBalance;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;

/** T4.units against real training. */
class T4UnitsProperties extends KnownTheoremProperties {
    private static final double RATE = 0x1p-7;
    /** One trial in 73 (14 of 1,024) refutes a prediction that is off by 1e-13 of itself. */
    private static final int TRIALS = 1500;

    T4UnitsProperties() {
        super("T4.units", TRIALS);
    }

    private static TrainingProblem problem(SplittableRandom random) {
        Model model = DeepDraw.fcn(random, Activation.RELU, false);
        return new TrainingProblem(
                model.network(),
                Scene.numbers(random, 3, 3),
                Scene.numbers(random, 3, 2),
                model.parameters(),
                Loss.SUM);
    }

    private static List<StageParameters> trained(TrainingProblem problem, double rate) {
        return ((Outcome.Trained) new Trainer(problem, LinearMethod.gradientDescent(rate), Precision.FLOAT64)
                        .train(new Horizon.Steps(3), problem.inputs()))
                .parameters();
    }

    private static List<StageParameters> scaled(List<StageParameters> parameters, double unit) {
        return parameters.stream()
                .map(stage -> new StageParameters(Examples.scaled(stage.weights(), unit), null))
                .toList();
    }

    /**
     * Weights of both layers in another unit u, data in its inverse square: ReLU passes positive factors on, so the
     * whole training scales to the last bit, and balances with u².
     */
    @Property(tries = 20)
    void unitsScale(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TrainingProblem problem = problem(random);
        double unit = Math.scalb(1.0, random.nextInt(-6, 7));
        TrainingProblem other = problem.withExamples(
                        Examples.scaled(problem.inputs(), 1 / unit / unit), problem.targets())
                .withInitial(scaled(problem.initial(), unit));
        List<StageParameters> after = trained(problem, RATE);
        List<StageParameters> afterOther = trained(other, RATE * unit * unit);
        assertEquals(scaled(after, unit), afterOther);
        assertEquals(
                Examples.scaled(UnitBalance.change(problem.initial(), after), unit * unit),
                UnitBalance.change(other.initial(), afterOther));
    }

    /** The sum over units of neighbouring layers' balances is what the whole layers' squares say. */
    @Property(tries = 20)
    void balancesAddUpToThoseOfLayers(@ForAll long seed) {
        TrainingProblem problem = problem(new SplittableRandom(seed));
        List<StageParameters> after = trained(problem, RATE);
        double sum = 0;
        for (double change : UnitBalance.change(problem.initial(), after).values()) {
            sum += change;
        }
        double layers =
                square(after, 0) - square(after, 1) - square(problem.initial(), 0) + square(problem.initial(), 1);
        double sizes =
                square(after, 0) + square(after, 1) + square(problem.initial(), 0) + square(problem.initial(), 1);
        // four sums of at most 12 squares each, added in double precision
        assertEquals(layers, sum, 32 * Math.ulp(sizes));
    }

    private static double square(List<StageParameters> parameters, int layer) {
        Array weights = parameters.get(layer).weights();
        double square = 0;
        for (double weight : weights.values()) {
            square += weight * weight;
        }
        return square;
    }
}

package org.idem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.training.Outcome;
import org.idem.training.Trainer;

/** Theory against real training over random one-layer networks, in finite time. */
class TrajectoryProperties {
    private static final int STEP_CAP = 60;

    /** A drawn network, optimiser and number of steps. */
    private record Scenario(TrainingProblem problem, Optimizer optimizer, int steps, Array probes) {
        /** Largest |observed − predicted| / budget of a prediction by a possibly mistaken scenario. */
        double discrepancy(Scenario predicting, Precision precision) {
            Outcome outcome = new Trainer(problem, precision, false).train(optimizer, new Horizon.Steps(steps), probes);
            Array observed = ((Outcome.Trained) outcome).outputs();
            TrainingProblem predicted = predicting.problem.rounded(precision);
            Optimizer rounded = predicting.optimizer;
            ClosedForm form = new ClosedForm(predicted);
            Array outputs = form.outputs(
                    form.parameters(rounded, new Horizon.Steps(predicting.steps)),
                    predicting.probes.rounded(precision));
            Array budget = form.budget(rounded, predicting.steps, precision, predicting.probes);
            double worst = 0;
            for (int i = 0; i < outputs.length(); i++) {
                worst = Math.max(worst, Math.abs(outputs.values()[i] - observed.values()[i]) / budget.values()[i]);
            }
            return worst;
        }
    }

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble();
        }
        return array;
    }

    private static Scenario draw(
            long seed, boolean convolution, boolean momentum, boolean nesterov, double decay, double rate, int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean bias = random.nextBoolean();
        int examples = 1 + random.nextInt(3);
        Network network;
        Array inputs;
        if (convolution) {
            Padding padding = Padding.values()[random.nextInt(3)];
            int channels = 1 + random.nextInt(2);
            network = new Cnn(channels, channels, 3, padding, bias);
            inputs = uniform(random, examples, channels, 3 + random.nextInt(4), 3 + random.nextInt(4));
        } else {
            int size = 1 + random.nextInt(8);
            network = new Fcn(size, size, bias);
            inputs = uniform(random, examples, size);
        }
        int[] shape = network.weightShape();
        Array weights = Array.of(
                Initializer.HE.draw(network.outputs() * network.fanIn(), network.fanIn(), network.outputs(), random),
                shape);
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                TrainingProblem.identityTargets(network, inputs),
                weights,
                bias ? uniform(random, network.outputs()) : null,
                random.nextBoolean() ? Loss.MEAN : Loss.HALF_SUM);
        double beta = momentum ? 0.1 + 0.8 * random.nextDouble() : 0;
        double curvature = new ClosedForm(problem).largestCurvature() + decay;
        Optimizer shape1 = new Optimizer(1, beta, momentum && nesterov, decay);
        // float32 keeps the learning rate exact when it is drawn with few bits
        double learningRate = (float) (rate * shape1.stableProduct() / curvature);
        return new Scenario(
                problem, new Optimizer(learningRate, (float) beta, momentum && nesterov, (float) decay), steps, inputs);
    }

    @Property(tries = 300)
    void trainingFollowsTheClosedForm(
            @ForAll long seed,
            @ForAll boolean convolution,
            @ForAll boolean momentum,
            @ForAll boolean nesterov,
            @ForAll boolean decays,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double rate,
            @ForAll @IntRange(max = STEP_CAP) int steps) {
        Scenario scenario = draw(seed, convolution, momentum, nesterov, decays ? 0.125 : 0, rate, steps);
        for (Precision precision : Precision.values()) {
            double ratio = scenario.discrepancy(scenario, precision);
            assertTrue(ratio <= 1, () -> precision + " lies " + ratio + " budgets from the closed form");
        }
    }

    @Property(tries = 100)
    void wrongReadingsAreRefuted(@ForAll long seed, @ForAll boolean convolution) {
        Scenario truth = draw(seed, convolution, true, false, 0.125, 0.4, 7);
        Optimizer optimizer = truth.optimizer;
        TrainingProblem problem = truth.problem;
        Optimizer nesterov =
                new Optimizer(optimizer.learningRate(), optimizer.momentum(), true, optimizer.weightDecay());
        Optimizer noDecay = new Optimizer(optimizer.learningRate(), optimizer.momentum(), false, 0);
        Scenario[] wrong = {
            new Scenario(problem, optimizer, 8, truth.probes),
            new Scenario(problem, nesterov, 7, truth.probes),
            new Scenario(problem, noDecay, 7, truth.probes),
            new Scenario(
                    problem, optimizer.withLearningRate(optimizer.learningRate() * (1 + 0x1p-30)), 7, truth.probes),
        };
        for (Scenario mistaken : wrong) {
            assertTrue(truth.discrepancy(mistaken, Precision.FLOAT64) > 1, () -> "not refuted: " + mistaken);
        }
    }

    @Property(tries = 100)
    void theLimitInterpolatesAndKeepsTheComplement(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int size) {
        SplittableRandom random = new SplittableRandom(seed);
        Array input = uniform(random, 1, size);
        input.values()[0] += 1;
        Array weights = uniform(random, size, size);
        Fcn network = new Fcn(size, size, false);
        TrainingProblem problem = new TrainingProblem(network, input, input, weights, null, Loss.HALF_SUM);
        ClosedForm form = new ClosedForm(problem);
        // with the rate 1/‖x‖² one example is learned in one step, up to rounding, so one step has the budget of the
        // limit
        Optimizer optimizer = Optimizer.gradientDescent(1 / form.largestCurvature());
        Array limit = form.outputs(form.parameters(optimizer, new Horizon.Limit()), input);
        Outcome outcome = new Trainer(problem, Precision.FLOAT64, false).train(optimizer, new Horizon.Steps(1), input);
        Array budget = form.budget(optimizer, 1, Precision.FLOAT64, input);
        Array trained = ((Outcome.Trained) outcome).outputs();
        assertEquals(size, trained.length());
        for (int i = 0; i < size; i++) {
            assertTrue(Math.abs(trained.values()[i] - limit.values()[i]) <= budget.values()[i]);
        }
    }
}

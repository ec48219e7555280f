package org.idem.theorem.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Observation;
import org.idem.training.run.Training;
import org.junit.jupiter.api.Test;

/** What is recorded of a run. */
class RecordingTest {
    private static final int STEPS = 4;

    private static DeepRun run(double learningRate) {
        Network network = Network.cnn(Activation.TANH, true, 3, Padding.SAME, 1, 2, 1);
        SplittableRandom random = new SplittableRandom(1);
        Array inputs = RunSpace.uniform(random, 2, 1, 3, 4);
        Array targets = RunSpace.uniform(random, 2, 1, 3, 4);
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                targets,
                new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                Loss.HALF_SUM);
        return new DeepRun(
                problem, LinearMethod.gradientDescent(learningRate), STEPS, 2, Precision.FLOAT64, DeepRun.FAST, null);
    }

    @Test
    void everyStepIsRecorded() {
        DeepRun run = run(0x1p-6);
        Recording met = Recording.of(run, true);
        assertEquals(STEPS + 1, met.parameters().size());
        assertEquals(STEPS, met.losses().size());
        assertEquals(STEPS, met.gradients().size());
        assertEquals(run.problem().initial(), met.parameters().get(0));
        try (Training training = run.start()) {
            for (int step = 0; step < STEPS; step++) {
                assertEquals(training.gradient(), met.gradients().get(step));
                assertEquals(training.step(), met.losses().get(step));
                assertEquals(training.parameters(), met.parameters().get(step + 1));
            }
        }
    }

    @Test
    void allNumbersAreCounted() {
        Recording met = Recording.of(run(0x1p-6), true);
        long parameters = DeepRun.numbers(met.parameters().get(0)).count();
        // kernels of 3 × 3, from 1 channel to 2 and back, with biases
        assertEquals(2 * 9 + 2 + 2 * 9 + 1, parameters);
        assertEquals((2 * STEPS + 1) * parameters + STEPS, met.numbers().count());
    }

    @Test
    void withoutGradientsAndBiasesNothingIsMadeUp() {
        DeepRun drawn = run(0x1p-6);
        Network network = Network.fcn(Activation.RELU, false, 3, 2, 2);
        SplittableRandom random = new SplittableRandom(2);
        TrainingProblem problem = new TrainingProblem(
                network,
                RunSpace.uniform(random, 2, 3),
                RunSpace.uniform(random, 2, 2),
                new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                Loss.MEAN);
        DeepRun run = drawn.with(problem).withSteps(0);
        Recording read = Recording.of(run, false);
        assertEquals(0, read.gradients().size());
        assertEquals(0, read.losses().size());
        assertEquals(problem.initial(), read.parameters().get(0));
        assertNull(read.parameters().get(0).get(0).bias());
    }

    @Test
    void aRunThatDivergesSaysNothing() {
        assertInstanceOf(Recording.class, run(0x1p-6).observed(false));
        assertInstanceOf(Observation.Nothing.class, run(0x1p200).observed(false));
    }
}

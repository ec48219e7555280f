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
import org.junit.jupiter.api.Test;

/** A run taken down as one array and read again. */
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
    void whatIsWrittenIsRead() {
        DeepRun run = run(0x1p-6);
        Recording met = Recording.of(run, true);
        assertEquals(STEPS + 1, met.parameters().size());
        assertEquals(STEPS, met.losses().size());
        assertEquals(STEPS, met.gradients().size());
        Recording read = Recording.of(met.toArray(), run.network(), STEPS);
        assertEquals(met, read);
        assertEquals(
                run.problem().initial().get(1).bias(),
                read.parameters().get(0).get(1).bias());
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
        Recording read = Recording.of(Recording.of(run, false).toArray(), network, 0);
        assertEquals(0, read.gradients().size());
        assertEquals(0, read.losses().size());
        assertEquals(problem.initial(), read.parameters().get(0));
        assertNull(read.parameters().get(0).get(0).bias());
    }

    @Test
    void aRunThatDivergesSaysNothing() {
        assertInstanceOf(Observation.Seen.class, run(0x1p-6).observed(false));
        assertInstanceOf(Observation.Nothing.class, run(0x1p200).observed(false));
    }
}

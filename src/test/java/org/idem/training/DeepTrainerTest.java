package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which examples a step takes, threads, divergence and what is refused. */
class DeepTrainerTest {
    @Test
    void takesPartsOfTheExamplesInTurn() {
        SplittableRandom random = new SplittableRandom(2);
        Network network = Network.fcn(Activation.TANH, true, 3, 4, 2);
        Array inputs = DrawnNetwork.gaussian(random, 5, 3);
        Array targets = DrawnNetwork.gaussian(random, 5, 2);
        List<StageParameters> parameters = new Initialization(Initializer.XAVIER, 1, 0.1).draw(network, random);
        LinearMethod rule = new LinearMethod(0.1, 0.5, false, 0);
        DeepTrainer parts = new DeepTrainer(
                new TrainingProblem(network, inputs, targets, parameters, Loss.MEAN), rule, Precision.FLOAT64, 1, 2);
        for (int step = 0; step < 6; step++) {
            int from = step % 3 * 2;
            int to = Math.min(5, from + 2);
            DeepTrainer part = new DeepTrainer(
                    new TrainingProblem(
                            network, inputs.slices(from, to), targets.slices(from, to), parts.parameters(), Loss.MEAN),
                    rule,
                    Precision.FLOAT64,
                    1);
            assertEquals(part.gradient(), parts.gradient());
            assertEquals(part.loss(), parts.step());
        }
    }

    /** Convolutions may share their work among threads, whose number then belongs to what a run is told. */
    @Test
    void sameThreadsGiveTheSameBits() {
        SplittableRandom random = new SplittableRandom(4);
        for (int kernel = 3; kernel <= 5; kernel += 2) {
            Network network = Network.cnn(Activation.RELU, true, kernel, Padding.SAME, 1, 20, 24, 1);
            Array images = DrawnNetwork.gaussian(random, 2, 1, 11, 9);
            TrainingProblem problem = new TrainingProblem(
                    network,
                    images,
                    images,
                    new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                    Loss.MEAN);
            LinearMethod rule = new LinearMethod(0.01, 0.5, false, 0);
            for (int threads = 1; threads <= 3; threads += 2) {
                DeepTrainer one = new DeepTrainer(problem, rule, Precision.FLOAT32, threads);
                DeepTrainer again = new DeepTrainer(problem, rule, Precision.FLOAT32, threads);
                double first = one.step();
                assertEquals(first, again.step());
                assertEquals(one.train(10), again.train(10));
                assertEquals(one.checkpoint(), again.checkpoint());
                assertTrue(one.loss() < first);
            }
        }
    }

    @Test
    void aNetworkThatIsNotTrainedGivesTheBitsOfOneThatIsAboutToBe() {
        SplittableRandom random = new SplittableRandom();
        for (Precision precision : Precision.values()) {
            for (Padding padding : List.of(Padding.SAME, Padding.CIRCULAR)) {
                Network network = Network.cnn(Activation.RELU, true, 5, padding, 1, 16, 32, 24, 1);
                Array images = DrawnNetwork.gaussian(random, 3, 1, 13, 12);
                TrainingProblem problem = new TrainingProblem(
                        network,
                        images.slices(0, 1),
                        images.slices(0, 1),
                        Initialization.of(Initializer.PYTORCH).draw(network, random),
                        Loss.MEAN);
                DeepTrainer trainer = new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), precision, 1);
                List<Array> expected = trainer.signals(images);
                assertEquals(expected, Trainer.signals(problem.start(), images, precision));
                assertEquals(expected.get(3), trainer.outputs(images));
                trainer.step();
                assertNotEquals(expected, trainer.signals(images));
            }
        }
    }

    @Test
    void aClosedTrainingSaysSo() {
        Network network = Network.fcn(Activation.RELU, true, 2, 3, 2);
        Array numbers = Array.of(new double[] {1, 2}, 1, 2);
        TrainingProblem problem = new TrainingProblem(
                network,
                numbers,
                numbers,
                Initialization.of(Initializer.HE).draw(network, new SplittableRandom(1)),
                Loss.MEAN);
        DeepTrainer trainer = new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT32, 1);
        Checkpoint checkpoint = trainer.checkpoint();
        trainer.close();
        trainer.close();
        for (Executable use : List.<Executable>of(
                trainer::step,
                trainer::loss,
                trainer::gradient,
                trainer::parameters,
                trainer::checkpoint,
                () -> trainer.resume(checkpoint),
                () -> trainer.signals(numbers),
                () -> trainer.outputs(numbers))) {
            assertThrows(IllegalStateException.class, use);
        }
    }

    @Test
    void stopsWhereTrainingDiverges() {
        Network unbounded = Network.fcn(Activation.RELU, true, 2, 3, 2);
        Array numbers = Array.of(new double[] {1, 2}, 1, 2);
        TrainingProblem problem = new TrainingProblem(
                unbounded,
                numbers,
                numbers,
                Initialization.of(Initializer.PYTORCH).draw(unbounded, new SplittableRandom(9)),
                Loss.SUM);
        DeepTrainer trainer = new DeepTrainer(problem, LinearMethod.gradientDescent(1e6), Precision.FLOAT32, 1);
        assertTrue(!Double.isFinite(trainer.train(1000)));
        assertTrue(trainer.steps() < 1000);
    }

    @Test
    void refusesWhatCannotRun() {
        TrainingProblem problem = DrawnNetwork.small(1, false);
        Optimizer rule = Adam.of(0.1);
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 0));
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 1, 0));
        DeepTrainer trainer = new DeepTrainer(problem, rule, Precision.FLOAT64, 1);
        assertThrows(IllegalArgumentException.class, () -> trainer.onStep(0, (step, loss, at) -> {}));
        assertThrows(IllegalArgumentException.class, () -> trainer.outputs(Array.zeros(1, 99)));
    }
}

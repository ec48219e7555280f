package org.idem.training;

import static org.bytedeco.openblas.global.openblas.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Checkpoint;
import org.idem.training.run.Outcome;
import org.idem.training.run.ResumableTraining;
import org.junit.jupiter.api.Test;

/** The front: which engine trains what, with the bits of that engine. */
class TrainerTest {
    private static final LinearMethod METHOD = new LinearMethod(0.05, 0.5, true, 0.01);

    private static LinearProblem layer() {
        SplittableRandom random = new SplittableRandom(1);
        Array inputs = DrawnNetwork.gaussian(random, 3, 4);
        return new LinearProblem(
                new Fcn(4, 2, true),
                inputs,
                DrawnNetwork.gaussian(random, 3, 2),
                DrawnNetwork.gaussian(random, 2, 4),
                DrawnNetwork.gaussian(random, 2),
                Loss.MEAN);
    }

    private static TrainingProblem stages() {
        Network network = Network.cnn(Activation.TANH, true, 3, Padding.SAME, 1, 3, 1);
        SplittableRandom random = new SplittableRandom(2);
        Array images = DrawnNetwork.gaussian(random, 3, 1, 4, 5);
        return new TrainingProblem(
                network,
                images,
                images,
                new Initialization(Initializer.XAVIER, 1, 0.1).draw(network, random),
                Loss.MEAN);
    }

    private static Outcome.Trained trained(Outcome outcome) {
        return assertInstanceOf(Outcome.Trained.class, outcome);
    }

    @Test
    void oneLinearMapIsTrainedByBlocksOfUnits() {
        LinearProblem problem = layer();
        for (boolean oneAtATime : new boolean[] {false, true}) {
            Outcome expected = new LayerTrainer(problem, Precision.FLOAT32, oneAtATime)
                    .train(METHOD, new Horizon.Steps(20), problem.inputs());
            Trainer trainer = new Trainer(problem, METHOD, Precision.FLOAT32).inBatchesOf(oneAtATime ? 1 : 99);
            assertEquals(expected, trainer.train(new Horizon.Steps(20), problem.inputs()));
            assertEquals(expected, trainer.train(new Horizon.Steps(20), problem.inputs()), "from the start again");
        }
        Outcome limit = new Trainer(problem, METHOD, Precision.FLOAT64).train(new Horizon.Limit(), problem.inputs());
        assertEquals(
                new LayerTrainer(problem, Precision.FLOAT64, false)
                        .train(METHOD, new Horizon.Limit(), problem.inputs()),
                limit);
    }

    @Test
    void everythingElseIsTrainedStageByStage() {
        TrainingProblem linear = TrainingProblem.of(layer());
        for (TrainingProblem problem : List.of(linear, stages())) {
            for (Optimizer optimizer : List.of(METHOD, Adam.of(0.01))) {
                for (int batch : new int[] {2, 3}) {
                    DeepTrainer expected = DeepTrainer.ofPlainSums(problem, optimizer, Precision.FLOAT64, batch);
                    double loss = expected.train(7);
                    Outcome.Trained met = trained(new Trainer(problem, optimizer, Precision.FLOAT64)
                            .inBatchesOf(batch)
                            .withPlainSums()
                            .train(new Horizon.Steps(7), problem.inputs()));
                    assertEquals(7, met.steps());
                    assertEquals(loss, met.loss());
                    assertEquals(expected.parameters(), met.parameters());
                    assertEquals(expected.outputs(problem.inputs()), met.outputs());
                }
            }
        }
    }

    @Test
    void listenersHearTheSameFromEveryEngine() {
        TrainingProblem problem = TrainingProblem.of(layer());
        List<Double> losses = new ArrayList<>();
        List<Integer> progress = new ArrayList<>();
        new Trainer(problem, METHOD, Precision.FLOAT64)
                .inBatchesOf(2)
                .onLoss((step, loss) -> losses.add(loss))
                .onProgress(progress::add)
                .train(new Horizon.Steps(4), problem.inputs());
        assertEquals(4, losses.size());
        assertEquals(List.of(1, 2, 3, 4), progress);
        List<Double> viewed = new ArrayList<>();
        Outcome.Trained listened = trained(new Trainer(problem, METHOD, Precision.FLOAT64)
                .inBatchesOf(2)
                .onStep(1, (step, loss, view) -> {
                    assertEquals(step, view.steps());
                    assertEquals(loss, view.loss());
                    viewed.add(loss);
                })
                .train(new Horizon.Steps(4), problem.inputs()));
        assertEquals(losses, viewed);
        assertEquals(losses.get(3), listened.loss());
        List<Double> ofBlocks = new ArrayList<>();
        new Trainer(problem, METHOD, Precision.FLOAT64)
                .onLoss((step, loss) -> ofBlocks.add(loss))
                .train(new Horizon.Steps(4), problem.inputs());
        assertEquals(4, ofBlocks.size());
    }

    /** The order in which BLAS sums depends on its threads, and so would the bits of a network. */
    @Test
    void blasHasOneThreadWhereThreadsAreChosen() {
        int before = blas_get_num_threads();
        try {
            for (int threads : new int[] {1, 2}) {
                blas_set_num_threads(2);
                new Trainer(stages(), METHOD, Precision.FLOAT32);
                assertEquals(2, blas_get_num_threads());
                new Trainer(stages(), METHOD, Precision.FLOAT32).onThreads(threads);
                assertEquals(1, blas_get_num_threads());
            }
        } finally {
            blas_set_num_threads(before);
        }
    }

    @Test
    void aCheckpointIsGoneOnFrom() {
        TrainingProblem problem = stages();
        Trainer whole = new Trainer(problem, Adam.of(0.01), Precision.FLOAT32).onThreads(2);
        Outcome.Trained expected = trained(whole.train(new Horizon.Steps(9), problem.inputs()));
        ResumableTraining half = whole.start();
        half.train(4);
        Checkpoint checkpoint = half.checkpoint();
        assertEquals(expected, whole.resume(checkpoint).train(new Horizon.Steps(9), problem.inputs()));
    }

    @Test
    void divergenceIsSeenAtTheSameStep() {
        TrainingProblem problem = TrainingProblem.of(layer());
        LinearMethod wild = LinearMethod.gradientDescent(100);
        Trainer trainer = new Trainer(problem, wild, Precision.FLOAT64);
        Outcome.Diverged blocks =
                assertInstanceOf(Outcome.Diverged.class, trainer.train(new Horizon.Steps(1000), problem.inputs()));
        Outcome.Diverged stages = assertInstanceOf(
                Outcome.Diverged.class, trainer.withPlainSums().train(new Horizon.Steps(1000), problem.inputs()));
        assertEquals(blocks.step(), stages.step());
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        Trainer trainer = new Trainer(stages(), METHOD, Precision.FLOAT64);
        String limit = assertThrows(
                        IllegalArgumentException.class, () -> trainer.train(new Horizon.Limit(), stages().inputs()))
                .getMessage();
        assertTrue(limit.startsWith("only one linear map"), limit);
        assertThrows(IllegalArgumentException.class, () -> trainer.inBatchesOf(0));
        assertThrows(IllegalArgumentException.class, () -> trainer.onThreads(0));
        assertThrows(IllegalArgumentException.class, () -> trainer.onStep(0, (step, loss, view) -> {}));
    }

    @Test
    void outputsAreThoseOfTheUntrainedNetwork() {
        for (TrainingProblem problem : List.of(TrainingProblem.of(layer()), stages())) {
            DeepTrainer untrained = DeepTrainer.ofPlainSums(problem, METHOD, Precision.FLOAT32, 1);
            assertEquals(
                    untrained.outputs(problem.inputs()),
                    Trainer.outputs(problem.start(), problem.inputs(), Precision.FLOAT32));
        }
    }
}

package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
import org.idem.training.run.Outcome;
import org.idem.training.run.Training;
import org.idem.training.run.TrainingView;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What listeners of steps hear, and that they change nothing. */
class DeepListenerTest {
    @Test
    void tellsWhatHappens() {
        TrainingProblem problem = DrawnNetwork.small(5, true);
        List<Integer> steps = new ArrayList<>();
        List<Double> heard = new ArrayList<>();
        DeepTrainer trainer = new DeepTrainer(problem, LinearMethod.gradientDescent(1e-3), Precision.FLOAT64, 1)
                .onStep(3, (step, loss, at) -> {
                    steps.add(step);
                    heard.add(loss);
                    List<Array> signals = at.signals(problem.inputs());
                    assertEquals(problem.network().depth(), signals.size());
                    assertEquals(at.outputs(problem.inputs()), signals.get(signals.size() - 1));
                });
        List<Double> returned = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            returned.add(trainer.step());
        }
        assertEquals(List.of(0, 3, 6), steps);
        assertEquals(List.of(returned.get(0), returned.get(3), returned.get(6)), heard);
        assertTrue(returned.get(7) < returned.get(0));
        assertEquals(trainer.loss(), trainer.step());
    }

    /** Stage by stage, in a view and of a training of any kind, and after a run that read none. */
    @ParameterizedTest
    @MethodSource("watched")
    void stagesAreReadOneByOne(TrainingProblem problem) {
        Optimizer rule = LinearMethod.gradientDescent(1e-3);
        for (Precision precision : Precision.values()) {
            DeepTrainer trainer = new DeepTrainer(problem, rule, precision, 1).onStep(2, (step, loss, at) -> {
                for (int stage = 0; stage < problem.network().depth(); stage++) {
                    assertEquals(at.parameters().get(stage), at.parameters(stage));
                }
            });
            Outcome.Trained read = (Outcome.Trained) new DeepTrainer(problem, rule, precision, 1)
                    .complete(3, precision, problem.inputs(), (step, loss) -> {}, step -> {});
            Outcome.Trained unread = (Outcome.Trained)
                    trainer.completeUnread(3, precision, problem.inputs(), (step, loss) -> {}, step -> {});
            assertEquals(new Outcome.Trained(3, read.loss(), List.of(), read.outputs()), unread);
            for (int stage = 0; stage < problem.network().depth(); stage++) {
                assertEquals(read.parameters().get(stage), trainer.parameters(stage));
            }
            trainer.close();
            assertThrows(IllegalStateException.class, () -> trainer.parameters(0));
        }
        Witness witness = new Witness(problem, rule, Precision.FLOAT64, 1);
        assertEquals(problem.initial().get(0), witness.parameters(0));
    }

    /** Networks whose parts are convolved in every way, and one that takes its steps without a gradient of its own. */
    static Stream<TrainingProblem> watched() {
        SplittableRandom random = new SplittableRandom(7);
        Network transformed = Network.cnn(Activation.RELU, true, 3, Padding.CIRCULAR, 1, 17, 18, 1);
        Array images = DrawnNetwork.gaussian(random, 3, 1, 6, 5);
        Network dense = Network.fcn(Activation.TANH, true, 4, 5, 3);
        Stream<TrainingProblem> drawn = Stream.of(7L, 8L, 9L, 10L)
                .flatMap(seed -> Stream.of(DrawnNetwork.small(seed, true), DrawnNetwork.small(seed, false)));
        return Stream.concat(
                drawn,
                Stream.of(
                        new TrainingProblem(
                                transformed,
                                images,
                                images,
                                new Initialization(Initializer.HE, 1, 0.1).draw(transformed, random),
                                Loss.MEAN),
                        new TrainingProblem(
                                dense,
                                DrawnNetwork.gaussian(random, 3, 4),
                                DrawnNetwork.gaussian(random, 3, 3),
                                new Initialization(Initializer.HE, 1, 0.1).draw(dense, random),
                                Loss.HALF_SUM)));
    }

    /** Looking on must not change what is looked at, whatever is asked in whatever order. */
    @ParameterizedTest
    @MethodSource("watched")
    void callbacksLeaveTheBitsAlone(TrainingProblem problem) {
        Array larger = DrawnNetwork.gaussian(
                new SplittableRandom(1), grown(problem.inputs().shape()));
        for (Precision precision : Precision.values()) {
            for (Optimizer rule : DeepStepsTest.rules().toList()) {
                for (int batch = 1; batch <= problem.examples(); batch++) {
                    DeepTrainer watched = new DeepTrainer(problem, rule, precision, 2, batch);
                    DeepTrainer alone = new DeepTrainer(problem, rule, precision, 2, batch);
                    List<TrainingView> views = new ArrayList<>();
                    watched.onStep(1, (step, loss, at) -> {
                        views.add(at);
                        assertEquals(step, at.steps());
                        List<StageParameters> gradient = at.gradient();
                        at.outputs(larger);
                        assertEquals(loss, at.loss());
                        at.signals(problem.inputs());
                        at.parameters()
                                .forEach(stage -> Arrays.fill(stage.weights().values(), 9));
                        watched.checkpoint();
                        assertEquals(gradient, at.gradient());
                        gradient.forEach(stage -> Arrays.fill(stage.weights().values(), 9));
                    });
                    for (int step = 0; step < 6; step++) {
                        assertEquals(alone.step(), watched.step());
                        assertEquals(alone.checkpoint(), watched.checkpoint());
                    }
                    assertEquals(6, views.size());
                }
            }
        }
    }

    private static int[] grown(int[] shape) {
        int[] grown = shape.clone();
        grown[0]++;
        for (int axis = 2; axis < grown.length; axis++) {
            grown[axis] += 3;
        }
        return grown;
    }

    /** What a listener gets is not the trainer, and through the trainer that it may know it takes no steps. */
    @Test
    void listenersChangeNothing() {
        TrainingProblem problem = DrawnNetwork.small(5, true);
        DeepTrainer trainer = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT64, 1);
        Checkpoint start = trainer.checkpoint();
        List<Integer> heard = new ArrayList<>();
        trainer.onStep(1, (step, loss, at) -> {
            heard.add(step);
            assertFalse(at instanceof Training);
            assertThrows(IllegalStateException.class, trainer::step);
            assertThrows(IllegalStateException.class, () -> trainer.train(1));
            assertThrows(IllegalStateException.class, () -> trainer.resume(start));
            assertThrows(IllegalStateException.class, trainer::close);
        });
        trainer.train(2);
        trainer.resume(start);
        assertEquals(List.of(0, 1), heard);
    }

    /** The condition of a step may look at the training as a listener may. */
    @ParameterizedTest
    @MethodSource("watched")
    void conditionsChangeNothing(TrainingProblem problem) {
        DeepTrainer watched = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT32, 1, 1);
        DeepTrainer alone = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT32, 1, 1);
        for (int step = 0; step < 6; step++) {
            watched.stepUnless(loss -> {
                watched.gradient();
                assertEquals(loss, watched.loss());
                assertThrows(IllegalStateException.class, watched::step);
                assertThrows(IllegalStateException.class, watched::close);
                return false;
            });
            alone.step();
            assertEquals(alone.checkpoint(), watched.checkpoint());
        }
        watched.close();
        watched.close();
        assertThrows(IllegalStateException.class, watched::step);
    }
}

package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.DeepNetwork;
import org.idem.network.DeepProblem;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.idem.network.StageParameters;
import org.idem.network.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeepTrainerTest {
    static Stream<UpdateRule> rules() {
        return Stream.of(
                Optimizer.gradientDescent(1e-4),
                new Optimizer(1e-4, 0, false, 0.1),
                new Optimizer(1e-4, 0.5, false, 0.1),
                new Optimizer(1e-4, 0.5, true, 0),
                Adam.of(0.01),
                new RmsProp(0.01, 0.9, 1e-6),
                new Adagrad(0.01, 1e-6));
    }

    private static DeepProblem small(long seed, boolean convolution) {
        return DrawnNetwork.problem(new SplittableRandom(seed), convolution, Precision.FLOAT64);
    }

    private static List<double[]> flat(List<StageParameters> parameters) {
        List<double[]> all = new ArrayList<>();
        for (StageParameters part : parameters) {
            all.add(part.weights().values());
            if (part.bias() != null) {
                all.add(part.bias().values());
            }
        }
        return all;
    }

    /** State of one number, in the rules' own formulas. */
    private static double moved(UpdateRule rule, double[] state, double position, double gradient, int step) {
        if (rule instanceof Optimizer o) {
            double g = gradient + o.weightDecay() * position;
            state[0] = o.momentum() * state[0] + g;
            return position - o.learningRate() * (o.nesterov() ? g + o.momentum() * state[0] : state[0]);
        }
        if (rule instanceof Adam a) {
            state[0] = a.meanDecay() * state[0] + (1 - a.meanDecay()) * gradient;
            state[1] = a.squareDecay() * state[1] + (1 - a.squareDecay()) * gradient * gradient;
            double mean = state[0] / (1 - Math.pow(a.meanDecay(), step));
            double square = state[1] / (1 - Math.pow(a.squareDecay(), step));
            return position - a.learningRate() * mean / (Math.sqrt(square) + a.epsilon());
        }
        if (rule instanceof RmsProp r) {
            state[0] = r.squareDecay() * state[0] + (1 - r.squareDecay()) * gradient * gradient;
            return position - r.learningRate() * gradient / (Math.sqrt(state[0]) + r.epsilon());
        }
        Adagrad a = (Adagrad) rule;
        state[0] += gradient * gradient;
        return position - a.learningRate() * gradient / (Math.sqrt(state[0]) + a.epsilon());
    }

    /** Every step, from the parameters before it and the trainer's own gradient there, up to some roundings. */
    @ParameterizedTest
    @MethodSource("rules")
    void stepsFollowTheRule(UpdateRule rule) {
        long seed = new SplittableRandom().nextLong();
        for (int draw = 0; draw < 20; draw++) {
            DeepTrainer trainer = new DeepTrainer(small(seed + draw, draw % 2 == 0), rule, Precision.FLOAT64, 1);
            List<double[]> states = null;
            for (int step = 1; step <= 5; step++) {
                List<double[]> before = flat(trainer.parameters());
                List<double[]> gradient = flat(trainer.gradient());
                trainer.step();
                List<double[]> after = flat(trainer.parameters());
                if (states == null) {
                    states = before.stream()
                            .map(part -> new double[2 * part.length])
                            .toList();
                }
                for (int part = 0; part < before.size(); part++) {
                    for (int i = 0; i < before.get(part).length; i++) {
                        double[] state = {states.get(part)[2 * i], states.get(part)[2 * i + 1]};
                        double expected = moved(rule, state, before.get(part)[i], gradient.get(part)[i], step);
                        states.get(part)[2 * i] = state[0];
                        states.get(part)[2 * i + 1] = state[1];
                        double size = Math.abs(before.get(part)[i]) + Math.abs(expected - before.get(part)[i]);
                        // a velocity that cancels is off by roundings of what it was made of
                        double made = Math.abs(gradient.get(part)[i]) + 1;
                        assertEquals(expected, after.get(part)[i], 0x1p-48 * (size + made), "seed " + (seed + draw));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void goesOnFromACheckpointWithTheSameBits(UpdateRule rule, @TempDir Path folder) throws Exception {
        for (Precision precision : Precision.values()) {
            for (boolean convolution : new boolean[] {false, true}) {
                DeepProblem problem = small(11, convolution);
                DeepTrainer whole = new DeepTrainer(problem, rule, precision, 1, 1);
                whole.train(7);
                Path file = folder.resolve(precision + "" + convolution + ".npz");
                whole.checkpoint().write(file);
                double[] losses = {whole.step(), whole.step(), whole.step()};
                DeepTrainer resumed = new DeepTrainer(problem, rule, precision, 1, 1).resume(Checkpoint.read(file));
                assertEquals(7, resumed.steps());
                assertArrayEquals(losses, new double[] {resumed.step(), resumed.step(), resumed.step()});
                assertEquals(whole.parameters(), resumed.parameters());
                assertEquals(whole.checkpoint(), resumed.checkpoint());
            }
        }
    }

    @Test
    void refusesCheckpointsOfOtherRuns(@TempDir Path folder) throws Exception {
        DeepProblem problem = small(3, false);
        Checkpoint plain = new DeepTrainer(problem, Optimizer.gradientDescent(0.1), Precision.FLOAT64, 1).checkpoint();
        DeepTrainer other = new DeepTrainer(problem, Adam.of(0.1), Precision.FLOAT64, 1);
        DeepTrainer coarse = new DeepTrainer(problem, Optimizer.gradientDescent(0.1), Precision.FLOAT32, 1);
        assertThrows(IllegalArgumentException.class, () -> other.resume(plain));
        assertThrows(IllegalArgumentException.class, () -> coarse.resume(plain));
        Path file = folder.resolve("no-checkpoint.npz");
        Files.writeString(file, "PK");
        assertThrows(DataFormatException.class, () -> Checkpoint.read(file));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint(-1, Precision.FLOAT64, plain.state()));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint(1, Precision.FLOAT64, Array.zeros(3)));
    }

    @Test
    void tellsWhatHappens() {
        DeepProblem problem = small(5, true);
        List<Integer> steps = new ArrayList<>();
        List<Double> heard = new ArrayList<>();
        DeepTrainer trainer = new DeepTrainer(problem, Optimizer.gradientDescent(1e-3), Precision.FLOAT64, 1)
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

    /** Looking on must not change what is looked at. */
    @Test
    void callbacksLeaveTheBitsAlone() {
        DeepProblem problem = small(7, true);
        DeepTrainer watched = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT32, 1, 1)
                .onStep(1, (step, loss, at) -> {
                    at.outputs(problem.inputs());
                    at.parameters();
                    at.checkpoint();
                });
        DeepTrainer alone = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT32, 1, 1);
        assertEquals(alone.train(20), watched.train(20));
        assertEquals(alone.parameters(), watched.parameters());
    }

    @Test
    void takesPartsOfTheExamplesInTurn() {
        SplittableRandom random = new SplittableRandom(2);
        DeepNetwork network = DeepNetwork.fcn(Activation.TANH, true, 3, 4, 2);
        Array inputs = DrawnNetwork.gaussian(random, 5, 3);
        Array targets = DrawnNetwork.gaussian(random, 5, 2);
        List<StageParameters> parameters = network.draw(Initializer.XAVIER, random);
        Optimizer rule = new Optimizer(0.1, 0.5, false, 0);
        DeepTrainer parts = new DeepTrainer(
                new DeepProblem(network, inputs, targets, parameters, Loss.MEAN), rule, Precision.FLOAT64, 1, 2);
        for (int step = 0; step < 6; step++) {
            int from = step % 3 * 2;
            int to = Math.min(5, from + 2);
            DeepTrainer part = new DeepTrainer(
                    new DeepProblem(
                            network, inputs.slices(from, to), targets.slices(from, to), parts.parameters(), Loss.MEAN),
                    rule,
                    Precision.FLOAT64,
                    1);
            assertEquals(part.gradient(), parts.gradient());
            assertEquals(part.loss(), parts.step());
        }
    }

    @Test
    void stopsWhereTrainingDiverges() {
        DeepProblem problem = small(9, false);
        DeepTrainer trainer = new DeepTrainer(problem, Optimizer.gradientDescent(1e6), Precision.FLOAT32, 1);
        assertTrue(!Double.isFinite(trainer.train(1000)));
        assertTrue(trainer.steps() < 1000);
    }

    @Test
    void refusesWhatCannotRun() {
        DeepProblem problem = small(1, false);
        UpdateRule rule = Adam.of(0.1);
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 0));
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 1, 0));
        DeepTrainer trainer = new DeepTrainer(problem, rule, Precision.FLOAT64, 1);
        assertThrows(IllegalArgumentException.class, () -> trainer.onStep(0, (step, loss, at) -> {}));
        assertThrows(IllegalArgumentException.class, () -> trainer.outputs(Array.zeros(1, 99)));
    }
}

package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.RmsProp;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Checkpoint;
import org.idem.training.run.Training;
import org.idem.training.run.TrainingView;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeepTrainerTest {
    static Stream<Optimizer> rules() {
        return Stream.of(
                LinearMethod.gradientDescent(1e-4),
                new LinearMethod(1e-4, 0, false, 0.1),
                new LinearMethod(1e-4, 0.5, false, 0.1),
                new LinearMethod(1e-4, 0.5, true, 0),
                Adam.of(0.01),
                new RmsProp(0.01, 0.9, 1e-6),
                new Adagrad(0.01, 1e-6));
    }

    private static TrainingProblem small(long seed, boolean convolution) {
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

    /** 1 − βᵗ, with a power that is correct to an ulp. */
    private static Rounded bias(double decay, int step) {
        return Rounded.exact(1).minus(Rounded.of(Math.pow(decay, step), 2));
    }

    /** βs + (1 − β)x. */
    private static Rounded mean(double decay, Rounded state, Rounded next) {
        Rounded beta = Rounded.exact(decay);
        return beta.times(state).plus(Rounded.exact(1).minus(beta).times(next));
    }

    /** The move ηg/(√s + ε). */
    private static Rounded scaled(double rate, Rounded gradient, Rounded square, double epsilon) {
        return Rounded.exact(rate).times(gradient).over(square.root().plus(Rounded.exact(epsilon)));
    }

    /** State of one number, in the rules' own formulas. */
    private static Rounded moved(Optimizer rule, Rounded[] state, Rounded position, Rounded gradient, int step) {
        if (rule instanceof LinearMethod o) {
            Rounded rate = Rounded.exact(o.learningRate());
            Rounded momentum = Rounded.exact(o.momentum());
            Rounded g = gradient.plus(Rounded.exact(o.weightDecay()).times(position));
            state[0] = momentum.times(state[0]).plus(g);
            return o.nesterov()
                    ? position.minus(rate.times(g)).minus(rate.times(momentum).times(state[0]))
                    : position.minus(rate.times(state[0]));
        }
        Rounded square = gradient.times(gradient);
        if (rule instanceof Adam a) {
            state[0] = mean(a.meanDecay(), state[0], gradient);
            state[1] = mean(a.squareDecay(), state[1], square);
            Rounded mean = state[0].over(bias(a.meanDecay(), step));
            Rounded meanSquare = state[1].over(bias(a.squareDecay(), step));
            return position.minus(scaled(a.learningRate(), mean, meanSquare, a.epsilon()));
        }
        if (rule instanceof RmsProp r) {
            state[0] = mean(r.squareDecay(), state[0], square);
            return position.minus(scaled(r.learningRate(), gradient, state[0], r.epsilon()));
        }
        Adagrad a = (Adagrad) rule;
        state[0] = state[0].plus(square);
        return position.minus(scaled(a.learningRate(), gradient, state[0], a.epsilon()));
    }

    /**
     * What may lie between the gradient that the trainer shows and the one that it uses. Plain gradient descent on one
     * example multiplies and adds in another order; both gradients are within the budget of the true one.
     */
    private static List<double[]> gradientErrors(TrainingProblem problem, Training trainer, Optimizer rule) {
        GradientBudget budget = new GradientBudget(
                new TrainingProblem(
                        problem.network(), problem.inputs(), problem.targets(), trainer.parameters(), problem.loss()),
                rule instanceof LinearMethod o && o.momentum() == 0 ? Precision.FLOAT64.unitRoundoff() : 0);
        List<double[]> errors = new ArrayList<>();
        for (int stage = 0; stage < problem.network().depth(); stage++) {
            errors.add(budget.weights.get(stage));
            if (budget.biases.get(stage).length > 0) {
                errors.add(budget.biases.get(stage));
            }
        }
        return errors;
    }

    /** Every step, from the parameters before it and the engine's own gradient there, up to the roundings of both. */
    @ParameterizedTest
    @MethodSource("rules")
    void stepsFollowTheRule(Optimizer rule) {
        assertFollows(
                rule, 20, (problem, ruled, precision, batch) -> new DeepTrainer(problem, ruled, precision, 1, batch));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stepsOfTheWitnessFollowTheRule(Optimizer rule) {
        assertFollows(rule, 4, Witness::new);
    }

    private static void assertFollows(Optimizer rule, int draws, TrainingEngine engine) {
        long seed = new SplittableRandom().nextLong();
        for (int draw = 0; draw < draws; draw++) {
            TrainingProblem problem = small(seed + draw, draw % 2 == 0);
            Training trainer = engine.start(problem, rule, Precision.FLOAT64, problem.examples());
            List<Rounded[]> states = new ArrayList<>();
            for (double[] part : flat(trainer.parameters())) {
                Rounded[] zeros = new Rounded[2 * part.length];
                Arrays.fill(zeros, Rounded.exact(0));
                states.add(zeros);
            }
            for (int step = 1; step <= 5; step++) {
                List<double[]> before = flat(trainer.parameters());
                List<double[]> gradient = flat(trainer.gradient());
                List<double[]> errors = gradientErrors(problem, trainer, rule);
                trainer.step();
                List<double[]> after = flat(trainer.parameters());
                for (int part = 0; part < before.size(); part++) {
                    for (int i = 0; i < before.get(part).length; i++) {
                        Rounded[] state = {states.get(part)[2 * i], states.get(part)[2 * i + 1]};
                        Rounded position = Rounded.exact(before.get(part)[i]);
                        Rounded slope = new Rounded(gradient.get(part)[i], errors.get(part)[i]);
                        Rounded expected = moved(rule, state, position, slope, step);
                        states.get(part)[2 * i] = state[0];
                        states.get(part)[2 * i + 1] = state[1];
                        String where = "seed " + (seed + draw) + ", step " + step;
                        assertEquals(expected.value(), after.get(part)[i], expected.apart(), where);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void goesOnFromACheckpointWithTheSameBits(Optimizer rule, @TempDir Path folder) throws Exception {
        for (Precision precision : Precision.values()) {
            for (boolean convolution : new boolean[] {false, true}) {
                TrainingProblem problem = small(11, convolution);
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
        TrainingProblem problem = small(3, false);
        Checkpoint plain =
                new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT64, 1).checkpoint();
        DeepTrainer other = new DeepTrainer(problem, Adam.of(0.1), Precision.FLOAT64, 1);
        DeepTrainer coarse = new DeepTrainer(problem, LinearMethod.gradientDescent(0.1), Precision.FLOAT32, 1);
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
        TrainingProblem problem = small(5, true);
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

    /** Networks whose parts are convolved in every way, and one that takes its steps without a gradient of its own. */
    static Stream<TrainingProblem> watched() {
        SplittableRandom random = new SplittableRandom(7);
        Network transformed = Network.cnn(Activation.RELU, true, 3, Padding.CIRCULAR, 1, 17, 18, 1);
        Array images = DrawnNetwork.gaussian(random, 3, 1, 6, 5);
        Network dense = Network.fcn(Activation.TANH, true, 4, 5, 3);
        Stream<TrainingProblem> drawn =
                Stream.of(7L, 8L, 9L, 10L).flatMap(seed -> Stream.of(small(seed, true), small(seed, false)));
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
            for (Optimizer rule : rules().toList()) {
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
        TrainingProblem problem = small(5, true);
        DeepTrainer trainer = new DeepTrainer(problem, Adam.of(0.01), Precision.FLOAT64, 1);
        Checkpoint start = trainer.checkpoint();
        List<Integer> heard = new ArrayList<>();
        trainer.onStep(1, (step, loss, at) -> {
            heard.add(step);
            assertFalse(at instanceof Training);
            assertThrows(IllegalStateException.class, trainer::step);
            assertThrows(IllegalStateException.class, () -> trainer.train(1));
            assertThrows(IllegalStateException.class, () -> trainer.resume(start));
        });
        trainer.train(2);
        trainer.resume(start);
        assertEquals(List.of(0, 1), heard);
    }

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
        TrainingProblem problem = small(1, false);
        Optimizer rule = Adam.of(0.1);
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 0));
        assertThrows(IllegalArgumentException.class, () -> new DeepTrainer(problem, rule, Precision.FLOAT64, 1, 0));
        DeepTrainer trainer = new DeepTrainer(problem, rule, Precision.FLOAT64, 1);
        assertThrows(IllegalArgumentException.class, () -> trainer.onStep(0, (step, loss, at) -> {}));
        assertThrows(IllegalArgumentException.class, () -> trainer.outputs(Array.zeros(1, 99)));
    }
}

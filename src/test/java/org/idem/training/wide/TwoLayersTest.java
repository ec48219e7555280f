package org.idem.training.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.network.random.NormalNumbers;
import org.idem.training.Trainer;
import org.idem.training.run.Training;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;

/** Networks of two layers against the engine for networks of any depth. */
class TwoLayersTest {
    private static final int STEPS = 4;
    private static final double SIGMA = 1.25;
    private static final List<LinearMethod> METHODS = List.of(
            new LinearMethod(0.125, 0, false, 0.25),
            new LinearMethod(0.125, 0.5, false, 0),
            new LinearMethod(0.125, 0.5, true, 0));

    private static Array numbers(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble(-1, 1);
        }
        return array;
    }

    private static double[] times(double factor, double... values) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static Array times(double factor, Array array) {
        return Array.of(times(factor, array.values()), array.shape());
    }

    /**
     * The network with parameters aω and aβ, a the factor of its output's weights, on inputs and targets times κ (see
     * T7.conversion): draws from the same seed in the same order.
     */
    private static double[] byEngine(WideTask task, int units, LinearMethod method, long seed, Precision precision) {
        boolean images = task.train().rank() == 4;
        Architecture architecture = images
                ? Architecture.cnn(2, task.kernel(), task.padding(), task.activation(), task.biasDeviation() > 0, false)
                : Architecture.fcn(2, task.activation(), task.biasDeviation() > 0, false);
        int inputs = task.train().size(1);
        int taps = task.kernel() * task.kernel();
        Network network = architecture.network(inputs, units, 1);
        double a = task.weightDeviation() / Math.sqrt((double) units * taps);
        double kappa = task.biasDeviation() > 0 ? a / task.biasDeviation() : 1;
        double ofInputs = kappa * task.weightDeviation() / Math.sqrt((double) inputs * taps) / a;
        SplittableRandom random = new SplittableRandom(seed);
        double[] first = new double[units * inputs * taps];
        for (int j = 0; j < inputs * taps; j++) {
            for (int i = 0; i < units; i++) {
                first[i * inputs * taps + j] = a * NormalNumbers.next(random);
            }
        }
        double[] firstBias = gaussian(random, a, units);
        double[] last = new double[units * taps];
        for (int tap = 0; tap < taps; tap++) {
            for (int i = 0; i < units; i++) {
                last[i * taps + tap] = a * NormalNumbers.next(random);
            }
        }
        double[] lastBias = gaussian(random, a, 1);
        boolean bias = task.biasDeviation() > 0;
        int[] firstShape = images ? new int[] {units, inputs, task.kernel(), task.kernel()} : new int[] {units, inputs};
        int[] lastShape = images ? new int[] {1, units, task.kernel(), task.kernel()} : new int[] {1, units};
        List<StageParameters> start = new ArrayList<>();
        start.add(new StageParameters(Array.of(first, firstShape), bias ? Array.of(firstBias, units) : null));
        start.add(new StageParameters(Array.of(last, lastShape), bias ? Array.of(lastBias, 1) : null));
        TrainingProblem problem = new TrainingProblem(
                network, times(ofInputs, task.train()), times(kappa, task.targets()), start, task.loss());
        LinearMethod scaled = new LinearMethod(
                method.learningRate() * a * a / (kappa * kappa),
                method.momentum(),
                method.nesterov(),
                // decay acts on aω as on ω: the rate times it stays
                method.weightDecay() * kappa * kappa / (a * a));
        try (Training training = new Trainer(problem, scaled, precision).start()) {
            training.train(STEPS);
            Array all = Array.concatenate(List.of(task.train(), task.probes()));
            return times(1 / kappa, training.outputs(times(ofInputs, all)).values());
        }
    }

    private static double[] gaussian(SplittableRandom random, double factor, int length) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = factor * NormalNumbers.next(random);
        }
        return numbers;
    }

    private static void compare(WideTask task, long seed) {
        int units = 7;
        for (LinearMethod method : METHODS) {
            TwoLayers layers = new TwoLayers(task, units);
            layers.draw(new SplittableRandom(seed));
            layers.train(method, STEPS);
            double[] outputs = layers.outputs();
            assertDifferByRounding(
                    distance(outputs, byEngine(task, units, method, seed, Precision.FLOAT32)),
                    distance(outputs, byEngine(task, units, method, seed, Precision.FLOAT64)),
                    task + " " + method);
        }
    }

    private static double distance(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    /**
     * What is nothing but rounding shrinks with the unit roundoff, that is at a rate of 1 ± ¼ from float32 to float64,
     * like every claim about a limit. Another formula is as far away in both.
     */
    private static void assertDifferByRounding(double inFloat32, double inFloat64, String what) {
        double ratio = Precision.FLOAT32.unitRoundoff() / Precision.FLOAT64.unitRoundoff();
        assertTrue(
                inFloat64 <= inFloat32 * Math.pow(ratio, -0.75),
                inFloat32 + " in float32, " + inFloat64 + " in float64: " + what);
    }

    private static WideTask dense(Activation activation, double bias, SplittableRandom random) {
        return new WideTask(
                activation,
                SIGMA,
                bias,
                1,
                Padding.SAME,
                numbers(random, 3, 2),
                numbers(random, 3, 1),
                numbers(random, 2, 2),
                Loss.MEAN);
    }

    private static WideTask images(Activation activation, double bias, Padding padding, SplittableRandom random) {
        return new WideTask(
                activation,
                SIGMA,
                bias,
                3,
                padding,
                numbers(random, 2, 2, 3, 4),
                numbers(random, 2, 1, 3, 4),
                numbers(random, 1, 2, 3, 4),
                Loss.HALF_SUM);
    }

    @Test
    void fullyConnectedNetworksAreThoseOfTheEngine() {
        SplittableRandom random = new SplittableRandom(3);
        for (Activation activation :
                List.of(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU, Activation.ERF)) {
            compare(dense(activation, 0, random), random.nextLong());
        }
        // biases of homogeneous networks can be told by one factor
        compare(dense(Activation.LINEAR, 0.5, random), random.nextLong());
        compare(dense(Activation.LEAKY_RELU, 0.5, random), random.nextLong());
    }

    @Test
    void networksFromImageToImageAreThoseOfTheEngine() {
        SplittableRandom random = new SplittableRandom(4);
        for (Padding padding : List.of(Padding.SAME, Padding.CIRCULAR)) {
            for (Activation activation : List.of(Activation.RELU, Activation.ERF)) {
                compare(
                        images(activation, activation == Activation.RELU ? 0.5 : 0, padding, random),
                        random.nextLong());
            }
        }
    }

    /** Every activation with biases, in both shapes: ND4J's gradients move the same parameters in the same way. */
    @Test
    void gradientsAreThoseOfTheWitness() {
        SplittableRandom random = new SplittableRandom(10);
        for (Activation activation :
                List.of(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU, Activation.ERF)) {
            compareWithWitness(dense(activation, 0.5, random), random.nextLong());
            compareWithWitness(images(activation, 0.5, Padding.CIRCULAR, random), random.nextLong());
            compareWithWitness(images(activation, 0, Padding.SAME, random), random.nextLong());
        }
    }

    private static void compareWithWitness(WideTask task, long seed) {
        for (LinearMethod method : METHODS) {
            TwoLayers layers = new TwoLayers(task, 5);
            layers.draw(new SplittableRandom(seed));
            layers.train(method, STEPS);
            double[] outputs = layers.outputs();
            assertDifferByRounding(
                    distance(outputs, byWitness(layers, method, seed, Precision.FLOAT32)),
                    distance(outputs, byWitness(layers, method, seed, Precision.FLOAT64)),
                    task + " " + method);
        }
    }

    private static double[] byWitness(TwoLayers layers, LinearMethod method, long seed, Precision precision) {
        layers.gradientsBy(problem -> {
            try (Training training =
                    new Witness(problem, LinearMethod.gradientDescent(1), precision, problem.examples())) {
                return training.gradient();
            }
        });
        layers.draw(new SplittableRandom(seed));
        layers.train(method, STEPS);
        return layers.outputs();
    }

    @Test
    void turnedRoundNetworksStartFromTheOppositeOutputs() {
        WideTask task = dense(Activation.ERF, 0.5, new SplittableRandom(5));
        TwoLayers layers = new TwoLayers(task, 9);
        layers.draw(new SplittableRandom(6));
        double[] before = layers.outputs();
        layers.train(METHODS.get(1), STEPS);
        layers.turnRound();
        assertArrayEquals(times(-1, before), layers.outputs());
        layers.train(METHODS.get(1), STEPS);
        layers.turnRound();
        assertArrayEquals(before, layers.outputs());
    }

    @Test
    void outputsAreSumsOverUnits() {
        WideTask task = dense(Activation.ERF, 0, new SplittableRandom(7));
        TwoLayers layers = new TwoLayers(task, 8);
        layers.draw(new SplittableRandom(8));
        double[] outputs = layers.outputs();
        double sum = 0;
        double sizes = 0;
        for (int i = 0; i < 8; i++) {
            double term = layers.outputFactor() * layers.outputWeights(0)[i] * layers.signals(1)[i];
            sum += term;
            sizes += Math.abs(term);
        }
        // either sum has two products in each of 8 terms, and 7 additions
        assertEquals(outputs[1], sum, 2 * 10 * 0x1p-53 * sizes);
    }

    /**
     * φ′ = (2/√π)y with y = exp(−h²) as a function of φ = erf(h): y′ = −√π·h and y″ = −π/(2y), so that y = 1 − πφ²/4 up
     * to φ⁴/24 times the largest |y⁗| = (π²/4)(1 + 4h²)exp(3h²).
     */
    @Test
    void slopesOfErfAreThoseOfItsSignals() {
        TwoLayers layers = new TwoLayers(dense(Activation.ERF, 0, new SplittableRandom(7)), 64);
        layers.draw(new SplittableRandom(8));
        layers.outputs();
        for (int i = 0; i < 64; i++) {
            double signal = layers.signals(1)[i];
            double h = layers.hidden(1)[i];
            double rest = Math.pow(signal, 4) / 24 * Math.PI * Math.PI / 4 * (1 + 4 * h * h) * Math.exp(3 * h * h);
            double factor = 2 / Math.sqrt(Math.PI);
            // about ten roundings of numbers of size 1
            double rounding = 16 * 0x1p-53;
            assertEquals(factor * (1 - Math.PI * signal * signal / 4), layers.slopes(1)[i], factor * rest + rounding);
        }
    }

    @Test
    void tasksOfOtherKindsAreRefused() {
        SplittableRandom random = new SplittableRandom(9);
        Array train = numbers(random, 2, 2);
        Array targets = numbers(random, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> dense(Activation.TANH, 0, random));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WideTask(Activation.RELU, 0, 0, 1, Padding.SAME, train, targets, train, Loss.SUM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WideTask(Activation.RELU, 1, -1, 1, Padding.SAME, train, targets, train, Loss.SUM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WideTask(Activation.RELU, 1, 0, 1, Padding.VALID, train, targets, train, Loss.SUM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WideTask(Activation.RELU, 1, 0, 3, Padding.SAME, train, targets, train, Loss.SUM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WideTask(Activation.RELU, 1, 0, 1, Padding.SAME, train, train, train, Loss.SUM));
        assertThrows(IllegalArgumentException.class, () -> new TwoLayers(dense(Activation.RELU, 0, random), 0));
    }
}

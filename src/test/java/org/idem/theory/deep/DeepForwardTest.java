package org.idem.theory.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.run.Training;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;

/** Forward passes and gradients of any depth against their bounds. */
class DeepForwardTest {
    private static final int TRIALS = 150;

    private static final int WITNESSED = 60;

    private final SplittableRandom random = new SplittableRandom(20261125);

    private Array numbers(int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(-128, 129) / 128.0;
        }
        return array;
    }

    private TrainingProblem problem(boolean convolution, int examples, Precision precision) {
        int depth = random.nextInt(1, 4);
        List<Stage> stages = new ArrayList<>();
        int units = random.nextInt(1, 4);
        int[] inputs = convolution ? new int[] {examples, units, 4, 5} : new int[] {examples, units};
        for (int i = 0; i < depth; i++) {
            int next = random.nextInt(1, 4);
            boolean bias = random.nextBoolean();
            Padding padding = random.nextBoolean() ? Padding.SAME : Padding.CIRCULAR;
            LinearMap map = convolution ? new Cnn(units, next, 3, padding, bias) : new Fcn(units, next, bias);
            Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
            stages.add(new Stage(map, activation, units == next && random.nextBoolean()));
            units = next;
        }
        Network network = new Network(stages);
        return new TrainingProblem(
                        network,
                        numbers(inputs),
                        numbers(network.outputShape(inputs)),
                        new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                        Loss.HALF_SUM)
                .rounded(precision);
    }

    private static DeepTrainer trainer(TrainingProblem problem, Precision precision) {
        return new DeepTrainer(problem, LinearMethod.gradientDescent(1), precision, 1);
    }

    /** ND4J computes activations from exponentials of its own. */
    private static Witness witness(TrainingProblem problem, Precision precision) {
        return new Witness(problem, LinearMethod.gradientDescent(1), precision, problem.examples());
    }

    @Test
    void theEngineStaysWithinTheBounds() {
        assertWithinBounds(TRIALS, DeepForwardTest::trainer);
    }

    @Test
    void theWitnessStaysWithinTheBounds() {
        assertWithinBounds(WITNESSED, DeepForwardTest::witness);
    }

    private void assertWithinBounds(int trials, BiFunction<TrainingProblem, Precision, Training> engine) {
        double largest = 0;
        for (int trial = 0; trial < trials; trial++) {
            Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
            TrainingProblem problem = problem(trial % 2 == 0, 2, precision);
            DeepForward forward = DeepForward.of(problem.network(), problem.initial(), problem.inputs(), precision);
            try (Training training = engine.apply(problem, precision)) {
                Array outputs = training.outputs(problem.inputs());
                for (int i = 0; i < outputs.length(); i++) {
                    double difference =
                            Math.abs(outputs.values()[i] - forward.values().values()[i]);
                    double bound = forward.errors().values()[i];
                    assertTrue(difference <= bound, problem.network() + ": " + difference + " > " + bound);
                    largest = Math.max(largest, bound == 0 ? 0 : difference / bound);
                }
            }
        }
        assertTrue(largest > 0.2, "bounds are attained to " + largest + " only");
    }

    @Test
    void oneRoundingIsBoundedByAboutOne() {
        // 3 · (1/3 rounded) in one stage of one unit: 1/3 + 2⁻²⁵/3 is stored, and double holds the product
        StageParameters third = new StageParameters(Array.of(new double[] {(float) (1 / 3.0)}, 1, 1), null);
        DeepForward forward = DeepForward.of(
                Network.fcn(Activation.LINEAR, false, 1, 1),
                List.of(third),
                Array.of(new double[] {3}, 1, 1),
                Precision.FLOAT32);
        double product = 1 + 0x1p-25;
        assertEquals(product, forward.values().values()[0]);
        // u for the product, u for storing it, and what the prediction in double adds; ν for each of three operations
        double unit = Precision.FLOAT32.unitRoundoff();
        double roundings = 2 * unit * (1 + 2 * Rounding.accumulated(1, unit));
        double expected = (roundings + Rounding.UNIT + AccurateProduct.SECOND_ORDER) * product + 3 * Float.MIN_NORMAL;
        // both bounds are sums of numbers that are not negative, with at most a dozen operations
        assertEquals(expected, forward.errors().values()[0], Rounding.accumulated(2 * 12) * expected);
    }

    /**
     * Relative difference that rounding may make between a gradient and its reach times the residual: both are products
     * of the numbers between stage and outputs, of sums of sizes at most, with as many operations.
     */
    private static double rounding(TrainingProblem problem, int stage) {
        return Rounding.accumulated(2 * GradientReach.operations(problem, stage));
    }

    @Test
    void gradientsStayWithinTheirReach() {
        for (int trial = 0; trial < TRIALS; trial++) {
            TrainingProblem problem = problem(false, 1, Precision.FLOAT64);
            DeepTrainer trainer = trainer(problem, Precision.FLOAT64);
            List<StageParameters> gradients = trainer.gradient();
            double residual = Math.sqrt(2 * trainer.loss());
            for (int stage = 0; stage < gradients.size(); stage++) {
                Array bias = gradients.get(stage).bias();
                double[] reach = GradientReach.of(problem.network(), problem.initial(), stage);
                for (int unit = 0; bias != null && unit < reach.length; unit++) {
                    // with one example the gradient by the bias is that by the unit
                    double bound = residual * reach[unit] * (1 + rounding(problem, stage)) + Double.MIN_NORMAL;
                    assertTrue(Math.abs(bias.values()[unit]) <= bound);
                }
            }
        }
    }

    @Test
    void aChainOfSingleUnitsAttainsTheReach() {
        Network network = Network.fcn(Activation.LINEAR, true, 1, 1, 1, 1);
        TrainingProblem problem = new TrainingProblem(
                network,
                numbers(1, 1),
                numbers(1, 1),
                new Initialization(Initializer.HE, 1, 0.1).draw(network, random),
                Loss.HALF_SUM);
        DeepTrainer trainer = trainer(problem, Precision.FLOAT64);
        double seen = Math.abs(trainer.gradient().get(0).bias().values()[0]);
        double bound = Math.sqrt(2 * trainer.loss()) * GradientReach.of(network, problem.initial(), 0)[0];
        assertEquals(bound, seen, rounding(problem, 0) * bound);
    }

    private static final Network OF_LARGE_PATCHES = new Network(List.of(
            new Stage(new Cnn(2, 3, 9, Padding.SAME, true), Activation.ERF, false),
            new Stage(new Cnn(3, 3, 9, Padding.SAME, false), Activation.RELU, true),
            new Stage(new Cnn(3, 1, 9, Padding.SAME, true), Activation.LINEAR, false)));

    /** Patches of many pixels are looked at in parts, whose borders fall elsewhere in every image. */
    @Test
    void imagesByThemselvesAreThoseOfTheBatch() {
        Array images = numbers(9, 2, 11, 17);
        List<StageParameters> parameters =
                Initialization.of(Initializer.PYTORCH).draw(OF_LARGE_PATCHES, random);
        DeepForward all = DeepForward.of(OF_LARGE_PATCHES, parameters, images, Precision.FLOAT32);
        for (int image = 0; image < images.size(0); image++) {
            DeepForward one =
                    DeepForward.of(OF_LARGE_PATCHES, parameters, images.slices(image, image + 1), Precision.FLOAT32);
            assertArrayEquals(
                    all.values().slices(image, image + 1).values(), one.values().values());
            assertArrayEquals(
                    all.errors().slices(image, image + 1).values(), one.errors().values());
        }
    }

    /** All stages together allocate less than the design matrix of one of them would take. */
    @Test
    void largeImagesNeedNoDesignMatrix() {
        int side = 150;
        Array image = numbers(1, 2, side, side);
        List<StageParameters> parameters =
                Initialization.of(Initializer.PYTORCH).draw(OF_LARGE_PATCHES, random);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        DeepForward.of(OF_LARGE_PATCHES, parameters, image, Precision.FLOAT64);
        long allocated = memory.getCurrentThreadAllocatedBytes() - before;
        long design = (long) Double.BYTES * 3 * 9 * 9 * side * side;
        assertTrue(allocated < design, allocated + " bytes of " + design);
    }
}

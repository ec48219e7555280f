package org.idem.theory.kernel.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.KernelTraining;
import org.junit.jupiter.api.Test;

/** All depths at once, against one spectrum for each depth. */
class MeansByDepthTest {
    private static final double UNIT = 0x1p-53;
    private static final int[] STEPS = {0, 1, 7, 400};

    private static Array image(int channels, int height, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array image = Array.zeros(1, channels, height, width);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = random.nextDouble();
        }
        return image;
    }

    @Test
    void meansAreThoseOfTheSpectrum() {
        Array train = image(2, 6, 5, 1);
        Array test = image(2, 4, 7, 2);
        for (Padding padding : List.of(Padding.SAME, Padding.CIRCULAR)) {
            for (boolean biased : new boolean[] {false, true}) {
                InfiniteNetwork deepest = new InfiniteNetwork(
                        Architecture.cnn(4, 3, padding, Activation.RELU, biased, biased), 2, biased ? 0.1 : 0);
                MeansByDepth means = new MeansByDepth(deepest, train, train, STEPS);
                Array[][] outputs = means.outputs(test);
                for (int depth = 1; depth <= 4; depth++) {
                    InfiniteKernel kernel = new InfiniteKernel(deepest.first(depth), train, false);
                    KernelSpectrum spectrum = new KernelSpectrum(kernel);
                    double unit = Math.pow(4, kernel.tangentUnit());
                    assertEquals(
                            unit * spectrum.largest(),
                            means.largestEigenvalue(depth),
                            // orthogonal vectors of 30 numbers, at most 30 of them
                            30 * 4 * UNIT * unit * spectrum.largest());
                    LinearMethod method = LinearMethod.gradientDescent(1 / spectrum.largest());
                    for (int time = 0; time < STEPS.length; time++) {
                        KernelTraining training = new KernelTraining(
                                kernel, spectrum, 1, method, new Horizon.Steps(STEPS[time]), spectrum.cut());
                        InfiniteKernel.Block block = kernel.with(test, false);
                        DMatrixRMaj expected = KernelTraining.mean(block, training.weights(train));
                        for (int i = 0; i < 56; i++) {
                            assertEquals(
                                    expected.get(i % 28, i / 28),
                                    outputs[depth - 1][time].values()[i],
                                    error(block.tangent(), i % 28, train, STEPS[time]) / spectrum.largest(),
                                    padding + " depth " + depth + " steps " + STEPS[time] + " at " + i);
                        }
                    }
                    // a norm of 60 numbers and its square
                    assertEquals(1, means.errors(depth)[0], 2 * (60 + 4) * UNIT);
                    assertTrue(means.errors(depth)[3] < means.errors(depth)[2]);
                }
            }
        }
    }

    /**
     * λmax times the distance of outputs, ‖Θ(z, X)‖·‖δa‖·λmax: the space may lack {@link KrylovSteps#ERROR} of y, and
     * rounding of the kernel, of its 30 rows and of its spectrum changes (1 − (1 − λ/λmax)^t)·λmax/λ by its derivative,
     * which is at most t²/2.
     */
    private static double error(DMatrixRMaj tangent, int pixel, Array target, int steps) {
        double row = 0;
        for (int column = 0; column < tangent.numCols; column++) {
            row = Math.hypot(row, tangent.get(pixel, column));
        }
        double size = 0;
        for (double value : target.values()) {
            size = Math.hypot(size, value);
        }
        return row * size * (KrylovSteps.ERROR + (steps + 0.5 * steps * steps + 1) * 30 * UNIT);
    }

    @Test
    void blankImagesTeachNothing() {
        InfiniteNetwork network =
                new InfiniteNetwork(Architecture.cnn(3, 3, Padding.SAME, Activation.ERF, false, false), 1, 0);
        Array blank = Array.zeros(1, 1, 3, 4);
        MeansByDepth means = new MeansByDepth(network, blank, blank, 0, 5);
        for (Array[] depth : means.outputs(image(1, 3, 4, 9))) {
            for (Array mean : depth) {
                assertArrayEquals(new double[12], mean.values());
            }
        }
        assertEquals(0, means.errors(2)[1]);
    }

    /** An image of which training reaches few directions ends the space early, exactly. */
    @Test
    void theSpaceEndsWhereNothingNewComes() {
        double[][] kernel = {{4, 0, 0}, {0, 1, 0}, {0, 0, 0}};
        KrylovSteps.State[] states = KrylovSteps.of(kernel, new double[] {3, 2, 5}, 4, 0, 1, 2, 1000);
        double[][] expected = {{0, 0, 0}, {0.75, 0.5, 1.25}, {0.75, 0.875, 2.5}, {0.75, 2, 1250}};
        int[] steps = {0, 1, 2, 1000};
        for (int time = 0; time < expected.length; time++) {
            // two orthogonal vectors and a spectrum of two numbers in fewer than 16 roundings; an eigenvalue that is
            // off by a rounding changes t steps by t/2 of it
            double largest = Arrays.stream(expected[time]).max().orElseThrow();
            assertArrayEquals(
                    expected[time], states[time].dual(), (16 + steps[time]) * UNIT * largest + Double.MIN_VALUE);
        }
        assertEquals(5, states[3].missing(), 5 * (16 + steps[3]) * UNIT);
        assertEquals(4, KrylovSteps.largest(kernel), 4 * 16 * UNIT);
    }
}

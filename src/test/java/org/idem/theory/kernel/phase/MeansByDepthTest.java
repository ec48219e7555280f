package org.idem.theory.kernel.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                            1e-9 * unit * spectrum.largest());
                    LinearMethod method = LinearMethod.gradientDescent(1 / spectrum.largest());
                    for (int time = 0; time < STEPS.length; time++) {
                        KernelTraining training = new KernelTraining(
                                kernel, spectrum, 1, method, new Horizon.Steps(STEPS[time]), spectrum.cut());
                        DMatrixRMaj expected = KernelTraining.mean(kernel.with(test, false), training.weights(train));
                        for (int i = 0; i < 56; i++) {
                            assertEquals(
                                    expected.get(i % 28, i / 28),
                                    outputs[depth - 1][time].values()[i],
                                    1e-7,
                                    padding + " depth " + depth + " steps " + STEPS[time] + " at " + i);
                        }
                    }
                    assertEquals(1, means.errors(depth)[0], 1e-12);
                    assertTrue(means.errors(depth)[3] < means.errors(depth)[2]);
                }
            }
        }
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
        assertArrayEquals(new double[3], states[0].dual());
        assertArrayEquals(new double[] {0.75, 0.5, 1.25}, states[1].dual(), 1e-12);
        assertArrayEquals(new double[] {0.75, 0.875, 2.5}, states[2].dual(), 1e-12);
        assertArrayEquals(new double[] {0.75, 2, 1250}, states[3].dual(), 1e-9);
        assertEquals(5, states[3].missing(), 1e-9);
        assertEquals(4, KrylovSteps.largest(kernel), 1e-12);
    }
}

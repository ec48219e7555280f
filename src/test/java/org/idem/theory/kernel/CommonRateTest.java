package org.idem.theory.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** The kernel of weights and biases that are trained themselves, all at one rate. */
class CommonRateTest {
    private static final int WIDTH = 37;
    /** Error of a kernel for each layer; {@link KernelSpectrum} cuts by the same. */
    private static final double OF_A_LAYER = 0x1p-46;

    private static Array vectors(int count, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array vectors = Array.zeros(count, length);
        for (int i = 0; i < vectors.length(); i++) {
            vectors.values()[i] = random.nextDouble(-1, 1);
        }
        return vectors;
    }

    /** Σ_l (n_{l−1}E[zz′] + 1)∏_{m>l} σ_w²E[φ′φ′], summed from its parts in an order of its own. */
    private static double expected(
            int depth, double weight, double bias, boolean biased, double xx, double zz, double xz) {
        double[] received = new double[depth + 1];
        double[] slopes = new double[depth + 1];
        received[1] = xz;
        double a = xx;
        double b = zz;
        for (int layer = 1; layer < depth; layer++) {
            double signal = weight * received[layer] + bias;
            a = weight * a + bias;
            b = weight * b + bias;
            double angle = Math.acos(signal / Math.sqrt(a * b));
            received[layer + 1] =
                    Math.sqrt(a * b) * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / (2 * Math.PI);
            slopes[layer] = (Math.PI - angle) / (2 * Math.PI);
            a /= 2;
            b /= 2;
        }
        double sum = 0;
        for (int layer = 1; layer <= depth; layer++) {
            double through = 1;
            for (int above = layer; above < depth; above++) {
                through *= weight * slopes[above];
            }
            sum += ((layer == 1 ? 3 : WIDTH) * received[layer] + (biased ? 1 : 0)) * through;
        }
        return sum;
    }

    @Test
    void fullyConnectedNetworksHaveTheSumOverLayers() {
        Array inputs = vectors(2, 3, 5);
        double[] x = inputs.values();
        double xx = (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / 3;
        double zz = (x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) / 3;
        double xz = (x[0] * x[3] + x[1] * x[4] + x[2] * x[5]) / 3;
        for (int depth : new int[] {1, 2, 3, 7}) {
            for (boolean biased : new boolean[] {false, true}) {
                for (double variance : biased ? new double[] {0, 0.3} : new double[] {0}) {
                    Architecture architecture = Architecture.fcn(depth, Activation.RELU, biased, false);
                    InfiniteNetwork network = InfiniteNetwork.ofCommonRate(
                            architecture,
                            architecture.network(3, WIDTH, 2),
                            new Initialization(Initializer.HE, 1.25, variance));
                    InfiniteKernel kernel = new InfiniteKernel(network, inputs, false);
                    double unit = Math.pow(4, kernel.tangentUnit());
                    double value = expected(depth, 2 * 1.25 * 1.25, variance, biased, xx, zz, xz);
                    assertEquals(
                            value,
                            unit * kernel.tangent().get(0, 1),
                            depth * OF_A_LAYER * Math.abs(value),
                            depth + " " + biased);
                }
            }
        }
    }

    /** A kernel of side 1 sees vectors; one of side 3 on a single pixel sees it once, but counts nine weights. */
    @Test
    void imagesHaveTheKernelOfVectors() {
        Array vectors = vectors(4, 3, 6);
        Array image = Array.zeros(1, 3, 2, 2);
        for (int pixel = 0; pixel < 4; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                image.values()[channel * 4 + pixel] = vectors.values()[pixel * 3 + channel];
            }
        }
        for (Activation activation : List.of(Activation.RELU, Activation.LEAKY_RELU, Activation.ERF)) {
            Architecture dense = Architecture.fcn(4, activation, true, true);
            Architecture convolution = Architecture.cnn(4, 1, Padding.SAME, activation, true, true);
            Initialization law = new Initialization(Initializer.GAUSSIAN, 1.5, 0.2);
            Network fcn = dense.network(3, WIDTH, 2);
            InfiniteKernel expected = new InfiniteKernel(InfiniteNetwork.ofCommonRate(dense, fcn, law), vectors, false);
            InfiniteKernel seen = new InfiniteKernel(
                    InfiniteNetwork.ofCommonRate(convolution, convolution.network(3, WIDTH, 2), law), image, false);
            assertEquals(expected.tangentUnit(), seen.tangentUnit());
            close(expected.tangent(), seen.tangent());
        }
    }

    private static void close(DMatrixRMaj expected, DMatrixRMaj seen) {
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertEquals(expected.data[i], seen.data[i], 4 * 0x1p-46 * Math.abs(expected.data[0]) * 10);
        }
    }

    /**
     * If every layer has fan-in/σ_w² and σ_b² in the same proportion, the two parametrisations are one up to a factor.
     */
    @Test
    void equalLayersAreOneParametrisation() {
        Architecture architecture = Architecture.cnn(5, 3, Padding.CIRCULAR, Activation.RELU, true, false);
        Array image = vectors(1, 36, 7).reshape(1, 1, 6, 6);
        DMatrixRMaj one = new InfiniteKernel(new InfiniteNetwork(architecture, 2, 0.25), image, false).tangent();
        List<InfiniteNetwork.Layer> layers = Collections.nCopies(5, new InfiniteNetwork.Layer(2, 0.25, 64, 16));
        DMatrixRMaj other = new InfiniteKernel(new InfiniteNetwork(architecture, layers), image, false).tangent();
        double factor = other.get(0, 0) / one.get(0, 0);
        for (int i = 0; i < one.getNumElements(); i++) {
            assertEquals(factor * one.data[i], other.data[i], 2 * 4 * OF_A_LAYER * Math.abs(other.data[i]));
        }
    }

    @Test
    void layersAreChecked() {
        Architecture architecture = Architecture.fcn(2, Activation.RELU, false, false);
        assertThrows(
                IllegalArgumentException.class,
                () -> new InfiniteNetwork(architecture, List.of(new InfiniteNetwork.Layer(1, 0, 1, 0))));
        assertThrows(IllegalArgumentException.class, () -> new InfiniteNetwork.Layer(1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new InfiniteNetwork.Layer(1, 0, 1, -1));
        assertEquals(
                1,
                new InfiniteNetwork(architecture, 2, 0).first(1).architecture().depth());
    }
}

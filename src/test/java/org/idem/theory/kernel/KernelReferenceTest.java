package org.idem.theory.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** Kernels against src/test/python/infinite_width.py, which computes them with 40 digits and other formulas. */
class KernelReferenceTest {
    /** Error of an entry for each layer, relative to the largest; {@link KernelSpectrum} cuts by the same. */
    private static final double OF_A_LAYER = 0x1p-46;

    private static List<String[]> lines(String kind) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/infinite-width.csv")).stream()
                .filter(line -> line.startsWith(kind + ","))
                .map(line -> line.split(";"))
                .toList();
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The images of the Python script. */
    private static Array image(int channels, int height, int width, int seed, int lowest) {
        Array image = Array.zeros(1, channels, height, width);
        int state = seed;
        for (int i = 0; i < image.length(); i++) {
            state = (state * 75 + 74) % 65537;
            image.values()[i] = (state % 17 + lowest) / 16.0;
        }
        return image;
    }

    private static void close(double[] expected, DMatrixRMaj actual, double unit, int depth, String what) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.data[i] * unit, depth * OF_A_LAYER * largest, what + " at " + i);
        }
    }

    @Test
    void imagesHaveTheKernelsOfTheReference() throws IOException {
        List<String[]> lines = lines("cnn");
        assertEquals(16, lines.size());
        for (String[] line : lines) {
            String[] head = line[0].split(",");
            int[] whole =
                    Arrays.stream(head).skip(8).mapToInt(Integer::parseInt).toArray();
            int depth = Integer.parseInt(head[1]);
            double bias = Double.parseDouble(head[6]);
            Architecture architecture = architecture(head);
            InfiniteNetwork network = new InfiniteNetwork(architecture, Double.parseDouble(head[5]), bias);
            Array x = image(whole[0], whole[1], whole[2], whole[5], whole[7]);
            Array z = image(whole[0], whole[3], whole[4], whole[6], whole[7]);
            InfiniteKernel kernel = new InfiniteKernel(network, z, true);
            InfiniteKernel.Block block = kernel.with(x, true);
            close(numbers(line[1]), block.covariance(), Math.pow(4, kernel.covarianceUnit()), depth, line[0] + " S");
            close(numbers(line[2]), block.tangent(), Math.pow(4, kernel.tangentUnit()), depth, line[0] + " Θ");
            if (head[2].equals("1")) {
                // sites of a kernel of side 1 are vectors
                InfiniteNetwork dense = new InfiniteNetwork(
                        Architecture.fcn(depth, architecture.activation(), bias > 0, architecture.residual()),
                        network.weightVariance(),
                        bias);
                InfiniteKernel vectors = new InfiniteKernel(dense, vectors(z), true);
                InfiniteKernel.Block pairs = vectors.with(vectors(x), true);
                close(numbers(line[1]), pairs.covariance(), Math.pow(4, vectors.covarianceUnit()), depth, line[0]);
                close(numbers(line[2]), pairs.tangent(), Math.pow(4, vectors.tangentUnit()), depth, line[0]);
            }
        }
    }

    private static Architecture architecture(String[] head) {
        return Architecture.cnn(
                Integer.parseInt(head[1]),
                Integer.parseInt(head[2]),
                Padding.valueOf(head[3].toUpperCase(Locale.ROOT)),
                Activation.valueOf(head[4].toUpperCase(Locale.ROOT).replace('-', '_')),
                Double.parseDouble(head[6]) > 0,
                head[7].equals("yes"));
    }

    /** Pixels that are nearly equal or nearly opposite keep their angle, as do inputs of fully connected networks. */
    @Test
    void nearPixelsKeepTheirDigits() throws IOException {
        List<String[]> lines = lines("near");
        assertEquals(12, lines.size());
        for (String[] line : lines) {
            String[] head = line[0].split(",");
            int depth = Integer.parseInt(head[1]);
            double bias = Double.parseDouble(head[6]);
            int channels = Integer.parseInt(head[8]);
            Architecture architecture = architecture(head);
            Array z = image(channels, 3, 4, Integer.parseInt(head[9]), -8);
            Array x = image(channels, 3, 4, Integer.parseInt(head[10]), -8);
            for (int i = 0; i < x.length(); i++) {
                x.values()[i] = Integer.parseInt(head[11]) * (z.values()[i] + 0x1p-30 * x.values()[i]);
            }
            InfiniteKernel kernel =
                    new InfiniteKernel(new InfiniteNetwork(architecture, Double.parseDouble(head[5]), bias), z, true);
            InfiniteKernel.Block block = kernel.with(x, true);
            close(numbers(line[1]), block.covariance(), Math.pow(4, kernel.covarianceUnit()), depth, line[0] + " S");
            close(numbers(line[2]), block.tangent(), Math.pow(4, kernel.tangentUnit()), depth, line[0] + " Θ");
        }
    }

    private static Array vectors(Array image) {
        int channels = image.size(1);
        int pixels = image.size(2) * image.size(3);
        Array vectors = Array.zeros(pixels, channels);
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                vectors.values()[pixel * channels + channel] = image.values()[channel * pixels + pixel];
            }
        }
        return vectors;
    }

    /** The digits of the theory of depth, and those of 10,000 layers: no more is lost than by eight. */
    @Test
    void depthCostsNoDigits() throws IOException {
        List<String[]> lines = lines("angle");
        assertEquals(7, lines.size());
        for (String[] line : lines) {
            int depth = Integer.parseInt(line[0].split(",")[1]);
            Architecture architecture = Architecture.fcn(depth, Activation.RELU, false, false);
            InfiniteKernel kernel = new InfiniteKernel(
                    new InfiniteNetwork(architecture, 2, 0), Array.of(new double[] {1, 0, 0, 1}, 2, 2), false);
            double ratio = kernel.tangent().get(0, 1) / kernel.tangent().get(0, 0);
            assertEquals(Double.parseDouble(line[1]), ratio, Math.min(depth, 8) * OF_A_LAYER, line[0]);
        }
    }

    /** erf with a bias: variances grow to 10¹², or inputs differ by little at great depth. */
    @Test
    void curvedActivationsKeepTheirDigits() throws IOException {
        List<String[]> lines = lines("line");
        assertEquals(3, lines.size());
        for (String[] line : lines) {
            String[] head = line[0].split(",");
            double size = Double.parseDouble(head[2]);
            InfiniteNetwork network = new InfiniteNetwork(
                    Architecture.fcn(Integer.parseInt(head[1]), Activation.ERF, true, false), 1, 0.25);
            Array inputs = Array.of(new double[] {size, 0, size, size / 1000}, 2, 2);
            DMatrixRMaj kernel = new InfiniteKernel(network, inputs, false).tangent();
            double expected = Double.parseDouble(line[1]);
            double error = Math.min(network.architecture().depth(), 8) * OF_A_LAYER;
            assertEquals(expected, kernel.get(0, 1) / kernel.get(0, 0), error * expected, line[0]);
        }
    }

    /** Two layers of ReLU share nothing at opposite inputs; half a digit of an angle near π is worth eight there. */
    @Test
    void oppositeInputsHaveNoKernel() {
        InfiniteNetwork network = new InfiniteNetwork(Architecture.fcn(2, Activation.RELU, false, false), 2, 0);
        Array one = Array.of(new double[] {0.3, -1.7, 0.9}, 1, 3);
        Array opposite = Array.of(new double[] {-0.3 * 7, 1.7 * 7, -0.9 * 7}, 1, 3);
        assertEquals(
                0,
                new InfiniteKernel(network, one, false)
                        .with(opposite, false)
                        .tangent()
                        .get(0, 0),
                0x1p-50);
    }

    @Test
    void equalReceptiveFieldsHaveExactlyOneKernel() {
        for (Activation activation : List.of(Activation.RELU, Activation.LEAKY_RELU, Activation.ERF)) {
            for (Padding padding : List.of(Padding.SAME, Padding.CIRCULAR)) {
                InfiniteNetwork network =
                        new InfiniteNetwork(Architecture.cnn(3, 3, padding, activation, false, false), 2, 0);
                Array image = image(1, 9, 10, 5, 0);
                Array both = Array.concatenate(List.of(image, image));
                DMatrixRMaj kernel = new InfiniteKernel(network, both, false).tangent();
                for (int row = 0; row < 90; row++) {
                    for (int column = 0; column < 90; column++) {
                        double value = kernel.get(row, column);
                        assertEquals(value, kernel.get(column, row));
                        assertEquals(value, kernel.get(row, column + 90), activation + " " + padding);
                        assertEquals(value, kernel.get(row + 90, column + 90));
                    }
                }
            }
        }
    }

    /** In a striped image that repeats, pixels of one stripe cannot be told from each other. */
    @Test
    void stripesRepeat() {
        Array stripes = Array.zeros(1, 1, 6, 8);
        for (int i = 0; i < stripes.length(); i++) {
            stripes.values()[i] = (i / 8) % 2 == 0 ? 0.3 : 0.7;
        }
        InfiniteNetwork network =
                new InfiniteNetwork(Architecture.cnn(6, 5, Padding.CIRCULAR, Activation.RELU, false, false), 2, 0);
        DMatrixRMaj kernel = new InfiniteKernel(network, stripes, false).tangent();
        for (int pixel = 0; pixel < 48; pixel++) {
            assertEquals(kernel.get(pixel, pixel), kernel.get(pixel, (pixel + 16) % 48));
            assertEquals(kernel.get(0, 0), kernel.get(0, pixel / 16 * 16));
        }
    }

    /**
     * A deep linear CNN with circular padding is a layer with a soft window: Θ = L·σ_w^(2L)·Σ_δ B_L(δ)⟨x[p + δ], z[q +
     * δ]⟩/C with the L-fold convolution B_L of the uniform law on the offsets. Its variance is L(K² − 1)/12 for each
     * axis.
     */
    @Test
    void deepLinearNetworksHaveSoftWindows() {
        int height = 5;
        int width = 6;
        for (int depth : new int[] {1, 2, 7}) {
            for (int kernel : new int[] {3, 5}) {
                double[] window = {1};
                for (int layer = 0; layer < depth; layer++) {
                    window = widened(window, kernel);
                }
                int reach = window.length / 2;
                double spread = 0;
                for (int i = 0; i < window.length; i++) {
                    spread += window[i] * (i - reach) * (i - reach);
                }
                // each layer of the window adds K quotients, and the spread adds all of it
                double expectedSpread = depth * (kernel * kernel - 1) / 12.0;
                int roundings = depth * (kernel + 1) + window.length + 2;
                assertEquals(expectedSpread, spread, roundings * 0x1p-53 * expectedSpread);
                InfiniteNetwork network = new InfiniteNetwork(
                        Architecture.cnn(depth, kernel, Padding.CIRCULAR, Activation.LINEAR, false, false), 1.5, 0);
                Array x = image(2, height, width, 3, -8);
                Array z = image(2, height, width, 4, -8);
                InfiniteKernel own = new InfiniteKernel(network, z, false);
                InfiniteKernel.Block block = own.with(x, false);
                double unit = Math.pow(4, own.tangentUnit());
                for (int p = 0; p < height * width; p++) {
                    for (int q = 0; q < height * width; q++) {
                        double sum = 0;
                        double sizes = 0;
                        for (int dy = -reach; dy <= reach; dy++) {
                            for (int dx = -reach; dx <= reach; dx++) {
                                double weight = window[dy + reach] * window[dx + reach];
                                double term = product(x, z, shifted(p, dy, dx), shifted(q, dy, dx)) / 2;
                                sum += weight * term;
                                sizes += weight * Math.abs(term);
                            }
                        }
                        double factor = depth * Math.pow(1.5, depth);
                        assertEquals(
                                factor * sum, unit * block.tangent().get(p, q), depth * OF_A_LAYER * factor * sizes);
                    }
                }
            }
        }
    }

    private static double[] widened(double[] window, int kernel) {
        double[] wider = new double[window.length + kernel - 1];
        for (int i = 0; i < window.length; i++) {
            for (int offset = 0; offset < kernel; offset++) {
                wider[i + offset] += window[i] / kernel;
            }
        }
        return wider;
    }

    /** A pixel of a 5 × 6 image that repeats. */
    private static int shifted(int pixel, int dy, int dx) {
        return Math.floorMod(pixel / 6 + dy, 5) * 6 + Math.floorMod(pixel % 6 + dx, 6);
    }

    private static double product(Array x, Array z, int p, int q) {
        return x.values()[p] * z.values()[q] + x.values()[30 + p] * z.values()[30 + q];
    }

    @Test
    void whatHasNoKernelIsRefusedWithTheReason() {
        assertRefused("relu, leaky-relu and erf, got tanh", Activation.TANH, Padding.SAME, 1, 0, false);
        assertRefused("got valid", Activation.RELU, Padding.VALID, 1, 0, false);
        assertRefused("variance of weights", Activation.RELU, Padding.SAME, Double.NaN, 0, false);
        assertRefused("variance of biases", Activation.RELU, Padding.SAME, 1, -1, true);
        assertRefused("if and only if", Activation.RELU, Padding.SAME, 1, 0, true);
    }

    private static void assertRefused(
            String reason, Activation activation, Padding padding, double weight, double bias, boolean biased) {
        Architecture architecture = Architecture.cnn(2, 3, padding, activation, biased, false);
        IllegalArgumentException refusal = org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class, () -> new InfiniteNetwork(architecture, weight, bias));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }
}

package org.idem.laboratory.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.ResumableTraining;
import org.junit.jupiter.api.Test;

class BorderDistanceTest {
    private final long seed = Long.getLong("idem.border.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private Array uniform(int... shape) {
        return Array.of(random.doubles(Array.lengthOf(shape)).toArray(), shape);
    }

    @Test
    void distancesByHand() {
        Array none = Array.zeros(1, 2, 5, 6);
        Array effect = Array.zeros(1, 2, 5, 6);
        assertArrayEquals(new double[] {0}, BorderDistance.of(effect, none, Precision.FLOAT64));
        // at the edge 3² in one channel, two pixels inside 1² in the other
        effect.values()[3] = 3;
        effect.values()[30 + 2 * 6 + 3] = -1;
        assertArrayEquals(new double[] {(9 * 0 + 1 * 2) / 10.0}, BorderDistance.of(effect, none, Precision.FLOAT64));
        assertArrayEquals(new double[] {(9 * 0 + 1 * 2) / 10.0}, BorderDistance.of(none, effect, Precision.FLOAT64));
        // one pixel from the right edge
        Array single = Array.zeros(2, 1, 5, 6);
        single.values()[30 + 2 * 6 + 4] = 1e-200;
        assertArrayEquals(new double[] {0, 1}, BorderDistance.of(single, Array.zeros(2, 1, 5, 6), Precision.FLOAT64));
        single.values()[0] = Double.POSITIVE_INFINITY;
        single.values()[30] = Double.NaN;
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN},
                BorderDistance.of(single, Array.zeros(2, 1, 5, 6), Precision.FLOAT64));
    }

    @Test
    void otherShapesAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> BorderDistance.of(Array.zeros(1, 1, 2, 2), Array.zeros(1, 1, 2, 3), Precision.FLOAT64));
        assertThrows(
                IllegalArgumentException.class,
                () -> BorderDistance.of(Array.zeros(2, 2), Array.zeros(2, 2), Precision.FLOAT64));
    }

    private static List<Array> signals(
            Padding padding,
            int kernel,
            int[] channels,
            boolean bias,
            List<StageParameters> parameters,
            Array images,
            Precision precision) {
        Network network = Network.cnn(Activation.RELU, bias, kernel, padding, channels);
        TrainingProblem problem = new TrainingProblem(network, images, images, parameters, Loss.MEAN);
        try (ResumableTraining training = new Trainer(problem, LinearMethod.gradientDescent(0.1), precision).start()) {
            return training.signals(images);
        }
    }

    /** Independent of the engine: the same network by four nested loops. */
    private static Array convolved(Array images, StageParameters stage, boolean circular, boolean last) {
        int height = images.size(2);
        int width = images.size(3);
        int kernel = stage.weights().size(2);
        Array outputs = Array.zeros(images.size(0), stage.weights().size(0), height, width);
        for (int i = 0; i < outputs.length(); i++) {
            int x = i % width;
            int y = i / width % height;
            int out = i / width / height % outputs.size(1);
            int n = i / width / height / outputs.size(1);
            double sum = stage.bias() == null ? 0 : stage.bias().at(out);
            for (int j = 0; j < images.size(1) * kernel * kernel; j++) {
                int column = x + j % kernel - kernel / 2;
                int row = y + j / kernel % kernel - kernel / 2;
                boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                if (inside || circular) {
                    int from = j / kernel / kernel;
                    sum += stage.weights().at(out, from, j / kernel % kernel, j % kernel)
                            * images.at(n, from, Math.floorMod(row, height), Math.floorMod(column, width));
                }
            }
            outputs.values()[i] = last ? sum : Math.max(0, sum);
        }
        return outputs;
    }

    /** The definition, pixel by pixel; what double precision does not see here is less than the budget of its test. */
    private static double defined(Array one, Array other, int image) {
        double effects = 0;
        double moments = 0;
        for (int y = 0; y < one.size(2); y++) {
            for (int x = 0; x < one.size(3); x++) {
                double effect = 0;
                for (int c = 0; c < one.size(1); c++) {
                    effect += Math.pow(one.at(image, c, y, x) - other.at(image, c, y, x), 2);
                }
                int rows = Math.min(y, one.size(2) - 1 - y);
                int columns = Math.min(x, one.size(3) - 1 - x);
                effects += effect;
                moments += effect * Math.min(rows, columns);
            }
        }
        return effects == 0 ? 0 : moments / effects;
    }

    /** Rounding of sums without cancellation, and effects that count as none at all pixels, up to 8 from the edge. */
    private static double budget(Array one, Array other, int image) {
        double effects = 0;
        double squares = 0;
        double[] ones = one.slice(image).values();
        double[] others = other.slice(image).values();
        for (int i = 0; i < ones.length; i++) {
            effects += Math.pow(ones[i] - others[i], 2);
            squares += ones[i] * ones[i] + others[i] * others[i];
        }
        return effects == 0 ? 0 : 8 * 0x1p-53 * (2 * ones.length + ones.length * squares / effects);
    }

    @Test
    void theBordersEffectComesNoFurtherThanTheKernelsCarryIt() {
        int felt = 0;
        for (int kernel : new int[] {1, 3, 5}) {
            for (Precision precision : Precision.values()) {
                int[] channels = {1, 4, 4, 4, 1};
                Network network = Network.cnn(Activation.RELU, true, kernel, Padding.SAME, channels);
                List<StageParameters> parameters =
                        Initialization.of(Initializer.PYTORCH).draw(network, random.split());
                Array images = uniform(3, 1, 16, 17).rounded(precision);
                List<Array> zero = signals(Padding.SAME, kernel, channels, true, parameters, images, precision);
                List<Array> circular = signals(Padding.CIRCULAR, kernel, channels, true, parameters, images, precision);
                Array zeroByLoops = images;
                Array circularByLoops = images;
                for (int layer = 1; layer <= 4; layer++) {
                    String where = "seed " + seed + ", kernel " + kernel + ", " + precision + ", layer " + layer;
                    int furthest = Math.max(0, layer * (kernel - 1) / 2 - 1);
                    StageParameters stage = parameters.get(layer - 1);
                    zeroByLoops = convolved(zeroByLoops, stage, false, layer == 4);
                    circularByLoops = convolved(circularByLoops, stage, true, layer == 4);
                    double[] byLoops = BorderDistance.of(zeroByLoops, circularByLoops, Precision.FLOAT64);
                    double[] distances = BorderDistance.of(zero.get(layer - 1), circular.get(layer - 1), precision);
                    for (int i = 0; i < 3; i++) {
                        assertTrue(distances[i] <= furthest, where + ": " + distances[i]);
                        assertTrue(byLoops[i] <= furthest, where + ": " + byLoops[i]);
                        double expected = defined(zeroByLoops, circularByLoops, i);
                        // a layer whose units are all off feels no border
                        assertEquals(expected > 0, byLoops[i] > 0, where + ": " + byLoops[i]);
                        felt += byLoops[i] > 0 ? 1 : 0;
                        assertEquals(expected, byLoops[i], budget(zeroByLoops, circularByLoops, i), where);
                    }
                }
            }
        }
        assertTrue(felt > 0, "seed " + seed);
    }

    @Test
    void whatIsBlankAtItsBorderHasNoEffectUntilItGrowsThere() {
        int[] channels = {1, 32, 32, 32, 1};
        Network network = Network.cnn(Activation.RELU, false, 5, Padding.SAME, channels);
        List<StageParameters> parameters = Initialization.of(Initializer.HE).draw(network, random.split());
        // of 18 x 18 pixels the outer six are blank: two of the three kernels before the last reach four pixels
        Array images = Array.zeros(2, 1, 18, 18);
        for (int i = 0; i < 324; i++) {
            int row = i / 18;
            int column = i % 18;
            boolean inner = Math.min(Math.min(row, 17 - row), Math.min(column, 17 - column)) >= 6;
            images.values()[i] = inner ? random.nextDouble(0.5, 1) : 0;
        }
        for (Precision precision : Precision.values()) {
            Array rounded = images.rounded(precision);
            List<Array> zero = signals(Padding.SAME, 5, channels, false, parameters, rounded, precision);
            List<Array> circular = signals(Padding.CIRCULAR, 5, channels, false, parameters, rounded, precision);
            for (int layer = 1; layer <= 4; layer++) {
                double[] distances = BorderDistance.of(zero.get(layer - 1), circular.get(layer - 1), precision);
                String where =
                        "seed " + seed + ", " + precision + ", layer " + layer + ": " + Arrays.toString(distances);
                // layers 1 to 3 see the border only once the image has grown there, and layer 4 must see that
                assertEquals(layer == 4, distances[0] > 0, where);
                assertEquals(0, distances[1], where);
            }
        }
    }
}

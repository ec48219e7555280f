package org.idem.laboratory.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.SquaredErrors;
import org.junit.jupiter.api.Test;

class LinearReadoutTest {
    private final long seed = Long.getLong("idem.readout.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private Array gaussian(int... shape) {
        java.util.Random normal = new java.util.Random(random.nextLong());
        double[] values = new double[Array.lengthOf(shape)];
        Arrays.setAll(values, i -> normal.nextGaussian());
        return Array.of(values, shape);
    }

    /** All samples of some images, by plain indexing: a row per pixel. */
    private static RealMatrix samples(Array array, List<Integer> images) {
        int channels = array.size(1);
        int pixels = array.length() / array.size(0) / channels;
        RealMatrix samples = new Array2DRowRealMatrix(images.size() * pixels, channels);
        for (int i = 0; i < images.size(); i++) {
            double[] image = array.slice(images.get(i)).values();
            for (int j = 0; j < image.length; j++) {
                samples.setEntry(i * pixels + j % pixels, j / pixels, image[j]);
            }
        }
        return samples;
    }

    /**
     * The definition, by another library's singular values of all samples at once. The budget is that of least squares
     * by orthogonal transformations (Higham, Accuracy and Stability of Numerical Algorithms, §20.1), twice: of the
     * solution κ²·γ of its size, γ = samples · features · u.
     */
    private void requireAsDefined(Array layer, Array wanted, double[] errors) {
        int count = layer.size(0);
        for (int image = 0; image < count; image++) {
            List<Integer> others = new ArrayList<>();
            for (int other = 0; other < count; other++) {
                if (other % LinearReadout.MOST_PARTS != image % LinearReadout.MOST_PARTS) {
                    others.add(other);
                }
            }
            RealMatrix features = samples(layer, others);
            SingularValueDecomposition svd = new SingularValueDecomposition(features);
            double[] singular = svd.getSingularValues();
            double cut = Math.max(features.getRowDimension(), features.getColumnDimension()) * 0x1p-53 * singular[0];
            RealMatrix modes = svd.getUT().multiply(samples(wanted, others));
            double least = singular[0];
            for (int i = 0; i < singular.length; i++) {
                boolean kept = singular[i] > cut;
                least = kept ? singular[i] : least;
                for (int j = 0; j < modes.getColumnDimension(); j++) {
                    modes.setEntry(i, j, kept ? modes.getEntry(i, j) / singular[i] : 0);
                }
            }
            RealMatrix readout = svd.getV().multiply(modes);
            RealMatrix own = samples(layer, List.of(image));
            RealMatrix right = samples(wanted, List.of(image));
            double size = right.getFrobeniusNorm();
            double expected = own.multiply(readout).subtract(right).getFrobeniusNorm() / size;
            double condition = singular[0] / least;
            double rounding = 2 * 0x1p-53 * features.getRowDimension() * features.getColumnDimension();
            double budget =
                    rounding * condition * condition * own.getFrobeniusNorm() * readout.getFrobeniusNorm() / size;
            // differences, squares, their sum, quotient and root round as well, here and there
            double numbers = (double) right.getRowDimension() * right.getColumnDimension();
            budget += 4 * 0x1p-53 * (numbers + 8) * expected;
            assertEquals(expected, Math.sqrt(errors[image]), budget, "seed " + seed + ", image " + image);
        }
    }

    @Test
    void errorsAreThoseOfTheDefinition() {
        record Case(int[] layer, int[] wanted, int[] other) {}
        List<Case> cases = List.of(
                new Case(new int[] {5, 3, 4, 5}, new int[] {5, 1, 4, 5}, new int[] {5, 2, 4, 5}),
                new Case(new int[] {2, 8, 3, 3}, new int[] {2, 2, 3, 3}, new int[] {2, 1, 3, 3}),
                // fewer samples than channels
                new Case(new int[] {3, 20, 2, 2}, new int[] {3, 1, 2, 2}, new int[] {3, 1, 2, 2}),
                new Case(new int[] {6, 10}, new int[] {6, 7}, new int[] {6, 1}),
                new Case(new int[] {2, 4}, new int[] {2, 3}, new int[] {2, 3}),
                new Case(new int[] {12, 4}, new int[] {12, 5}, new int[] {12, 5}),
                // some images are left out together
                new Case(new int[] {131, 3}, new int[] {131, 2}, new int[] {131, 1}),
                new Case(new int[] {65, 2, 2, 1}, new int[] {65, 1, 2, 1}, new int[] {65, 1, 2, 1}));
        for (Case each : cases) {
            Array layer = gaussian(each.layer);
            List<Array> wanted = List.of(gaussian(each.wanted), gaussian(each.other));
            List<double[]> errors = LinearReadout.errors(layer, wanted, Precision.FLOAT64);
            assertEquals(2, errors.size());
            requireAsDefined(layer, wanted.get(0), errors.get(0));
            requireAsDefined(layer, wanted.get(1), errors.get(1));
            requireOfFirstImage(LinearReadout.of(layer, wanted, Precision.FLOAT64), wanted.get(0));
        }
    }

    /** The readout that is kept misses what the error says; squares and their sums round once each, on both sides. */
    private static void requireOfFirstImage(LinearReadout.Reading reading, Array wanted) {
        Array image = wanted.slices(0, 1);
        Array first = reading.first().orElseThrow();
        assertArrayEquals(image.shape(), first.shape());
        double missed = SquaredErrors.sum(first.values(), 0, image.values(), 0, image.length());
        double size = SquaredErrors.sum(image.values(), 0, new double[image.length()], 0, image.length());
        double error = reading.errors().get(0)[0];
        assertEquals(missed / size, error, 8 * (image.length() + 8) * 0x1p-53 * error);
    }

    @Test
    void twoImagesByHand() {
        Array layer = Array.of(new double[] {1, 0, 1, 1}, 2, 2);
        Array wanted = Array.of(new double[] {2, 0, 4, 4}, 2, 2);
        // fitted on the second, the first reads ½(4, 4); fitted on the first, the second reads (2, 0)
        double[] errors =
                LinearReadout.errors(layer, List.of(wanted), Precision.FLOAT64).get(0);
        assertEquals(4 / 4.0, errors[0], 8 * Math.ulp(1.0));
        assertEquals(20 / 32.0, errors[1], 8 * Math.ulp(1.0));
    }

    @Test
    void channelsThatSayNothingNewChangeNothing() {
        Array layer = gaussian(4, 2, 3, 3);
        double[] more = new double[4 * 5 * 9];
        for (int i = 0; i < more.length; i++) {
            int channel = i / 9 % 5;
            int start = i / 45 * 18 + i % 9;
            // channels 1 and 2 again in other sizes, and a dead one
            more[i] = channel == 4 ? 0 : layer.values()[start + channel % 2 * 9] * (channel < 2 ? 1 : channel - 4);
        }
        List<Array> wanted = List.of(gaussian(4, 1, 3, 3));
        for (Precision precision : Precision.values()) {
            double[] few = LinearReadout.errors(layer, wanted, precision).get(0);
            double[] many = LinearReadout.errors(Array.of(more, 4, 5, 3, 3), wanted, precision)
                    .get(0);
            assertArrayEquals(
                    few, many, 1e3 * 0x1p-53 * Arrays.stream(few).max().orElseThrow(), "seed " + seed);
        }
    }

    @Test
    void whatLiesBelowTheLayersRoundingIsNotRead() {
        // a second channel that differs from the first by rounding of float32, where what is wanted hides
        Array image = gaussian(6, 1, 3, 3);
        Array clean = gaussian(6, 1, 3, 3);
        double[] both = new double[2 * image.length()];
        for (int i = 0; i < image.length(); i++) {
            int at = i / 9 * 18 + i % 9;
            both[at] = clean.values()[i];
            both[at + 9] = clean.values()[i] + 0x1p-26 * image.values()[i];
        }
        Array layer = Array.of(both, 6, 2, 3, 3);
        double[] alone =
                LinearReadout.errors(clean, List.of(image), Precision.FLOAT32).get(0);
        double[] single =
                LinearReadout.errors(layer, List.of(image), Precision.FLOAT32).get(0);
        double[] wide =
                LinearReadout.errors(layer, List.of(image), Precision.FLOAT64).get(0);
        for (int i = 0; i < 6; i++) {
            assertEquals(alone[i], single[i], 0x1p-20 * (1 + alone[i]), "seed " + seed);
            // sums of 54 numbers round to 64·2⁻⁵³ of the channels, whose difference is 2⁻²⁶ of them; errors are squares
            assertTrue(wide[i] < 0x1p-42, "seed " + seed + ": " + wide[i]);
            assertTrue(alone[i] > 0.1, "seed " + seed + ": " + alone[i]);
        }
    }

    @Test
    void aLayerThatHoldsTheImageMissesNothing() {
        Array image = gaussian(3, 2, 4, 4);
        double[] mixed = new double[image.length()];
        for (int i = 0; i < mixed.length; i++) {
            int pixel = i / 32 * 32 + i % 16;
            double first = image.values()[pixel];
            double second = image.values()[pixel + 16];
            mixed[i] = i / 16 % 2 == 0 ? first + second : 3 * first - second;
        }
        double[] errors = LinearReadout.errors(Array.of(mixed, 3, 2, 4, 4), List.of(image), Precision.FLOAT64)
                .get(0);
        for (double error : errors) {
            // sums of 96 numbers, and a mixture whose largest singular value is less than three times its smallest
            assertTrue(Math.sqrt(error) < 3 * 96 * 0x1p-53, "seed " + seed + ": " + error);
        }
    }

    @Test
    void theSizeOfActivationsDoesNotMatter() {
        for (int[] shape : new int[][] {{4, 3, 3, 2}, {5, 7}}) {
            Array layer = gaussian(shape);
            int[] wantedShape = shape.clone();
            wantedShape[1] = 1;
            List<Array> wanted = List.of(gaussian(wantedShape));
            double[] errors =
                    LinearReadout.errors(layer, wanted, Precision.FLOAT64).get(0);
            for (int exponent : new int[] {-1000, -300, 1, 300, 1000}) {
                double[] scaled = layer.values().clone();
                Arrays.setAll(scaled, i -> Math.scalb(scaled[i], exponent));
                assertArrayEquals(
                        errors,
                        LinearReadout.errors(Array.of(scaled, shape), wanted, Precision.FLOAT64)
                                .get(0),
                        "seed " + seed + ", exponent " + exponent);
            }
        }
    }

    @Test
    void validPaddingLeavesTheCommonCentre() {
        Array image = gaussian(4, 1, 7, 8);
        Array target = gaussian(4, 1, 3, 4);
        Array layer = gaussian(4, 2, 5, 6);
        List<double[]> errors = LinearReadout.errors(layer, List.of(image, target), Precision.FLOAT64);
        assertArrayEquals(
                LinearReadout.errors(layer, List.of(centre(image, 5, 6)), Precision.FLOAT64)
                        .get(0),
                errors.get(0));
        assertArrayEquals(
                LinearReadout.errors(centre(layer, 3, 4), List.of(target), Precision.FLOAT64)
                        .get(0),
                errors.get(1));
        requireAsDefined(layer, centre(image, 5, 6), errors.get(0));
        requireAsDefined(centre(layer, 3, 4), target, errors.get(1));
    }

    private static Array centre(Array array, int height, int width) {
        Array centre = Array.zeros(array.size(0), array.size(1), height, width);
        int top = (array.size(2) - height) / 2;
        int left = (array.size(3) - width) / 2;
        int next = 0;
        for (int n = 0; n < array.size(0); n++) {
            for (int c = 0; c < array.size(1); c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        centre.values()[next++] = array.at(n, c, top + y, left + x);
                    }
                }
            }
        }
        return centre;
    }

    @Test
    void aBlankImageIsReadOrNot() {
        Array wanted = Array.of(new double[] {0, 0, 1, 2, 3, 4}, 3, 2);
        Array silent = Array.of(new double[] {0, 0, 1, 2, 3, 1}, 3, 2);
        Array biased = Array.of(new double[] {1, 1, 1, 2, 3, 1}, 3, 2);
        assertEquals(
                0,
                LinearReadout.errors(silent, List.of(wanted), Precision.FLOAT64).get(0)[0]);
        assertTrue(Double.isNaN(
                LinearReadout.errors(biased, List.of(wanted), Precision.FLOAT64).get(0)[0]));
        // a dead layer reads nothing: all of the image is missed
        assertArrayEquals(
                new double[] {0, 1, 1},
                LinearReadout.errors(Array.zeros(3, 5), List.of(wanted), Precision.FLOAT64)
                        .get(0));
    }

    @Test
    void withoutOthersOrFiniteNumbersNothingIsSaid() {
        double[] nan = {Double.NaN, Double.NaN};
        Array wanted = Array.of(new double[] {1, 2}, 2, 1);
        Array broken = Array.of(new double[] {1, Double.POSITIVE_INFINITY}, 2, 1);
        assertArrayEquals(
                nan,
                LinearReadout.errors(broken, List.of(wanted), Precision.FLOAT32).get(0));
        assertArrayEquals(
                new double[] {Double.NaN},
                LinearReadout.errors(wanted.slices(0, 1), List.of(wanted.slices(0, 1)), Precision.FLOAT32)
                        .get(0));
        assertEquals(List.of(), LinearReadout.errors(wanted, List.of(), Precision.FLOAT32));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Array layer = Array.zeros(2, 3);
        for (Array wanted :
                List.of(Array.zeros(3, 3), Array.zeros(2, 1, 1, 1), Array.of(new double[] {1, Double.NaN}, 2, 1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LinearReadout.errors(layer, List.of(wanted), Precision.FLOAT64));
        }
        Array odd = Array.zeros(2, 3, 1);
        assertThrows(IllegalArgumentException.class, () -> LinearReadout.errors(odd, List.of(odd), Precision.FLOAT64));
    }

    @Test
    void theOrderOfImagesDoesNotMatter() {
        Array layer = gaussian(7, 2, 3, 3);
        Array wanted = gaussian(7, 1, 3, 3);
        double[] errors =
                LinearReadout.errors(layer, List.of(wanted), Precision.FLOAT64).get(0);
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
        Collections.shuffle(order, new java.util.Random(seed));
        double[] shuffled = LinearReadout.errors(
                        Array.concatenate(
                                order.stream().map(i -> layer.slices(i, i + 1)).toList()),
                        List.of(Array.concatenate(
                                order.stream().map(i -> wanted.slices(i, i + 1)).toList())),
                        Precision.FLOAT64)
                .get(0);
        for (int i = 0; i < 7; i++) {
            assertEquals(errors[order.get(i)], shuffled[i], 1e3 * 0x1p-53 * errors[order.get(i)], "seed " + seed);
        }
    }
}

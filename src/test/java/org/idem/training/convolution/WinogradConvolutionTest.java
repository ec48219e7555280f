package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Test;

/** Winograd's convolution against direct sums in 64 bits, within an a-priori bound of its rounding. */
class WinogradConvolutionTest {
    private static final int SHAPES = 80;

    /** A shape with numbers of 32 bits, and what a convolution makes of them. */
    private static final class Sample {
        final ConvolutionShape shape;
        final double[] weights;
        final double[] inputs;
        final double[] outputGradient;

        Sample(SplittableRandom random) {
            this(shape(random, 3 + 2 * random.nextInt(3), 1), random);
        }

        private static ConvolutionShape shape(SplittableRandom random, int kernel, int leastOutputs) {
            return new ConvolutionShape(
                    1 + random.nextInt(3),
                    kernel - 1 + leastOutputs + random.nextInt(14),
                    kernel - 1 + leastOutputs + random.nextInt(14),
                    1 + random.nextInt(9),
                    1 + random.nextInt(9),
                    kernel);
        }

        Sample(ConvolutionShape shape, SplittableRandom random) {
            this.shape = shape;
            Random normal = new Random(random.nextLong());
            weights = normal(normal, shape.weightLength());
            inputs = normal(normal, shape.inputLength());
            outputGradient = normal(normal, shape.outputLength());
        }

        private static double[] normal(Random random, int length) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }

        Results direct() {
            Results results = new Results(shape);
            for (int i = 0; i < shape.outputLength(); i++) {
                int o = i % shape.outputs();
                int column = i / shape.outputs() % shape.outputColumns();
                int row = i / shape.outputs() / shape.outputColumns() % shape.outputRows();
                int image = i / shape.outputs() / shape.outputColumns() / shape.outputRows();
                for (int tap = 0; tap < shape.kernel() * shape.kernel(); tap++) {
                    int y = image * shape.rows() + row + tap / shape.kernel();
                    int x = column + tap % shape.kernel();
                    for (int c = 0; c < shape.channels(); c++) {
                        int in = (y * shape.columns() + x) * shape.channels() + c;
                        int w = (tap * shape.channels() + c) * shape.outputs() + o;
                        results.outputs[i] += weights[w] * inputs[in];
                        results.weightGradient[w] += outputGradient[i] * inputs[in];
                        results.inputGradient[in] += outputGradient[i] * weights[w];
                    }
                }
            }
            return results;
        }

        /** Every result's memory starts with rubbish, since all of it has to be overwritten. */
        Results of(Convolution convolution) {
            Results results = new Results(shape);
            Memory w = Memory.of(weights, Precision.FLOAT32);
            Memory x = Memory.of(inputs, Precision.FLOAT32);
            Memory dy = Memory.of(outputGradient, Precision.FLOAT32);
            Memory y = rubbish(shape.outputLength());
            Memory dw = rubbish(shape.weightLength());
            Memory dx = rubbish(shape.inputLength());
            convolution.forward(w, x, y);
            convolution.backward(w, x, dy, dw, dx);
            y.read(results.outputs);
            dw.read(results.weightGradient);
            dx.read(results.inputGradient);
            return results;
        }

        private static Memory rubbish(int length) {
            double[] values = new double[length];
            Arrays.fill(values, 1e30);
            return Memory.of(values, Precision.FLOAT32);
        }
    }

    private static final class Results {
        final double[] outputs;
        final double[] weightGradient;
        final double[] inputGradient;

        Results(ConvolutionShape shape) {
            outputs = new double[shape.outputLength()];
            weightGradient = new double[shape.weightLength()];
            inputGradient = new double[shape.inputLength()];
        }

        /** The largest share of its budget that an error uses. */
        double share(Results exact, WinogradBudget budget) {
            return Math.max(
                    share(outputs, exact.outputs, budget.outputs),
                    Math.max(
                            share(weightGradient, exact.weightGradient, budget.weightGradient),
                            share(inputGradient, exact.inputGradient, budget.inputGradient)));
        }

        private static double share(double[] observed, double[] expected, double[] budget) {
            double largest = 0;
            for (int i = 0; i < observed.length; i++) {
                // below the smallest normal numbers rounding is absolute; NaN must not pass
                double share = Math.abs(observed[i] - expected[i]) / (budget[i] + Float.MIN_NORMAL);
                largest = share <= largest ? largest : share;
            }
            return largest;
        }

        void assertSameBits(Results others, String message) {
            assertArrayEquals(outputs, others.outputs, message);
            assertArrayEquals(weightGradient, others.weightGradient, message);
            assertArrayEquals(inputGradient, others.inputGradient, message);
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double absoluteDot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs(x[i] * y[i]);
        }
        return sum;
    }

    @Test
    void agreesWithDirectSums() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        double largest = 0;
        for (int i = 0; i < SHAPES; i++) {
            Sample sample = new Sample(random);
            WinogradBudget budget =
                    new WinogradBudget(sample.shape, sample.weights, sample.inputs, sample.outputGradient);
            double share = sample.of(new WinogradConvolution(sample.shape, 1)).share(sample.direct(), budget);
            assertTrue(share <= 1, "seed " + seed + ", " + sample.shape + ": share " + share);
            largest = Math.max(largest, share);
        }
        // a budget that is never used to a hundredth would not notice much
        assertTrue(largest > 0.01, "budget too loose, largest share used " + largest + ", seed " + seed);
    }

    /** More transformed weights than are held at a time. */
    @Test
    void agreesWithDirectSumsForManyChannels() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int kernel : new int[] {3, 5, 7}) {
            ConvolutionShape shape = new ConvolutionShape(1, kernel + 3, kernel + 4, 201, 199, kernel);
            Sample sample = new Sample(shape, random);
            WinogradBudget budget = new WinogradBudget(shape, sample.weights, sample.inputs, sample.outputGradient);
            double share = sample.of(new WinogradConvolution(shape, 2)).share(sample.direct(), budget);
            assertTrue(share <= 1, "seed " + seed + ", " + shape + ": share " + share);
        }
    }

    /** ⟨dy, y⟩ = ⟨dx, x⟩ = ⟨dw, w⟩, within what the results' errors make of them. */
    @Test
    void gradientsAreAdjoints() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SHAPES; i++) {
            Sample sample = new Sample(random);
            Results results = sample.of(new WinogradConvolution(sample.shape, 1));
            WinogradBudget budget =
                    new WinogradBudget(sample.shape, sample.weights, sample.inputs, sample.outputGradient);
            double outputs = dot(sample.outputGradient, results.outputs);
            double inputs = dot(sample.inputs, results.inputGradient);
            double weights = dot(sample.weights, results.weightGradient);
            double outputError = absoluteDot(sample.outputGradient, budget.outputs);
            double inputError = absoluteDot(sample.inputs, budget.inputGradient);
            double weightError = absoluteDot(sample.weights, budget.weightGradient);
            String message = "seed " + seed + ", " + sample.shape + ": " + outputs + ", " + inputs + ", " + weights;
            assertTrue(Math.abs(outputs - inputs) <= outputError + inputError, message);
            assertTrue(Math.abs(outputs - weights) <= outputError + weightError, message);
        }
    }

    /**
     * One entry of one matrix off by a thousandth, for side 7 by a hundredth, the smallest entries too. Of 2,160
     * samples none used less than 3.9 of its budget, and the logarithms of the least noticed entries lie four
     * deviations above 1: a sample misses its fault with a probability of some 1e-5, so all three of a fault do with
     * one below 1e-12.
     */
    @Test
    void noticesWrongTransforms() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SHAPES; i++) {
            int kernel = 3 + 2 * random.nextInt(3);
            WinogradTransform transform = WinogradTransform.of(kernel);
            double[][][] matrices = {transform.inputs(), transform.weights(), transform.outputs()};
            int which = random.nextInt(3);
            String fault = plant(matrices[which], transform.pairs(), kernel == 7 ? 1.01 : 1.001, random);
            double share = 0;
            for (int sample = 0; sample < 3 && share <= 1; sample++) {
                share = Math.max(share, shareOf(matrices, transform.pairs(), kernel, random));
            }
            assertTrue(
                    share > 1,
                    "seed " + seed + ", side " + kernel + ", matrix " + which + " at " + fault + ": share " + share);
        }
    }

    /** Multiplies an entry; the answer is its place. */
    private static String plant(double[][] wrong, int pairs, double fault, SplittableRandom random) {
        int row;
        int column;
        do {
            row = random.nextInt(wrong.length);
            column = random.nextInt(wrong[0].length);
        } while (wrong[row][column] == 0);
        wrong[row][column] *= fault;
        if (row >= 1 && row <= 2 * pairs) {
            // a pair stays a pair
            int other = row % 2 == 1 ? row + 1 : row - 1;
            wrong[other][column] *= fault;
        }
        return row + ", " + column;
    }

    /** What a convolution by these matrices uses of the budget of the right ones, on a fresh sample. */
    private static double shareOf(double[][][] matrices, int pairs, int kernel, SplittableRandom random) {
        // a whole tile, since the last entries serve its last outputs only
        Sample sample = new Sample(Sample.shape(random, kernel, WinogradTransform.TILE), random);
        Convolution planted = new WinogradConvolution(
                sample.shape,
                new PairedMap(matrices[0], pairs),
                new PairedMap(matrices[1], pairs),
                new PairedMap(matrices[2], pairs),
                new WinogradScratch(1));
        WinogradBudget budget = new WinogradBudget(sample.shape, sample.weights, sample.inputs, sample.outputGradient);
        return sample.of(planted).share(sample.direct(), budget);
    }

    /**
     * Errors in root mean square, as those of single numbers have no law; shapes that training transforms. Of 43 drawn
     * ratios of side 7 the largest was 3.06; where inputs are rectified and channels few, their logarithm has mean 0.97
     * and deviation 0.075, so 4 is 5.6 deviations away. The other sides stay below 1.1.
     */
    @Test
    void errorsAreAtMostFourTimesThoseOfPlainSums() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 6; draw++) {
            int kernel = 3 + 2 * (draw % 3);
            int side = 24 + random.nextInt(5) + kernel - 1;
            int channels = 32 + 16 * random.nextInt(2);
            ConvolutionShape shape = new ConvolutionShape(1, side, side, channels, 32, kernel);
            ConvolutionSample sample = new ConvolutionSample(shape, random, draw < 3);
            double ratio = sample.errorBesidePlainSums(sample.of(new WinogradConvolution(shape, 1), WeightOrder.PLAIN));
            assertTrue(ratio <= 4, "seed " + seed + ", " + shape + ": ratio " + ratio);
        }
    }

    @Test
    void sameBitsForAnyThreadsAndCalls() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SHAPES / 4; i++) {
            Sample first = new Sample(random);
            Sample second = new Sample(random);
            String message = "seed " + seed + ", " + first.shape + ", " + second.shape;
            Results expected = first.of(new WinogradConvolution(first.shape, 1));
            // two convolutions on one scratch that the other leaves filled
            WinogradScratch scratch = new WinogradScratch(2);
            Convolution one = new WinogradConvolution(first.shape, scratch);
            Convolution other = new WinogradConvolution(second.shape, scratch);
            expected.assertSameBits(first.of(one), message);
            second.of(other);
            expected.assertSameBits(first.of(one), message);
            expected.assertSameBits(first.of(new WinogradConvolution(first.shape, 3)), message);
        }
    }

    @Test
    void refusesRowsThatAreNoPair() {
        WinogradTransform transform = WinogradTransform.of(5);
        double[][] matrix = transform.inputs();
        matrix[2][3] *= 1.001;
        assertThrows(IllegalArgumentException.class, () -> new PairedMap(matrix, transform.pairs()));
    }

    @Test
    void refusesOtherKernels() {
        for (int kernel : new int[] {1, 2, 4, 6, 9}) {
            ConvolutionShape shape = new ConvolutionShape(1, 9, 9, 2, 2, kernel);
            assertThrows(IllegalArgumentException.class, () -> new WinogradConvolution(shape, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new WinogradScratch(0));
    }
}

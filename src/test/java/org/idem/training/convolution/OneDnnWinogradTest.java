package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** oneDNN's Winograd transforms against sums, where the library has them for the processor. */
@DisabledIf(value = "isMissing", disabledReason = "oneDNN has no Winograd transforms for this processor")
class OneDnnWinogradTest {
    /** The points at which the library evaluates polynomials, besides ∞. */
    private static final WinogradBudget.Matrices MATRICES =
            WinogradBudget.Matrices.ofPoints(0, 0.625, -0.625, 1.5, -1.5);

    static boolean isMissing() {
        return OneDnnWinograd.order(new ConvolutionShape(1, 28, 28, 32, 32, 3, 1), 1)
                .isEmpty();
    }

    /** Bounds of the rounding of outputs and of both gradients. */
    private static double[][] budgets(ConvolutionSample sample) {
        WinogradBudget budget = new WinogradBudget(MATRICES, sample.shape, sample.w, sample.x, sample.g);
        return new double[][] {budget.outputs, budget.weightGradient, turned(sample).outputs};
    }

    /** The library computes the inputs' gradient as outputs of the turned kernel on framed gradients. */
    private static WinogradBudget turned(ConvolutionSample sample) {
        ConvolutionShape shape = sample.shape;
        int frame = shape.kernel() - 1;
        ConvolutionShape back = new ConvolutionShape(
                shape.images(),
                shape.outputRows() + 2 * frame,
                shape.outputColumns() + 2 * frame,
                shape.outputs(),
                shape.channels(),
                shape.kernel());
        double[] weights = new double[sample.w.length];
        for (int i = 0; i < sample.w.length; i++) {
            int output = i % shape.outputs();
            int channel = i / shape.outputs() % shape.channels();
            int tap = shape.kernel() * shape.kernel() - 1 - i / shape.outputs() / shape.channels();
            weights[(tap * shape.outputs() + output) * shape.channels() + channel] = sample.w[i];
        }
        double[] framed = new double[back.inputLength()];
        int line = shape.outputColumns() * shape.outputs();
        for (int row = 0; row < shape.images() * shape.outputRows(); row++) {
            int to = row / shape.outputRows() * back.rows() + row % shape.outputRows() + frame;
            System.arraycopy(sample.g, row * line, framed, (to * back.columns() + frame) * shape.outputs(), line);
        }
        return new WinogradBudget(MATRICES, back, weights, framed, new double[back.outputLength()]);
    }

    private static double[][] own(ConvolutionSample sample, int threads) {
        WeightOrder order = OneDnnWinograd.order(sample.shape, threads).orElseThrow();
        return sample.of(OneDnnWinograd.ifPossible(sample.shape, order, threads).orElseThrow(), order);
    }

    private static int of(SplittableRandom random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static double share(double[] observed, double[] expected, double[] budget) {
        double largest = 0;
        for (int i = 0; i < observed.length; i++) {
            double share = Math.abs(observed[i] - expected[i]) / (budget[i] + Float.MIN_NORMAL);
            largest = share <= largest ? largest : share;
        }
        return largest;
    }

    @Test
    void staysWithinTheBoundOfItsRounding() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        double largest = 0;
        for (int draw = 0; draw < 40; draw++) {
            ConvolutionShape shape = new ConvolutionShape(
                    random.nextInt(1, 3),
                    3 + random.nextInt(12),
                    3 + random.nextInt(12),
                    of(random, 1, 3, 16, 32),
                    of(random, 2, 16, 32),
                    3);
            ConvolutionSample sample = new ConvolutionSample(shape, random, false);
            double[][] expected = sample.exact();
            double[][] observed = own(sample, 1 + draw % 2);
            double[][] allowed = budgets(sample);
            for (int i = 0; i < 3; i++) {
                double share = share(observed[i], expected[i], allowed[i]);
                assertTrue(share <= 1, "seed " + seed + ", " + shape + ": share " + share);
                largest = Math.max(largest, share);
            }
        }
        // a bound of which a hundredth is never used would not notice much
        assertTrue(largest > 0.01, "bound too loose, largest share used " + largest + ", seed " + seed);
    }

    /** The library's own intermediate memory would belong to the thread that makes a convolution. */
    @Test
    void worksOnAThreadThatDidNotMakeIt() throws InterruptedException {
        SplittableRandom random = new SplittableRandom();
        for (int kernel : new int[] {3, 9}) {
            ConvolutionShape shape = new ConvolutionShape(1, 28, 28, 32, 32, kernel, kernel / 2);
            ConvolutionSample sample = new ConvolutionSample(shape, random, false);
            WeightOrder order = OneDnnWinograd.order(shape, 1).orElseThrow();
            List<Convolution> made = new ArrayList<>();
            Thread maker = new Thread(
                    () -> made.add(OneDnnWinograd.ifPossible(shape, order, 1).orElseThrow()));
            maker.start();
            maker.join();
            assertArrayEquals(own(sample, 1), sample.of(made.get(0), order));
        }
    }

    /** Shapes that training gives to these transforms, one block or several, zeros thought or not. */
    private static ConvolutionShape drawn(SplittableRandom random) {
        int kernel = of(random, 3, 3, 9);
        int side = 24 + random.nextInt(5);
        boolean thought = random.nextBoolean();
        return new ConvolutionShape(
                kernel == 3 ? random.nextInt(1, 4) : 1,
                thought ? side : side + kernel - 1,
                thought ? side : side + kernel - 1,
                of(random, 32, 48),
                of(random, 32, 64),
                kernel,
                thought ? kernel / 2 : 0);
    }

    /**
     * Errors in root mean square, as those of single numbers have no law. Of twelve drawn ratios the largest was 2.33,
     * of side 3, where the logarithm has mean 0.75 and deviation 0.06, so that 4 is ten deviations away.
     */
    @Test
    void errorsAreAtMostFourTimesThoseOfPlainSums() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 4; draw++) {
            ConvolutionShape shape = drawn(random);
            ConvolutionSample sample = new ConvolutionSample(shape, random, draw % 2 == 1);
            double ratio = sample.errorBesidePlainSums(own(sample, 1 + draw % 2));
            assertTrue(ratio <= 4, "seed " + seed + ", " + shape + ": ratio " + ratio);
        }
    }

    /** A fault of a thousandth in one weight of a thousand. */
    @Test
    void noticesAFault() {
        SplittableRandom random = new SplittableRandom(4);
        ConvolutionSample sample = new ConvolutionSample(new ConvolutionShape(1, 28, 28, 32, 32, 3, 1), random, false);
        double[][] observed = own(sample, 1);
        assertTrue(sample.errorBesidePlainSums(observed) <= 4);
        for (int i = 0; i < sample.w.length; i += 1000) {
            sample.w[i] *= 1 + 1e-3;
        }
        double[][] faulty = own(sample, 1);
        for (int i = 0; i < sample.w.length; i += 1000) {
            sample.w[i] /= 1 + 1e-3;
        }
        assertFalse(sample.errorBesidePlainSums(faulty) <= 4);
    }

    @Test
    void plainWeightsGiveTheSameBits() {
        SplittableRandom random = new SplittableRandom(9);
        for (int kernel : new int[] {3, 9}) {
            ConvolutionSample sample =
                    new ConvolutionSample(new ConvolutionShape(2, 11, 12, 16, 32, kernel, kernel / 2), random, false);
            double[][] own = own(sample, 1);
            double[][] plain = sample.of(
                    OneDnnWinograd.ifPossible(sample.shape, WeightOrder.PLAIN, 1)
                            .orElseThrow(),
                    WeightOrder.PLAIN);
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(own[i], plain[i]);
            }
        }
    }

    @Test
    void ordersInBlocksHoldEveryWeightOnce() {
        ConvolutionShape shape = new ConvolutionShape(1, 28, 28, 32, 64, 9, 4);
        WeightOrder order = OneDnnWinograd.order(shape, 1).orElseThrow();
        assertTrue(order.isInBlocks());
        int[] places = IntStream.range(0, shape.weightLength())
                .map(order::place)
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, places.length).toArray(), places);
    }

    @Test
    void isChosenForWideLayersInTheirOwnOrder() {
        Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
        for (int kernel : new int[] {3, 9}) {
            ConvolutionShape shape = new ConvolutionShape(1, 28, 28, 64, 64, kernel, kernel / 2);
            WeightOrder order = fastest.order(shape);
            assertInstanceOf(
                    OneDnnWinograd.class,
                    fastest.addingZeros(shape, order, true).orElseThrow());
            assertInstanceOf(OneDnnWinograd.class, fastest.of(shape.withMargins(), order));
        }
    }

    /** Probes may be smaller than what the weights were ordered for. */
    @Test
    void smallImagesTakeWeightsInBlocks() {
        SplittableRandom random = new SplittableRandom(2);
        Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
        for (int kernel : new int[] {3, 9}) {
            WeightOrder order = fastest.order(new ConvolutionShape(1, 28, 28, 64, 64, kernel, kernel / 2));
            ConvolutionShape small = new ConvolutionShape(1, 10, 10, 64, 64, kernel);
            ConvolutionSample sample = new ConvolutionSample(small, random, false);
            Convolution convolution = fastest.of(small, order);
            assertFalse(convolution instanceof OneDnnWinograd);
            assertTrue(sample.errorBesidePlainSums(sample.of(convolution, order)) <= 4);
        }
    }

    /** Kernels that are no sums of blocks, and images that a block does not meet. */
    @Test
    void knowsWhatItCannotDo() {
        for (ConvolutionShape shape : new ConvolutionShape[] {
            new ConvolutionShape(1, 28, 28, 32, 32, 5, 2),
            new ConvolutionShape(1, 28, 28, 32, 33, 3, 1),
            new ConvolutionShape(1, 1, 28, 32, 32, 15, 7),
            new ConvolutionShape(1, 28, 2, 32, 32, 15, 7)
        }) {
            assertTrue(OneDnnWinograd.ifPossible(shape, WeightOrder.PLAIN, 1).isEmpty(), shape.toString());
        }
        ConvolutionShape large = new ConvolutionShape(1, 28, 28, 32, 32, 9, 4);
        WeightOrder whole = OneDnnConvolution.order(large, 1);
        assertTrue(whole.isPlain() || OneDnnWinograd.ifPossible(large, whole, 1).isEmpty());
    }
}

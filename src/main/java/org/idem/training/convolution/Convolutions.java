package org.idem.training.convolution;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Picks the way in which a convolution is computed, by its shape. The convolutions that one instance makes must never
 * run at the same time, because they share memory.
 */
public final class Convolutions {
    /** Most numbers per pixel where all kernel positions are laid out in memory. */
    private static final int MOST_UNFOLDED = 256;

    /** Least number of channels and of outputs with which Winograd's transforms save more time than they take. */
    private static final int MANY_CHANNELS = 16;

    /**
     * Least number of channels and of outputs with which transforms beat oneDNN for kernels of side 5 and of side 3.
     */
    private static final int CHANNELS_FOR_5 = 64;

    private static final int CHANNELS_FOR_3 = 512;

    /** Fewer pixels than this leave OpenBLAS with small products. */
    private static final int PIXELS = 576;

    private static final boolean WIDE_BLAS = BlasCode.isWide(System.getenv().getOrDefault("OPENBLAS_CORETYPE", ""));

    private final Precision precision;
    private final boolean plainSums;
    private final int threads;
    private @Nullable WinogradScratch scratch;

    /** These keep nothing between their passes, so layers of one shape share one, and its memory stays in cache. */
    private final Map<DirectKey, Optional<Convolution>> direct = new HashMap<>();

    private final Map<ConvolutionShape, WeightOrder> orders = new HashMap<>();

    private record DirectKey(ConvolutionShape shape, WeightOrder order) {}

    private Convolutions(Precision precision, boolean plainSums, int threads) {
        this.precision = precision;
        this.plainSums = plainSums;
        this.threads = threads;
    }

    /**
     * Sums of products by BLAS, as rounding budgets assume (proofs/rounding.md, section 1); on one thread.
     *
     * @param precision arithmetic of the sums
     * @return a choice among patches, scattered patches and shifted products
     */
    public static Convolutions ofPlainSums(Precision precision) {
        return new Convolutions(precision, true, 1);
    }

    /**
     * Whatever is fastest.
     *
     * @param precision arithmetic of the sums
     * @param threads to share large convolutions among, at least 1
     * @return a choice among all ways
     */
    public static Convolutions fastest(Precision precision, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        return new Convolutions(precision, false, threads);
    }

    /**
     * The order in which weights should be stored, so that the convolution of a shape copies as few as it can.
     *
     * @param shape sizes, with zeros where the convolution may think them
     * @return an order that all convolutions here can take
     */
    public WeightOrder order(ConvolutionShape shape) {
        return mayBeDirect(shape)
                ? orders.computeIfAbsent(shape, key -> OneDnnConvolution.order(shape, threads))
                : WeightOrder.PLAIN;
    }

    /**
     * A convolution.
     *
     * @param shape sizes; inputs carry all their margins
     * @param order of the weights
     * @return a convolution for one thread at a time
     */
    public Convolution of(ConvolutionShape shape, WeightOrder order) {
        return direct(shape, order).orElseGet(() -> inOrder(byProducts(shape), shape, order));
    }

    private Convolution inOrder(Convolution plain, ConvolutionShape shape, WeightOrder order) {
        return order.isPlain() ? plain : new ReorderedConvolution(plain, shape, order, precision);
    }

    /**
     * A convolution that thinks zeros round its inputs, or a part of them ({@link ConvolutionShape#zeros}).
     *
     * @param shape sizes
     * @param order of the weights
     * @return empty if no fast convolution does; then {@link #of} takes the shape with margins
     */
    public Optional<Convolution> addingZeros(ConvolutionShape shape, WeightOrder order) {
        return direct(shape, order);
    }

    private Optional<Convolution> direct(ConvolutionShape shape, WeightOrder order) {
        return mayBeDirect(shape)
                ? direct.computeIfAbsent(
                        new DirectKey(shape, order), key -> OneDnnConvolution.ifFast(shape, order, threads))
                : Optional.empty();
    }

    private boolean mayBeDirect(ConvolutionShape shape) {
        return !plainSums && precision == Precision.FLOAT32 && !(WIDE_BLAS && isWorthTransforming(shape));
    }

    /**
     * Whether Winograd's transforms with OpenBLAS's widest code beat oneDNN. One layer of 28 × 28 pixels, forward and
     * backward, took this share of oneDNN's time on one thread and on two: 0.76 and 0.78 with 128 channels and kernels
     * of side 5, 0.85 and 1.05 with 64, 0.8 and 0.68 with 1,024 channels and side 3, 1.02 and 0.84 with 512. With fewer
     * channels or pixels oneDNN is up to five times faster.
     */
    static boolean isWorthTransforming(ConvolutionShape shape) {
        int channels = Math.min(shape.channels(), shape.outputs());
        boolean many =
                shape.kernel() == 5 && channels >= CHANNELS_FOR_5 || shape.kernel() == 3 && channels >= CHANNELS_FOR_3;
        return many && shape.outputRows() * shape.outputColumns() >= PIXELS;
    }

    private Convolution byProducts(ConvolutionShape shape) {
        if (transforms(shape)) {
            if (scratch == null) {
                scratch = new WinogradScratch(threads);
            }
            return new WinogradConvolution(shape, scratch);
        }
        int area = shape.kernel() * shape.kernel();
        if (Math.min(shape.channels(), shape.outputs()) * area > MOST_UNFOLDED) {
            return new ShiftedConvolution(shape, precision);
        }
        return shape.channels() <= shape.outputs()
                ? new PatchConvolution(shape, precision)
                : new ScatterConvolution(shape, precision);
    }

    private boolean transforms(ConvolutionShape shape) {
        return !plainSums
                && precision == Precision.FLOAT32
                && (shape.kernel() == 3 || shape.kernel() == 5)
                && Math.min(shape.channels(), shape.outputs()) >= MANY_CHANNELS;
    }
}

package org.idem.training.convolution;

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

    private final Precision precision;
    private final boolean plainSums;
    private final int threads;
    private @Nullable WinogradScratch scratch;

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
     * A convolution.
     *
     * @param shape sizes; inputs carry all their margins unless {@link #addsZeros}
     * @return a convolution for one thread at a time
     */
    public Convolution of(ConvolutionShape shape) {
        if (isDirect(shape)) {
            return new OneDnnConvolution(shape, threads);
        }
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

    /**
     * Whether {@link #of} also takes shapes whose inputs carry no margins of zeros.
     *
     * @param shape sizes
     * @return true if zeros in the shape are thought, not stored
     */
    public boolean addsZeros(ConvolutionShape shape) {
        return isDirect(shape);
    }

    /** Where oneDNN has code for a shape it takes a fifth to three fifths of the time of Winograd's transforms here. */
    private boolean isDirect(ConvolutionShape shape) {
        return !plainSums && precision == Precision.FLOAT32 && OneDnnConvolution.isFast(shape, threads);
    }

    private boolean transforms(ConvolutionShape shape) {
        return !plainSums
                && precision == Precision.FLOAT32
                && (shape.kernel() == 3 || shape.kernel() == 5)
                && Math.min(shape.channels(), shape.outputs()) >= MANY_CHANNELS;
    }
}

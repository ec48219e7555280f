package org.idem.training.convolution;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.MatrixView;
import org.idem.training.memory.Memory;
import org.idem.training.run.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in 32 bits by Winograd's minimal filtering, for kernels of side 3, 5 or 7 and many channels.
 *
 * <p>With the matrices A, G and B of {@link WinogradTransform}, r rows each, every 4 × 4 outputs take r² products per
 * pair of channel and output, 49 in place of 144 for side 3, 81 in place of 400 for side 5 and 121 in place of 784 for
 * side 7. For every pair (p, q) of rows M = V U is a product of matrices: transformed inputs V (tile, channel) and
 * transformed weights U (channel, output). Gradients are the exact adjoints: dU = Vᵀ dM, dV = dM Uᵀ, every transform
 * replaced by its transpose. V, and U transformed along the kernel's columns only, are kept for the gradients; the rest
 * is scratch.
 *
 * <p>Outputs are off by at most γ_(48 + channels) |A|ᵀ[Σ (|G| |w| |G|ᵀ) ⊙ (|B| |d| |B|ᵀ)]|A| with γ_n ≈ n 2⁻²⁴, and
 * gradients accordingly, with tiles or outputs in place of channels and 4 more for inputs. Largest errors relative to
 * the largest result, for 28 × 28 outputs, 128 channels and normal numbers:
 *
 * <pre>
 *                                    outputs   weight gradient   input gradient
 * side 7: this                       32e−7     49e−7             24e−7
 *         products shifted and added 3e−7      5e−7              3e−7
 *         oneDNN in PyTorch 1.13     8e−7      11e−7             6e−7
 * side 5: this                       8e−7      7e−7              8e−7
 *         products shifted and added 3e−7      7e−7              3e−7
 *         oneDNN in PyTorch 1.13     5e−7      11e−7             5e−7
 * side 3: this                       5e−7      3e−7              5e−7
 *         products shifted and added 3e−7      6e−7              3e−7
 *         oneDNN in PyTorch 1.13     3e−7      11e−7             3e−7
 * </pre>
 *
 * <p>Any number of threads gives the same bits: one thread computes each number, always in the same order.
 */
public final class WinogradConvolution implements Convolution {
    /** Numbers of transformed weights in use at a time, 2²⁰ bytes: half of a second-level cache. */
    private static final int BLOCK = 1 << 18;

    private final ConvolutionShape shape;
    private final WinogradScratch scratch;
    private final WinogradTiles inputTiles;
    private final WinogradTiles outputTiles;
    private final WinogradWeights weightMaps;
    private final int rows;
    private final int tiles;
    private final int bands;
    private final int channelsAtOnce;
    private final int outputsAtOnce;

    /** Transformed inputs, kept for gradients; null, like the transposition, if there will be none. */
    private final WinogradScratch.@Nullable Native transformedInputs;

    private final @Nullable TransposedMatrices transposition;

    private final WinogradScratch.Native halfWeights;

    /**
     * A convolution with threads and scratch of its own.
     *
     * @param shape sizes; the kernel has side 3, 5 or 7
     * @param threads that share the work, at least 1
     */
    public WinogradConvolution(ConvolutionShape shape, int threads) {
        this(shape, new WinogradScratch(threads));
    }

    /**
     * A convolution that shares threads and scratch with others.
     *
     * @param shape sizes; the kernel has side 3, 5 or 7
     * @param scratch of convolutions that never run at the same time
     */
    public WinogradConvolution(ConvolutionShape shape, WinogradScratch scratch) {
        this(shape, WinogradTransform.of(shape.kernel()), scratch, true);
    }

    /** A convolution that can only go forward, which keeps nothing between its passes. */
    static WinogradConvolution forwardOnly(ConvolutionShape shape, WinogradScratch scratch) {
        return new WinogradConvolution(shape, WinogradTransform.of(shape.kernel()), scratch, false);
    }

    private WinogradConvolution(
            ConvolutionShape shape, WinogradTransform transform, WinogradScratch scratch, boolean gradients) {
        this(
                shape,
                new PairedMap(transform.inputs(), transform.pairs()),
                new PairedMap(transform.weights(), transform.pairs()),
                new PairedMap(transform.outputs(), transform.pairs()),
                scratch,
                gradients);
    }

    /**
     * A convolution by given transforms, of which tests use wrong ones.
     *
     * @param shape sizes
     * @param inputs B, r × (4 + side − 1)
     * @param weights G, r × side
     * @param outputs A, r × 4
     * @param scratch of convolutions that never run at the same time
     */
    public WinogradConvolution(
            ConvolutionShape shape, PairedMap inputs, PairedMap weights, PairedMap outputs, WinogradScratch scratch) {
        this(shape, inputs, weights, outputs, scratch, true);
    }

    private WinogradConvolution(
            ConvolutionShape shape,
            PairedMap inputs,
            PairedMap weights,
            PairedMap outputs,
            WinogradScratch scratch,
            boolean gradients) {
        this.shape = shape;
        this.scratch = scratch;
        int tileRows = tilesOver(shape.outputRows());
        int tileColumns = tilesOver(shape.outputColumns());
        rows = inputs.rows();
        channelsAtOnce = Math.min(shape.channels(), Math.max(1, BLOCK / (rows * shape.outputs())));
        outputsAtOnce = Math.min(shape.outputs(), Math.max(1, BLOCK / (rows * shape.channels())));
        bands = shape.images() * tileRows;
        tiles = bands * tileColumns;
        inputTiles = new WinogradTiles(
                inputs,
                shape.images(),
                shape.rows(),
                shape.columns(),
                shape.channels(),
                shape.zeros(),
                tileRows,
                tileColumns);
        outputTiles = new WinogradTiles(
                outputs,
                shape.images(),
                shape.outputRows(),
                shape.outputColumns(),
                shape.outputs(),
                0,
                tileRows,
                tileColumns);
        weightMaps = new WinogradWeights(weights, Math.multiplyExact(shape.channels(), shape.outputs()));
        int halfLength = weightMaps.halfLength();
        transformedInputs = gradients ? new WinogradScratch.Native(matrices(tiles, shape.channels())) : null;
        halfWeights = gradients ? new WinogradScratch.Native(halfLength) : scratch.halfWeights(halfLength);
        if (gradients) {
            scratch.reserveGradients(halfLength);
        }
        transposition =
                gradients ? new TransposedMatrices(rows * shape.kernel(), shape.channels(), shape.outputs()) : null;
        scratch.reserveNative(
                inRow(shape.outputs()),
                inRow(shape.channels()),
                rows * Math.max(channelsAtOnce * shape.outputs(), outputsAtOnce * shape.channels()));
        scratch.reserveRow(Math.max(inputTiles.rowLength(), outputTiles.rowLength()));
        int arrayLength = Math.max(inputTiles.arrayLength(), outputTiles.arrayLength());
        scratch.reserveArrays(
                Math.max(weightMaps.arrayCount(), Math.max(inputTiles.wideCount(), outputTiles.wideCount())),
                Math.max(weightMaps.arrayLength(), arrayLength),
                Math.max(inputTiles.narrowCount(), outputTiles.narrowCount()),
                arrayLength,
                Math.max(inputTiles.lineCount(), outputTiles.lineCount()));
    }

    /**
     * Counts the memory of a convolution without making it: transformed inputs and weights transformed by half where
     * gradients follow, and scratch, of which the lines and the arrays of workers lie in Java's own memory.
     */
    static void count(ConvolutionShape shape, boolean gradients, int threads, Footprint pass, Footprint all) {
        double rows = WinogradTransform.of(shape.kernel()).rows();
        double bands = (double) shape.images() * tilesOver(shape.outputRows());
        double tileColumns = tilesOver(shape.outputColumns());
        double row = rows * bands * tileColumns;
        double halves = rows * shape.kernel() * shape.channels() * shape.outputs();
        double both = (double) shape.channels() + shape.outputs();
        if (gradients) {
            pass.add(halves + rows * row * shape.channels());
            all.share("gradients of weights", 2 * halves);
        } else {
            all.share("weights", halves);
        }
        all.share("rows", threads * row * both);
        all.share("block", threads * Math.min(BLOCK, rows * shape.channels() * shape.outputs()));
        int side = WinogradTransform.TILE + shape.kernel() - 1;
        double line = (tileColumns + (side - 1) / WinogradTransform.TILE)
                * WinogradTransform.TILE
                * Math.max(shape.channels(), shape.outputs());
        all.shareHeap("lines", Float.BYTES * line * (bands * rows + threads * (2.0 * side + rows)));
    }

    private static int tilesOver(int outputs) {
        return (outputs + WinogradTransform.TILE - 1) / WinogradTransform.TILE;
    }

    private int matrices(int height, int width) {
        return Math.multiplyExact(rows * rows, Math.multiplyExact(height, width));
    }

    /** Numbers in the r matrices (tile, channel) of one p. */
    private int inRow(int width) {
        return Math.multiplyExact(rows, Math.multiplyExact(tiles, width));
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        // buffers do not keep their memory alive
        try {
            FloatBuffer weightBuffer = buffer(weights, shape.weightLength());
            FloatBuffer inputBuffer = buffer(inputs, shape.inputLength());
            FloatBuffer outputBuffer = buffer(outputs, shape.outputLength());
            int chunks = weightMaps.chunks();
            // the longest parts first, so that threads end together
            scratch.run(chunks + bands, (part, worker) -> {
                if (part < chunks) {
                    weightMaps.halve(part, weightBuffer, halfWeights.buffer(), worker);
                } else {
                    inputTiles.transformRows(part - chunks, inputBuffer, scratch.lines(), worker);
                }
            });
            scratch.run(rows, this::multiply);
            scratch.run(bands, (band, worker) -> outputTiles.writeAdjoint(band, scratch.lines(), outputBuffer, worker));
        } finally {
            Reference.reachabilityFence(weights);
            Reference.reachabilityFence(inputs);
            Reference.reachabilityFence(outputs);
        }
    }

    /** From lines of inputs to lines of outputs: V, then M = V U for the r pairs of matrices of one p. */
    private void multiply(int p, WinogradScratch.Worker worker) {
        FloatBuffer matrices = transformedInputs(worker).buffer();
        inputTiles.transformTiles(p, scratch.lines(), matrices, transformedInputs == null ? 0 : p * rows, worker);
        multiplyInputs(p, worker);
        outputTiles.adjointTiles(p, worker.outputs().buffer(), scratch.lines(), worker);
    }

    private WinogradScratch.Native transformedInputs(WinogradScratch.Worker worker) {
        return transformedInputs == null ? worker.inputs() : transformedInputs;
    }

    /** Some columns of V, of which only one p is there unless it is kept. */
    private MatrixView transformedInputs(WinogradScratch.Worker worker, int p, int q, int channel, int count) {
        return inputs(transformedInputs(worker), transformedInputs == null ? 0 : p, q, channel, count);
    }

    /** M = V U, some channels after the other. */
    private void multiplyInputs(int p, WinogradScratch.Worker worker) {
        for (int from = 0; from < shape.channels(); from += channelsAtOnce) {
            int count = Math.min(channelsAtOnce, shape.channels() - from);
            weightMaps.complete(
                    p,
                    from * shape.outputs(),
                    count * shape.outputs(),
                    halfWeights.buffer(),
                    worker.block().buffer(),
                    worker);
            for (int q = 0; q < rows; q++) {
                outputs(worker, q, 0, shape.outputs())
                        .setProduct(
                                transformedInputs(worker, p, q, from, count),
                                block(worker, q, count, shape.outputs()),
                                from == 0 ? 0 : 1);
            }
        }
    }

    @Override
    public boolean readsInputsAgain() {
        return false;
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        TransposedMatrices transposed = transposition;
        if (transposed == null) {
            throw new UnsupportedOperationException("a convolution that only goes forward has no gradients");
        }
        // buffers do not keep their memory alive
        try {
            FloatBuffer outputBuffer = buffer(outputGradient, shape.outputLength());
            scratch.run(bands + 1, (part, worker) -> {
                if (part > 0) {
                    outputTiles.transformRows(part - 1, outputBuffer, scratch.lines(), worker);
                } else if (inputGradient != null) {
                    transposed.copy(halfWeights, scratch.transposed());
                }
            });
            scratch.run(rows, (p, worker) -> multiplyGradient(p, inputGradient != null, worker));
            sumWeights(buffer(weightGradient, shape.weightLength()), inputGradient != null);
            if (inputGradient != null) {
                FloatBuffer inputBuffer = buffer(inputGradient, shape.inputLength());
                scratch.run(bands, (band, worker) -> inputTiles.writeSum(band, scratch.lines(), inputBuffer, worker));
            }
        } finally {
            Reference.reachabilityFence(outputGradient);
            Reference.reachabilityFence(weightGradient);
            Reference.reachabilityFence(inputGradient);
        }
    }

    /** From lines of the outputs' gradient to half-transformed gradients of weights and to lines of the inputs'. */
    private void multiplyGradient(int p, boolean toInputs, WinogradScratch.Worker worker) {
        outputTiles.transformTiles(p, scratch.lines(), worker.outputs().buffer(), 0, worker);
        multiplyToWeights(p, worker);
        if (toInputs) {
            multiplyToInputs(p, worker);
            inputTiles.adjointTiles(p, worker.inputs().buffer(), scratch.lines(), worker);
        }
    }

    /** dU = Vᵀ dM for the r matrices of one p, some channels after the other. */
    private void multiplyToWeights(int p, WinogradScratch.Worker worker) {
        for (int from = 0; from < shape.channels(); from += channelsAtOnce) {
            int count = Math.min(channelsAtOnce, shape.channels() - from);
            for (int q = 0; q < rows; q++) {
                block(worker, q, count, shape.outputs())
                        .setProduct(
                                transformedInputs(worker, p, q, from, count).transpose(),
                                outputs(worker, q, 0, shape.outputs()),
                                0);
            }
            weightMaps.completeAdjoint(
                    p,
                    from * shape.outputs(),
                    count * shape.outputs(),
                    worker.block().buffer(),
                    scratch.weights().buffer(),
                    worker);
        }
    }

    /** dV = dM Uᵀ for the r matrices of one p, some outputs after the other. */
    private void multiplyToInputs(int p, WinogradScratch.Worker worker) {
        for (int from = 0; from < shape.outputs(); from += outputsAtOnce) {
            int count = Math.min(outputsAtOnce, shape.outputs() - from);
            weightMaps.complete(
                    p,
                    from * shape.channels(),
                    count * shape.channels(),
                    scratch.transposed().buffer(),
                    worker.block().buffer(),
                    worker);
            for (int q = 0; q < rows; q++) {
                inputs(worker.inputs(), 0, q, 0, shape.channels())
                        .setProduct(
                                outputs(worker, q, from, count),
                                block(worker, q, count, shape.channels()),
                                from == 0 ? 0 : 1);
            }
        }
    }

    /** The last step for weights, and the last but one for inputs. */
    private void sumWeights(FloatBuffer weightGradient, boolean toInputs) {
        FloatBuffer halves = scratch.weights().buffer();
        int chunks = weightMaps.chunks();
        scratch.run(toInputs ? chunks + bands : chunks, (part, worker) -> {
            if (part < chunks) {
                weightMaps.halveAdjoint(part, halves, weightGradient, worker);
            } else {
                inputTiles.adjointRows(part - chunks, scratch.lines(), worker);
            }
        });
    }

    private static FloatBuffer buffer(Memory memory, int length) {
        return ((Float32Memory) memory).buffer(length);
    }

    /** Some columns of one matrix (tile, channel). */
    private MatrixView inputs(WinogradScratch.Native matrices, int p, int q, int channel, int count) {
        long offset = ((long) p * rows + q) * tiles * shape.channels() + channel;
        return new MatrixView(at(matrices, offset), tiles, count, shape.channels());
    }

    /** Some columns of one of a worker's matrices (tile, output). */
    private MatrixView outputs(WinogradScratch.Worker worker, int q, int output, int count) {
        long offset = (long) q * tiles * shape.outputs() + output;
        return new MatrixView(at(worker.outputs(), offset), tiles, count, shape.outputs());
    }

    /** One of the matrices of a p that hold some rows of transformed weights, or of their transposes. */
    private MatrixView block(WinogradScratch.Worker worker, int q, int count, int width) {
        long offset = (long) q * count * width;
        return new MatrixView(at(worker.block(), offset), count, width, width);
    }

    private static Float32Memory at(WinogradScratch.Native matrices, long offset) {
        return (Float32Memory) matrices.memory().from(offset);
    }
}

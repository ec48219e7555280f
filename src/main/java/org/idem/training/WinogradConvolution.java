package org.idem.training;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in 32 bits by Winograd's minimal filtering, for kernels of side 3 or 5 and many channels.
 *
 * <p>With the matrices of {@link WinogradTransform}, r rows each, every 4 × 4 outputs take r² products per pair of
 * channel and output, 81 in place of 400 for side 5 and 49 in place of 144 for side 3: r² products of matrices M = V U
 * of transformed inputs V (tile, channel) and transformed weights U (channel, output). Gradients are the exact
 * adjoints: dU = Vᵀ dM, dV = dM Uᵀ, each transform replaced by its transpose.
 *
 * <p>The same bits for any number of threads: each number is computed by one of them, always in the same order.
 */
final class WinogradConvolution implements Convolution {
    /** Bands whose input gradients are held before they are summed; at least an image's. */
    private static final int BANDS_AT_ONCE = 16;

    private final ConvolutionShape shape;
    private final WinogradScratch scratch;
    private final WinogradTiles inputTiles;
    private final WinogradTiles outputTiles;
    private final WinogradWeights weightBlocks;
    private final int products;
    private final int tiles;
    private final int bands;
    private final int bandsAtOnce;
    private final WinogradScratch.Native transformedInputs;
    private final WinogradScratch.Native transformedWeights;

    WinogradConvolution(ConvolutionShape shape, int threads) {
        this(shape, new WinogradScratch(threads));
    }

    WinogradConvolution(ConvolutionShape shape, WinogradScratch scratch) {
        this(shape, WinogradTransform.of(shape.kernel()), scratch);
    }

    private WinogradConvolution(ConvolutionShape shape, WinogradTransform transform, WinogradScratch scratch) {
        this(
                shape,
                new PairedMap(transform.inputs(), transform.pairs()),
                new PairedMap(transform.weights(), transform.pairs()),
                new PairedMap(transform.outputs(), transform.pairs()),
                scratch);
    }

    WinogradConvolution(
            ConvolutionShape shape, PairedMap inputs, PairedMap weights, PairedMap outputs, WinogradScratch scratch) {
        this.shape = shape;
        this.scratch = scratch;
        int tileRows = tilesOver(shape.outputRows());
        int tileColumns = tilesOver(shape.outputColumns());
        products = inputs.rows() * inputs.rows();
        bands = shape.images() * tileRows;
        tiles = bands * tileColumns;
        int imagesAtOnce = Math.min(shape.images(), Math.max(1, BANDS_AT_ONCE / tileRows));
        bandsAtOnce = imagesAtOnce * tileRows;
        inputTiles = new WinogradTiles(
                inputs, shape.images(), shape.rows(), shape.columns(), shape.channels(), tileRows, tileColumns);
        outputTiles = new WinogradTiles(
                outputs,
                shape.images(),
                shape.outputRows(),
                shape.outputColumns(),
                shape.outputs(),
                tileRows,
                tileColumns);
        weightBlocks = new WinogradWeights(weights, Math.multiplyExact(shape.channels(), shape.outputs()));
        int inputLength = length(tiles, shape.channels());
        int weightLength = length(shape.channels(), shape.outputs());
        transformedInputs = new WinogradScratch.Native(inputLength);
        transformedWeights = new WinogradScratch.Native(weightLength);
        scratch.reserveNative(length(tiles, shape.outputs()), inputLength, weightLength);
        scratch.reserveArrays(
                Math.max(weightBlocks.wideCount(), Math.max(inputTiles.wideCount(), outputTiles.wideCount())),
                Math.max(weightBlocks.wideLength(), Math.max(inputTiles.wideLength(), outputTiles.wideLength())),
                Math.max(inputTiles.narrowCount(), outputTiles.narrowCount()),
                Math.max(inputTiles.narrowLength(), outputTiles.narrowLength()));
        scratch.reserveRows(bandsAtOnce * inputTiles.side(), inputTiles.wideLength());
    }

    private static int tilesOver(int outputs) {
        return (outputs + WinogradTransform.TILE - 1) / WinogradTransform.TILE;
    }

    private int length(int rows, int columns) {
        return Math.multiplyExact(products, Math.multiplyExact(rows, columns));
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        FloatBuffer weightBuffer = buffer(weights, shape.weightLength());
        FloatBuffer inputBuffer = buffer(inputs, shape.inputLength());
        FloatBuffer outputBuffer = buffer(outputs, shape.outputLength());
        WinogradScratch.Native product = scratch.outputs();
        scratch.run(bands + weightBlocks.blocks(), (part, worker) -> {
            if (part < bands) {
                inputTiles.transform(part, inputBuffer, transformedInputs.buffer(), worker);
            } else {
                weightBlocks.transform(part - bands, weightBuffer, transformedWeights.buffer(), worker);
            }
        });
        scratch.run(
                products,
                (p, worker) -> outputsOf(product.memory(), p)
                        .multiply(
                                false,
                                false,
                                tiles,
                                shape.outputs(),
                                shape.channels(),
                                1,
                                inputsOf(transformedInputs.memory(), p),
                                weightsOf(transformedWeights.memory(), p),
                                0));
        scratch.run(bands, (band, worker) -> outputTiles.writeAdjoint(band, product.buffer(), outputBuffer, worker));
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        FloatBuffer outputBuffer = buffer(outputGradient, shape.outputLength());
        FloatBuffer weightBuffer = buffer(weightGradient, shape.weightLength());
        WinogradScratch.Native outer = scratch.outputs();
        scratch.run(bands, (band, worker) -> outputTiles.transform(band, outputBuffer, outer.buffer(), worker));
        scratch.run(products, (p, worker) -> {
            Memory gradient = outputsOf(outer.memory(), p);
            weightsOf(scratch.weights().memory(), p)
                    .multiply(
                            true,
                            false,
                            shape.channels(),
                            shape.outputs(),
                            tiles,
                            1,
                            inputsOf(transformedInputs.memory(), p),
                            gradient,
                            0);
            if (inputGradient != null) {
                inputsOf(scratch.inputs().memory(), p)
                        .multiply(
                                false,
                                true,
                                tiles,
                                shape.channels(),
                                shape.outputs(),
                                1,
                                gradient,
                                weightsOf(transformedWeights.memory(), p),
                                0);
            }
        });
        scratch.run(
                weightBlocks.blocks(),
                (block, worker) -> weightBlocks.adjoint(block, scratch.weights().buffer(), weightBuffer, worker));
        if (inputGradient != null) {
            sumInputs(buffer(inputGradient, shape.inputLength()));
        }
    }

    private void sumInputs(FloatBuffer inputGradient) {
        FloatBuffer gradient = scratch.inputs().buffer();
        float[][] sums = scratch.rows();
        for (int from = 0; from < bands; from += bandsAtOnce) {
            int first = from;
            int count = Math.min(bandsAtOnce, bands - first);
            scratch.run(
                    count, (i, worker) -> inputTiles.adjoint(first + i, gradient, sums, i * inputTiles.side(), worker));
            scratch.run(count, (i, worker) -> inputTiles.writeSum(first + i, first, sums, inputGradient));
        }
    }

    private static FloatBuffer buffer(Memory memory, int length) {
        return ((Memory.Float32) memory).buffer(length);
    }

    private Memory inputsOf(Memory memory, int product) {
        return memory.from((long) product * tiles * shape.channels());
    }

    private Memory outputsOf(Memory memory, int product) {
        return memory.from((long) product * tiles * shape.outputs());
    }

    private Memory weightsOf(Memory memory, int product) {
        return memory.from((long) product * shape.channels() * shape.outputs());
    }
}

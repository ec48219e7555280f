package org.idem.training.convolution;

import java.util.Arrays;
import org.idem.array.Precision;
import org.idem.training.memory.GrowingMemory;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as one matrix product with all patches of the inputs, laid out in memory K² times the size of the inputs:
 * for few input channels. Patches are copied there row by row of the outputs.
 */
public final class PatchConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int sites;
    private final int width;
    private final GrowingMemory patches;
    /** The patches of one row of outputs. */
    private final double[] unfolded;

    private final double[] images;

    /**
     * Allocates memory for the patches.
     *
     * @param shape sizes
     * @param precision arithmetic
     */
    public PatchConvolution(ConvolutionShape shape, Precision precision) {
        this(shape, new GrowingMemory(0, precision));
    }

    /** @param patches memory for them, in which a backward pass must find what a forward pass left */
    PatchConvolution(ConvolutionShape shape, GrowingMemory patches) {
        this.shape = shape;
        sites = shape.images() * shape.outputRows() * shape.outputColumns();
        width = shape.kernel() * shape.kernel() * shape.channels();
        unfolded = new double[Math.multiplyExact(shape.outputColumns(), width)];
        images = new double[shape.inputLength()];
        this.patches = patches;
        patches.reserve(Math.multiplyExact(sites, width));
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        Memory patches = this.patches.memory();
        inputs.load(0, images, images.length);
        for (int row = 0; row < rows(); row++) {
            forEachPart(row, (patch, image, length) -> System.arraycopy(images, image, unfolded, patch, length));
            patches.store((long) row * unfolded.length, unfolded, unfolded.length);
        }
        outputs.multiply(false, false, sites, shape.outputs(), width, 1, patches, weights, 0);
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        Memory patches = this.patches.memory();
        weightGradient.multiply(true, false, width, shape.outputs(), sites, 1, patches, outputGradient, 0);
        if (inputGradient == null) {
            return;
        }
        patches.multiply(false, true, sites, width, shape.outputs(), 1, outputGradient, weights, 0);
        Arrays.fill(images, 0);
        for (int row = 0; row < rows(); row++) {
            patches.load((long) row * unfolded.length, unfolded, unfolded.length);
            forEachPart(row, (patch, image, length) -> {
                for (int i = 0; i < length; i++) {
                    images[image + i] += unfolded[patch + i];
                }
            });
        }
        inputGradient.store(0, images, images.length);
    }

    /** Rows of outputs, those of all images. */
    private int rows() {
        return shape.images() * shape.outputRows();
    }

    /** One kernel row of one patch, contiguous in both layouts. */
    private interface PartVisitor {
        void part(int patch, int image, int length);
    }

    private void forEachPart(int row, PartVisitor visitor) {
        int length = shape.kernel() * shape.channels();
        int first = row / shape.outputRows() * shape.rows() + row % shape.outputRows();
        int patch = 0;
        for (int column = 0; column < shape.outputColumns(); column++) {
            for (int down = 0; down < shape.kernel(); down++, patch += length) {
                int pixel = (first + down) * shape.columns() + column;
                visitor.part(patch, pixel * shape.channels(), length);
            }
        }
    }
}

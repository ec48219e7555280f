package org.idem.training.convolution;

import java.util.Arrays;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as one matrix product with all patches of the inputs, laid out in memory K² times the size of the inputs:
 * for few input channels.
 */
public final class PatchConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int sites;
    private final int width;
    private final Memory patches;
    private final double[] unfolded;
    private final double[] images;

    /**
     * Allocates memory for the patches.
     *
     * @param shape sizes
     * @param precision arithmetic
     */
    public PatchConvolution(ConvolutionShape shape, Precision precision) {
        this.shape = shape;
        sites = shape.images() * shape.outputRows() * shape.outputColumns();
        width = shape.kernel() * shape.kernel() * shape.channels();
        unfolded = new double[Math.multiplyExact(sites, width)];
        images = new double[shape.inputLength()];
        patches = Memory.allocate(unfolded.length, precision);
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        inputs.load(0, images, images.length);
        forEachRow((patch, image, length) -> System.arraycopy(images, image, unfolded, patch, length));
        patches.store(0, unfolded, unfolded.length);
        outputs.multiply(false, false, sites, shape.outputs(), width, 1, patches, weights, 0);
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        weightGradient.multiply(true, false, width, shape.outputs(), sites, 1, patches, outputGradient, 0);
        if (inputGradient == null) {
            return;
        }
        patches.multiply(false, true, sites, width, shape.outputs(), 1, outputGradient, weights, 0);
        patches.load(0, unfolded, unfolded.length);
        Arrays.fill(images, 0);
        forEachRow((patch, image, length) -> {
            for (int i = 0; i < length; i++) {
                images[image + i] += unfolded[patch + i];
            }
        });
        inputGradient.store(0, images, images.length);
    }

    /** One kernel row of one patch, contiguous in both layouts. */
    private interface RowVisitor {
        void row(int patch, int image, int length);
    }

    private void forEachRow(RowVisitor visitor) {
        int length = shape.kernel() * shape.channels();
        int patch = 0;
        for (int image = 0; image < shape.images(); image++) {
            for (int row = 0; row < shape.outputRows(); row++) {
                for (int column = 0; column < shape.outputColumns(); column++) {
                    for (int down = 0; down < shape.kernel(); down++, patch += length) {
                        int pixel = (image * shape.rows() + row + down) * shape.columns() + column;
                        visitor.row(patch, pixel * shape.channels(), length);
                    }
                }
            }
        }
    }
}

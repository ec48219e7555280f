package org.idem.training.deep;

import java.util.function.Supplier;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.training.convolution.Convolution;
import org.idem.training.convolution.ConvolutionShape;
import org.idem.training.convolution.PatchConvolution;
import org.idem.training.convolution.ScatterConvolution;
import org.idem.training.convolution.ShiftedConvolution;
import org.idem.training.convolution.WinogradConvolution;
import org.idem.training.convolution.WinogradScratch;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Segments;
import org.jspecify.annotations.Nullable;

/** A convolutional stage: margins are put round the inputs, then the fastest convolution for the shape runs. */
final class ConvolvedPass extends StagePass {
    /** Most numbers per pixel where all kernel positions are laid out in memory. */
    private static final int MOST_UNFOLDED = 256;

    /** Least number of input and of output channels with which Winograd's transforms save more time than they take. */
    private static final int MANY_CHANNELS = 16;

    private final int margin;
    private final int inputLength;
    private final ImagesWithMargins framed;
    private final ImagesWithMargins gradients;
    private final Convolution convolution;

    /**
     * The copies between the caller's images and the same with margins, kept as long as the caller passes the same
     * memory.
     */
    private static final class ImagesWithMargins {
        private final int[] shape;
        private final int margin;
        private final boolean wraps;
        private final Memory framed;
        private @Nullable Memory dense;
        private Segments segments = new Segments();

        ImagesWithMargins(int[] shape, int margin, boolean wraps, int length, Precision precision) {
            this.shape = shape;
            this.margin = margin;
            this.wraps = wraps;
            framed = Memory.allocate(margin == 0 ? 0 : length, precision);
        }

        Segments between(Memory images) {
            if (dense != images) {
                dense = images;
                segments = Segments.margins(images, framed, shape[0], shape[2], shape[3], shape[1], margin, wraps);
            }
            return segments;
        }
    }

    ConvolvedPass(
            Stage stage, Cnn cnn, int[] inputShape, Precision precision, @Nullable Supplier<WinogradScratch> scratch) {
        super(stage, cnn.outputShape(inputShape), precision);
        margin = -cnn.padding().firstOffset(cnn.kernel());
        ConvolutionShape shape = new ConvolutionShape(
                inputShape[0],
                inputShape[2] + 2 * margin,
                inputShape[3] + 2 * margin,
                cnn.channels(),
                cnn.outputs(),
                cnn.kernel());
        inputLength = Array.lengthOf(inputShape);
        int framedLength = shape.inputLength();
        boolean wraps = cnn.padding() == Padding.CIRCULAR;
        framed = new ImagesWithMargins(inputShape, margin, wraps, framedLength, precision);
        gradients = new ImagesWithMargins(inputShape, margin, wraps, framedLength, precision);
        convolution = fastest(shape, precision, scratch);
    }

    private static Convolution fastest(
            ConvolutionShape shape, Precision precision, @Nullable Supplier<WinogradScratch> scratch) {
        boolean many = Math.min(shape.channels(), shape.outputs()) >= MANY_CHANNELS;
        boolean transformable = precision == Precision.FLOAT32 && (shape.kernel() == 3 || shape.kernel() == 5);
        if (many && transformable && scratch != null) {
            return new WinogradConvolution(shape, scratch.get());
        }
        int area = shape.kernel() * shape.kernel();
        if (Math.min(shape.channels(), shape.outputs()) * area > MOST_UNFOLDED) {
            return new ShiftedConvolution(shape, precision);
        }
        return shape.channels() <= shape.outputs()
                ? new PatchConvolution(shape, precision)
                : new ScatterConvolution(shape, precision);
    }

    @Override
    void map(Memory weights, Memory inputs, Memory outputs) {
        if (margin > 0) {
            framed.between(inputs).copy();
        }
        convolution.forward(weights, withMargins(inputs), outputs);
    }

    private Memory withMargins(Memory inputs) {
        return margin == 0 ? inputs : framed.framed;
    }

    @Override
    void differentiate(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        Memory framedGradient = inputGradient == null || margin == 0 ? inputGradient : gradients.framed;
        convolution.backward(weights, withMargins(inputs), outputGradient, weightGradient, framedGradient);
        if (inputGradient != null && margin > 0) {
            inputGradient.scale(inputLength, 0);
            gradients.between(inputGradient).addBack();
        }
    }
}

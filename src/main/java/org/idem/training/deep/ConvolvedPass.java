package org.idem.training.deep;

import java.util.Optional;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.training.convolution.Convolution;
import org.idem.training.convolution.ConvolutionShape;
import org.idem.training.convolution.Convolutions;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Segments;
import org.idem.training.run.Footprint;
import org.jspecify.annotations.Nullable;

/** A convolutional stage: margins are put round the inputs, unless the convolution thinks them there. */
final class ConvolvedPass extends StagePass {
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

        ImagesWithMargins(int[] shape, int margin, boolean wraps, Memory framed) {
            this.shape = shape;
            this.margin = margin;
            this.wraps = wraps;
            this.framed = framed;
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
            Stage stage,
            int number,
            Cnn cnn,
            int[] inputShape,
            PassMemory memory,
            Convolutions convolutions,
            WeightOrder order) {
        super(stage, number, cnn.outputShape(inputShape), memory);
        ConvolutionShape bare = shape(cnn, inputShape);
        boolean wraps = cnn.padding() == Padding.CIRCULAR;
        Optional<Convolution> thinking =
                wraps ? Optional.empty() : convolutions.addingZeros(bare, order, memory.trains());
        margin = thinking.isPresent() ? 0 : bare.zeros();
        ConvolutionShape shape = thinking.isPresent() ? bare : bare.withMargins();
        convolution = thinking.orElseGet(
                () -> memory.trains() ? convolutions.of(shape, order) : convolutions.forwardOnly(shape, order));
        inputLength = Array.lengthOf(inputShape);
        int length = margin == 0 ? 0 : shape.inputLength();
        PassMemory.Frame frame =
                new PassMemory.Frame(IntStream.of(inputShape).boxed().toList(), margin, wraps);
        Memory inputs = memory.framedInputs(frame, length, convolution.readsInputsAgain());
        framed = new ImagesWithMargins(inputShape, margin, wraps, inputs);
        gradients = new ImagesWithMargins(inputShape, margin, wraps, memory.framedGradients(frame, length));
    }

    /**
     * Counts what the stage needs besides outputs and weights.
     *
     * @param reordered whether its weights are in the order of a library
     * @return whether a library works on it
     */
    static boolean count(
            Cnn cnn,
            int[] inputShape,
            Convolutions convolutions,
            boolean trains,
            boolean reordered,
            Footprint pass,
            Footprint all) {
        boolean wraps = cnn.padding() == Padding.CIRCULAR;
        return convolutions.count(shape(cnn, inputShape), wraps, trains, reordered, pass, all);
    }

    private static ConvolutionShape shape(Cnn cnn, int[] inputShape) {
        return new ConvolutionShape(
                inputShape[0],
                inputShape[2],
                inputShape[3],
                cnn.channels(),
                cnn.outputs(),
                cnn.kernel(),
                -cnn.padding().firstOffset(cnn.kernel()));
    }

    /** The order of weights with which passes over images of this shape copy as little as they can. */
    static WeightOrder order(Cnn cnn, int[] inputShape, Convolutions convolutions) {
        ConvolutionShape bare = shape(cnn, inputShape);
        return convolutions.order(cnn.padding() == Padding.CIRCULAR ? bare.withMargins() : bare);
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

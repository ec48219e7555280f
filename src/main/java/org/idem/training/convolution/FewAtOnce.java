package org.idem.training.convolution;

import java.util.function.Function;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A convolution that goes forward through a few images at a time, so that what it makes of them stays in the
 * processor's cache.
 */
final class FewAtOnce implements Convolution {
    /**
     * Numbers of inputs or outputs, whichever are more, that are worked on together: four images of 28 × 28 pixels and
     * 32 channels.
     */
    private static final int NUMBERS = 1 << 17;

    private final ConvolutionShape few;
    private final int times;
    private final Convolution ofFew;
    private final @Nullable Convolution ofRest;

    private FewAtOnce(ConvolutionShape shape, ConvolutionShape few, Function<ConvolutionShape, Convolution> made) {
        this.few = few;
        times = shape.images() / few.images();
        ofFew = made.apply(few);
        int left = shape.images() % few.images();
        ofRest = left > 0 ? made.apply(shape.withImages(left)) : null;
    }

    /**
     * A convolution of all images.
     *
     * @param shape sizes
     * @param made makes a convolution of some of the images, which keeps nothing between its passes
     */
    static Convolution of(ConvolutionShape shape, Function<ConvolutionShape, Convolution> made) {
        ConvolutionShape few = part(shape);
        return few.images() == shape.images() ? made.apply(shape) : new FewAtOnce(shape, few, made);
    }

    /** The images that are worked on together. */
    static ConvolutionShape part(ConvolutionShape shape) {
        int numbers = Math.max(shape.inputLength(), shape.outputLength()) / shape.images();
        return shape.withImages(Math.min(shape.images(), Math.max(1, NUMBERS / numbers)));
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        for (int i = 0; i < times; i++) {
            ofFew.forward(
                    weights, inputs.from((long) i * few.inputLength()), outputs.from((long) i * few.outputLength()));
        }
        if (ofRest != null) {
            ofRest.forward(
                    weights,
                    inputs.from((long) times * few.inputLength()),
                    outputs.from((long) times * few.outputLength()));
        }
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        throw new UnsupportedOperationException("a convolution of a few images at a time only goes forward");
    }
}

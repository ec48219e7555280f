package org.idem.training.convolution;

import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/** Weights stored in some order, for a convolution that takes the plain one; they are copied in every pass. */
final class ReorderedConvolution implements Convolution {
    private final Convolution plain;
    private final WeightOrder order;
    private final Memory weights;
    private final Memory gradient;
    private final double[] stored;
    private final double[] ordered;

    ReorderedConvolution(Convolution plain, ConvolutionShape shape, WeightOrder order, Precision precision) {
        this.plain = plain;
        this.order = order;
        weights = Memory.allocate(shape.weightLength(), precision);
        gradient = Memory.allocate(shape.weightLength(), precision);
        stored = new double[shape.weightLength()];
        ordered = new double[stored.length];
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        copyIn(weights);
        plain.forward(this.weights, inputs, outputs);
    }

    private void copyIn(Memory given) {
        given.load(0, stored, stored.length);
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = stored[order.place(i)];
        }
        weights.store(0, ordered, ordered.length);
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        plain.backward(this.weights, inputs, outputGradient, gradient, inputGradient);
        gradient.load(0, ordered, ordered.length);
        for (int i = 0; i < ordered.length; i++) {
            stored[order.place(i)] = ordered[i];
        }
        weightGradient.store(0, stored, stored.length);
    }
}

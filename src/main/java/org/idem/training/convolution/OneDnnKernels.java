package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;

/**
 * What oneDNN has for the three passes of a convolution on this processor. Images are (image, row, column, channel);
 * the library may order weights as it likes.
 */
record OneDnnKernels(
        convolution_forward.primitive_desc toOutputs,
        convolution_backward_data.primitive_desc toInputGradient,
        convolution_backward_weights.primitive_desc toWeightGradient) {
    /** Looks the kernels up, for a number of threads that share every pass. */
    static OneDnnKernels of(ConvolutionShape shape, int threads) {
        int before = OneDnn.useThreads(threads);
        try {
            return of(shape);
        } finally {
            OneDnn.useThreads(before);
        }
    }

    /** The kernels, if the library is there and all of them are made for this processor. */
    static Optional<OneDnnKernels> ifFast(ConvolutionShape shape, int threads) {
        return OneDnn.isAvailable() ? Optional.of(of(shape, threads)).filter(OneDnnKernels::areFast) : Optional.empty();
    }

    private static OneDnnKernels of(ConvolutionShape shape) {
        memory.desc in = images(shape.images(), shape.channels(), shape.rows(), shape.columns());
        memory.desc out = images(shape.images(), shape.outputs(), shape.outputRows(), shape.outputColumns());
        memory.desc weights = weights(shape, memory.format_tag.any);
        long[] stride = {1, 1};
        long[] zeros = {shape.zeros(), shape.zeros()};
        convolution_forward.primitive_desc forward = new convolution_forward.primitive_desc(
                new convolution_forward.desc(
                        dnnl_forward_training, dnnl_convolution_direct, in, weights, out, stride, zeros, zeros),
                OneDnn.engine());
        return new OneDnnKernels(
                forward,
                new convolution_backward_data.primitive_desc(
                        new convolution_backward_data.desc(
                                dnnl_convolution_direct, in, weights, out, stride, zeros, zeros),
                        OneDnn.engine(),
                        forward),
                new convolution_backward_weights.primitive_desc(
                        new convolution_backward_weights.desc(
                                dnnl_convolution_direct, in, weights, out, stride, zeros, zeros),
                        OneDnn.engine(),
                        forward));
    }

    private static memory.desc images(long count, long channels, long rows, long columns) {
        return new memory.desc(
                new long[] {count, channels, rows, columns}, memory.data_type.f32, memory.format_tag.nhwc);
    }

    /** Weights in the order (kernel row, kernel column, channel, output). */
    static memory.desc plainWeights(ConvolutionShape shape) {
        return weights(shape, memory.format_tag.hwio);
    }

    private static memory.desc weights(ConvolutionShape shape, memory.format_tag order) {
        return new memory.desc(
                new long[] {shape.outputs(), shape.channels(), shape.kernel(), shape.kernel()},
                memory.data_type.f32,
                order);
    }

    /** Whether all passes are compiled for this processor; side 15 or more falls back to plain loops, for instance. */
    boolean areFast() {
        return Stream.<primitive_desc>of(toOutputs, toInputGradient, toWeightGradient)
                .map(kernel -> kernel.impl_info_str().getString())
                .allMatch(name -> name.startsWith("jit") || name.startsWith("brgconv"));
    }
}

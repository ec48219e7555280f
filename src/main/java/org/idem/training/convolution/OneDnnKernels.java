package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_winograd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;

/**
 * What oneDNN has for the three passes of a convolution on this processor. Images are (image, row, column, channel);
 * the library may order weights as it likes.
 */
record OneDnnKernels(
        convolution_forward.primitive_desc toOutputs,
        convolution_backward_data.primitive_desc toInputGradient,
        convolution_backward_weights.primitive_desc toWeightGradient) {
    private static final long[] STRIDE = {1, 1};

    /** Looks the kernels up, for a number of threads that share every pass. */
    static OneDnnKernels of(ConvolutionShape shape, int threads) {
        int before = OneDnn.useThreads(threads);
        try {
            return of(shape, dnnl_convolution_direct, memory.format_tag.nhwc);
        } finally {
            OneDnn.useThreads(before);
        }
    }

    /**
     * The library's Winograd transforms, 6 × 6 products for 4 × 4 outputs, on signals in the order that they like best.
     *
     * @param shape of a kernel of side 3
     * @return empty where the library is missing or has none for this processor
     */
    static Optional<OneDnnKernels> winograd(ConvolutionShape shape, int threads) {
        if (!OneDnn.isAvailable()) {
            return Optional.empty();
        }
        int before = OneDnn.useThreads(threads);
        try {
            return Optional.of(of(shape, dnnl_convolution_winograd, memory.format_tag.any));
        } catch (RuntimeException missing) {
            // the library says by an exception that it has no such code
            return Optional.empty();
        } finally {
            OneDnn.useThreads(before);
        }
    }

    /** As the forward pass of {@link #winograd}, but adding to the outputs. */
    static convolution_forward.primitive_desc adding(ConvolutionShape shape) {
        return forward(shape, dnnl_convolution_winograd, memory.format_tag.any, OneDnnBlock.adding());
    }

    /** The kernels, if the library is there and all of them are made for this processor. */
    static Optional<OneDnnKernels> ifFast(ConvolutionShape shape, int threads) {
        return OneDnn.isAvailable() ? Optional.of(of(shape, threads)).filter(OneDnnKernels::areFast) : Optional.empty();
    }

    /**
     * Memory for intermediate results of any of these kernels, one at a time. If the library had its own, that would
     * belong to the thread that makes a kernel, and a kernel could run on no other thread.
     *
     * @param more kernels that use the same memory
     */
    memory scratch(primitive_desc... more) {
        memory.desc largest = Stream.concat(Stream.of(toOutputs, toInputGradient, toWeightGradient), Stream.of(more))
                .map(primitive_desc::scratchpad_desc)
                .max(Comparator.comparingLong(memory.desc::get_size))
                .orElseThrow();
        return new memory(largest, OneDnn.engine());
    }

    /**
     * Bytes of {@link #scratch} that passes write.
     *
     * @param gradients whether passes backward are made
     * @param gap bytes that lie unused in the scratch of passes to outputs and inputs
     * @param gapOfWeights the same of passes to weights
     */
    double scratchBytes(boolean gradients, long gap, long gapOfWeights) {
        double forward = bytes(toOutputs, gap);
        return gradients
                ? Math.max(forward, Math.max(bytes(toInputGradient, gap), bytes(toWeightGradient, gapOfWeights)))
                : forward;
    }

    private static double bytes(primitive_desc kernel, long gap) {
        return Math.max(0, kernel.scratchpad_desc().get_size() - gap);
    }

    /**
     * Bytes of copies of weights in other orders than the one in which they are stored.
     *
     * @param shape of which they are the kernels
     * @param orders of passes
     */
    long copiedBytes(ConvolutionShape shape, memory.desc... orders) {
        memory.desc own = toOutputs.weights_desc();
        memory.desc stored = own.get_size() == (long) Float.BYTES * shape.weightLength() ? own : plainWeights(shape);
        return Stream.of(orders)
                .filter(order -> !order.equals(stored))
                .mapToLong(memory.desc::get_size)
                .sum();
    }

    /** A kernel with a part of {@link #scratch}, which must live as long. */
    static LibraryPass.Kernel with(memory scratch, primitive code, primitive_desc kernel) {
        return new LibraryPass.Kernel(
                code, new memory(kernel.scratchpad_desc(), OneDnn.engine(), scratch.get_data_handle()));
    }

    private static primitive_attr lending(primitive_attr attributes) {
        attributes.set_scratchpad_mode(dnnl_scratchpad_mode_user);
        return attributes;
    }

    private static convolution_forward.primitive_desc forward(
            ConvolutionShape shape, int algorithm, memory.format_tag order, primitive_attr attributes) {
        return new convolution_forward.primitive_desc(
                new convolution_forward.desc(
                        dnnl_forward_training,
                        algorithm,
                        inputs(shape, order),
                        weights(shape, memory.format_tag.any),
                        outputs(shape, order),
                        STRIDE,
                        zeros(shape),
                        zeros(shape)),
                lending(attributes),
                OneDnn.engine());
    }

    private static long[] zeros(ConvolutionShape shape) {
        return new long[] {shape.zeros(), shape.zeros()};
    }

    private static memory.desc inputs(ConvolutionShape shape, memory.format_tag order) {
        return images(shape.images(), shape.channels(), shape.rows(), shape.columns(), order);
    }

    private static memory.desc outputs(ConvolutionShape shape, memory.format_tag order) {
        return images(shape.images(), shape.outputs(), shape.outputRows(), shape.outputColumns(), order);
    }

    private static OneDnnKernels of(ConvolutionShape shape, int algorithm, memory.format_tag order) {
        memory.desc in = inputs(shape, order);
        memory.desc out = outputs(shape, order);
        memory.desc weights = weights(shape, memory.format_tag.any);
        long[] zeros = zeros(shape);
        convolution_forward.primitive_desc forward = forward(shape, algorithm, order, new primitive_attr());
        return new OneDnnKernels(
                forward,
                new convolution_backward_data.primitive_desc(
                        new convolution_backward_data.desc(algorithm, in, weights, out, STRIDE, zeros, zeros),
                        lending(new primitive_attr()),
                        OneDnn.engine(),
                        forward),
                new convolution_backward_weights.primitive_desc(
                        new convolution_backward_weights.desc(algorithm, in, weights, out, STRIDE, zeros, zeros),
                        lending(new primitive_attr()),
                        OneDnn.engine(),
                        forward));
    }

    private static memory.desc images(long count, long channels, long rows, long columns, memory.format_tag order) {
        return new memory.desc(new long[] {count, channels, rows, columns}, memory.data_type.f32, order);
    }

    /** One image (row, column, channel). */
    static memory.desc image(long channels, long rows, long columns) {
        return images(1, channels, rows, columns, memory.format_tag.nhwc);
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

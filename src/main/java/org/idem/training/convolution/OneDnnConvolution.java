package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.lang.ref.Reference;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in 32 bits by oneDNN's direct kernels, which keep sums in registers and lay no patches out. Weights are
 * stored in a {@link WeightOrder}; a pass that needs another one copies them.
 *
 * <p>Every result is a sum of products in some order, and off by at most γ_p times the sum of their sizes, for p
 * products (proofs/rounding.md, Lemma 1). It may take zeros round the inputs ({@link ConvolutionShape#zeros}). The same
 * number of threads on the same kind of processor gives the same bits.
 */
public final class OneDnnConvolution implements Convolution {
    private final int threads;
    private final stream stream = new stream(OneDnn.engine());
    private final Operand inputs;
    private final Operand outputs;
    private final Operand inputGradient;
    private final Operand outputGradient;
    private final OrderedWeights forwardWeights;
    private final OrderedWeights backwardWeights;
    private final OrderedWeights weightGradient;
    private final Pass toOutputs;
    private final Pass toInputGradient;
    private final Pass toWeightGradient;

    /** Memory of the caller, as the library sees it. */
    private static final class Operand {
        private final memory handle;
        private @Nullable Memory bound;

        Operand(memory.desc order) {
            handle = new memory(order, OneDnn.engine(), (Pointer) null);
        }

        void bind(Memory given) {
            if (bound != given) {
                handle.set_data_handle(((Float32Memory) given).start());
                bound = given;
            }
        }
    }

    /** Weights of the caller, and the same in the order of a pass; these are one if the orders are. */
    private static final class OrderedWeights {
        private final Operand given;
        private final memory ordered;
        private final @Nullable reorder into;
        private final @Nullable reorder out;

        OrderedWeights(memory.desc givenOrder, memory.desc passOrder) {
            given = new Operand(givenOrder);
            if (givenOrder.equals(passOrder)) {
                ordered = given.handle;
                into = null;
                out = null;
            } else {
                ordered = new memory(passOrder, OneDnn.engine());
                into = new reorder(given.handle, ordered);
                out = new reorder(ordered, given.handle);
            }
        }

        void read(stream stream, Memory weights) {
            given.bind(weights);
            if (into != null) {
                into.execute(stream, given.handle, ordered);
            }
        }

        /** Runs a pass that writes weights. */
        void write(stream stream, Pass pass, Memory weights) {
            given.bind(weights);
            pass.run(stream);
            if (out != null) {
                out.execute(stream, ordered, given.handle);
            }
        }
    }

    private record Pass(primitive kernel, IntMemoryMap operands) {
        void run(stream stream) {
            kernel.execute(stream, operands);
        }
    }

    /** A convolution by kernels that were looked up for so many threads. */
    private OneDnnConvolution(ConvolutionShape shape, WeightOrder order, OneDnnKernels kernels, int threads) {
        this.threads = threads;
        int before = OneDnn.useThreads(threads);
        try {
            memory.desc givenWeights = order.description(shape);
            inputs = new Operand(kernels.toOutputs().src_desc());
            outputs = new Operand(kernels.toOutputs().dst_desc());
            inputGradient = new Operand(kernels.toInputGradient().diff_src_desc());
            outputGradient = new Operand(kernels.toInputGradient().diff_dst_desc());
            forwardWeights =
                    new OrderedWeights(givenWeights, kernels.toOutputs().weights_desc());
            backwardWeights =
                    new OrderedWeights(givenWeights, kernels.toInputGradient().weights_desc());
            weightGradient =
                    new OrderedWeights(givenWeights, kernels.toWeightGradient().diff_weights_desc());
            toOutputs = new Pass(
                    new convolution_forward(kernels.toOutputs()),
                    new IntMemoryMap()
                            .put(DNNL_ARG_SRC, inputs.handle)
                            .put(DNNL_ARG_WEIGHTS, forwardWeights.ordered)
                            .put(DNNL_ARG_DST, outputs.handle));
            toInputGradient = new Pass(
                    new convolution_backward_data(kernels.toInputGradient()),
                    new IntMemoryMap()
                            .put(DNNL_ARG_DIFF_DST, outputGradient.handle)
                            .put(DNNL_ARG_WEIGHTS, backwardWeights.ordered)
                            .put(DNNL_ARG_DIFF_SRC, inputGradient.handle));
            toWeightGradient = new Pass(
                    new convolution_backward_weights(kernels.toWeightGradient()),
                    new IntMemoryMap()
                            .put(DNNL_ARG_SRC, inputs.handle)
                            .put(DNNL_ARG_DIFF_DST, outputGradient.handle)
                            .put(DNNL_ARG_DIFF_WEIGHTS, weightGradient.ordered));
        } finally {
            OneDnn.useThreads(before);
        }
    }

    /**
     * A convolution, on platforms that have the library.
     *
     * @param shape sizes
     * @param order of the weights
     * @param threads of the library that share every pass, at least 1
     * @return the convolution, fast or not
     */
    public static OneDnnConvolution of(ConvolutionShape shape, WeightOrder order, int threads) {
        return new OneDnnConvolution(shape, order, OneDnnKernels.of(shape, threads), threads);
    }

    /**
     * A convolution, if the library is there and has code made for this processor and the shape.
     *
     * @param shape sizes
     * @param order of the weights
     * @param threads of the library that share every pass, at least 1
     * @return empty where such a convolution cannot be made, or would be slow
     */
    public static Optional<Convolution> ifFast(ConvolutionShape shape, WeightOrder order, int threads) {
        return OneDnnKernels.ifFast(shape, threads)
                .map(kernels -> new OneDnnConvolution(shape, order, kernels, threads));
    }

    /**
     * The order in which a fast convolution reads weights.
     *
     * @param shape sizes
     * @param threads of the library that share every pass, at least 1
     * @return the plain order where {@link #ifFast} is empty
     */
    static WeightOrder order(ConvolutionShape shape, int threads) {
        return OneDnnKernels.ifFast(shape, threads)
                .map(kernels -> WeightOrder.of(shape, kernels.toOutputs().weights_desc()))
                .orElse(WeightOrder.PLAIN);
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        int before = OneDnn.useThreads(threads);
        try {
            forwardWeights.read(stream, weights);
            this.inputs.bind(inputs);
            this.outputs.bind(outputs);
            toOutputs.run(stream);
        } finally {
            OneDnn.useThreads(before);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        int before = OneDnn.useThreads(threads);
        try {
            this.inputs.bind(inputs);
            this.outputGradient.bind(outputGradient);
            this.weightGradient.write(stream, toWeightGradient, weightGradient);
            if (inputGradient != null) {
                backwardWeights.read(stream, weights);
                this.inputGradient.bind(inputGradient);
                toInputGradient.run(stream);
            }
        } finally {
            OneDnn.useThreads(before);
            Reference.reachabilityFence(this);
        }
    }
}

package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.lang.ref.Reference;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
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
    private final LibraryMemory inputs;
    private final LibraryMemory outputs;
    private final LibraryMemory inputGradient;
    private final LibraryMemory outputGradient;
    private final LibraryWeights forwardWeights;
    private final LibraryWeights backwardWeights;
    private final LibraryWeights weightGradient;
    private final memory scratch;
    private final LibraryPass toOutputs;
    private final LibraryPass toInputGradient;
    private final LibraryPass toWeightGradient;

    /** A convolution by kernels that were looked up for so many threads. */
    private OneDnnConvolution(ConvolutionShape shape, WeightOrder order, OneDnnKernels kernels, int threads) {
        this.threads = threads;
        int before = OneDnn.useThreads(threads);
        try {
            memory.desc givenWeights = order.description(shape);
            inputs = new LibraryMemory(kernels.toOutputs().src_desc());
            outputs = new LibraryMemory(kernels.toOutputs().dst_desc());
            inputGradient = new LibraryMemory(kernels.toInputGradient().diff_src_desc());
            outputGradient = new LibraryMemory(kernels.toInputGradient().diff_dst_desc());
            forwardWeights =
                    new LibraryWeights(givenWeights, kernels.toOutputs().weights_desc());
            backwardWeights =
                    new LibraryWeights(givenWeights, kernels.toInputGradient().weights_desc());
            weightGradient =
                    new LibraryWeights(givenWeights, kernels.toWeightGradient().diff_weights_desc());
            scratch = kernels.scratch();
            toOutputs = OneDnnKernels.with(scratch, new convolution_forward(kernels.toOutputs()), kernels.toOutputs())
                    .on(new IntMemoryMap()
                            .put(DNNL_ARG_SRC, inputs.handle())
                            .put(DNNL_ARG_WEIGHTS, forwardWeights.ordered())
                            .put(DNNL_ARG_DST, outputs.handle()));
            toInputGradient = OneDnnKernels.with(
                            scratch,
                            new convolution_backward_data(kernels.toInputGradient()),
                            kernels.toInputGradient())
                    .on(new IntMemoryMap()
                            .put(DNNL_ARG_DIFF_DST, outputGradient.handle())
                            .put(DNNL_ARG_WEIGHTS, backwardWeights.ordered())
                            .put(DNNL_ARG_DIFF_SRC, inputGradient.handle()));
            toWeightGradient = OneDnnKernels.with(
                            scratch,
                            new convolution_backward_weights(kernels.toWeightGradient()),
                            kernels.toWeightGradient())
                    .on(new IntMemoryMap()
                            .put(DNNL_ARG_SRC, inputs.handle())
                            .put(DNNL_ARG_DIFF_DST, outputGradient.handle())
                            .put(DNNL_ARG_DIFF_WEIGHTS, weightGradient.ordered()));
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

    /**
     * What a fast convolution needs besides inputs, outputs and weights, without making it.
     *
     * @param shape sizes
     * @param gradients whether passes backward are made
     * @param threads of the library that share every pass, at least 1
     * @return numbers; empty where {@link #ifFast} is
     */
    static OptionalDouble numbers(ConvolutionShape shape, boolean gradients, int threads) {
        return OneDnnKernels.ifFast(shape, threads).stream()
                .mapToDouble(kernels -> kernels.scratchBytes(gradients, 0, 0)
                        + kernels.copiedBytes(shape, kernels.toOutputs().weights_desc())
                        + (gradients
                                ? kernels.copiedBytes(
                                        shape,
                                        kernels.toInputGradient().weights_desc(),
                                        kernels.toWeightGradient().diff_weights_desc())
                                : 0))
                .map(bytes -> bytes / Float.BYTES)
                .findFirst();
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

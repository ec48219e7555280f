package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in 32 bits by oneDNN's Winograd transforms, which take 36 products for 16 outputs of a kernel of side 3,
 * where sums take 144. A kernel whose side is a multiple of 3 is a sum of such kernels, each on its part of the image.
 *
 * <p>Images are worked on one by one, in copies that the library orders in blocks of 16 channels, so that they stay in
 * cache. The transforms evaluate polynomials at 0, ±5/8, ±3/2 and ∞. Errors in root mean square, relative to the
 * results, for 28 × 28 outputs, side 3 and normal numbers, beside those of sums in the order of the definition and of
 * {@link OneDnnConvolution}:
 *
 * <pre>
 *                              outputs   weight gradient   input gradient
 * 32 channels: this            6e−7      7e−7              6e−7
 *              sums            3e−7      5e−7              3e−7
 *              direct kernels  2e−7      5e−7              2e−7
 * 128 channels: this           11e−7     7e−7              10e−7
 *              sums            6e−7      5e−7              6e−7
 *              direct kernels  2e−7      5e−7              2e−7
 * </pre>
 *
 * <p>The same number of threads on the same kind of processor gives the same bits.
 */
final class OneDnnWinograd implements Convolution {
    /** Side of the kernels that the library transforms. */
    static final int SIDE = 3;

    /** Channels that the library keeps together. */
    static final int LANES = 16;

    /**
     * The library begins each of its transformed signals and weights at a multiple of so many bytes, and books as much
     * again for that: three of them where it goes to outputs or inputs, four where it goes to weights.
     */
    private static final long LARGE_PAGE = 1 << 21;

    private final ConvolutionShape shape;
    private final int threads;
    private final stream stream = new stream(OneDnn.engine());
    private final OneDnnBlock.Workspace workspace;

    /** The workspace's inputs as numbers, made once: objects of the library that every pass made would pile up. */
    private final FloatPointer inputs;

    private final long inputBytes;
    private final List<OneDnnBlock> blocks = new ArrayList<>();
    private final LibraryMemory outputs;
    private final LibraryMemory outputGradient;
    private final reorder writeOutputs;
    private final reorder readOutputGradient;
    private final memory scratch;
    private final memory weightPart;
    private final reorder addWeightPart;
    private final LibraryPass toWeightPart;
    private final LibraryPass toWeightGradient;

    private OneDnnWinograd(ConvolutionShape shape, WeightOrder order, OneDnnKernels kernels, int threads) {
        this.shape = shape;
        this.threads = threads;
        workspace = OneDnnBlock.Workspace.of(kernels);
        memory.desc image = OneDnnKernels.image(shape.outputs(), shape.outputRows(), shape.outputColumns());
        outputs = new LibraryMemory(image);
        outputGradient = new LibraryMemory(image);
        writeOutputs = new reorder(workspace.outputs(), outputs.handle());
        readOutputGradient = new reorder(outputGradient.handle(), workspace.outputGradient());
        convolution_forward.primitive_desc adding =
                shape.kernel() > SIDE ? OneDnnKernels.adding(block(shape)) : kernels.toOutputs();
        scratch = kernels.scratch(adding);
        LibraryPass.Kernel first = kernel(new convolution_forward(kernels.toOutputs()), kernels.toOutputs());
        LibraryPass.Kernel next = kernel(new convolution_forward(adding), adding);
        LibraryPass.Kernel backward =
                kernel(new convolution_backward_data(kernels.toInputGradient()), kernels.toInputGradient());
        for (int row = 0; row < shape.kernel() / SIDE; row++) {
            for (int column = 0; column < shape.kernel() / SIDE; column++) {
                LibraryPass.Kernel forward = row + column == 0 ? first : next;
                blocks.add(new OneDnnBlock(shape, row, column, order, workspace, forward, backward));
            }
        }
        memory.desc weights = kernels.toWeightGradient().diff_weights_desc();
        LibraryPass.Kernel kernel =
                kernel(new convolution_backward_weights(kernels.toWeightGradient()), kernels.toWeightGradient());
        weightPart = new memory(weights, OneDnn.engine());
        addWeightPart = new reorder(new reorder.primitive_desc(
                OneDnn.engine(), weights, OneDnn.engine(), weights, OneDnnBlock.adding(), false));
        toWeightGradient = weightPass(kernel, workspace.weightGradient());
        toWeightPart = weightPass(kernel, weightPart);
        inputs = new FloatPointer(workspace.inputs().get_data_handle());
        inputBytes = workspace.inputs().get_desc().get_size();
        clearInputs();
    }

    private LibraryPass.Kernel kernel(primitive code, primitive_desc description) {
        return OneDnnKernels.with(scratch, code, description);
    }

    private LibraryPass weightPass(LibraryPass.Kernel kernel, memory result) {
        return kernel.on(new IntMemoryMap()
                .put(DNNL_ARG_SRC, workspace.inputs())
                .put(DNNL_ARG_DIFF_DST, workspace.outputGradient())
                .put(DNNL_ARG_DIFF_WEIGHTS, result));
    }

    private void clearInputs() {
        FloatPointer.memset(inputs, 0, inputBytes);
    }

    /** What a block of the kernel does with one image; zeros are thought only where it is the whole kernel. */
    private static ConvolutionShape block(ConvolutionShape shape) {
        if (shape.kernel() == SIDE) {
            return new ConvolutionShape(
                    1, shape.rows(), shape.columns(), shape.channels(), shape.outputs(), SIDE, shape.zeros());
        }
        return new ConvolutionShape(
                1,
                shape.outputRows() + SIDE - 1,
                shape.outputColumns() + SIDE - 1,
                shape.channels(),
                shape.outputs(),
                SIDE);
    }

    /** The library's kernels, if the shape is a sum of blocks that all meet a part of the image. */
    private static Optional<OneDnnKernels> kernels(ConvolutionShape shape, int threads) {
        int last = shape.kernel() - SIDE - shape.zeros();
        boolean inBlocks = shape.kernel() % SIDE == 0
                && areLanes(shape.channels())
                && areLanes(shape.outputs())
                && shape.zeros() < Math.min(shape.outputRows(), shape.outputColumns()) + SIDE - 1
                && last < Math.min(shape.rows(), shape.columns());
        return inBlocks ? OneDnnKernels.winograd(block(shape), threads) : Optional.empty();
    }

    private static boolean areLanes(int channels) {
        return channels <= LANES || channels % LANES == 0;
    }

    /**
     * A convolution, if the library has such transforms for this processor.
     *
     * @param shape sizes
     * @param order of the weights
     * @param threads of the library that share every pass, at least 1
     * @return empty where such a convolution cannot be made
     */
    static Optional<Convolution> ifPossible(ConvolutionShape shape, WeightOrder order, int threads) {
        if (shape.kernel() > SIDE && !order.isPlain() && !order.isInBlocks()) {
            return Optional.empty();
        }
        return kernels(shape, threads).map(kernels -> {
            int before = OneDnn.useThreads(threads);
            try {
                return new OneDnnWinograd(shape, order, kernels, threads);
            } finally {
                OneDnn.useThreads(before);
            }
        });
    }

    /**
     * The order in which such a convolution reads weights.
     *
     * @param shape sizes
     * @param threads of the library that share every pass, at least 1
     * @return empty where {@link #ifPossible} is
     */
    static Optional<WeightOrder> order(ConvolutionShape shape, int threads) {
        return kernels(shape, threads)
                .map(kernels -> WeightOrder.ofBlocks(
                        shape, block(shape), kernels.toOutputs().weights_desc()));
    }

    /**
     * What such a convolution needs besides inputs, outputs and weights, without making it.
     *
     * @param shape sizes
     * @param gradients whether passes backward are made
     * @param threads of the library that share every pass, at least 1
     * @return numbers; empty where {@link #ifPossible} is
     */
    static OptionalDouble numbers(ConvolutionShape shape, boolean gradients, int threads) {
        return kernels(shape, threads).stream()
                .mapToDouble(kernels -> bytes(shape, kernels, gradients) / Float.BYTES)
                .findFirst();
    }

    private static double bytes(ConvolutionShape shape, OneDnnKernels kernels, boolean gradients) {
        memory.desc weights = kernels.toWeightGradient().diff_weights_desc();
        double blocks = (double) (shape.kernel() / SIDE) * (shape.kernel() / SIDE);
        double forward = kernels.toOutputs().src_desc().get_size()
                + kernels.toOutputs().dst_desc().get_size()
                + blocks * kernels.copiedBytes(block(shape), weights);
        double backward = kernels.toInputGradient().diff_src_desc().get_size()
                + kernels.toInputGradient().diff_dst_desc().get_size()
                + (shape.images() > 1 ? 2.0 : 1.0) * weights.get_size();
        return forward + (gradients ? backward : 0) + kernels.scratchBytes(gradients, 3 * LARGE_PAGE, 4 * LARGE_PAGE);
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        int before = OneDnn.useThreads(threads);
        try {
            for (OneDnnBlock block : blocks) {
                block.readWeights(stream, weights);
            }
            for (int image = 0; image < shape.images(); image++) {
                for (OneDnnBlock block : blocks) {
                    readImage(block, inputs, image);
                    block.forward(stream);
                }
                this.outputs.bind(outputs, outputAt(image));
                writeOutputs.execute(stream, workspace.outputs(), this.outputs.handle());
            }
        } finally {
            OneDnn.useThreads(before);
            Reference.reachabilityFence(this);
        }
    }

    /** Blocks leave zeros in different places. */
    private void readImage(OneDnnBlock block, Memory inputs, int image) {
        if (blocks.size() > 1) {
            clearInputs();
        }
        block.readImage(stream, inputs, image);
    }

    private long outputAt(int image) {
        return (long) image * shape.outputRows() * shape.outputColumns() * shape.outputs();
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
            if (inputGradient != null && blocks.size() > 1) {
                inputGradient.scale(shape.inputLength(), 0);
            }
            for (OneDnnBlock block : blocks) {
                block.readWeights(stream, weights);
                for (int image = 0; image < shape.images(); image++) {
                    this.outputGradient.bind(outputGradient, outputAt(image));
                    readOutputGradient.execute(stream, this.outputGradient.handle(), workspace.outputGradient());
                    readImage(block, inputs, image);
                    addWeightGradient(image);
                    if (inputGradient != null) {
                        block.backward(stream, inputGradient, image);
                    }
                }
                block.writeWeightGradient(stream, weightGradient);
            }
        } finally {
            OneDnn.useThreads(before);
            Reference.reachabilityFence(this);
        }
    }

    private void addWeightGradient(int image) {
        if (image == 0) {
            toWeightGradient.run(stream);
        } else {
            toWeightPart.run(stream);
            addWeightPart.execute(stream, weightPart, workspace.weightGradient());
        }
    }
}

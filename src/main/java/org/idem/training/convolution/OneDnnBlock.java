package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.idem.training.memory.Memory;

/** A block of 3 × 3 positions of a kernel, and the part of an image that it meets. */
final class OneDnnBlock {
    private static final int SIDE = OneDnnWinograd.SIDE;

    private final ConvolutionShape shape;
    private final boolean alone;
    private final int row;
    private final int column;
    private final long firstWeight;
    private final LibraryMemory image;
    private final memory framedImage;
    private final reorder readImage;
    private final LibraryMemory gradient;
    private final memory framedGradient;
    private final reorder writeGradient;
    private final LibraryWeights weights;
    private final memory weightSum;
    private final LibraryMemory weightGradient;
    private final reorder writeWeightGradient;
    private final LibraryPass toOutputs;
    private final LibraryPass toInputGradient;

    /** Memories of one image in the order of the library, which all blocks share. */
    record Workspace(
            memory inputs, memory inputGradient, memory outputs, memory outputGradient, memory weightGradient) {
        static Workspace of(OneDnnKernels kernels) {
            return new Workspace(
                    own(kernels.toOutputs().src_desc()),
                    own(kernels.toInputGradient().diff_src_desc()),
                    own(kernels.toOutputs().dst_desc()),
                    own(kernels.toInputGradient().diff_dst_desc()),
                    own(kernels.toWeightGradient().diff_weights_desc()));
        }

        private static memory own(memory.desc order) {
            return new memory(order, OneDnn.engine());
        }
    }

    /**
     * @param row of the block, from 0
     * @param column of the block, from 0
     * @param order plain, the library's own if there is one block, or in blocks
     * @param forward adds to the outputs unless this is the first block
     */
    OneDnnBlock(
            ConvolutionShape shape,
            int row,
            int column,
            WeightOrder order,
            Workspace workspace,
            LibraryPass.Kernel forward,
            LibraryPass.Kernel backward) {
        this.shape = shape;
        this.row = row;
        this.column = column;
        alone = shape.kernel() == SIDE;
        memory.desc inImage = OneDnnKernels.image(shape.channels(), shape.rows(), shape.columns())
                .submemory_desc(size(), from());
        memory.desc inFrame = workspace.inputs().get_desc().submemory_desc(size(), to());
        image = new LibraryMemory(inImage);
        framedImage = new memory(inFrame, OneDnn.engine(), workspace.inputs().get_data_handle());
        readImage = new reorder(image.handle(), framedImage);
        gradient = new LibraryMemory(inImage);
        framedGradient =
                new memory(inFrame, OneDnn.engine(), workspace.inputGradient().get_data_handle());
        writeGradient = alone
                ? new reorder(framedGradient, gradient.handle())
                : new reorder(new reorder.primitive_desc(
                        OneDnn.engine(), inFrame, OneDnn.engine(), inImage, adding(), false));
        memory.desc stored = stored(order);
        int number = row * (shape.kernel() / SIDE) + column;
        firstWeight = order.isInBlocks() ? (long) number * shape.weightLength() / area() : 0;
        weights = new LibraryWeights(stored, workspace.weightGradient().get_desc());
        weightSum = workspace.weightGradient();
        weightGradient = new LibraryMemory(stored);
        writeWeightGradient = new reorder(weightSum, weightGradient.handle());
        toOutputs = forward.on(new IntMemoryMap()
                .put(DNNL_ARG_SRC, workspace.inputs())
                .put(DNNL_ARG_WEIGHTS, weights.ordered())
                .put(DNNL_ARG_DST, workspace.outputs()));
        toInputGradient = backward.on(new IntMemoryMap()
                .put(DNNL_ARG_DIFF_DST, workspace.outputGradient())
                .put(DNNL_ARG_WEIGHTS, weights.ordered())
                .put(DNNL_ARG_DIFF_SRC, workspace.inputGradient()));
    }

    /** What makes a pass add to its results instead of overwriting them. */
    static primitive_attr adding() {
        post_ops sum = new post_ops();
        sum.append_sum();
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(sum);
        return attributes;
    }

    /** Number of blocks. */
    private int area() {
        return shape.kernel() / SIDE * (shape.kernel() / SIDE);
    }

    private memory.desc stored(WeightOrder order) {
        if (alone || order.isInBlocks()) {
            return order.description(shape);
        }
        return OneDnnKernels.plainWeights(shape)
                .submemory_desc(
                        new long[] {shape.outputs(), shape.channels(), SIDE, SIDE},
                        new long[] {0, 0, row * SIDE, column * SIDE});
    }

    /**
     * First row or column of the image that the workspace holds, negative among the zeros above. A block that is alone
     * thinks its zeros.
     */
    private int offset(int position) {
        return alone ? 0 : position * SIDE - shape.zeros();
    }

    private long[] from() {
        return new long[] {0, 0, Math.max(0, offset(row)), Math.max(0, offset(column))};
    }

    private long[] to() {
        return new long[] {0, 0, Math.max(0, -offset(row)), Math.max(0, -offset(column))};
    }

    private long[] size() {
        long[] from = from();
        int toRow = Math.min(shape.rows(), offset(row) + shape.outputRows() + SIDE - 1);
        int toColumn = Math.min(shape.columns(), offset(column) + shape.outputColumns() + SIDE - 1);
        return new long[] {1, shape.channels(), toRow - from[2], toColumn - from[3]};
    }

    private long imageAt(int number) {
        return (long) number * shape.rows() * shape.columns() * shape.channels();
    }

    /** Copies what the block meets of an image to the workspace, where zeros lie round it if there are several. */
    void readImage(stream stream, Memory inputs, int number) {
        image.bind(inputs, imageAt(number));
        readImage.execute(stream, image.handle(), framedImage);
    }

    /** Takes the weights of the next passes. */
    void readWeights(stream stream, Memory given) {
        weights.read(stream, given, firstWeight);
    }

    /** From an image and weights that were read to the workspace's outputs. */
    void forward(stream stream) {
        toOutputs.run(stream);
    }

    /** From the workspace's gradient of outputs to that of an image's inputs; several blocks add to it. */
    void backward(stream stream, Memory inputGradient, int number) {
        toInputGradient.run(stream);
        gradient.bind(inputGradient, imageAt(number));
        writeGradient.execute(stream, framedGradient, gradient.handle());
    }

    /** Stores the gradient of the block's weights, which the workspace has. */
    void writeWeightGradient(stream stream, Memory given) {
        weightGradient.bind(given, firstWeight);
        writeWeightGradient.execute(stream, weightSum, weightGradient.handle());
    }
}

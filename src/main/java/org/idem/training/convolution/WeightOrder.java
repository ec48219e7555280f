package org.idem.training.convolution;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Order in which the weights of a convolution are stored. A fast convolution reads them in an order of its own; weights
 * that are stored so for the whole of a training need not be copied in every step.
 */
public final class WeightOrder {
    /** (kernel row, kernel column, channel, output). */
    public static final WeightOrder PLAIN = new WeightOrder(null, null);

    /** Greatest count of weights whose indices 32-bit numbers hold exactly. */
    private static final int MOST_WEIGHTS = 1 << 24;

    private final memory.@Nullable desc library;
    private final int @Nullable [] places;
    private final boolean inBlocks;

    private WeightOrder(memory.@Nullable desc library, int @Nullable [] places) {
        this(library, places, false);
    }

    private WeightOrder(memory.@Nullable desc library, int @Nullable [] places, boolean inBlocks) {
        this.library = library;
        this.places = places;
        this.inBlocks = inBlocks;
    }

    /** The library's order, unless it leaves gaps between weights; then the plain one. */
    static WeightOrder of(ConvolutionShape shape, memory.desc library) {
        int count = shape.weightLength();
        return library.get_size() == (long) count * Float.BYTES && count <= MOST_WEIGHTS
                ? new WeightOrder(library, places(shape, library))
                : PLAIN;
    }

    /**
     * Square blocks of the kernel one after the other, first those of its first rows, each in the library's order; the
     * plain order if that leaves gaps.
     *
     * @param block the same convolution with the kernel of a block, whose side divides that of the whole
     * @param library how the library orders a block
     */
    static WeightOrder ofBlocks(ConvolutionShape shape, ConvolutionShape block, memory.desc library) {
        WeightOrder inner = of(block, library);
        if (inner.isPlain() || shape.kernel() == block.kernel()) {
            return inner;
        }
        int side = block.kernel();
        int maps = shape.channels() * shape.outputs();
        int[] places = new int[shape.weightLength()];
        for (int i = 0; i < places.length; i++) {
            int row = i / maps / shape.kernel();
            int column = i / maps % shape.kernel();
            int tap = row % side * side + column % side;
            int number = row / side * (shape.kernel() / side) + column / side;
            places[i] = number * side * side * maps + inner.place(tap * maps + i % maps);
        }
        return new WeightOrder(library, places, true);
    }

    /** The library orders the numbers 0, 1, …; where it puts each of them is where it stores that weight. */
    private static int[] places(ConvolutionShape shape, memory.desc library) {
        int[] places = new int[shape.weightLength()];
        try (FloatPointer numbers = new FloatPointer(places.length);
                FloatPointer ordered = new FloatPointer(places.length);
                memory from = new memory(OneDnnKernels.plainWeights(shape), OneDnn.engine(), numbers);
                memory to = new memory(library, OneDnn.engine(), ordered);
                reorder between = new reorder(from, to);
                stream stream = new stream(OneDnn.engine())) {
            FloatBuffer indices = numbers.asBuffer();
            for (int i = 0; i < places.length; i++) {
                indices.put(i, i);
            }
            between.execute(stream, from, to);
            stream._wait();
            FloatBuffer found = ordered.asBuffer();
            for (int i = 0; i < places.length; i++) {
                places[(int) found.get(i)] = i;
            }
        }
        return places;
    }

    /**
     * Where a weight is stored.
     *
     * @param index of the weight in the plain order
     * @return its index in this order
     */
    public int place(int index) {
        return places == null ? index : places[index];
    }

    /** Whether the kernel is stored in several blocks, which oneDNN cannot describe as a whole. */
    boolean isInBlocks() {
        return inBlocks;
    }

    /** How oneDNN describes weights in this order, or each of their blocks. */
    memory.desc description(ConvolutionShape shape) {
        return library == null ? OneDnnKernels.plainWeights(shape) : library;
    }

    boolean isPlain() {
        return places == null;
    }
}

package org.idem.training.memory;

import org.idem.array.Precision;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Memory for intermediate results of calls that never run at the same time. It belongs to the scope in which it was
 * made, wherever it grows.
 */
public final class GrowingMemory {
    private final MemoryScope scope = MemoryScope.entered();
    private final Precision precision;
    private Memory memory;

    /**
     * Memory of some length.
     *
     * @param length number of elements, at least 0
     * @param precision format of the elements
     */
    public GrowingMemory(long length, Precision precision) {
        this.precision = precision;
        memory = Memory.allocate(length, precision);
    }

    /**
     * Grows where necessary. What was there is lost then, and {@link #memory} another one.
     *
     * @param length number of elements, at least 0
     */
    public void reserve(long length) {
        if (length <= memory.length()) {
            return;
        }
        INDArray outgrown = memory.owner();
        memory = scope.holding(() -> Memory.allocate(length, precision));
        scope.free(outgrown);
    }

    /**
     * The memory, until it grows again.
     *
     * @return live memory, at least as long as was reserved
     */
    public Memory memory() {
        return memory;
    }
}

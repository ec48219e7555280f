package org.idem.training.convolution;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/** Memory of the caller, as oneDNN sees it. */
final class LibraryMemory {
    private final memory handle;
    private @Nullable Memory bound;
    private long offset;

    /** Memory that is bound before every use. */
    LibraryMemory(memory.desc order) {
        handle = new memory(order, OneDnn.engine(), (Pointer) null);
    }

    memory handle() {
        return handle;
    }

    void bind(Memory given) {
        bind(given, 0);
    }

    /** Takes the caller's memory from an element on. */
    void bind(Memory given, long first) {
        if (bound != given || offset != first) {
            handle.set_data_handle(((Float32Memory) given).start().getPointer(first));
            bound = given;
            offset = first;
        }
    }
}

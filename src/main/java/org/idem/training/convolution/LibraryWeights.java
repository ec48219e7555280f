package org.idem.training.convolution;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/** Weights of the caller, and the same in the order of a pass of oneDNN; these are one if the orders are. */
final class LibraryWeights {
    private final LibraryMemory given;
    private final memory ordered;
    private final @Nullable reorder into;
    private final @Nullable reorder out;

    LibraryWeights(memory.desc givenOrder, memory.desc passOrder) {
        given = new LibraryMemory(givenOrder);
        if (givenOrder.equals(passOrder)) {
            ordered = given.handle();
            into = null;
            out = null;
        } else {
            ordered = new memory(passOrder, OneDnn.engine());
            into = new reorder(given.handle(), ordered);
            out = new reorder(ordered, given.handle());
        }
    }

    /** Where the pass finds its weights. */
    memory ordered() {
        return ordered;
    }

    void read(stream stream, Memory weights) {
        read(stream, weights, 0);
    }

    /** Takes weights from an element on. */
    void read(stream stream, Memory weights, long first) {
        given.bind(weights, first);
        if (into != null) {
            into.execute(stream, given.handle(), ordered);
        }
    }

    /** Runs a pass that writes weights. */
    void write(stream stream, LibraryPass pass, Memory weights) {
        given.bind(weights);
        pass.run(stream);
        if (out != null) {
            out.execute(stream, ordered, given.handle());
        }
    }
}

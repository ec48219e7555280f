package org.idem.training.convolution;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** Something that oneDNN computes, and the memories that it works on. */
record LibraryPass(primitive kernel, IntMemoryMap operands) {
    /** A computation without its operands, and memory for intermediate results, which others may use, too. */
    record Kernel(primitive code, memory scratch) {
        LibraryPass on(IntMemoryMap operands) {
            return new LibraryPass(code, operands.put(DNNL_ARG_SCRATCHPAD, scratch));
        }
    }

    void run(stream stream) {
        kernel.execute(stream, operands);
    }
}

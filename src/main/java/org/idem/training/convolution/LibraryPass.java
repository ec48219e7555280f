package org.idem.training.convolution;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** Something that oneDNN computes, and the memories that it works on. */
record LibraryPass(primitive kernel, IntMemoryMap operands) {
    void run(stream stream) {
        kernel.execute(stream, operands);
    }
}

package org.idem.network;

import java.util.Locale;

/** What a convolution of stride 1 with an odd kernel sees beyond the border of its image. */
public enum Padding {
    /** Zeros outside; the output has the size of the input. */
    SAME,
    /** The image repeats periodically; the output has the size of the input. */
    CIRCULAR,
    /** Nothing outside is read; each side of the output is shorter by kernel − 1. */
    VALID;

    /**
     * Length of one side of the output.
     *
     * @param size length of the same side of the input, in pixels
     * @param kernel side of the kernel, in pixels
     * @return size of the output side; not positive if the kernel does not fit under {@link #VALID}
     */
    public int outputSize(int size, int kernel) {
        return this == VALID ? size - kernel + 1 : size;
    }

    /**
     * Offset from an output pixel to the first input pixel under the kernel.
     *
     * @param kernel side of the kernel, odd
     * @return 0 for {@link #VALID}, otherwise −(kernel − 1)/2
     */
    public int firstOffset(int kernel) {
        return this == VALID ? 0 : -(kernel / 2);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.idem.image;

import java.util.Arrays;
import org.idem.array.Array;

/**
 * One image with a name.
 *
 * @param name how it is called in reports, for instance {@code digit-3} or {@code scans.gz#7}; not blank
 * @param pixels (C, H, W), each at least 1, all finite, nominally in [0, 1]; shared, not copied
 */
public record Image(String name, Array pixels) {
    /** Checks name, shape and values. */
    public Image {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an image must not be blank");
        }
        if (pixels.rank() != 3 || pixels.length() == 0) {
            throw new IllegalArgumentException(
                    name + ": the pixels of an image must have shape (C, H, W) of at least 1," + " got "
                            + Arrays.toString(pixels.shape()));
        }
        int wrong = pixels.firstNonFinite();
        if (wrong >= 0) {
            throw new IllegalArgumentException(
                    name + ": pixels must be finite, got " + pixels.values()[wrong] + " at position " + wrong);
        }
    }

    /**
     * Number of colours.
     *
     * @return C, 1 for grey
     */
    public int channels() {
        return pixels.size(0);
    }

    /**
     * Number of rows.
     *
     * @return H
     */
    public int height() {
        return pixels.size(1);
    }

    /**
     * Number of columns.
     *
     * @return W
     */
    public int width() {
        return pixels.size(2);
    }

    /**
     * The image as a set of one.
     *
     * @return (1, C, H, W), sharing the pixels
     */
    public Array batch() {
        return pixels.reshape(1, channels(), height(), width());
    }
}

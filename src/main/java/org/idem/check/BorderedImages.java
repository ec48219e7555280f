package org.idem.check;

import java.util.function.IntBinaryOperator;
import org.idem.array.Array;
import org.jspecify.annotations.Nullable;

/**
 * Continues images beyond their borders: valid padding on the larger images does what another padding does on the given
 * ones.
 */
final class BorderedImages {
    private BorderedImages() {}

    /** Reflected at the outermost pixel, which is not repeated; null if the border is wider than the image allows. */
    static @Nullable Array reflecting(Array images, int border) {
        if (border >= Math.min(images.size(2), images.size(3))) {
            return null;
        }
        return bordered(images, border, (at, size) -> {
            int distance = Math.abs(at);
            return distance < size ? distance : 2 * (size - 1) - distance;
        });
    }

    /** The outermost pixel repeated. */
    static Array replicating(Array images, int border) {
        return bordered(images, border, (at, size) -> Math.max(0, Math.min(size - 1, at)));
    }

    private static Array bordered(Array images, int border, IntBinaryOperator source) {
        int height = images.size(2);
        int width = images.size(3);
        int tall = height + 2 * border;
        int wide = width + 2 * border;
        int planes = images.size(0) * images.size(1);
        double[] values = new double[planes * tall * wide];
        for (int at = 0; at < values.length; at++) {
            int row = source.applyAsInt(at / wide % tall - border, height);
            int column = source.applyAsInt(at % wide - border, width);
            values[at] = images.values()[(at / wide / tall * height + row) * width + column];
        }
        return Array.of(values, images.size(0), images.size(1), tall, wide);
    }
}

package org.idem.training.memory;

import org.idem.array.Array;

/**
 * Converts signals between the order of arrays, (n, d) or (n, C, H, W), and the order of passes, where channels come
 * last: (n, d) or (n, H, W, C).
 */
public final class Layout {
    private Layout() {}

    /**
     * Numbers of an array in the order of passes.
     *
     * @param array (n, d) or (n, C, H, W)
     * @return in the order (n, H, W, C), a copy; of (n, d) the array's own values, not to be written to
     */
    public static double[] channelsLast(Array array) {
        if (array.rank() == 2) {
            return array.values();
        }
        double[] ordered = new double[array.length()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[place(i, array.shape())] = array.values()[i];
        }
        return ordered;
    }

    /**
     * The array whose numbers are given in the order of passes.
     *
     * @param ordered in the order (n, H, W, C), copied; for (n, d) owned by the array from now on
     * @param shape (n, d) or (n, C, H, W) of the array
     * @return the array
     */
    public static Array channelsFirst(double[] ordered, int[] shape) {
        if (shape.length == 2) {
            return Array.of(ordered, shape);
        }
        double[] values = new double[ordered.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ordered[place(i, shape)];
        }
        return Array.of(values, shape);
    }

    private static int place(int index, int[] shape) {
        int area = shape[2] * shape[3];
        int pixel = index % area;
        int channel = index / area % shape[1];
        int image = index / (area * shape[1]);
        return (image * area + pixel) * shape[1] + channel;
    }
}

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
        double[] values = array.values();
        double[] ordered = new double[values.length];
        int channels = array.size(1);
        int area = array.size(2) * array.size(3);
        for (int first = 0; first < ordered.length; first += channels * area) {
            for (int channel = 0; channel < channels; channel++) {
                int from = first + channel * area;
                int to = first + channel;
                for (int pixel = 0; pixel < area; pixel++) {
                    ordered[to + pixel * channels] = values[from + pixel];
                }
            }
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
        int channels = shape[1];
        int area = shape[2] * shape[3];
        for (int first = 0; first < values.length; first += channels * area) {
            for (int pixel = 0; pixel < area; pixel++) {
                int from = first + pixel * channels;
                int to = first + pixel;
                for (int channel = 0; channel < channels; channel++) {
                    values[to + channel * area] = ordered[from + channel];
                }
            }
        }
        return Array.of(values, shape);
    }
}

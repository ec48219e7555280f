package org.idem.training.memory;

import org.idem.array.Array;

/** Order of signals in arrays, (n, d) or (n, C, H, W), and in passes, channels last. */
public final class Layout {
    private Layout() {}

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

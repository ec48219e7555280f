package org.idem.training.update;

import java.util.Arrays;
import org.idem.training.memory.Numbers;

/** A vector of 32-bit numbers in Java's own memory, in short arrays. It begins with zeros. */
final class Pieces implements Numbers {
    /** Numbers of one array: a core's fastest cache holds four of them. */
    static final int LENGTH = 1024;

    private final float[][] arrays;

    Pieces(int count) {
        arrays = new float[(count + LENGTH - 1) / LENGTH][];
        Arrays.setAll(arrays, i -> new float[Math.min(LENGTH, count - i * LENGTH)]);
    }

    /** The live array that holds an element, at its index modulo {@link #LENGTH}. */
    float[] of(int index) {
        return arrays[index / LENGTH];
    }

    @Override
    public void write(double[] values) {
        for (int i = 0; i < values.length; i++) {
            of(i)[i % LENGTH] = (float) values[i];
        }
    }

    @Override
    public void read(double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = of(i)[i % LENGTH];
        }
    }
}

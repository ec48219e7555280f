package org.idem.array;

import java.util.Arrays;

/** An n-dimensional array of doubles in C order. Whoever passes an array of values gives it away. */
public final class Array {
    private final double[] values;
    private final int[] shape;

    private Array(double[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * Wraps values without copying them.
     *
     * @param values in C order; ownership passes to the array
     * @param shape lengths of the axes, each at least 0
     * @return the array
     * @throws IllegalArgumentException if the product of the shape is not the number of values
     */
    public static Array of(double[] values, int... shape) {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
        return new Array(values, shape.clone());
    }

    /**
     * An array of zeros.
     *
     * @param shape lengths of the axes
     * @return a fresh array
     */
    public static Array zeros(int... shape) {
        return new Array(new double[Math.toIntExact(count(shape))], shape.clone());
    }

    private static long count(int... shape) {
        long count = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("an axis cannot have length " + length);
            }
            count = Math.multiplyExact(count, length);
        }
        return count;
    }

    /**
     * Lengths of the axes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Number of axes.
     *
     * @return 0 for a scalar
     */
    public int rank() {
        return shape.length;
    }

    /**
     * Length of one axis.
     *
     * @param axis from 0
     * @return its length
     */
    public int size(int axis) {
        return shape[axis];
    }

    /**
     * Number of values.
     *
     * @return the product of the shape
     */
    public int length() {
        return values.length;
    }

    /**
     * The live storage in C order; readers must not write to it.
     *
     * @return the values themselves, not a copy
     */
    public double[] values() {
        return values;
    }

    /**
     * The same storage under another shape.
     *
     * @param newShape with the same number of values
     * @return an array that shares this storage
     */
    public Array reshape(int... newShape) {
        return of(values, newShape);
    }

    /**
     * A copy with every value rounded.
     *
     * @param precision target format
     * @return this array itself for float64, otherwise a fresh one
     */
    public Array rounded(Precision precision) {
        if (precision == Precision.FLOAT64) {
            return this;
        }
        double[] rounded = new double[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = precision.round(values[i]);
        }
        return new Array(rounded, shape);
    }

    /**
     * Entries {@code from} (inclusive) to {@code to} (exclusive) of the first axis.
     *
     * @param from first entry
     * @param to one past the last
     * @return a copy of the same rank
     */
    public Array slices(int from, int to) {
        if (rank() == 0 || from < 0 || to < from || to > shape[0]) {
            throw new IndexOutOfBoundsException(
                    "no entries " + from + " to " + to + " in shape " + Arrays.toString(shape));
        }
        int[] sliced = shape.clone();
        sliced[0] = to - from;
        int stride = shape[0] == 0 ? 0 : values.length / shape[0];
        return new Array(Arrays.copyOfRange(values, from * stride, to * stride), sliced);
    }

    /**
     * Position of the first NaN or infinity.
     *
     * @return index in C order, −1 if every value is finite
     */
    public int firstNonFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Array array && Arrays.equals(shape, array.shape) && Arrays.equals(values, array.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Array" + Arrays.toString(shape);
    }
}

package org.idem.array;

import java.util.Arrays;
import java.util.List;

/** An n-dimensional array of doubles in C order. An array of values that is passed in belongs to it from then on. */
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
        if (lengthOf(shape) != values.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " does not hold " + values.length
                    + " values"
                    + (shape.length == 0 ? "; Array.of(values, " + values.length + ") has a shape that does" : ""));
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
        return new Array(new double[lengthOf(shape)], shape.clone());
    }

    /**
     * Number of values that a shape holds.
     *
     * @param shape lengths of the axes
     * @return their product, 1 without axes
     * @throws IllegalArgumentException if a length is negative or the product exceeds 2³¹ − 1
     */
    public static int lengthOf(int... shape) {
        boolean empty = false;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("an axis cannot have length " + length);
            }
            empty |= length == 0;
        }
        long count = empty ? 0 : 1;
        for (int length : shape) {
            count *= length;
            if (count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "an array holds at most 2^31 - 1 values, got shape " + Arrays.toString(shape));
            }
        }
        return (int) count;
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
     * One entry of the first axis, for instance image 7 of (n, C, H, W).
     *
     * @param index which, from 0
     * @return a copy with one axis less
     */
    public Array slice(int index) {
        if (rank() == 0 || index < 0 || index >= shape[0]) {
            throw new IndexOutOfBoundsException("no entry " + index + " in shape " + Arrays.toString(shape));
        }
        return slices(index, index + 1).reshape(rest());
    }

    /**
     * Arrays joined along their first axis.
     *
     * @param parts at least one, all of one shape apart from the first axis
     * @return a fresh array
     * @throws IllegalArgumentException if there is no part or the shapes differ beyond the first axis
     */
    public static Array concatenate(List<Array> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("at least one array must be given to join, got none");
        }
        Array first = parts.get(0);
        long entries = 0;
        for (Array part : parts) {
            if (part.rank() == 0 || !Arrays.equals(part.rest(), first.rest())) {
                throw new IllegalArgumentException("arrays to join must agree beyond their first axis, got "
                        + Arrays.toString(first.shape) + " and " + Arrays.toString(part.shape));
            }
            entries += part.shape[0];
        }
        if (entries > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an axis has at most 2^31 - 1 entries, got " + entries);
        }
        int[] joined = first.shape.clone();
        joined[0] = (int) entries;
        Array result = zeros(joined);
        int next = 0;
        for (Array part : parts) {
            System.arraycopy(part.values, 0, result.values, next, part.values.length);
            next += part.values.length;
        }
        return result;
    }

    private int[] rest() {
        return shape.length == 0 ? shape : Arrays.copyOfRange(shape, 1, shape.length);
    }

    /**
     * One value.
     *
     * @param index one index per axis
     * @return the value there
     * @throws IllegalArgumentException if there are not as many indices as axes
     * @throws IndexOutOfBoundsException if an index leaves its axis
     */
    public double at(int... index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(shape.length + " indices are needed, got " + Arrays.toString(index));
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(
                        "no value at " + Arrays.toString(index) + " in shape " + Arrays.toString(shape));
            }
            offset = offset * shape[axis] + index[axis];
        }
        return values[offset];
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

    /** Exact equality of shape and bits: −0 differs from 0, all NaN are one. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Array array && Arrays.equals(shape, array.shape) && Arrays.equals(values, array.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    /** Shape and range of the finite values. */
    @Override
    public String toString() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
        return "Array" + Arrays.toString(shape) + (least <= greatest ? " in [" + least + ", " + greatest + "]" : "");
    }
}

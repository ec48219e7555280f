package org.idem.training.small;

import org.idem.array.Precision;

/**
 * Rows of numbers, all of one width. All arithmetic is element by element and in the order written: a loop over one row
 * runs in vector registers, and an element's result does not depend on its neighbours. Each operation is rounded in the
 * format of the rows; there is no fused multiply-add.
 *
 * <p>Rows are separate arrays because HotSpot vectorises loops over several arrays at one index, not at several offsets
 * of one array.
 */
public abstract class Rows {
    static Rows allocate(int count, int width, Precision precision) {
        return precision == Precision.FLOAT32 ? new FloatRows(count, width) : new DoubleRows(count, width);
    }

    abstract double get(int row, int index);

    /** Rounds the value to the format of the rows. */
    abstract void set(int row, int index, double value);

    abstract void clear(int target);

    /** Copies of all rows from an index on. */
    abstract Rows from(int first);

    /** target ← target + Σ left[lefts[t]]·right[rights[t]] over from ≤ t &lt; to, in this order. */
    abstract void addProducts(int target, Rows left, int[] lefts, Rows right, int[] rights, int from, int to);

    /** target ← target + Σ coefficients[row][t]·terms[first + t] over t &lt; count, in this order. */
    abstract void addCombination(int target, Rows coefficients, int row, Rows terms, int first, int count);

    /** this[first + t] ← this[first + t] − rates[0]·(slopes[slope]·inputs[chosen[t]]) for t &lt; count. */
    abstract void descend(int first, int count, Rows rates, Rows slopes, int slope, Rows inputs, int[] chosen);

    abstract void add(int target, Rows other, int row);

    abstract void subtract(int target, Rows other, int row);

    abstract void scale(int target, Rows factors, int row);

    /** target ← target + left·right. */
    abstract void addProduct(int target, Rows left, int leftRow, Rows right, int rightRow);

    /** target ← target − left·right. */
    abstract void subtractProduct(int target, Rows left, int leftRow, Rows right, int rightRow);

    /** sums ← sums + row², in 64 bits whatever the format of the rows. */
    abstract void addSquares(double[] sums, int row);
}

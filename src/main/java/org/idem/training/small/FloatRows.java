package org.idem.training.small;

import java.util.Arrays;

/** Rows of 32-bit numbers; every operation is rounded to 32 bits. */
final class FloatRows extends Rows {
    private final float[][] rows;

    FloatRows(int count, int width) {
        this(new float[count][width]);
    }

    private FloatRows(float[][] rows) {
        this.rows = rows;
    }

    @Override
    double get(int row, int index) {
        return rows[row][index];
    }

    @Override
    void set(int row, int index, double value) {
        rows[row][index] = (float) value;
    }

    @Override
    void clear(int target) {
        Arrays.fill(rows[target], 0);
    }

    @Override
    FloatRows from(int first) {
        float[][] rest = new float[rows.length][];
        for (int row = 0; row < rest.length; row++) {
            rest[row] = Arrays.copyOfRange(rows[row], first, rows[row].length);
        }
        return new FloatRows(rest);
    }

    @Override
    void addProducts(int target, Rows left, int[] lefts, Rows right, int[] rights, int from, int to) {
        float[][] a = ((FloatRows) left).rows;
        float[][] b = ((FloatRows) right).rows;
        float[] sum = rows[target];
        int next = from;
        for (; next + 2 <= to; next += 2) {
            addTwo(sum, a[lefts[next]], b[rights[next]], a[lefts[next + 1]], b[rights[next + 1]]);
        }
        if (next < to) {
            addProduct(sum, a[lefts[next]], b[rights[next]]);
        }
    }

    /** Two products in each pass of the loop: HotSpot does not vectorise longer bodies. */
    private static void addTwo(float[] sum, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a0[i] * b0[i] + a1[i] * b1[i];
        }
    }

    private static void addProduct(float[] sum, float[] a, float[] b) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += a[i] * b[i];
        }
    }

    @Override
    void addCombination(int target, Rows coefficients, int row, Rows terms, int first, int count) {
        float[] factors = ((FloatRows) coefficients).rows[row];
        float[][] b = ((FloatRows) terms).rows;
        float[] sum = rows[target];
        int next = 0;
        for (; next + 4 <= count; next += 4) {
            addFour(
                    sum,
                    factors[next],
                    b[first + next],
                    factors[next + 1],
                    b[first + next + 1],
                    factors[next + 2],
                    b[first + next + 2],
                    factors[next + 3],
                    b[first + next + 3]);
        }
        for (; next < count; next++) {
            float factor = factors[next];
            float[] term = b[first + next];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * term[i];
            }
        }
    }

    private static void addFour(
            float[] sum, float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a0 * b0[i] + a1 * b1[i] + a2 * b2[i] + a3 * b3[i];
        }
    }

    @Override
    void descend(int first, int count, Rows rates, Rows slopes, int slope, Rows inputs, int[] chosen) {
        float[] rate = ((FloatRows) rates).rows[0];
        float[] delta = ((FloatRows) slopes).rows[slope];
        float[][] x = ((FloatRows) inputs).rows;
        int next = 0;
        for (; next + 2 <= count; next += 2) {
            descendTwo(rate, delta, rows[first + next], x[chosen[next]], rows[first + next + 1], x[chosen[next + 1]]);
        }
        if (next < count) {
            float[] position = rows[first + next];
            float[] input = x[chosen[next]];
            for (int i = 0; i < position.length; i++) {
                position[i] -= rate[i] * (delta[i] * input[i]);
            }
        }
    }

    private static void descendTwo(float[] rate, float[] delta, float[] w0, float[] x0, float[] w1, float[] x1) {
        for (int i = 0; i < w0.length; i++) {
            w0[i] = w0[i] - rate[i] * (delta[i] * x0[i]);
            w1[i] = w1[i] - rate[i] * (delta[i] * x1[i]);
        }
    }

    @Override
    void subtract(int target, Rows other, int row) {
        float[] a = rows[target];
        float[] b = ((FloatRows) other).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] -= b[i];
        }
    }

    @Override
    void add(int target, Rows other, int row) {
        float[] a = rows[target];
        float[] b = ((FloatRows) other).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
    }

    @Override
    void scale(int target, Rows factors, int row) {
        float[] a = rows[target];
        float[] b = ((FloatRows) factors).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] *= b[i];
        }
    }

    @Override
    void addProduct(int target, Rows left, int leftRow, Rows right, int rightRow) {
        addProduct(rows[target], ((FloatRows) left).rows[leftRow], ((FloatRows) right).rows[rightRow]);
    }

    @Override
    void subtractProduct(int target, Rows left, int leftRow, Rows right, int rightRow) {
        float[] sum = rows[target];
        float[] a = ((FloatRows) left).rows[leftRow];
        float[] b = ((FloatRows) right).rows[rightRow];
        for (int i = 0; i < sum.length; i++) {
            sum[i] -= a[i] * b[i];
        }
    }

    @Override
    void addSquares(double[] sums, int row) {
        float[] values = rows[row];
        for (int i = 0; i < sums.length; i++) {
            double value = values[i];
            sums[i] += value * value;
        }
    }
}

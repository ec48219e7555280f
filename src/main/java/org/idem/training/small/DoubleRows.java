package org.idem.training.small;

import java.util.Arrays;

/** Rows of 64-bit numbers. */
final class DoubleRows extends Rows {
    private final double[][] rows;

    DoubleRows(int count, int width) {
        this(new double[count][width]);
    }

    private DoubleRows(double[][] rows) {
        this.rows = rows;
    }

    @Override
    double get(int row, int index) {
        return rows[row][index];
    }

    @Override
    void set(int row, int index, double value) {
        rows[row][index] = value;
    }

    @Override
    void clear(int target) {
        Arrays.fill(rows[target], 0);
    }

    @Override
    DoubleRows from(int first) {
        double[][] rest = new double[rows.length][];
        for (int row = 0; row < rest.length; row++) {
            rest[row] = Arrays.copyOfRange(rows[row], first, rows[row].length);
        }
        return new DoubleRows(rest);
    }

    @Override
    void addProducts(int target, Rows left, int[] lefts, Rows right, int[] rights, int from, int to) {
        double[][] a = ((DoubleRows) left).rows;
        double[][] b = ((DoubleRows) right).rows;
        double[] sum = rows[target];
        int next = from;
        for (; next + 2 <= to; next += 2) {
            addTwo(sum, a[lefts[next]], b[rights[next]], a[lefts[next + 1]], b[rights[next + 1]]);
        }
        if (next < to) {
            addProduct(sum, a[lefts[next]], b[rights[next]]);
        }
    }

    /** Two products in each pass of the loop: HotSpot does not vectorise longer bodies. */
    private static void addTwo(double[] sum, double[] a0, double[] b0, double[] a1, double[] b1) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a0[i] * b0[i] + a1[i] * b1[i];
        }
    }

    private static void addProduct(double[] sum, double[] a, double[] b) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += a[i] * b[i];
        }
    }

    @Override
    void addCombination(int target, Rows coefficients, int row, Rows terms, int first, int count) {
        double[] factors = ((DoubleRows) coefficients).rows[row];
        double[][] b = ((DoubleRows) terms).rows;
        double[] sum = rows[target];
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
            double factor = factors[next];
            double[] term = b[first + next];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * term[i];
            }
        }
    }

    private static void addFour(
            double[] sum,
            double a0,
            double[] b0,
            double a1,
            double[] b1,
            double a2,
            double[] b2,
            double a3,
            double[] b3) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a0 * b0[i] + a1 * b1[i] + a2 * b2[i] + a3 * b3[i];
        }
    }

    @Override
    void descend(int first, int count, Rows rates, Rows slopes, int slope, Rows inputs, int[] chosen) {
        double[] rate = ((DoubleRows) rates).rows[0];
        double[] delta = ((DoubleRows) slopes).rows[slope];
        double[][] x = ((DoubleRows) inputs).rows;
        int next = 0;
        for (; next + 2 <= count; next += 2) {
            descendTwo(rate, delta, rows[first + next], x[chosen[next]], rows[first + next + 1], x[chosen[next + 1]]);
        }
        if (next < count) {
            double[] position = rows[first + next];
            double[] input = x[chosen[next]];
            for (int i = 0; i < position.length; i++) {
                position[i] -= rate[i] * (delta[i] * input[i]);
            }
        }
    }

    private static void descendTwo(double[] rate, double[] delta, double[] w0, double[] x0, double[] w1, double[] x1) {
        for (int i = 0; i < w0.length; i++) {
            w0[i] = w0[i] - rate[i] * (delta[i] * x0[i]);
            w1[i] = w1[i] - rate[i] * (delta[i] * x1[i]);
        }
    }

    @Override
    void subtract(int target, Rows other, int row) {
        double[] a = rows[target];
        double[] b = ((DoubleRows) other).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] -= b[i];
        }
    }

    @Override
    void add(int target, Rows other, int row) {
        double[] a = rows[target];
        double[] b = ((DoubleRows) other).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
    }

    @Override
    void scale(int target, Rows factors, int row) {
        double[] a = rows[target];
        double[] b = ((DoubleRows) factors).rows[row];
        for (int i = 0; i < a.length; i++) {
            a[i] *= b[i];
        }
    }

    @Override
    void addProduct(int target, Rows left, int leftRow, Rows right, int rightRow) {
        addProduct(rows[target], ((DoubleRows) left).rows[leftRow], ((DoubleRows) right).rows[rightRow]);
    }

    @Override
    void subtractProduct(int target, Rows left, int leftRow, Rows right, int rightRow) {
        double[] sum = rows[target];
        double[] a = ((DoubleRows) left).rows[leftRow];
        double[] b = ((DoubleRows) right).rows[rightRow];
        for (int i = 0; i < sum.length; i++) {
            sum[i] -= a[i] * b[i];
        }
    }

    @Override
    void addSquares(double[] sums, int row) {
        double[] values = rows[row];
        for (int i = 0; i < sums.length; i++) {
            double value = values[i];
            sums[i] += value * value;
        }
    }
}

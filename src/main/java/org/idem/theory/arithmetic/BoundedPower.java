package org.idem.theory.arithmetic;

/**
 * Powers of a small block lower triangular matrix of {@link DoubleDouble} numbers with a running bound on every entry's
 * error.
 *
 * <p>A product of A ± E and B ± F is off by at most |A|F + E|B| + EF from its factors and 2⁻⁹⁶|A||B| from its own
 * rounding, entry by entry. Source: proofs/rounding.md, §6.
 */
public final class BoundedPower {
    private static final double OWN_ROUNDING = 0x1p-96;
    /** Covers the rounding of the bound itself: sums of fewer than 64 terms that are not negative. */
    private static final double OUTWARD = 1 + 64 * Rounding.UNIT;

    private final int side;
    private final int size;
    /** Rows that are held, and the first of them. */
    private final int rows;

    private final int first;
    /** Leading parts of the entries that are held, rows × size, row by row. */
    private final double[] high;
    /** What the entries exceed them by, in the same order. */
    private final double[] low;
    /** Bounds on the errors of the entries, in the same order. */
    private final double[] error;

    private BoundedPower(int side, int size, int first, int rows) {
        this.side = side;
        this.size = size;
        this.first = first;
        this.rows = rows;
        high = new double[rows * size];
        low = new double[rows * size];
        error = new double[rows * size];
    }

    /**
     * A matrix of zeros with so many blocks of a side on its diagonal.
     *
     * @param blocks number of blocks
     * @param side rows and columns of each
     * @return a matrix that {@code set} fills
     */
    public static BoundedPower zeros(int blocks, int side) {
        int size = blocks * side;
        return new BoundedPower(side, size, 0, size);
    }

    /**
     * Sets an entry on or below the diagonal blocks.
     *
     * @param row from 0
     * @param column from 0
     * @param value with a rounding of a few units of itself
     */
    public void set(int row, int column, DoubleDouble value) {
        set(row, column, value, Math.abs(value.high()));
    }

    /**
     * Sets an entry that was computed by a few operations on numbers of so large a sum of sizes.
     *
     * @param row from 0
     * @param column from 0
     * @param value with a rounding of a few units
     * @param operandSize sum of the sizes of what it was computed from
     */
    public void set(int row, int column, DoubleDouble value, double operandSize) {
        int at = row * size + column;
        high[at] = value.high();
        low[at] = value.low();
        error[at] = OWN_ROUNDING * operandSize;
    }

    /**
     * The first entry of a row of a power, with a bound on its error: the row by repeated squaring of the matrix, which
     * is lost.
     *
     * @param row which
     * @param exponent at least 0
     * @return the entry with its error
     */
    public Bounded firstOfRow(int row, int exponent) {
        BoundedPower result = new BoundedPower(side, size, row, 1);
        result.high[row] = 1;
        BoundedPower nextResult = new BoundedPower(side, size, row, 1);
        BoundedPower square = this;
        BoundedPower nextSquare = exponent > 1 ? new BoundedPower(side, size, 0, size) : this;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                nextResult.setProduct(result, square);
                BoundedPower old = result;
                result = nextResult;
                nextResult = old;
            }
            if (left > 1) {
                nextSquare.setProduct(square, square);
                BoundedPower old = square;
                square = nextSquare;
                nextSquare = old;
            }
        }
        return new Bounded(result.high[0], OUTWARD * (result.error[0] + Math.abs(result.low[0])));
    }

    private int blockOf(int index) {
        return index - index % side;
    }

    /** Rows of the left factor times a whole matrix; what is beyond the diagonal blocks stays 0. */
    private void setProduct(BoundedPower left, BoundedPower right) {
        for (int row = 0; row < rows; row++) {
            int end = blockOf(first + row) + side;
            for (int column = 0; column < end; column++) {
                setEntry(row, column, end, left, right);
            }
        }
    }

    private void setEntry(int row, int column, int end, BoundedPower left, BoundedPower right) {
        double sum = 0;
        double rest = 0;
        double bound = 0;
        for (int k = blockOf(column); k < end; k++) {
            int a = row * size + k;
            int b = k * size + column;
            double factor = left.high[a];
            double other = right.high[b];
            double product = factor * other;
            double next = sum + product;
            double shift = next - sum;
            rest += (sum - (next - shift))
                    + (product - shift)
                    + (Math.fma(factor, other, -product) + (factor * right.low[b] + left.low[a] * other));
            sum = next;
            double otherError = right.error[b];
            bound += (OWN_ROUNDING * Math.abs(other) + otherError) * Math.abs(factor)
                    + left.error[a] * (Math.abs(other) + otherError);
        }
        int at = row * size + column;
        double rounded = sum + rest;
        double shift = rounded - sum;
        high[at] = rounded;
        low[at] = (sum - (rounded - shift)) + (rest - shift);
        error[at] = OUTWARD * (bound + Double.MIN_NORMAL);
    }
}

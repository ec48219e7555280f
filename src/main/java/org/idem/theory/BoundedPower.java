package org.idem.theory;

/**
 * Powers of a small matrix of {@link DoubleDouble} numbers with a running bound on every entry's error.
 *
 * <p>A product of A ± E and B ± F is off by at most |A|F + E|B| + EF from its factors and 2⁻⁹⁶|A||B| from its own
 * rounding, entry by entry. Source: proofs/rounding.md, §6.
 */
final class BoundedPower {
    private static final double OWN_ROUNDING = 0x1p-96;
    /** Covers the rounding of the bound itself: sums of fewer than 64 terms that are not negative. */
    private static final double OUTWARD = 1 + 64 * Rounding.UNIT;

    private final int size;
    private final double[] high;
    private final double[] low;
    private final double[] error;

    private BoundedPower(int size) {
        this.size = size;
        high = new double[size * size];
        low = new double[size * size];
        error = new double[size * size];
    }

    /** A size × size matrix of zeros. */
    static BoundedPower zeros(int size) {
        return new BoundedPower(size);
    }

    /** Sets an entry of a matrix that no power was taken of yet. */
    void set(int row, int column, DoubleDouble value) {
        set(row, column, value, Math.abs(value.high()));
    }

    /** Sets an entry that was computed by a few operations on numbers of so large a sum of sizes. */
    void set(int row, int column, DoubleDouble value, double operandSize) {
        int at = row * size + column;
        high[at] = value.high();
        low[at] = value.low();
        error[at] = OWN_ROUNDING * operandSize;
    }

    double value(int row, int column) {
        return high[row * size + column];
    }

    /** Bound on the absolute error of the rounded entry. */
    double error(int row, int column) {
        int at = row * size + column;
        return OUTWARD * (error[at] + Math.abs(low[at]));
    }

    private BoundedPower times(BoundedPower other) {
        BoundedPower result = new BoundedPower(size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                double rest = 0;
                double bound = 0;
                for (int k = 0; k < size; k++) {
                    int a = i * size + k;
                    int b = k * size + j;
                    double product = high[a] * other.high[b];
                    double next = sum + product;
                    double shift = next - sum;
                    rest += (sum - (next - shift))
                            + (product - shift)
                            + (Math.fma(high[a], other.high[b], -product)
                                    + (high[a] * other.low[b] + low[a] * other.high[b]));
                    sum = next;
                    double e = error[a];
                    double f = other.error[b];
                    bound += (OWN_ROUNDING * Math.abs(other.high[b]) + f) * Math.abs(high[a])
                            + e * (Math.abs(other.high[b]) + f);
                }
                DoubleDouble rounded = DoubleDouble.sum(sum, rest);
                int at = i * size + j;
                result.high[at] = rounded.high();
                result.low[at] = rounded.low();
                result.error[at] = OUTWARD * (bound + Double.MIN_NORMAL);
            }
        }
        return result;
    }

    /** The power of an exponent ≥ 0, by repeated squaring. */
    BoundedPower power(int exponent) {
        BoundedPower result = new BoundedPower(size);
        for (int i = 0; i < size; i++) {
            result.high[i * size + i] = 1;
        }
        BoundedPower square = this;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = result.times(square);
            }
            if (left > 1) {
                square = square.times(square);
            }
        }
        return result;
    }
}

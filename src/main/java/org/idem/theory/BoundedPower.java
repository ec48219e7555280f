package org.idem.theory;

/**
 * Powers of a small matrix with a running bound on every entry's error.
 *
 * <p>A product of A ± E and B ± F is off by at most |A|F + E|B| + EF from its factors and γ|A||B| from its own
 * rounding, entry by entry. Source: proofs/rounding.md, §6.
 */
final class BoundedPower {
    /** Covers the rounding of the bound itself: sums of fewer than 64 terms that are not negative. */
    private static final double OUTWARD = 1 + 64 * Rounding.UNIT;

    private final int size;
    private final double[] value;
    private final double[] error;

    /** A size × size matrix and its error, row-major; both are kept. */
    BoundedPower(double[] value, double[] error) {
        size = (int) Math.sqrt(value.length);
        this.value = value;
        this.error = error;
    }

    private static BoundedPower identity(int size) {
        double[] one = new double[size * size];
        for (int i = 0; i < size; i++) {
            one[i * size + i] = 1;
        }
        return new BoundedPower(one, new double[size * size]);
    }

    double value(int row, int column) {
        return value[row * size + column];
    }

    /** Bound on the absolute error of an entry. */
    double error(int row, int column) {
        return error[row * size + column];
    }

    private BoundedPower times(BoundedPower other) {
        double[] product = new double[value.length];
        double[] bound = new double[value.length];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                double sizes = 0;
                double errors = 0;
                int terms = 0;
                for (int k = 0; k < size; k++) {
                    double a = value[i * size + k];
                    double b = other.value[k * size + j];
                    double e = error[i * size + k];
                    double f = other.error[k * size + j];
                    sum += a * b;
                    sizes += Math.abs(a * b);
                    errors += Math.abs(a) * f + e * Math.abs(b) + e * f;
                    terms += a * b == 0 ? 0 : 1;
                }
                product[i * size + j] = sum;
                bound[i * size + j] = OUTWARD * (errors + Rounding.accumulated(terms) * sizes + Double.MIN_NORMAL);
            }
        }
        return new BoundedPower(product, bound);
    }

    /** The power of an exponent ≥ 0, by repeated squaring. */
    BoundedPower power(int exponent) {
        BoundedPower result = identity(size);
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

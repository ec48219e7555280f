package org.idem.theory.kernel;

/**
 * A number as value · 2^exponent, which reaches where doubles overflow or underflow.
 *
 * @param value a double
 * @param exponent power of two
 */
record Scaled(double value, long exponent) {
    /** The number in units of 2^e; 0 or infinite where that is no double. */
    double inUnits(long e) {
        if (value == 0) {
            return 0;
        }
        long up = exponent - e;
        long half = up / 2;
        return value * Scale.power(half) * Scale.power(up - half);
    }
}

package org.idem.theory.kernel;

/**
 * A number as value · 2^exponent, which reaches where doubles overflow or underflow.
 *
 * @param value a double
 * @param exponent power of two
 */
record Scaled(double value, long exponent) {
    /** Variances are told anew once they leave 4^±this. */
    private static final int ROOM = 20;

    /** e′ such that a variance v·4^e is told as a number near 1; e while v lies well within the range of doubles. */
    static long scale(double variance, long scale) {
        if (!(variance > 0)) {
            return scale;
        }
        int half = Math.floorDiv(Math.getExponent(variance), 2);
        return Math.abs(half) > ROOM ? scale + half : scale;
    }

    /** 2^e, 0 or infinite beyond the range of doubles. */
    static double power(long e) {
        return Math.scalb(1.0, (int) Math.max(-3000, Math.min(3000, e)));
    }

    /** The number in units of 2^e; 0 or infinite where that is no double. */
    double inUnits(long e) {
        if (value == 0) {
            return 0;
        }
        long up = exponent - e;
        long half = up / 2;
        return value * power(half) * power(up - half);
    }
}

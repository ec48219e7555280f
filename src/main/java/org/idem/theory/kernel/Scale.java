package org.idem.theory.kernel;

/** Powers of two that keep numbers near 1. */
final class Scale {
    /** Variances are told anew once they leave 4^±this. */
    private static final int ROOM = 20;

    private Scale() {}

    /** e′ such that a variance v·4^e is told as a number near 1; e while v lies well within the range of doubles. */
    static long of(double variance, long scale) {
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
}

package org.idem.image;

/**
 * Random numbers that are the same on every platform and Java version: the generator SplitMix64.
 *
 * <p>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, doi:10.1145/2660193.2660195.
 */
final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    double uniform() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in [from, to), up to rounding. */
    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** One of from, ..., to inclusive; the bias is below (to − from) · 2⁻⁵³. */
    int integer(int from, int to) {
        return from + (int) (uniform() * (to - from + 1L));
    }
}

package org.idem.benchmark;

/**
 * Numbers in [0, 1) that are a function of seed, stream and index, made by the finaliser of SplitMix64. The script in
 * Python computes the same bits, so both sides train the very same network on the same image.
 */
final class HashedNumbers {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private HashedNumbers() {}

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The first numbers of a stream, multiples of 2⁻⁵³. */
    static double[] uniform(long seed, long stream, int count) {
        long start = mix(mix(seed * GOLDEN) + stream * GOLDEN);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (mix(start + i * GOLDEN) >>> 11) * 0x1p-53;
        }
        return values;
    }

    /** The first numbers of a stream, moved to [−halfWidth, halfWidth). */
    static double[] symmetric(long seed, long stream, int count, double halfWidth) {
        double[] values = uniform(seed, stream, count);
        for (int i = 0; i < count; i++) {
            values[i] = halfWidth * (2 * values[i] - 1);
        }
        return values;
    }
}

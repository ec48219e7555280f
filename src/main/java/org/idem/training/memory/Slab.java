package org.idem.training.memory;

import org.idem.array.Precision;

/**
 * Hands out native memory in small pieces. Every native allocation costs microseconds, as much as a step of a small
 * network. No piece is handed out twice; an allocation is freed when none of its pieces is in use.
 */
final class Slab {
    /** Longest vector, in elements, that becomes a piece; longer ones get an allocation of their own. */
    static final int MOST_NUMBERS = 1 << 11;

    private static final int NUMBERS = 1 << 15;

    /** Pieces start at multiples of so many elements: one cache line of 32-bit numbers, two of 64-bit numbers. */
    private static final int ALIGNMENT = 16;

    private static final ThreadLocal<Slab> SINGLES = ThreadLocal.withInitial(() -> new Slab(Precision.FLOAT32));
    private static final ThreadLocal<Slab> DOUBLES = ThreadLocal.withInitial(() -> new Slab(Precision.FLOAT64));

    private final Precision precision;
    private Memory memory;
    private int used;

    private Slab(Precision precision) {
        this.precision = precision;
        memory = Memory.fresh(NUMBERS, precision);
    }

    /** A vector of zeros from the slab of the calling thread. */
    static Memory take(int length, Precision precision) {
        return (precision == Precision.FLOAT32 ? SINGLES : DOUBLES).get().next(length);
    }

    private Memory next(int length) {
        int rounded = Math.max(1, (length + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        if (used + rounded > NUMBERS) {
            memory = Memory.fresh(NUMBERS, precision);
            used = 0;
        }
        Memory piece = memory.part(used, length);
        used += rounded;
        return piece;
    }
}

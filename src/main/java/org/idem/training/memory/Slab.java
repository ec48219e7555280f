package org.idem.training.memory;

import org.idem.array.Precision;

/**
 * Native memory that is handed out in small pieces, because every allocation costs microseconds, in which a small
 * network takes a step. Nothing is handed out twice; the whole is freed once no piece of it is in use.
 */
final class Slab {
    /** Larger requests get memory of their own. */
    static final int MOST_NUMBERS = 1 << 11;

    private static final int NUMBERS = 1 << 15;

    /** Pieces start at multiples of a cache line, whatever the format. */
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

    /** Zeros. */
    static Memory take(int length, Precision precision) {
        return (precision == Precision.FLOAT32 ? SINGLES : DOUBLES).get().next(length);
    }

    private Memory next(int length) {
        int rounded = Math.max(1, (length + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        if (used + rounded > NUMBERS) {
            memory = Memory.fresh(NUMBERS, precision);
            used = 0;
        }
        Memory piece = memory.from(used);
        used += rounded;
        return piece;
    }
}

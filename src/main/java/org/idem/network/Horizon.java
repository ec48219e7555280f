package org.idem.network;

/** How long training goes on. */
public sealed interface Horizon {
    /**
     * A fixed number of optimiser steps.
     *
     * @param count at least 0
     */
    record Steps(int count) implements Horizon {
        /** Checks the count. */
        public Steps {
            if (count < 0) {
                throw new IllegalArgumentException("steps must be at least 0, got " + count);
            }
        }
    }

    /** Until nothing changes any more: the limit of infinitely many steps. */
    record Limit() implements Horizon {
        /** Training towards the limit gives up after so many steps. */
        public static final int MOST_STEPS = 1 << 20;
    }
}

package org.idem.statistics;

/** Rejects numbers that are no probabilities. */
final class UnitInterval {
    private UnitInterval() {}

    static void checkClosed(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must lie in [0, 1], got " + value);
        }
    }

    static void checkOpen(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must lie in (0, 1), got " + value);
        }
    }
}

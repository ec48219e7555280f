package org.idem.training;

import org.idem.array.Precision;

/**
 * A number that comes from a few operations in double precision, with a bound on how far it may be from the exact
 * result. Each operation passes on the errors of its operands and adds its own, u times the result, and where that may
 * be below the normal numbers the smallest of them. So the bound holds for whoever takes the same operations, some of
 * them fused or products in another order: two such results differ by at most twice the error.
 */
record Rounded(double value, double error) {
    private static final double UNIT = Precision.FLOAT64.unitRoundoff();

    static Rounded exact(double value) {
        return new Rounded(value, 0);
    }

    /** A value off by so many roundings of its size. */
    static Rounded of(double value, int roundings) {
        return new Rounded(value, roundings * UNIT * Math.abs(value) + Double.MIN_NORMAL);
    }

    /** Bound on the size of the exact number and of everyone's result. */
    private double size() {
        return Math.abs(value) + 2 * error;
    }

    private static Rounded rounded(double value, double inherited) {
        return new Rounded(value, inherited + UNIT * (Math.abs(value) + 2 * inherited) + Double.MIN_NORMAL);
    }

    Rounded plus(Rounded other) {
        return rounded(value + other.value, error + other.error);
    }

    Rounded minus(Rounded other) {
        return rounded(value - other.value, error + other.error);
    }

    Rounded times(Rounded other) {
        return rounded(value * other.value, error * other.size() + size() * other.error);
    }

    /** |x'/y' − x/y| ≤ (|x' − x| + |x/y||y' − y|)/|y'|. */
    Rounded over(Rounded other) {
        double least = Math.abs(other.value) - 2 * other.error;
        if (!(least > 0)) {
            throw new ArithmeticException("a divisor that rounding may make zero: " + other);
        }
        return rounded(value / other.value, (error + size() / least * other.error) / least);
    }

    /** |√x' − √x| is at most |x' − x|/√x and at most √|x' − x|. */
    Rounded root() {
        double least = value - error;
        return rounded(Math.sqrt(value), least > error ? error / Math.sqrt(least) : Math.sqrt(error));
    }

    /** How far two results may be apart; computing the bound takes fewer than 2¹³ roundings, all of sizes. */
    double apart() {
        return 2 * error * (1 + 0x1p13 * UNIT);
    }
}

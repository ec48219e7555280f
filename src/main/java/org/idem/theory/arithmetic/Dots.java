package org.idem.theory.arithmetic;

/** Sums of products in plain double precision: four sums at once, so that none waits for the one before. */
public final class Dots {
    private Dots() {}

    /**
     * Σ a_i·b_i over the first numbers of either.
     *
     * @param a at least as many numbers
     * @param b at least as many numbers
     * @param count number of terms
     * @return the sum, added in several strands
     */
    public static double sum(double[] a, double[] b, int count) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < count; i++) {
            first += a[i] * b[i];
        }
        return first + second + (third + fourth);
    }
}

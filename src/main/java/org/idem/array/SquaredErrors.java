package org.idem.array;

/**
 * Sums of squared differences, in double precision and in the order of the numbers.
 *
 * <p>Each square and each sum rounds once: a sum of n squares is within (n + 2) units of rounding of the exact one,
 * relatively, unless a square underflows. NaN and infinity give NaN or infinity.
 */
public final class SquaredErrors {

    private SquaredErrors() {}

    /**
     * Sum over numbers that stand one after the other.
     *
     * @param values numbers
     * @param from index of the first
     * @param wanted numbers that they are compared with
     * @param fromWanted index of the first of them
     * @param count how many are compared
     * @return Σ (values − wanted)²; 0 for none
     */
    public static double sum(double[] values, int from, double[] wanted, int fromWanted, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double difference = values[from + i] - wanted[fromWanted + i];
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * Mean over all numbers of two arrays.
     *
     * @param values of any shape
     * @param wanted of the same length
     * @return mean squared error; NaN for arrays without numbers
     */
    public static double mean(Array values, Array wanted) {
        if (values.length() != wanted.length()) {
            throw new IllegalArgumentException("arrays of " + values.length() + " and " + wanted.length()
                    + " numbers cannot be compared; give arrays of one length");
        }
        return sum(values.values(), 0, wanted.values(), 0, values.length()) / values.length();
    }
}

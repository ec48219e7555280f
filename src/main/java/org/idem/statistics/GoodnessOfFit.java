package org.idem.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * Do counts in cells have the expected shares? Pearson's χ² with (cells − 1) degrees of freedom.
 *
 * <p>An approximation: for large counts the p-value tends to the exact one. The cells must expect at least
 * {@value #LEAST_EXPECTED} counts each (Cochran, Biometrics 10 (1954), 417–451); for three equal cells of 5 to 20 the
 * true level of a nominal 5 % lies between 4.2 % and 6.0 %, by enumeration. Small p-values are less accurate than this;
 * use {@link Uniformity} or {@link BinomialTail} for decisions.
 */
public final class GoodnessOfFit {
    /** Smallest count that a cell may expect. */
    public static final double LEAST_EXPECTED = 5;

    private GoodnessOfFit() {}

    /**
     * Approximate p-value.
     *
     * @param counts observed, at least 0, at least two cells; not changed
     * @param shares expected, positive, one for each cell; divided by their sum
     * @return in [0, 1]
     * @throws IllegalArgumentException for too few cells, arrays of different lengths, a share that is not positive and
     *     finite, a negative count or a cell that expects too little
     */
    public static double pValue(long[] counts, double[] shares) {
        if (counts.length < 2 || counts.length != shares.length) {
            throw new IllegalArgumentException("at least two cells need one count and one share each, got "
                    + counts.length + " counts and " + shares.length + " shares");
        }
        double total = Arrays.stream(counts).sum();
        double whole = Arrays.stream(shares).sum();
        for (int cell = 0; cell < counts.length; cell++) {
            double expected = total * (shares[cell] / whole);
            if (counts[cell] < 0 || !(expected >= LEAST_EXPECTED)) {
                throw new IllegalArgumentException("every cell must hold at least 0 and expect at least "
                        + LEAST_EXPECTED + " counts, got " + counts[cell] + " and " + expected + " in cell " + cell);
            }
        }
        return ChiSquareTest.withDefaults().test(shares, counts).getPValue();
    }
}

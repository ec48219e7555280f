package org.idem.statistics;

import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * Are independent values uniform on [0, 1]? If X has the continuous distribution function F, then F(X) is: this tests
 * whether observations have the law that a theorem predicts.
 *
 * <p>Two-sided one-sample Kolmogorov–Smirnov test. For the sizes used here the p-value is the exact probability of a
 * larger distance, computed by Apache commons-statistics after Simard and L'Ecuyer, Journal of Statistical Software
 * 39(11) (2011); the tests hold its tail to a relative 10⁻⁹ of exact rational arithmetic down to 10⁻¹⁵ and below. Ties,
 * which a continuous law never produces, only raise the distance.
 */
public final class Uniformity {
    private Uniformity() {}

    /**
     * P-value of the hypothesis that the values are independent and uniform.
     *
     * @param values in [0, 1], at least one, not changed
     * @return in [0, 1]; for one value u it is 2 min(u, 1 − u)
     * @throws IllegalArgumentException without values, for NaN or a value outside [0, 1]
     */
    public static double pValue(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("uniformity needs at least one value, got none");
        }
        for (double value : values) {
            UnitInterval.checkClosed("a transformed value", value);
        }
        if (values.length == 1) {
            return 2 * Math.min(values[0], 1 - values[0]);
        }
        return KolmogorovSmirnovTest.withDefaults().test(values, x -> x).getPValue();
    }
}

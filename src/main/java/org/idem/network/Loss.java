package org.idem.network;

/** Normalisation of the squared loss L = (c/2) Σ (f − y)² over all examples, outputs, channels and pixels. */
public enum Loss {
    /** Half the sum of squares: c = 1. */
    HALF_SUM("half-sum"),
    /** Mean of squares over everything, as frameworks' mean-squared error: c = 2 / (number of residuals). */
    MEAN("mean"),
    /** Sum of squares, as frameworks' mean-squared error with reduction 'sum': c = 2. */
    SUM("sum");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    /**
     * The factor c of the loss.
     *
     * @param residuals number of scalar residuals: examples times outputs, or images times channels times pixels
     * @return c, exact for sums and correctly rounded for {@link #MEAN}
     */
    public double scale(long residuals) {
        return switch (this) {
            case HALF_SUM -> 1;
            case MEAN -> 2.0 / residuals;
            case SUM -> 2;
        };
    }

    @Override
    public String toString() {
        return label;
    }
}

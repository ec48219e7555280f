package org.idem.property;

/** T7.covariance against real training. */
class T7CovarianceProperties extends KnownTheoremProperties {
    /** Enough for a share of missed rates near a twentieth to stay below a tenth in every run. */
    private static final int TRIALS = 1500;

    T7CovarianceProperties() {
        super("T7.covariance", TRIALS);
    }
}

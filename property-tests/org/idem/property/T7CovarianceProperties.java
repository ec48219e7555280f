package org.idem.property;

/** T7.covariance against real training. */
class T7CovarianceProperties extends KnownTheoremProperties {
    /**
     * One rate in twenty is missed (231 of 4,608), and at most 168 of 2,000 may be, or a tenth is not excluded. More
     * are with probability below 1e-10.
     */
    private static final int TRIALS = 2000;

    T7CovarianceProperties() {
        super("T7.covariance", TRIALS);
    }
}

package org.idem.property;

/** T2.mean-error against real training. */
class T2MeanErrorProperties extends ErrorFamily {
    /** A variance that is off by 10 % shows in about ten thousand networks, 16 a trial. */
    private static final int TRIALS = 2500;

    T2MeanErrorProperties() {
        super("T2.mean-error", TRIALS, true);
    }
}

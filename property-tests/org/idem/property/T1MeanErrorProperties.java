package org.idem.property;

/** T1.mean-error against real training. */
class T1MeanErrorProperties extends ErrorFamily {
    /** A variance that is off by a quarter shows in some thousand networks, 16 a trial. */
    private static final int TRIALS = 2500;

    T1MeanErrorProperties() {
        super("T1.mean-error", TRIALS, false);
    }
}

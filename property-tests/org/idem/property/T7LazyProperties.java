package org.idem.property;

/** T7.lazy against real training. */
class T7LazyProperties extends KnownTheoremProperties {
    /** As many as a run has: one variant concerns images alone, a third of the trials. */
    private static final int TRIALS = 1500;

    T7LazyProperties() {
        super("T7.lazy", TRIALS);
    }
}

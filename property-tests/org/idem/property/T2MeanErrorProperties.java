package org.idem.property;

/** T2.mean-error against real training. */
class T2MeanErrorProperties extends TheoremProperties {
    /** What is claimed with a probability needs many networks to be refuted. */
    private static final int NETWORKS = 2500;

    T2MeanErrorProperties() {
        super("T2.mean-error", NETWORKS);
    }
}

package org.idem.property;

/** T2.uniform-bound against real training. */
class T2UniformBoundProperties extends TheoremProperties {
    /** What is claimed with a probability needs many networks to be refuted. */
    private static final int NETWORKS = 2500;

    T2UniformBoundProperties() {
        super("T2.uniform-bound", NETWORKS);
    }
}

package org.idem.property;

/** T2.image-bound against real training. */
class T2ImageBoundProperties extends TheoremProperties {
    /** What is claimed with a probability needs many networks to be refuted. */
    private static final int NETWORKS = 2500;

    T2ImageBoundProperties() {
        super("T2.image-bound", NETWORKS);
    }
}

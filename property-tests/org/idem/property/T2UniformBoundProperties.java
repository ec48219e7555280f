package org.idem.property;

/** T2.uniform-bound against real training. */
class T2UniformBoundProperties extends BoundFamily {
    /** A bound that is exceeded twice as often as it may be shows in some hundred networks. */
    private static final int TRIALS = 5000;

    T2UniformBoundProperties() {
        super("T2.uniform-bound", TRIALS);
    }
}

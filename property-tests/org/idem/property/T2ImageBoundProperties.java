package org.idem.property;

/** T2.image-bound against real training. */
class T2ImageBoundProperties extends BoundFamily {
    /** A bound that is exceeded twice as often as it may be shows in some hundred networks. */
    private static final int TRIALS = 5000;

    T2ImageBoundProperties() {
        super("T2.image-bound", TRIALS);
    }
}

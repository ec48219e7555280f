package org.idem.property;

/** T2.law against real training. */
class T2LawProperties extends ErrorFamily {
    /** A variance that is off by 10 % shows in about a thousand networks. */
    private static final int NETWORKS = 5000;

    T2LawProperties() {
        super("T2.law", NETWORKS, true);
    }
}

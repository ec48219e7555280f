package org.idem.property;

/** T1.law against real training. */
class T1LawProperties extends ErrorFamily {
    /** A variance that is off by 10 % shows in about a thousand networks. */
    private static final int NETWORKS = 5000;

    T1LawProperties() {
        super("T1.law", NETWORKS, false);
    }
}

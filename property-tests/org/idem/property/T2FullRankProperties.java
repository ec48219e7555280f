package org.idem.property;

/** T2.full-rank against real training. */
class T2FullRankProperties extends KnownTheoremProperties {
    T2FullRankProperties() {
        super("T2.full-rank");
    }
}

package org.idem.property;

/** T2.rank-error against real training. */
class T2RankErrorProperties extends KnownTheoremProperties {
    T2RankErrorProperties() {
        super("T2.rank-error");
    }
}

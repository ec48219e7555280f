package org.idem.property;

/** T3.imbalance against real training. */
class T3ImbalanceProperties extends KnownTheoremProperties {
    T3ImbalanceProperties() {
        super("T3.imbalance");
    }
}

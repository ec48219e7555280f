package org.idem.property;

/** T2.cyclic against real training. */
class T2CyclicProperties extends KnownTheoremProperties {
    T2CyclicProperties() {
        super("T2.cyclic");
    }
}

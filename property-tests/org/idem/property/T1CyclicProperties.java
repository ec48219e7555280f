package org.idem.property;

/** T1.cyclic against real training. */
class T1CyclicProperties extends KnownTheoremProperties {
    T1CyclicProperties() {
        super("T1.cyclic");
    }
}

package org.idem.property;

/** T0 against real training. */
class T0Properties extends KnownTheoremProperties {
    T0Properties() {
        super("T0");
    }
}

package org.idem.property;

/** T1 against real training. */
class T1Properties extends KnownTheoremProperties {
    T1Properties() {
        super("T1");
    }
}

package org.idem.property;

/** T1.cyclic against real training. */
class T1CyclicProperties extends CyclicFamily {
    T1CyclicProperties() {
        super("T1.cyclic", false);
    }
}

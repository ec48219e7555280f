package org.idem.property;

/** T2.cyclic against real training. */
class T2CyclicProperties extends CyclicFamily {
    T2CyclicProperties() {
        super("T2.cyclic", true);
    }
}

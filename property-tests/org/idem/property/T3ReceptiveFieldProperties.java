package org.idem.property;

/** T3.receptive-field against real training. */
class T3ReceptiveFieldProperties extends KnownTheoremProperties {
    T3ReceptiveFieldProperties() {
        super("T3.receptive-field");
    }
}

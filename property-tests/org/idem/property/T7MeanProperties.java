package org.idem.property;

/** T7.mean against real training. */
class T7MeanProperties extends KnownTheoremProperties {
    T7MeanProperties() {
        super("T7.mean");
    }
}

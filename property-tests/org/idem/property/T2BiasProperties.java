package org.idem.property;

/** T2.bias against real training. */
class T2BiasProperties extends BiasFamily {
    T2BiasProperties() {
        super("T2.bias", true);
    }
}

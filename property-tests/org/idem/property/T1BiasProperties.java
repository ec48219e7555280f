package org.idem.property;

/** T1.bias against real training. */
class T1BiasProperties extends BiasFamily {
    T1BiasProperties() {
        super("T1.bias", false);
    }
}

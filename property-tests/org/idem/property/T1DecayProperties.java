package org.idem.property;

/** T1.decay against real training. */
class T1DecayProperties extends KnownTheoremProperties {
    T1DecayProperties() {
        super("T1.decay");
    }
}

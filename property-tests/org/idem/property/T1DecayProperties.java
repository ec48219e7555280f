package org.idem.property;

/** T1.decay against real training. */
class T1DecayProperties extends TheoremProperties {
    T1DecayProperties() {
        super("T1.decay");
    }
}

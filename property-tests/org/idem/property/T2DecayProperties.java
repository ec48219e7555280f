package org.idem.property;

/** T2.decay against real training. */
class T2DecayProperties extends DecayFamily {
    T2DecayProperties() {
        super("T2.decay", true);
    }
}

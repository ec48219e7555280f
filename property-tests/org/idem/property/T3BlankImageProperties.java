package org.idem.property;

/** T3.blank-image against real training. */
class T3BlankImageProperties extends KnownTheoremProperties {
    T3BlankImageProperties() {
        super("T3.blank-image");
    }
}

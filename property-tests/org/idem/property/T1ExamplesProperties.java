package org.idem.property;

/** T1.examples against real training. */
class T1ExamplesProperties extends KnownTheoremProperties {
    T1ExamplesProperties() {
        super("T1.examples");
    }
}

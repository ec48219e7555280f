package org.idem.property;

/** T7.lazy against real training. */
class T7LazyProperties extends KnownTheoremProperties {
    T7LazyProperties() {
        super("T7.lazy");
    }
}

package org.idem.property;

/** T7.conversion against real training. */
class T7ConversionProperties extends KnownTheoremProperties {
    T7ConversionProperties() {
        super("T7.conversion");
    }
}

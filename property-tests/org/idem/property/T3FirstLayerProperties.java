package org.idem.property;

/** T3.first-layer against real training. */
class T3FirstLayerProperties extends KnownTheoremProperties {
    T3FirstLayerProperties() {
        super("T3.first-layer");
    }
}

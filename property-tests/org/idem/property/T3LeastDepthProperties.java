package org.idem.property;

/** T3.least-depth against real training. */
class T3LeastDepthProperties extends KnownTheoremProperties {
    T3LeastDepthProperties() {
        super("T3.least-depth");
    }
}

package org.idem.property;

/** T2.images against real training. */
class T2ImagesProperties extends KnownTheoremProperties {
    T2ImagesProperties() {
        super("T2.images");
    }
}

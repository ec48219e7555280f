package org.idem.property;

/** T2.images against real training. */
class T2ImagesProperties extends TheoremProperties {
    T2ImagesProperties() {
        super("T2.images");
    }
}

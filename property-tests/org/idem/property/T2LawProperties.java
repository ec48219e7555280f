package org.idem.property;

/** T2.law against real training. */
class T2LawProperties extends TheoremProperties {
    T2LawProperties() {
        super("T2.law");
    }
}

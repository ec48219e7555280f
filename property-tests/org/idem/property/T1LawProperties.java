package org.idem.property;

/** T1.law against real training. */
class T1LawProperties extends TheoremProperties {
    T1LawProperties() {
        super("T1.law");
    }
}

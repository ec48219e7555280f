package org.idem.property;

/** T2.steps against real training. */
class T2StepsProperties extends KnownTheoremProperties {
    T2StepsProperties() {
        super("T2.steps");
    }
}

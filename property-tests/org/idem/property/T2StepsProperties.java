package org.idem.property;

/** T2.steps against real training. */
class T2StepsProperties extends StepsFamily {
    T2StepsProperties() {
        super("T2.steps", true);
    }
}

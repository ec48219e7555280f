package org.idem.property;

/** T1.steps against real training. */
class T1StepsProperties extends StepsFamily {
    T1StepsProperties() {
        super("T1.steps", false);
    }
}

package org.idem.property;

/** T1 against real training. */
class T1Properties extends LimitFamily {
    T1Properties() {
        super("T1", false);
    }
}

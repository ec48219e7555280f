package org.idem.property;

/** T2 against real training. */
class T2Properties extends LimitFamily {
    T2Properties() {
        super("T2");
    }
}

package org.idem.property;

/** T1.nesterov against real training. */
class T1NesterovProperties extends MomentumFamily {
    T1NesterovProperties() {
        super("T1.nesterov", false, true);
    }
}

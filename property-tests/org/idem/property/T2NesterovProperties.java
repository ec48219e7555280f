package org.idem.property;

/** T2.nesterov against real training. */
class T2NesterovProperties extends MomentumFamily {
    T2NesterovProperties() {
        super("T2.nesterov", true, true);
    }
}

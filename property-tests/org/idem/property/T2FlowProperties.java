package org.idem.property;

/** T2.flow against real training. */
class T2FlowProperties extends FlowFamily {
    T2FlowProperties() {
        super("T2.flow", true);
    }
}

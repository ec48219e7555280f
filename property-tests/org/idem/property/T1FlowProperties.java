package org.idem.property;

/** T1.flow against real training. */
class T1FlowProperties extends FlowFamily {
    T1FlowProperties() {
        super("T1.flow", false);
    }
}

package org.idem.property;

/** T2.heavy-ball against real training. */
class T2HeavyBallProperties extends MomentumFamily {
    T2HeavyBallProperties() {
        super("T2.heavy-ball", true, false);
    }
}

package org.idem.property;

/** T1.heavy-ball against real training. */
class T1HeavyBallProperties extends MomentumFamily {
    T1HeavyBallProperties() {
        super("T1.heavy-ball", false, false);
    }
}

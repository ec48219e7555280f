package org.idem.training.run;

import org.idem.array.Precision;

/** Losses of one network before every step, summed over its units. */
public final class LossPath {
    private final double[] losses;
    private final Precision precision;

    public LossPath(int steps, Precision precision) {
        losses = new double[steps];
        this.precision = precision;
    }

    public void add(int step, double ofUnit) {
        losses[step] += ofUnit;
    }

    public double at(int step) {
        return losses[step];
    }

    /** The loss before the last step, NaN without steps. */
    public double last() {
        return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }

    /** First step at which the run has diverged, −1 if none. */
    public int diverged() {
        for (int step = 0; step < losses.length; step++) {
            if (Outcome.Diverged.isSeen(losses[0], losses[step], precision)) {
                return step;
            }
        }
        return -1;
    }
}

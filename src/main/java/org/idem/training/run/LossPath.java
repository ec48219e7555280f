package org.idem.training.run;

import org.idem.array.Precision;

/** Losses of one network before every step, summed over its units. */
public final class LossPath {
    private final double[] losses;
    private final int cycle;
    private final Precision precision;

    /**
     * Losses of 0 before every step.
     *
     * @param steps number of steps, at least 0
     * @param cycle steps in which every example is used once, at least 1
     * @param precision arithmetic of the training, which decides when a loss has diverged
     */
    public LossPath(int steps, int cycle, Precision precision) {
        losses = new double[steps];
        this.cycle = cycle;
        this.precision = precision;
    }

    /**
     * Adds the loss of one unit.
     *
     * @param step number of steps taken before, from 0
     * @param ofUnit the unit's part of the loss, possibly NaN
     */
    public void add(int step, double ofUnit) {
        losses[step] += ofUnit;
    }

    /**
     * The loss of all units so far added.
     *
     * @param step number of steps taken before, from 0
     * @return (c/2) times the sum of squared residuals
     */
    public double at(int step) {
        return losses[step];
    }

    /**
     * The loss before the last step.
     *
     * @return NaN without steps
     */
    public double last() {
        return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }

    /**
     * First step before which the run has diverged.
     *
     * @return number of steps taken before, −1 if the run has not diverged
     */
    public int diverged() {
        double first = 0;
        for (int step = 0; step < losses.length; step++) {
            first = step < cycle ? Math.max(first, losses[step]) : first;
            if (Outcome.Diverged.isSeen(first, losses[step], precision)) {
                return step;
            }
        }
        return -1;
    }
}

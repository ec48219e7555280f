package org.idem.training;

/** Hears of steps of a deep network's training; called from the thread that trains. */
@FunctionalInterface
public interface StepListener {
    /**
     * The loss was computed, the step not yet taken.
     *
     * @param step number of steps taken before
     * @param loss loss there, of the examples that the next step uses
     * @param trainer to ask for parameters, signals, or outputs on probes there
     */
    void step(int step, double loss, DeepTrainer trainer);
}

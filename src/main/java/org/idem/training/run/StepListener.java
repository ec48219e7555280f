package org.idem.training.run;

/** Is told of steps of a network's training, on the thread that trains. */
@FunctionalInterface
public interface StepListener {
    /**
     * The loss was computed, the step not yet taken.
     *
     * @param step number of steps taken before
     * @param loss loss there, of the examples that the next step uses
     * @param at what can be seen of the training there; asking changes no bit of it
     */
    void step(int step, double loss, TrainingView at);
}

package org.idem.training.run;

/** Is told the loss at every step of a training run, on the thread that trains. */
@FunctionalInterface
public interface LossListener {
    /**
     * The loss was computed.
     *
     * @param step number of steps taken before
     * @param loss loss there, of the examples that the next step uses
     */
    void loss(int step, double loss);
}

package org.idem.training.run;

/** A network of any depth that an engine trains one step at a time. */
public interface Training extends TrainingView, AutoCloseable {
    /**
     * Takes one step.
     *
     * @return loss before it, of the examples that it used; infinite or NaN once training has diverged
     */
    double step();

    /**
     * Takes steps until their number is reached or the loss is no longer finite.
     *
     * @param steps how many, at least 0
     * @return loss before the last step taken, NaN if there was none
     */
    default double train(int steps) {
        double loss = Double.NaN;
        for (int i = 0; i < steps; i++) {
            loss = step();
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        return loss;
    }

    /** Ends the training and frees its memory at once, which otherwise the garbage collector would free later. */
    @Override
    default void close() {}
}

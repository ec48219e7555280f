package org.idem.training.run;

import java.util.function.DoublePredicate;

/** A training that can be stopped at any step and resumed later, with the bits of an uninterrupted run. */
public interface ResumableTraining extends Training {
    /**
     * The state that further steps depend on, besides problem and optimiser.
     *
     * @return a copy
     */
    Checkpoint checkpoint();

    /**
     * Takes one step unless the loss before it is good enough.
     *
     * @param enough whether a loss, of the examples that the step would use, ends the training; may look at the
     *     training and not change it
     * @return that loss; {@link #steps} tells whether a step was taken
     */
    double stepUnless(DoublePredicate enough);

    @Override
    default double step() {
        return stepUnless(loss -> false);
    }
}

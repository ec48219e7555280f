package org.idem.training.run;

/** A training that can be stopped at any step and resumed later, with the bits of an uninterrupted run. */
public interface ResumableTraining extends Training {
    /**
     * The state that further steps depend on, besides problem and optimiser.
     *
     * @return a copy
     */
    Checkpoint checkpoint();
}

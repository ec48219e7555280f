package org.idem.training.run;

/** A training that can be left at any step and taken up again with the same bits. */
public interface ResumableTraining extends Training {
    /**
     * Everything that further steps depend on beside problem and optimiser.
     *
     * @return a copy
     */
    Checkpoint checkpoint();
}

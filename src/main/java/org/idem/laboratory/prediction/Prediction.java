package org.idem.laboratory.prediction;

import org.idem.laboratory.plan.Run;

/** What a family of theorems says about the measures of runs. */
@FunctionalInterface
interface Prediction {
    /**
     * What is said about a run.
     *
     * @param run any
     * @param steps that its training took
     * @return nothing if no hypothesis of the theorems is met, or if working it out would cost too much
     */
    Predicted of(Run run, int steps);
}

package org.idem.laboratory.prediction;

import java.util.List;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.TheoryRow;

/** What a family of theorems says about the measures of runs. */
@FunctionalInterface
interface Prediction {
    /**
     * Rows about a run.
     *
     * @param run any
     * @param steps that its training took
     * @return none if no hypothesis of the theorems is met, or if working the rows out would cost too much
     */
    List<TheoryRow> of(Run run, int steps);
}

package org.idem.laboratory.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;

/** Results that nobody trained. */
final class MadeResults {
    private MadeResults() {}

    /** A result with one digit, whose correlations with identity and constant are these. */
    static RunResult of(Run run, double identity, double constant) {
        Measures measures = new Measures(identity, constant, 0, 0, 0, 0, 1);
        return result(run, Ending.CONVERGED, List.of(new ImageMeasures("digit-0", "digits", measures)));
    }

    /** A result without measures. */
    static RunResult without(Run run, Ending ending) {
        return result(run, ending, List.of());
    }

    private static RunResult result(Run run, Ending ending, List<ImageMeasures> images) {
        return new RunResult(
                run.key(),
                run.line(),
                run.task().digest(),
                ending,
                null,
                10,
                1e-4,
                0.1,
                images,
                List.of(),
                List.of(),
                List.of());
    }

    /** Results of all runs of a finding, by a rule for the correlation with the identity. */
    static List<RunResult> all(List<Run> runs, ToDoubleBiFunction<Point, Long> identity) {
        List<RunResult> results = new ArrayList<>();
        for (Run run : runs) {
            double value = identity.applyAsDouble(run.task().point(), run.seed());
            results.add(of(run, value, 1 - value));
        }
        return results;
    }
}

package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;
import org.idem.wording.Count;

/** All trials of a run as a table, each with the command that runs it again. */
public final class Trials {
    /** Name of the file. */
    public static final String FILE = "trials.csv";

    private Trials() {}

    /**
     * All trials, theorem by theorem.
     *
     * @param results one per theorem
     * @return a row per trial
     */
    public static Table table(List<TheoremResult> results) {
        List<List<Object>> rows =
                results.stream().flatMap(result -> rows(result).stream()).toList();
        return new Table(FILE, List.of("theorem", "trial", "evidence", "measured", "limit", "ratio", "replay"), rows);
    }

    private static List<List<Object>> rows(TheoremResult result) {
        List<List<Object>> rows = new ArrayList<>();
        int trial = 0;
        for (TheoremResult.Entry entry : result.entries()) {
            trial++;
            boolean measured = entry.evidence() instanceof Evidence.Measured;
            Evidence.Measured seen = measured ? (Evidence.Measured) entry.evidence() : null;
            rows.add(List.of(
                    result.theorem().id(),
                    trial,
                    evidence(entry.evidence()),
                    seen == null ? "" : seen.measured(),
                    seen == null ? "" : seen.limit(),
                    seen == null ? "" : seen.ratio(),
                    "idem replay '" + result.theorem().id() + " " + entry.configuration() + "'"));
        }
        return rows;
    }

    private static String evidence(Evidence evidence) {
        if (evidence instanceof Evidence.Measured measured) {
            return evidence.contradicts() ? "contradicts" : measured.holds() ? "holds" : "exceeds, as it may";
        }
        if (evidence instanceof Evidence.Averaged averaged) {
            return averaged.count() + Count.word(averaged.count(), " value", " values") + " with average "
                    + averaged.average() + ", claimed mean " + averaged.mean();
        }
        if (evidence instanceof Evidence.Placed placed) {
            return "placed at " + placed.probability();
        }
        if (evidence instanceof Evidence.NotConverged silent) {
            return silent.reason();
        }
        return evidence instanceof Evidence.HypothesesNotMet silent
                ? silent.reason()
                : ((Evidence.Undecidable) evidence).reason();
    }
}

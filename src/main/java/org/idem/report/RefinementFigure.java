package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.idem.verification.Refinement;
import org.idem.verification.TheoremResult;

/** By how many binary digits discrepancies shrink from float32 to float64. */
final class RefinementFigure {
    private RefinementFigure() {}

    /** Whether a theorem ran in both precisions. */
    static boolean applies(List<TheoremResult> results) {
        return results.stream().map(TheoremResult::refinement).anyMatch(Objects::nonNull);
    }

    static Figure of(List<TheoremResult> results) {
        List<List<Object>> rows = new ArrayList<>();
        List<String> theorems = new ArrayList<>();
        int trials = 0;
        int kept = 0;
        for (TheoremResult result : results) {
            Refinement refinement = result.refinement();
            if (refinement == null) {
                continue;
            }
            theorems.add(result.theorem().id());
            for (double digits : refinement.shrinkage()) {
                rows.add(List.of(result.theorem().id(), digits));
                trials++;
                kept += digits >= Refinement.OF_ROUNDING / 2 ? 0 : 1;
            }
        }
        Chart chart = Chart.of(
                        "",
                        "Strip plot of " + Numbers.whole(trials) + " trials of " + theorems.size()
                                + " theorems: digits by which discrepancies shrink; " + Numbers.whole(kept)
                                + " shrink by less than half of what rounding does.",
                        "refinement.json",
                        new Table(
                                "",
                                List.of("theorem", "digits"),
                                rows.stream()
                                        .filter(row -> Double.isFinite((Double) row.get(1)))
                                        .toList()))
                .with("/layer/1/encoding/y/scale/domain", theorems)
                .with("/layer/2/encoding/y/scale/domain", theorems);
        return new Figure(
                "refinement",
                "Discrepancies are rounding",
                "The same trials in float32 and in float64: what is rounding shrinks by about 2²⁹, what comes from a wrong formula stays.",
                List.of(chart),
                "Binary digits by which the discrepancy between theory and training shrinks, a mark for each trial and a bar for the median of each theorem; dashed: the ratio of the unit roundoffs. Trials that agree exactly in float64 are left out of the picture.",
                new Table("refinement.csv", List.of("theorem", "binary_digits"), rows));
    }
}

package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.idem.verification.Refinement;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.wording.Count;

/** By how many binary digits discrepancies shrink from float32 to float64. */
public final class RefinementFigure {
    /** Share of the trials that may lie beyond an end of the axis. */
    private static final double STRAY = 0.05;

    /** Half of the binary digits by which rounding shrinks. */
    private static final double HALF = Refinement.OF_ROUNDING / 2;

    private RefinementFigure() {}

    /**
     * Whether trials ran in two precisions.
     *
     * @param results one per theorem
     * @return whether there is something to draw
     */
    public static boolean applies(List<TheoremResult> results) {
        return results.stream().map(TheoremResult::refinement).anyMatch(Objects::nonNull);
    }

    /**
     * How far the discrepancies shrink from float32 to float64.
     *
     * @param results one per theorem
     * @return the figure
     */
    public static Figure of(List<TheoremResult> results) {
        List<TheoremResult> refined =
                results.stream().filter(result -> result.refinement() != null).toList();
        List<List<Object>> rows = new ArrayList<>();
        for (TheoremResult result : refined) {
            shrinkage(result)
                    .forEach(digits -> rows.add(List.of(result.theorem().id(), digits)));
        }
        long kept = rows.stream().filter(row -> !((Double) row.get(1) >= HALF)).count();
        String refuted = refined.stream()
                .filter(result -> result.verdict() instanceof Verdict.NotRounding)
                .map(result -> result.theorem().id())
                .collect(Collectors.joining(", "));
        Axis axis = axis(refined);
        return new Figure(
                "refinement",
                "The same trials in float32 and in float64",
                "From float32 to float64, a discrepancy that is rounding shrinks by about 2²⁹; one that comes from a "
                        + "wrong formula stays. Left of the dotted line, discrepancies shrink by less than half as many digits "
                        + "as rounding. A theorem is refuted if too many of its trials lie there. "
                        + (refuted.isEmpty() ? "None is refuted." : "Refuted: " + refuted + "."),
                List.of(chart(refined, axis, rows.size(), kept)),
                "Binary digits by which the discrepancy of theory and training shrinks: a mark for each trial, a bar "
                        + "for the median of each theorem; dashed: the ratio of the unit roundoffs. "
                        + Numbers.whole(kept) + " of " + Numbers.whole(rows.size())
                        + " trials lie left of the dotted line."
                        + (axis.below().isEmpty() && axis.above().isEmpty()
                                ? ""
                                : " At the ends with a label of their own lie trials beyond the axis; a discrepancy that is exactly 0 in float64 shrinks without end."),
                new Table("refinement.csv", List.of("theorem", "binary_digits"), rows));
    }

    private static Axis axis(List<TheoremResult> refined) {
        return Axis.linear(
                refined.stream()
                        .flatMap(result -> shrinkage(result).stream())
                        .mapToDouble(RefinementFigure::drawn)
                        .toArray(),
                STRAY,
                HALF,
                Refinement.OF_ROUNDING);
    }

    private static Chart chart(List<TheoremResult> refined, Axis axis, int trials, long kept) {
        List<List<Object>> marks = new ArrayList<>();
        for (TheoremResult result : refined) {
            String id = result.theorem().id();
            shrinkage(result).forEach(digits -> marks.add(List.of(id, "trial", axis.place(drawn(digits)), digits)));
            double median = Objects.requireNonNull(result.refinement()).median();
            marks.add(List.of(id, "median", axis.place(drawn(median)), median));
        }
        return Chart.of(
                        "Theorem by theorem",
                        "Strip plot of " + Count.of(trials, "trial") + " of "
                                + Count.of(refined.size(), "theorem")
                                + ": binary digits by which discrepancies shrink; " + Numbers.whole(kept)
                                + Count.word(kept, " shrinks", " shrink")
                                + " by less than half of what rounding does. The median of a theorem "
                                + InWords.does(
                                        new InWords.Line(
                                                "",
                                                refined.stream()
                                                        .map(result -> new InWords.At(
                                                                result.theorem().id(),
                                                                Objects.requireNonNull(result.refinement())
                                                                        .median()))
                                                        .toList()),
                                        false)
                                + "; that of rounding alone is near " + Numbers.brief(Refinement.OF_ROUNDING) + ".",
                        "refinement.json",
                        new Table("", List.of("theorem", "kind", "place", "digits"), marks))
                .with("half", HALF)
                .with("rounding", Refinement.OF_ROUNDING)
                .with("/encoding/x", axis)
                .with(
                        "/encoding/y/scale/domain",
                        refined.stream().map(result -> result.theorem().id()).toList());
    }

    private static List<Double> shrinkage(TheoremResult result) {
        return Objects.requireNonNull(result.refinement()).shrinkage();
    }

    /** NaN counts as not shrunk. */
    private static double drawn(double digits) {
        return Double.isNaN(digits) ? Double.NEGATIVE_INFINITY : digits;
    }
}

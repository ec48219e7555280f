package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exhibit.SizeByDepth;
import org.idem.wording.Count;

/** How random networks with and without shortcuts change an input, by their depth. */
public final class SizeFigure {
    private SizeFigure() {}

    /**
     * Mean squares against depth.
     *
     * @param kinds of networks, in the order of the legend
     * @return the figure
     */
    public static Figure of(List<SizeByDepth> kinds) {
        List<List<Object>> rows = new ArrayList<>();
        long missed = missed(kinds);
        for (SizeByDepth kind : kinds) {
            for (SizeByDepth.Row row : kind.rows()) {
                rows.add(List.of(
                        kind.kind(),
                        kind.residual() ? "distance_from_input" : "size",
                        row.depth(),
                        kind.networks(),
                        row.exact(),
                        row.measured(),
                        low(row),
                        high(row)));
            }
        }
        return new Figure(
                "sizes",
                "Residual and plain networks before training, by depth",
                "A residual network of linear stages begins near the identity: the mean squared distance of its output from the input is "
                        + "(1 + γ)ᴸ − 1 times the input’s square, γ the gain of one stage (T5.residual). So it leaves the identity "
                        + "with depth unless γ falls like 1/L. A plain network with γ below 1, as with PyTorch's default weights, "
                        + "γ = 1/3, forgets its input: the square of its output is γᴸ times that of the input (T5.moments).",
                List.of(chart(kinds)),
                "The legend gives γ. Lines: exact means over all networks, of ‖f(x) − x‖²/‖x‖² for residual and of ‖f(x)‖²/‖x‖² for plain "
                        + "networks. Marks: means over "
                        + Numbers.whole(kinds.stream()
                                .mapToInt(SizeByDepth::networks)
                                .min()
                                .orElse(0))
                        + " networks drawn at each depth, with intervals that miss the exact mean with a probability of at most "
                        + Numbers.brief(100 * SizeByDepth.FAILURE)
                        + " %, by Chebyshev's inequality with the exact variance; "
                        + Numbers.whole(missed) + " of " + Numbers.whole(rows.size())
                        + " miss it. Normal weights, equally wide layers.",
                new Table(
                        "sizes-by-depth.csv",
                        List.of("kind", "measure", "depth", "networks", "exact", "measured", "low", "high"),
                        rows));
    }

    /** Intervals that miss the exact mean. */
    private static long missed(List<SizeByDepth> kinds) {
        return kinds.stream()
                .flatMap(kind -> kind.rows().stream())
                .filter(row -> row.exact() < low(row) || row.exact() > high(row))
                .count();
    }

    private static double low(SizeByDepth.Row row) {
        return Math.max(0, row.measured() - row.margin());
    }

    private static double high(SizeByDepth.Row row) {
        return row.measured() + row.margin();
    }

    private static Chart chart(List<SizeByDepth> kinds) {
        Axis axis = Axis.logarithmic(
                kinds.stream()
                        .flatMap(kind -> kind.rows().stream())
                        .flatMap(row -> Stream.of(row.exact(), row.measured(), low(row), high(row)))
                        .mapToDouble(value -> value)
                        .toArray(),
                0);
        List<List<Object>> points = new ArrayList<>();
        int deepest = 1;
        for (SizeByDepth kind : kinds) {
            for (SizeByDepth.Row row : kind.rows()) {
                deepest = Math.max(deepest, row.depth());
                points.add(List.of(
                        kind.kind(),
                        row.depth(),
                        axis.place(row.exact()),
                        axis.place(row.measured()),
                        axis.place(low(row)),
                        axis.place(high(row)),
                        row.exact(),
                        row.measured()));
            }
        }
        List<String> series = kinds.stream().map(SizeByDepth::kind).toList();
        return Chart.of(
                        "Mean squares by depth, for several γ",
                        "Mean squares against depth, exact as lines, measured as marks with intervals, for "
                                + series.stream().collect(Collectors.joining("; ")) + "."
                                + InWords.sentence(
                                        kinds.stream()
                                                .map(kind -> new InWords.Line(
                                                        kind.kind(),
                                                        kind.rows().stream()
                                                                .map(row -> new InWords.At(
                                                                        "depth " + row.depth(), row.exact()))
                                                                .toList()))
                                                .toList(),
                                        true)
                                + " Of the intervals, " + Numbers.whole(missed(kinds))
                                + Count.word(missed(kinds), " misses", " miss") + " the exact mean.",
                        "size.json",
                        new Table(
                                "",
                                List.of("series", "depth", "line", "mark", "low", "high", "exact", "measured"),
                                points))
                .with("/encoding/color/scale/domain", series)
                .with("/layer/2/encoding/shape/scale/domain", series)
                .with("/encoding/x", Axis.numbered(1, deepest))
                .with("/layer/0/encoding/y", axis);
    }
}

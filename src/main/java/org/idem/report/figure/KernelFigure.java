package org.idem.report.figure;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.table.Column;
import org.idem.theorem.exhibit.KernelColumn;
import org.idem.theorem.exhibit.KernelSweep;
import org.idem.wording.Count;

/** Patch rank and error against the size of the kernel. */
public final class KernelFigure {
    private static final String EXACT_MEAN = "exact mean";
    private static final String EXACT_QUANTILE = "exact 95 %";
    private static final String CLOSED_BOUND = "bound, this image";
    private static final String ALL_IMAGES_BOUND = "bound, all images";
    private static final String UNIFORM_BOUND = "bound, every image";
    private static final String PAPER_BOUND = "bound, paper's order";
    private static final String LIMIT_MEAN = "mean in the limit";
    private static final String MEASURED = "measured mean ± s.e.";
    private static final String MEASURED_QUANTILE = "measured 95 %";

    private static final List<KernelColumn> LADDER = List.of(
            KernelColumn.LAW_BOUND, KernelColumn.CLOSED_BOUND, KernelColumn.ALL_IMAGES_BOUND, KernelColumn.PAPER_BOUND);

    private KernelFigure() {}

    /**
     * Rank and error of networks whose kernels differ in size.
     *
     * @param sweep networks, the smallest kernel first
     * @return the figure
     */
    public static Figure of(KernelSweep sweep) {
        return new Figure(
                "kernel",
                "Patch rank and error against kernel size",
                "A network with one convolution of K×K weights learns from one image to return its input. It sees "
                        + "the image in patches of K×K pixels; their rank is the number of weights that training determines. "
                        + "If training determines all weights, the network learns the identity, and the error vanishes with "
                        + "further steps. With larger kernels a part of the initial weights remains, and theory says how large "
                        + "an error that part causes. "
                        + looseness(sweep.rows())
                        + ladder(sweep.rows()),
                List.of(ranks(sweep.rows()), errors(sweep.rows())),
                "One-layer CNN trained on " + sweep.train() + " and tested on " + sweep.test() + "; padding "
                        + sweep.padding() + ", initial weights " + sweep.initializer() + ", "
                        + Count.of(sweep.networks(), "network")
                        + " for each kernel. Everything is predicted for the steps that are trained, except the mean "
                        + "in the limit of infinitely many steps: it is 0 where the rank is full. 95 %: the error that 95 % of "
                        + "all networks stay below; s.e.: standard error of the mean.",
                Table.of("kernel-sweep.csv", columns(), sweep.rows()));
    }

    private static Chart ranks(List<KernelSweep.Row> rows) {
        List<List<Object>> points = new ArrayList<>();
        for (KernelSweep.Row row : rows) {
            points.add(List.of(row.kernel(), "weights per channel, K²C", row.unknowns()));
            points.add(List.of(row.kernel(), "patch rank", row.patchRank()));
        }
        int most = rows.stream().mapToInt(KernelSweep.Row::unknowns).max().orElse(0);
        return Chart.of(
                        "Rank of the training image's patches",
                        "Patch rank and number of unknowns against kernel size. " + equal(rows),
                        "rank.json",
                        new Table("", List.of("kernel", "series", "count"), points))
                .with("/encoding/x/axis/values", kernels(rows))
                .with("/encoding/y", Axis.counts(most));
    }

    /** Names the kernels that training determines, and what is left open of the largest one. */
    private static String equal(List<KernelSweep.Row> rows) {
        List<String> full = rows.stream()
                .filter(row -> row.patchRank() == row.unknowns())
                .map(row -> String.valueOf(row.kernel()))
                .toList();
        KernelSweep.Row last = rows.get(rows.size() - 1);
        return (full.isEmpty()
                        ? "The rank is smaller at every kernel size."
                        : "They are equal, so that the identity is learned, at kernel size " + Count.list(full) + ".")
                + " At kernel size " + last.kernel() + " the rank is " + Numbers.whole(last.patchRank()) + " of "
                + Numbers.whole(last.unknowns()) + ".";
    }

    private static Chart errors(List<KernelSweep.Row> rows) {
        Axis axis = Axis.logarithmic(
                rows.stream()
                        .flatMap(KernelFigure::numbers)
                        .filter(number -> !number.isNaN())
                        .mapToDouble(number -> number)
                        .toArray(),
                0);
        List<List<Object>> points = new ArrayList<>();
        for (KernelSweep.Row row : rows) {
            points.add(point(axis, row.kernel(), "computed", EXACT_MEAN, row.exactMean(), 0));
            points.add(point(
                    axis, row.kernel(), "computed", EXACT_QUANTILE, row.bounds().quantile(), 0));
            points.add(point(
                    axis, row.kernel(), "computed", CLOSED_BOUND, row.bounds().closedBound(), 0));
            points.add(point(
                    axis,
                    row.kernel(),
                    "computed",
                    ALL_IMAGES_BOUND,
                    row.bounds().allImagesBound(),
                    0));
            points.add(point(
                    axis, row.kernel(), "computed", UNIFORM_BOUND, row.bounds().uniformBound(), 0));
            points.add(point(
                    axis, row.kernel(), "computed", PAPER_BOUND, row.bounds().paperBound(), 0));
            points.add(point(axis, row.kernel(), "measured", MEASURED, row.measuredMean(), row.standardError()));
            points.add(point(axis, row.kernel(), "measured", MEASURED_QUANTILE, row.measuredQuantile(), 0));
            points.add(point(axis, row.kernel(), "limit", LIMIT_MEAN, row.limitMean(), 0));
        }
        return Chart.of(
                        "Mean-squared error on the test image",
                        "Exact mean, exact quantile, four bounds and measured errors against kernel size, on a logarithmic axis."
                                + measured(rows),
                        "error.json",
                        new Table("", List.of("kernel", "kind", "series", "error", "exact", "low", "high"), points))
                .with("/encoding/x/axis/values", kernels(rows))
                .with("/layer/0/encoding/y", axis)
                .with("floor", axis.below().isEmpty() ? 0 : 1.001 * axis.lower());
    }

    /** What the measured mean does; empty if nothing was measured. */
    private static String measured(List<KernelSweep.Row> rows) {
        String does = InWords.does(
                new InWords.Line(
                        "",
                        rows.stream()
                                .map(row -> new InWords.At("kernel size " + row.kernel(), row.measuredMean()))
                                .toList()),
                true);
        return does.isEmpty() ? "" : " The measured mean " + does + ".";
    }

    private static List<Integer> kernels(List<KernelSweep.Row> rows) {
        return rows.stream().map(KernelSweep.Row::kernel).toList();
    }

    /**
     * All numbers of a row, then how many times as large as measured the computed ones are, and how many times as large
     * as the exact quantile the bounds are.
     */
    private static List<Column<KernelSweep.Row>> columns() {
        List<Column<KernelSweep.Row>> columns = new ArrayList<>();
        Stream.of(KernelColumn.values()).map(KernelColumn::column).forEach(columns::add);
        columns.add(new Column<>("tightness_mean", row -> row.exactMean() / row.measuredMean()));
        columns.add(new Column<>("tightness_quantile_95", row -> row.bounds().quantile() / row.measuredQuantile()));
        columns.add(new Column<>("tightness_image_bound", row -> row.bounds().imageBound() / row.measuredQuantile()));
        columns.add(
                new Column<>("tightness_uniform_bound", row -> row.bounds().uniformBound() / row.measuredQuantile()));
        LADDER.forEach(bound -> columns.add(bound.loosenessColumn()));
        return columns;
    }

    /** Mean and quantile as multiples of the measured error, in words; empty if nothing was measured. */
    private static String looseness(List<KernelSweep.Row> rows) {
        return Stream.of(
                        between(rows, "the exact mean", row -> row.exactMean() / row.measuredMean()),
                        between(
                                rows,
                                "the exact 95 % quantile",
                                row -> row.bounds().quantile() / row.measuredQuantile()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "),
                        words -> words.isEmpty()
                                ? ""
                                : "Computed over measured, from kernel to kernel: " + words + ". "));
    }

    /** Bounds as multiples of the exact quantile, in words; empty if no error is left. */
    private static String ladder(List<KernelSweep.Row> rows) {
        return Stream.of(
                        between(rows, "for this test image in closed form", KernelColumn.CLOSED_BOUND::looseness),
                        between(rows, "for all images at once", KernelColumn.ALL_IMAGES_BOUND::looseness),
                        between(rows, "one number for every image", KernelColumn.UNIFORM_BOUND::looseness),
                        between(rows, "the paper's order with its constants", KernelColumn.PAPER_BOUND::looseness))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "),
                        words -> words.isEmpty()
                                ? ""
                                : "Bounds over the exact 95 % quantile, from the tightest to the loosest: " + words
                                        + "."));
    }

    private static String between(
            List<KernelSweep.Row> rows, String name, ToDoubleFunction<KernelSweep.Row> tightness) {
        DoubleSummaryStatistics ratios = rows.stream()
                .mapToDouble(tightness)
                .filter(ratio -> ratio > 0 && Double.isFinite(ratio))
                .summaryStatistics();
        return ratios.getCount() == 0
                ? ""
                : name + " " + Numbers.brief(ratios.getMin()) + " to " + Numbers.brief(ratios.getMax());
    }

    private static Stream<Double> numbers(KernelSweep.Row row) {
        return Stream.of(
                row.limitMean(),
                row.exactMean(),
                row.bounds().quantile(),
                row.bounds().closedBound(),
                row.bounds().allImagesBound(),
                row.bounds().uniformBound(),
                row.bounds().paperBound(),
                row.measuredMean(),
                row.measuredMean() - row.standardError(),
                row.measuredQuantile());
    }

    private static List<Object> point(
            Axis axis, int kernel, String kind, String series, double value, double deviation) {
        return List.of(
                kernel,
                kind,
                series,
                Double.isNaN(value) ? value : axis.place(value),
                value,
                axis.place(value - deviation),
                axis.place(value + deviation));
    }
}

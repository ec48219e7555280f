package org.idem.cli.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.idem.execution.Share;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.prediction.KernelRegime;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;

/** Prints what a study found: a line for each point of the grid. */
final class StudySummary {
    private static final int MOST_LINES = 40;

    private StudySummary() {}

    /**
     * Prints a line for each point.
     *
     * @param varied axes on which points of the whole study differ, by which lines are named
     */
    static void print(StudyResults results, List<String> varied) {
        System.out.println(String.format(Locale.ROOT, "%-14s ", results.name())
                + results.rows().size() + " of " + results.expected()
                + Count.word(results.expected(), " network", " networks") + " trained" + results.repeated() + ": "
                + endings(results));
        Map<String, List<StudyResults.Row>> points = new LinkedHashMap<>();
        for (StudyResults.Row row : results.rows()) {
            String point = varied.stream()
                    .map(name -> name + " " + row.point().words().get(name))
                    .collect(Collectors.joining(", "));
            points.computeIfAbsent(point.isEmpty() ? "all networks" : point, name -> new ArrayList<>())
                    .add(row);
        }
        int width = points.keySet().stream().mapToInt(String::length).max().orElse(0);
        if (!points.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-" + Math.max(14, width) + "s  %-26s%s%n",
                    "",
                    "like the identity",
                    "like the constant");
        }
        points.entrySet().stream()
                .limit(MOST_LINES)
                .forEach(point -> System.out.printf(
                        Locale.ROOT,
                        "%-" + Math.max(14, width) + "s  %-26s%s%n",
                        point.getKey(),
                        range(point.getValue(), Measures::identityCorrelation),
                        range(point.getValue(), Measures::constantCorrelation)));
        if (points.size() > MOST_LINES) {
            System.out.println("… and " + (points.size() - MOST_LINES)
                    + Count.word(points.size() - MOST_LINES, " more point", " more points")
                    + "; --csv DIR writes all of them");
        }
        if (!points.isEmpty()) {
            System.out.println(
                    "               each number is a correlation, averaged over test images and seeds; in brackets stand"
                            + " the lowest and the highest of a seed");
            System.out.println("               the curves of the report show medians over seeds instead");
        }
        printKernelRegime(results);
    }

    /** Says what was taken over from a store that was merged. */
    static void printMerged(Path folder, long networks, long known) {
        String rest =
                known == 0 ? "" : "; " + known + Count.word(known, " other was", " others were") + " there already";
        String none = known == 0
                ? folder + " holds no networks"
                : Count.word(known, "the network of ", "all " + known + " networks of ") + folder
                        + Count.word(known, " was", " were") + " there already";
        System.out.println("merged         "
                + (networks == 0 ? "none: " + none : Count.of(networks, "network") + " of " + folder + rest));
    }

    /** Says how to complete what was merged, if shares or networks are missing. */
    static void printMissing(StudyResults results) {
        int missing = results.expected() - results.rows().size();
        if (missing > 0) {
            System.out.println("missing        " + missing + " of " + results.expected()
                    + Count.word(results.expected(), " network", " networks") + ": merge the stores of"
                    + " all shares, or train what is missing by the study's own command with this --store");
        }
    }

    /** Axes on which networks differ. */
    static List<String> differing(List<Run> runs) {
        return Point.differing(runs.stream().map(run -> run.task().point()).toList());
    }

    /** Says that a share is done, and how it becomes part of the whole. */
    static void printShare(Share share) {
        System.out.println("share          " + share + " is done; 'idem study --merge' joins the stores of all "
                + share.shares() + " shares");
    }

    private static void printKernelRegime(StudyResults results) {
        Map<String, List<TheoryRow>> said = new LinkedHashMap<>();
        results.rows()
                .forEach(
                        row -> said.putIfAbsent(row.result().key(), row.result().theory()));
        String begin = "infinite width ";
        for (String line : KernelRegime.said(List.copyOf(said.values()))) {
            System.out.println(begin + line);
            begin = " ".repeat(begin.length());
        }
    }

    private static String endings(StudyResults results) {
        Map<Ending, Long> counts = results.rows().stream()
                .collect(Collectors.groupingBy(row -> row.result().ending(), Collectors.counting()));
        List<String> words = new ArrayList<>();
        for (Ending ending : Ending.values()) {
            if (counts.containsKey(ending)) {
                words.add(counts.get(ending) + " " + ending.words());
            }
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String range(List<StudyResults.Row> rows, ToDoubleFunction<Measures> measure) {
        double[] values = rows.stream()
                .flatMap(row -> row.result().lasting().stream())
                .mapToDouble(measure)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return "–";
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return String.format(
                Locale.ROOT, "%.3f (%.3f … %.3f)", sum / values.length, values[0], values[values.length - 1]);
    }

    /** Prints where the results of a study lie. */
    static void printPlaces(Path store, @Nullable Path tables, List<Path> exported, Path report) {
        System.out.println("store          " + store);
        if (tables != null) {
            System.out.println("tables         " + tables);
        }
        exported.forEach(file -> System.out.println("exported       " + file));
        System.out.println("report         " + report.resolve("index.html"));
    }
}

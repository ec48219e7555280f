package org.idem.report.study;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.idem.laboratory.prediction.KernelRegime;
import org.idem.laboratory.result.TheoryRow;
import org.idem.report.drawing.Mark;
import org.idem.report.figure.Axis;
import org.idem.report.figure.Numbers;

/** What theorems say of a measure: the marks of a picture, their legend and their words in the caption. */
final class CurveTheory {
    /** More theorems than this are named by their families. */
    private static final int MOST_THEOREMS = 3;

    private CurveTheory() {}

    /** What each theorem says of networks that differ by their seeds. */
    static List<TheoryRow> of(List<Network> networks, String measure) {
        return networks.stream()
                .flatMap(network -> network.result().theory().stream())
                .filter(row -> row.measure().equals(measure))
                .collect(Collectors.groupingBy(TheoryRow::theorem, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(CurveTheory::overSeeds)
                .toList();
    }

    /** The median of means, and the range of ranges. */
    private static TheoryRow overSeeds(List<TheoryRow> rows) {
        double[] means = rows.stream()
                .mapToDouble(TheoryRow::mean)
                .filter(mean -> !Double.isNaN(mean))
                .sorted()
                .toArray();
        return new TheoryRow(
                rows.get(0).theorem(),
                rows.get(0).measure(),
                means.length == 0 ? Double.NaN : new Sample(means).median(),
                rows.stream()
                        .mapToDouble(TheoryRow::low)
                        .filter(low -> !Double.isNaN(low))
                        .min()
                        .orElse(Double.NaN),
                rows.stream()
                        .mapToDouble(TheoryRow::high)
                        .filter(high -> !Double.isNaN(high))
                        .max()
                        .orElse(Double.NaN));
    }

    /** Whether a theorem says no more than that the measure is at most, or at least, so much. */
    static boolean isBound(TheoryRow said) {
        return Double.isNaN(said.mean()) && Double.isNaN(said.low()) != Double.isNaN(said.high());
    }

    /** How a prediction is drawn; empty if it is a bound beyond the axis. */
    private static Optional<Panel.Look> look(TheoryRow said, Axis axis) {
        if (isBound(said)) {
            boolean upper = Double.isNaN(said.low());
            double bound = upper ? said.high() : said.low();
            return bound >= axis.lower() && bound <= axis.upper()
                    ? Optional.of(upper ? Panel.Look.UPPER_BOUND : Panel.Look.LOWER_BOUND)
                    : Optional.empty();
        }
        if (Double.isFinite(said.mean())) {
            return Optional.of(said.theorem().equals(KernelRegime.MEAN) ? Panel.Look.SQUARE : Panel.Look.DIAMOND);
        }
        return isRange(said) ? Optional.of(Panel.Look.RANGE) : Optional.empty();
    }

    /** Whether a bound lies beyond the axis. */
    static boolean hides(List<TheoryRow> rows, Axis axis) {
        return rows.stream().anyMatch(said -> isBound(said) && look(said, axis).isEmpty());
    }

    /** Explains the marks of theory, and that some bounds have none; empty if there are neither. */
    static String words(Set<Panel.Look> looks, boolean hidden) {
        return (looks.contains(Panel.Look.DIAMOND) ? " Diamonds: what theorems predict." : "")
                + (looks.contains(Panel.Look.SQUARE)
                        ? " Squares: what T7.mean predicts of the mean over all networks."
                        : "")
                + (looks.contains(Panel.Look.RANGE) ? " Bars in the colour of the text: ranges of predictions." : "")
                + (looks.contains(Panel.Look.UPPER_BOUND) || looks.contains(Panel.Look.LOWER_BOUND)
                        ? " Level strokes: bounds that theorems prove; the stem points to where a measure may lie."
                        : "")
                + (hidden ? " Bounds beyond an axis are in the table only." : "");
    }

    /** Entries of the legend: of each theorem that is drawn, its first mark. */
    static List<Panel.Key> keys(List<TheoryRow> rows, Axis axis) {
        Map<String, Panel.Look> looks = new TreeMap<>();
        rows.forEach(said -> look(said, axis)
                .ifPresent(look ->
                        looks.merge(said.theorem(), look, (one, other) -> one.compareTo(other) < 0 ? one : other)));
        Map<Panel.Look, List<String>> theorems = looks.keySet().stream()
                .collect(Collectors.groupingBy(looks::get, () -> new EnumMap<>(Panel.Look.class), Collectors.toList()));
        return theorems.entrySet().stream()
                .map(entry -> Panel.Key.theory(words(entry.getKey()) + named(entry.getValue()), entry.getKey()))
                .toList();
    }

    /** All kinds of marks in a picture. */
    static Set<Panel.Look> drawn(List<TheoryRow> rows, Axis axis) {
        Set<Panel.Look> drawn = EnumSet.noneOf(Panel.Look.class);
        for (TheoryRow said : rows) {
            look(said, axis).ifPresent(drawn::add);
            if (isRange(said)) {
                drawn.add(Panel.Look.RANGE);
            }
        }
        return drawn;
    }

    private static boolean isRange(TheoryRow said) {
        return Double.isFinite(said.low()) && Double.isFinite(said.high());
    }

    private static String words(Panel.Look look) {
        return switch (look) {
            case UPPER_BOUND -> "at most, by ";
            case LOWER_BOUND -> "at least, by ";
            case RANGE -> "range by ";
            default -> "theory ";
        };
    }

    private static String named(List<String> theorems) {
        return theorems.size() <= MOST_THEOREMS
                ? String.join(", ", theorems)
                : theorems.stream()
                        .map(theorem -> theorem.substring(0, theorem.indexOf('.')))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** Draws what theorems say at a place across. */
    static void draw(Panel panel, Axis axis, List<TheoryRow> theory, double x) {
        for (TheoryRow said : theory) {
            Panel.Look look = look(said, axis).orElse(null);
            if (look == Panel.Look.UPPER_BOUND || look == Panel.Look.LOWER_BOUND) {
                boolean upper = look == Panel.Look.UPPER_BOUND;
                panel.bound(x, panel.y(upper ? said.high() : said.low()), upper);
            }
            if (isRange(said)) {
                panel.range(x, panel.y(said.low()), panel.y(said.high()));
            }
            if (Double.isFinite(said.mean())) {
                boolean square = look == Panel.Look.SQUARE;
                panel.sketch()
                        .add(new Mark.Dot(
                                x,
                                panel.y(said.mean()),
                                square ? Panel.SQUARE : Panel.DIAMOND,
                                square ? Mark.Sign.SQUARE : Mark.Sign.DIAMOND,
                                "--ink",
                                said.theorem() + ": " + Numbers.brief(said.mean())));
            }
        }
    }
}

package org.idem.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.Table;
import org.idem.space.Dimension;
import org.idem.verification.TheoremResult;
import org.idem.wording.Count;

/**
 * How often each part of one dimension was drawn, and in how many trials that decided.
 *
 * @param theorem identifier of the theorem
 * @param dimension what was drawn
 * @param bins words, numbers or ranges of numbers
 * @param largest largest number drawn; NaN without trials
 */
record Coverage(String theorem, Dimension dimension, List<Bin> bins, double largest) {
    /** Name of the dimension that says which engine trained the networks. */
    private static final String ENGINE = "engine";

    private static final int MOST_VALUES = 12;
    private static final int BINS = 8;
    private static final int PANEL_HEIGHT = 40;
    /** Least height of a bar for a value that was drawn at least once. */
    private static final double LEAST_HEIGHT = 1.5;

    private static final double PERCENT = 100;

    /**
     * Some values.
     *
     * @param label the value, or the range
     * @param drawn trials with such a value
     * @param decided those of them that decided
     */
    record Bin(String label, int drawn, int decided) {}

    /** All dimensions of a theorem. */
    static List<Coverage> of(TheoremResult result) {
        List<Dimension> space = result.theorem().space();
        return IntStream.range(0, space.size())
                .mapToObj(index -> of(result, index, space.get(index)))
                .toList();
    }

    private static Coverage of(TheoremResult result, int index, Dimension dimension) {
        double[] starts = starts(dimension);
        int[] drawn = new int[starts.length];
        int[] decided = new int[starts.length];
        double largest = Double.NaN;
        for (TheoremResult.Entry entry : result.entries()) {
            double value = entry.configuration().number(index);
            int bin = starts.length - 1;
            while (bin > 0 && !(starts[bin] <= value)) {
                bin--;
            }
            drawn[bin]++;
            decided[bin] += entry.evidence().decides() ? 1 : 0;
            largest = largest >= value ? largest : value;
        }
        List<Bin> bins = IntStream.range(0, starts.length)
                .mapToObj(bin -> new Bin(label(dimension, starts, bin), drawn[bin], decided[bin]))
                .toList();
        return new Coverage(result.theorem().id(), dimension, bins, largest);
    }

    /** Smallest value of each bin. */
    private static double[] starts(Dimension dimension) {
        if (dimension instanceof Dimension.Choice choice) {
            return values(0, choice.options().size() - 1, 1);
        }
        if (dimension instanceof Dimension.Real real) {
            return IntStream.range(0, BINS)
                    .mapToDouble(bin -> real.least() + bin * (real.most() - real.least()) / BINS)
                    .distinct()
                    .toArray();
        }
        if (dimension instanceof Dimension.Whole whole) {
            double length = (double) whole.most() - whole.least() + 1;
            return length <= MOST_VALUES
                    ? values(whole.least(), whole.most(), 1)
                    : IntStream.range(0, BINS)
                            .mapToDouble(bin -> whole.least() + Math.ceil(length * bin / BINS))
                            .toArray();
        }
        Dimension.Logarithmic numbers = (Dimension.Logarithmic) dimension;
        int count = (numbers.most() - numbers.least()) / numbers.step() + 1;
        if (count <= MOST_VALUES) {
            return values(numbers.least(), numbers.most(), numbers.step());
        }
        // equal ratios, as far as whole numbers allow
        double ratio = ((double) numbers.most() + numbers.step()) / numbers.least();
        return DoubleStream.iterate(0, bin -> bin + 1)
                .limit(BINS)
                .map(bin -> (numbers.least() * Math.pow(ratio, bin / BINS) - numbers.least()) / numbers.step())
                .map(steps -> numbers.least() + numbers.step() * Math.rint(steps))
                .distinct()
                .toArray();
    }

    private static double[] values(int least, int most, int step) {
        return IntStream.rangeClosed(0, (most - least) / step)
                .mapToDouble(index -> least + (double) index * step)
                .toArray();
    }

    private static String label(Dimension dimension, double[] starts, int bin) {
        boolean last = bin == starts.length - 1;
        double from = starts[bin];
        if (dimension instanceof Dimension.Choice choice) {
            return choice.options().get(bin);
        }
        if (dimension instanceof Dimension.Real real) {
            double to = last ? real.most() : starts[bin + 1];
            return from == to ? Numbers.brief(from) : Numbers.brief(from) + "–" + Numbers.brief(to);
        }
        int most =
                dimension instanceof Dimension.Whole whole ? whole.most() : ((Dimension.Logarithmic) dimension).most();
        int step = dimension instanceof Dimension.Logarithmic logarithmic ? logarithmic.step() : 1;
        double to = last ? most : starts[bin + 1] - step;
        return Numbers.whole((long) from) + (from == to ? "" : "–" + Numbers.whole((long) to));
    }

    String name() {
        return dimension.name();
    }

    /** Whether bins are words, each of which the page writes out. */
    boolean isWords() {
        return dimension instanceof Dimension.Choice;
    }

    /** Height of the bar of a count in a panel of height 40, to a tenth. */
    double height(int count) {
        return count == 0 ? 0 : Math.max(LEAST_HEIGHT, Math.round(10 * PANEL_HEIGHT * share(count)) / 10.0);
    }

    /** Length of the bar of a count, in percent of the longest. */
    double percent(int count) {
        return Math.round(10 * PERCENT * share(count)) / 10.0;
    }

    private double share(int count) {
        int most = bins.stream().mapToInt(Bin::drawn).max().orElse(0);
        return most == 0 ? 0 : count / (double) most;
    }

    /** One line for those who cannot see the bars. */
    String words() {
        int drawn = bins.stream().mapToInt(Bin::drawn).sum();
        int decided = bins.stream().mapToInt(Bin::decided).sum();
        return name() + ": " + Count.of(bins.size(), "bar") + ", " + Count.of(drawn, "trial") + " drawn, " + decided
                + " decided";
    }

    /** Smallest number that may be drawn. */
    String first() {
        return bins.get(0).label().replaceAll("–.*", "");
    }

    /** Largest number that may be drawn; empty if it is the only one. */
    String last() {
        return bins.size() == 1 ? "" : bins.get(bins.size() - 1).label().replaceAll(".*–", "");
    }

    /**
     * The largest number drawn of a logarithmic dimension, whose large numbers are rare; empty for other dimensions.
     */
    String reached() {
        return dimension instanceof Dimension.Logarithmic numbers && largest < numbers.most()
                ? "drawn up to " + Numbers.whole((long) largest)
                : "";
    }

    /** The bars of all dimensions. */
    static Table table(List<Coverage> all) {
        List<List<Object>> rows = new ArrayList<>();
        for (Coverage coverage : all) {
            for (Bin bin : coverage.bins) {
                rows.add(List.of(coverage.theorem, coverage.name(), bin.label, bin.drawn, bin.decided));
            }
        }
        return new Table("coverage.csv", List.of("theorem", "dimension", "value", "drawn", "decided"), rows);
    }

    /** How many trials each engine trained, over all theorems that draw an engine; no rows if none does. */
    static Table engines(List<Coverage> all) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (Coverage coverage : all) {
            for (Bin bin : coverage.name().equals(ENGINE) ? coverage.bins : List.<Bin>of()) {
                int[] count = counts.computeIfAbsent(bin.label, engine -> new int[3]);
                count[0] += bin.drawn > 0 ? 1 : 0;
                count[1] += bin.drawn;
                count[2] += bin.decided;
            }
        }
        List<List<Object>> rows = new ArrayList<>();
        counts.forEach((engine, count) -> rows.add(List.of(engine, count[0], count[1], count[2])));
        return new Table("engines.csv", List.of("engine", "theorems", "trials", "trials_that_decided"), rows);
    }
}

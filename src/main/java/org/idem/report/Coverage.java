package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.theorem.Dimension;
import org.idem.verification.TheoremResult;

/**
 * How often each part of one dimension was drawn, and how often it decided.
 *
 * @param theorem identifier of the theorem
 * @param dimension name
 * @param bins values, or ranges of values
 */
record Coverage(String theorem, String dimension, List<Bin> bins) {
    private static final int MOST_VALUES = 12;
    private static final int BINS = 8;
    private static final int PANEL_HEIGHT = 40;

    /**
     * Some values.
     *
     * @param label the value, or the range
     * @param drawn trials with such a value
     * @param decided those of them that decided something
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
        List<String> labels = labels(dimension);
        int[] drawn = new int[labels.size()];
        int[] decided = new int[labels.size()];
        for (TheoremResult.Entry entry : result.entries()) {
            int bin = bin(dimension, entry.configuration().values().get(index), labels.size());
            drawn[bin]++;
            decided[bin] += entry.evidence().decides() ? 1 : 0;
        }
        List<Bin> bins = IntStream.range(0, labels.size())
                .mapToObj(bin -> new Bin(labels.get(bin), drawn[bin], decided[bin]))
                .toList();
        return new Coverage(result.theorem().id(), dimension.name(), bins);
    }

    private static List<String> labels(Dimension dimension) {
        if (dimension instanceof Dimension.Choice choice) {
            return choice.options();
        }
        if (dimension instanceof Dimension.Whole whole) {
            int bins = wholeBins(whole);
            return IntStream.range(0, bins)
                    .mapToObj(bin -> {
                        int from = firstOf(whole, bin, bins);
                        int to = firstOf(whole, bin + 1, bins) - 1;
                        return from == to ? String.valueOf(from) : from + "–" + to;
                    })
                    .toList();
        }
        if (dimension instanceof Dimension.Logarithmic logarithmic) {
            return IntStream.range(0, BINS)
                    .mapToObj(bin -> {
                        int from = firstOf(logarithmic, bin);
                        int to = Math.max(from, firstOf(logarithmic, bin + 1) - logarithmic.step());
                        return from == to ? String.valueOf(from) : from + "–" + to;
                    })
                    .toList();
        }
        Dimension.Real real = (Dimension.Real) dimension;
        double width = (real.most() - real.least()) / BINS;
        return IntStream.range(0, BINS)
                .mapToObj(bin -> Numbers.brief(real.least() + bin * width) + "–"
                        + Numbers.brief(real.least() + (bin + 1) * width))
                .toList();
    }

    private static int wholeBins(Dimension.Whole whole) {
        int values = whole.most() - whole.least() + 1;
        return values <= MOST_VALUES ? values : BINS;
    }

    /** Smallest value of a bin. */
    private static int firstOf(Dimension.Whole whole, int bin, int bins) {
        long values = (long) whole.most() - whole.least() + 1;
        return (int) (whole.least() + (values * bin + bins - 1) / bins);
    }

    /** Smallest value of a bin; bins have one ratio of their ends. */
    private static int firstOf(Dimension.Logarithmic dimension, int bin) {
        double end = (double) dimension.most() + dimension.step();
        double from = dimension.least() * Math.pow(end / dimension.least(), (double) bin / BINS);
        return dimension.least() + dimension.step() * (int) Math.round((from - dimension.least()) / dimension.step());
    }

    private static int bin(Dimension dimension, double value, int bins) {
        if (dimension instanceof Dimension.Logarithmic logarithmic) {
            return IntStream.range(1, bins)
                    .filter(bin -> firstOf(logarithmic, bin) <= value)
                    .max()
                    .orElse(0);
        }
        if (dimension instanceof Dimension.Choice) {
            return (int) value;
        }
        double least =
                dimension instanceof Dimension.Whole whole ? whole.least() : ((Dimension.Real) dimension).least();
        double length = dimension instanceof Dimension.Whole whole
                ? (double) whole.most() - whole.least() + 1
                : ((Dimension.Real) dimension).most() - least;
        return length > 0 ? Math.min(bins - 1, (int) ((value - least) / length * bins)) : 0;
    }

    /** Height of the bar of a count in a panel of height 40, to a tenth. */
    double height(int count) {
        int most = bins.stream().mapToInt(Bin::drawn).max().orElse(0);
        return most == 0 ? 0 : Math.round(10 * PANEL_HEIGHT * count / (double) most) / 10.0;
    }

    /** One line for those who cannot see the bars. */
    String words() {
        int drawn = bins.stream().mapToInt(Bin::drawn).sum();
        int decided = bins.stream().mapToInt(Bin::decided).sum();
        return dimension + ": " + bins.size() + " bins, " + drawn + " trials drawn, " + decided + " decided";
    }

    /** The first and the last label. */
    String ends() {
        String first = bins.get(0).label();
        String last = bins.get(bins.size() - 1).label();
        return bins.size() == 1 ? first : first.replaceAll("–.*", "") + " … " + last.replaceAll(".*–", "");
    }

    static Table table(List<Coverage> all) {
        List<List<Object>> rows = new ArrayList<>();
        for (Coverage coverage : all) {
            for (Bin bin : coverage.bins) {
                rows.add(List.of(coverage.theorem, coverage.dimension, bin.label, bin.drawn, bin.decided));
            }
        }
        return new Table("coverage.csv", List.of("theorem", "dimension", "value", "drawn", "decided"), rows);
    }
}

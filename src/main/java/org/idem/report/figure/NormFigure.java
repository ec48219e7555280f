package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.idem.network.Activation;
import org.idem.theorem.exhibit.NormHistogram;

/** Sizes of random networks' outputs by depth, counted, and their exact law. */
public final class NormFigure {
    private static final String DRAWN = "drawn networks";
    private static final String EXACT = "exact law";
    /** Chance of any distance between counted and exact distribution functions that is called large. */
    private static final double CHANCE = 0.001;

    private NormFigure() {}

    /**
     * One histogram for each kind of network.
     *
     * @param histograms of common bins
     * @return the figure
     */
    public static Figure of(List<NormHistogram> histograms) {
        Axis sizes = Axis.logarithmic(
                histograms.stream()
                        .flatMap(one -> one.bins().stream())
                        .flatMap(bin -> Stream.of(bin.from(), bin.to(), 0.0))
                        .mapToDouble(size -> size)
                        .toArray(),
                0);
        List<List<Object>> rows = new ArrayList<>();
        double farthest = 0;
        int fewest = Integer.MAX_VALUE;
        for (NormHistogram one : histograms) {
            farthest = Math.max(farthest, one.distance());
            fewest = Math.min(fewest, one.networks());
            rows.add(row(one, 0, 0, one.dead(), one.atom()));
            one.bins().forEach(bin -> rows.add(row(one, bin.from(), bin.to(), bin.share(), bin.expected())));
        }
        double large = Math.sqrt(Math.log(2 * histograms.size() / CHANCE) / (2.0 * fewest));
        return new Figure(
                "norms",
                "Outputs of random networks by depth, counted, and their exact law",
                "Before training, the squared norm of a network's output is that of its input times independent χ² "
                        + "variables, one for each layer (T5.law). With depth their product spreads over decades although "
                        + "its mean stays the same, and a ReLU network may be dead, f(x) = 0, with a probability known exactly.",
                histograms.stream().map(one -> chart(one, sizes)).toList(),
                "Bars: the share of " + Numbers.whole(fewest)
                        + " networks in each bin of an axis of equal ratios; the bar at "
                        + "0 are dead networks. Curve: the exact probability of a bin as wide around each place; the diamond is that of "
                        + "a dead network; linear networks are never dead. Fully connected, equally wide in all layers, normal weights of variance 1/n, with ReLU 2/n. "
                        + "Largest distance between the counted and the exact distribution function in any picture: "
                        + Numbers.brief(farthest) + "; by chance it exceeds " + Numbers.brief(large)
                        + " with a probability below " + Numbers.brief(CHANCE)
                        + " (Dvoretzky, Kiefer, Wolfowitz and Massart).",
                new Table(
                        "norm-laws.csv",
                        List.of("activation", "layers", "networks", "from", "to", "share", "exact"),
                        rows));
    }

    private static List<Object> row(NormHistogram one, double from, double to, double share, double exact) {
        return List.of(one.activation().toString(), one.depth(), one.networks(), from, to, share, exact);
    }

    private static Chart chart(NormHistogram one, Axis sizes) {
        NormHistogram.Bin first = one.bins().get(0);
        double half = Math.sqrt(first.to() / first.from());
        double none = sizes.lower();
        List<List<Object>> marks = new ArrayList<>();
        marks.add(List.of(DRAWN, "bar", none / half, none * half, one.dead()));
        one.bins().forEach(bin -> marks.add(List.of(DRAWN, "bar", bin.from(), bin.to(), bin.share())));
        one.curve()
                .forEach(place -> marks.add(List.of(EXACT, "curve", place.size(), place.size(), place.probability())));
        if (one.atom() > 0) {
            marks.add(List.of(EXACT, "atom", none, none, one.atom()));
        }
        Axis shares = Axis.linear(
                marks.stream().mapToDouble(mark -> (Double) mark.get(4)).toArray(), 0, 0);
        boolean linear = one.activation() == Activation.LINEAR;
        String title = (linear ? "Linear" : "ReLU") + ", " + one.depth() + " layers";
        return Chart.of(
                        linear ? title : title + ", dead: " + percent(one.atom()) + ", drawn " + percent(one.dead()),
                        title + ": histogram of the sizes of " + Numbers.whole(one.networks())
                                + " networks' outputs with the exact law as a curve; dead are " + percent(one.dead())
                                + " of the networks and " + percent(one.atom())
                                + " by the law. The counted and the exact distribution function differ by at most "
                                + Numbers.brief(one.distance()) + ".",
                        "norm.json",
                        new Table("", List.of("series", "kind", "from", "to", "share"), marks))
                .with("/layer/0/encoding/x", sizes, none / half / half, sizes.upper())
                .with("/layer/0/encoding/y", shares, 0, shares.upper());
    }

    private static String percent(double share) {
        return Numbers.brief(100 * share) + "\u00a0%";
    }
}

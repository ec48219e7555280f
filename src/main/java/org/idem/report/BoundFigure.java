package org.idem.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.idem.verification.TheoremResult;

/** Limits against measurements of all trials, on logarithmic axes. */
final class BoundFigure {
    private static final int MOST_POINTS = 6000;

    private BoundFigure() {}

    static Figure of(List<TheoremResult> results) {
        List<Measurement> all = Measurement.of(results);
        List<Measurement> drawn = sampled(all);
        Decades limits = Decades.of(all.stream(), one -> one.evidence().limit());
        Decades measured = Decades.of(all.stream(), one -> one.evidence().measured());
        List<List<Object>> points = new ArrayList<>();
        for (Measurement one : drawn) {
            points.add(List.of(
                    one.theorem(),
                    one.family(),
                    one.trial(),
                    limits.place(one.evidence().limit()),
                    measured.place(one.evidence().measured()),
                    one.evidence().limit(),
                    one.evidence().measured(),
                    one.contradicts() ? "contradicts" : "holds"));
        }
        Table picture =
                new Table("", List.of("theorem", "family", "trial", "x", "y", "limit", "measured", "outcome"), points);
        double from = Math.max(limits.lower(), measured.lower());
        double to = Math.min(limits.upper(), measured.upper());
        long above = all.stream().filter(Measurement::contradicts).count();
        String verdict = above == 0
                ? "No trial exceeds a limit that always holds."
                : Numbers.whole(above) + " trials lie above the line on which they are equal and refute their theorem.";
        long unlucky = all.stream()
                .filter(one -> !one.contradicts() && !one.evidence().holds())
                .count();
        String unluckyWords = unlucky == 0
                ? ""
                : " " + Numbers.whole(unlucky) + " exceed a bound that may fail with a stated probability.";
        Chart chart = Chart.of(
                        "",
                        "Scatter plot of " + Numbers.whole(drawn.size())
                                + " trials, limit across and measurement up, both logarithmic. " + verdict
                                + unluckyWords,
                        "bound.json",
                        picture)
                .with("/layer/1/encoding/x/scale/domain", limits.domain())
                .with("/layer/1/encoding/x/axis/values", limits.labels())
                .with("/layer/1/encoding/y/scale/domain", measured.domain())
                .with("/layer/1/encoding/y/axis/values", measured.labels())
                .with("/layer/1/encoding/color/scale/domain", Measurement.families(results))
                .with("/layer/1/encoding/shape/scale/domain", Measurement.families(results))
                .with("from", from)
                .with("to", Math.max(from, to));
        long exact = all.stream().filter(one -> one.evidence().measured() == 0).count();
        return new Figure(
                "bound",
                "Bound against measurement",
                "Each mark is one trial: across, what the theorem allows, an error budget or a bound; up, what was measured on really trained networks. Below the dashed line the theorem holds. "
                        + verdict
                        + unluckyWords,
                List.of(chart),
                "Both axes logarithmic; dashed: measured = limit. At the edges labelled 0 lie zeros and whatever else is smaller than the axis; "
                        + Numbers.whole(exact) + " trials measured exactly nothing. "
                        + (drawn.size() < all.size()
                                ? "Shown are " + Numbers.whole(drawn.size()) + " of " + Numbers.whole(all.size())
                                        + " trials, every contradicting one and evenly many of the others. "
                                : "All " + Numbers.whole(all.size()) + " trials are shown. ")
                        + "A contradicting trial would be hollow and red.",
                Trials.table(results));
    }

    /** Every contradicting trial and, at even distances, as many others as the picture holds. */
    private static List<Measurement> sampled(List<Measurement> all) {
        List<Measurement> sample = new ArrayList<>();
        double share = Math.min(1, MOST_POINTS / (double) Math.max(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            boolean next = Math.floor((i + 1) * share) > Math.floor(i * share);
            if (next || all.get(i).contradicts()) {
                sample.add(all.get(i));
            }
        }
        // by number of the trial, so that no family covers another
        sample.sort(Comparator.comparingInt(Measurement::trial));
        return sample;
    }
}

package org.idem.report.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.idem.execution.Crew;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;
import org.idem.laboratory.prediction.KernelRegime;
import org.idem.laboratory.prediction.Predictions;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.TheoryRow;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Assets;
import org.idem.report.figure.Numbers;
import org.idem.wording.Count;

/**
 * The data that the template of the page reads.
 *
 * @param results what is there of the study
 * @param layout of its pictures
 * @param figures its pictures
 * @param claims what is known of claims
 * @param provenance when, where and by which version it was made
 * @param command command line that gives it again
 */
record StudyPage(
        StudyResults results,
        Layout layout,
        List<StudyFigure> figures,
        List<StudyReport.Claim> claims,
        Provenance provenance,
        String command) {
    private static final int MOST_REMARKS = 5;
    private static final int MOST_WORDS = 12;

    /**
     * A headline.
     *
     * @param figure number
     * @param label what it counts
     * @param tone class of its colour, may be empty
     */
    record Card(String figure, String label, String tone) {}

    static StudyPage of(StudyResults results, List<StudyReport.Claim> claims, Provenance provenance, String command)
            throws IOException {
        Layout layout = Layout.of(results);
        List<Strand> strands = Strand.of(results, layout);
        // their prediction takes all processors itself
        List<StudyFigure> phases = Phases.of(results);
        List<Supplier<List<StudyFigure>>> kinds = List.of(
                () -> Grids.of(strands, layout),
                () -> Brightness.of(strands, layout),
                () -> Curves.of(layout),
                () -> HeatMaps.of(layout),
                () -> phases,
                () -> LayerCurves.of(layout),
                () -> LayerStrips.of(strands, layout),
                () -> LearningCurves.of(layout),
                () -> Growth.of(strands, layout));
        List<StudyFigure> figures = new ArrayList<>();
        Crew.map(kinds, Supplier::get).forEach(kind -> figures.addAll(StudyFigure.joined(kind)));
        return new StudyPage(results, layout, List.copyOf(figures), List.copyOf(claims), provenance, command);
    }

    /** Whether the networks of the study test any finding. */
    boolean testsClaims() {
        return claims.stream()
                .flatMap(claim -> claim.answers().stream())
                .anyMatch(answer -> !answer.verdict().isEmpty());
    }

    /** Names of all files of the figures, by which a later report of the folder knows them. */
    String files() {
        return figures.stream()
                .flatMap(figure -> figure.pictures().stream())
                .flatMap(picture -> picture.files().stream())
                .collect(Collectors.joining(" "));
    }

    String style() {
        return Assets.pageStyle() + Assets.text(StudyPage.class, "study.css");
    }

    String title() {
        return results.title().isEmpty() ? results.name() : results.title();
    }

    String subtitle() {
        List<Network> networks = layout.networks();
        long seeds = networks.stream().map(Network::seed).distinct().count();
        return "study " + results.name() + " · " + (results.convolutional() ? "convolutional" : "fully connected")
                + " networks · " + Count.of(seeds, "seed");
    }

    List<Card> cards() {
        int done = layout.networks().size();
        int missing = results.expected() - done;
        List<Card> cards = new ArrayList<>();
        cards.add(new Card(
                Numbers.whole(done),
                "of " + Count.of(results.expected(), "network") + " trained"
                        + (missing > 0 ? ", " + Numbers.whole(missing) + " missing" : "")
                        + results.repeated(),
                missing > 0 ? "open" : ""));
        for (Ending ending : Ending.values()) {
            long count = layout.networks().stream()
                    .filter(network -> network.result().ending() == ending)
                    .count();
            boolean bad = ending == Ending.DIVERGED || ending == Ending.FAILED;
            if (count > 0 || ending == Ending.CONVERGED) {
                cards.add(new Card(Numbers.whole(count), ending.words(), bad ? "bad" : ""));
            }
        }
        return cards;
    }

    /** Why networks failed, a few of the reasons. */
    List<String> remarks() {
        Map<String, Long> remarks = layout.networks().stream()
                .map(network -> network.result().remark())
                .filter(remark -> remark != null)
                .collect(Collectors.groupingBy(remark -> remark, TreeMap::new, Collectors.counting()));
        return remarks.entrySet().stream()
                .limit(MOST_REMARKS)
                .map(remark -> remark.getKey() + " (" + remark.getValue() + ")")
                .toList();
    }

    /** Says which networks a theorem might have spoken about and does not; empty if there are none. */
    String unpredicted() {
        long silent = results.rows().stream()
                .filter(row -> "1".equals(row.point().words().get(StudyAxes.DEPTH.name()))
                        && "sgd".equals(row.point().words().get(StudyAxes.RULE.name())))
                .map(StudyResults.Row::result)
                .filter(result -> !result.images().isEmpty()
                        && result.theory().stream()
                                .noneMatch(said -> said.theorem().matches("T[12]\\..*")))
                .count();
        return silent == 0
                ? ""
                : Count.of(silent, "network") + " of one layer under gradient descent without a prediction: "
                        + Predictions.limits();
    }

    /** Says which networks the kernel of infinite width speaks of; empty if it speaks of none, nor says why. */
    String kernelRegime() {
        Map<String, List<TheoryRow>> said = new LinkedHashMap<>();
        results.rows()
                .forEach(
                        row -> said.putIfAbsent(row.result().key(), row.result().theory()));
        String words = String.join("; ", KernelRegime.said(List.copyOf(said.values())));
        return words.isEmpty()
                ? ""
                : "Infinite width: " + words
                        + (said.values().stream().anyMatch(StudyPage::isInKernelRegime)
                                ? ". Diamonds of T7.lazy are what a network would do if one kernel ruled its training;"
                                        + " where networks part from them, it does not rule theirs. The study does not measure why: the"
                                        + " kernel may change in training, or differ at its start in networks that are too narrow."
                                : ".");
    }

    private static boolean isInKernelRegime(List<TheoryRow> rows) {
        return rows.stream().anyMatch(row -> row.theorem().equals("T7.lazy"))
                && rows.stream().noneMatch(KernelRegime::isOutside);
    }

    /** Says what networks with circular padding cannot memorise; empty if there are none. */
    String noMemory() {
        double[] bounds = layout.networks().stream()
                .flatMap(network -> network.result().theory().stream())
                .filter(row -> row.theorem().equals("T6.no-memory"))
                .mapToDouble(TheoryRow::low)
                .sorted()
                .toArray();
        return bounds.length == 0
                ? ""
                : "No memory: whatever its training, a network with circular padding answers all cyclic shifts of an"
                        + " image with outputs whose mean squared distance from the training image is, on average, at least "
                        + Numbers.brief(bounds[0])
                        + (bounds[bounds.length - 1] > bounds[0]
                                ? " to " + Numbers.brief(bounds[bounds.length - 1]) + ", by the image"
                                : "")
                        + " (T6.no-memory, " + Count.of(bounds.length, "network") + ").";
    }

    /** Axes that differ, with their words. */
    List<Provenance.Fact> varied() {
        List<Provenance.Fact> facts = new ArrayList<>();
        for (String axis : results.varied()) {
            List<String> words = Layout.words(layout.networks(), axis);
            facts.add(new Provenance.Fact(
                    Layout.name(axis),
                    words.stream().limit(MOST_WORDS).map(Layout::shown).collect(Collectors.joining(", "))
                            + (words.size() > MOST_WORDS ? ", … (" + words.size() + " in all)" : "")
                            + (layout.followers().containsKey(axis)
                                    ? " (together with "
                                            + Layout.name(layout.followers().get(axis)) + ")"
                                    : "")));
        }
        return facts;
    }

    /** Axes on which all networks agree. */
    String fixed() {
        return layout.networks().isEmpty()
                ? ""
                : StudyAxes.of(results.convolutional()).stream()
                        .map(StudyAxis::name)
                        .filter(axis -> !results.varied().contains(axis))
                        .filter(axis -> !layout.networks().get(0).word(axis).isEmpty())
                        .map(axis -> Layout.said(axis, layout.networks().get(0).word(axis)))
                        .collect(Collectors.joining(", "));
    }

    List<Provenance.Fact> facts() {
        List<Provenance.Fact> facts = new ArrayList<>();
        facts.add(new Provenance.Fact("command", command));
        facts.add(new Provenance.Fact(
                "training",
                Numbers.brief(seconds()) + " s, added over all networks, whichever command and machine trained them"));
        facts.addAll(provenance.facts("this command "));
        return facts;
    }

    /** Time that training and measuring took; networks that several points describe are trained once. */
    private double seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        results.rows()
                .forEach(row -> seconds.put(row.result().key(), row.result().seconds()));
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}

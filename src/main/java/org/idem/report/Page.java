package org.idem.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.idem.execution.Crew;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Assets;
import org.idem.report.figure.BoundFigure;
import org.idem.report.figure.Figure;
import org.idem.report.figure.KernelFigure;
import org.idem.report.figure.LawFigure;
import org.idem.report.figure.LossFigure;
import org.idem.report.figure.Measurement;
import org.idem.report.figure.NormFigure;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.RateFigure;
import org.idem.report.figure.RatioFigure;
import org.idem.report.figure.RefinementFigure;
import org.idem.report.figure.ShiftFigure;
import org.idem.report.figure.SizeFigure;
import org.idem.report.figure.StrengthFigure;
import org.idem.report.figure.Table;
import org.idem.report.figure.Trials;
import org.idem.theorem.exhibit.DeepExhibits;
import org.idem.theorem.exhibit.KernelSweep;
import org.idem.verification.Effort;
import org.idem.verification.ExactResults;
import org.idem.verification.TheoremResult;
import org.idem.verification.WorstCase;
import org.idem.wording.Count;

/**
 * The data that the template of the page reads.
 *
 * @param report the report
 * @param folder where it will lie
 * @param figures pictures that are drawn from data
 */
record Page(Report report, Path folder, List<Figure> figures) {
    /**
     * A headline.
     *
     * @param figure number
     * @param label what it counts
     * @param tone class of its colour, may be empty
     */
    record Card(String figure, String label, String tone) {}

    static Page of(Report report, Path folder) {
        List<Supplier<Figure>> figures = new ArrayList<>();
        if (!Measurement.of(report.results()).isEmpty()) {
            figures.add(() -> BoundFigure.of(report.results()));
            figures.add(() -> RatioFigure.of(report.results()));
        }
        if (LawFigure.applies(report.results())) {
            figures.add(() -> LawFigure.of(report.results()));
        }
        if (RefinementFigure.applies(report.results())) {
            figures.add(() -> RefinementFigure.of(report.results()));
        }
        if (RateFigure.applies(report.results())) {
            figures.add(() -> RateFigure.of(report.results()));
        }
        KernelSweep sweep = report.exhibits().sweep();
        if (sweep != null) {
            figures.add(() -> KernelFigure.of(sweep));
        }
        if (!report.exhibits().losses().isEmpty()) {
            figures.add(() -> LossFigure.of(report.exhibits().losses()));
        }
        figures.addAll(ofDepth(report.exhibits().deep()));
        return new Page(report, folder, List.copyOf(Crew.map(figures, Supplier::get)));
    }

    private static List<Supplier<Figure>> ofDepth(DeepExhibits deep) {
        List<Supplier<Figure>> figures = new ArrayList<>();
        if (!deep.strengths().isEmpty()) {
            figures.add(() -> StrengthFigure.of(deep.strengths()));
        }
        if (!deep.modes().isEmpty()) {
            figures.add(() -> StrengthFigure.ofModes(deep.modes()));
        }
        if (!deep.norms().isEmpty()) {
            figures.add(() -> NormFigure.of(deep.norms()));
        }
        if (!deep.sizes().isEmpty()) {
            figures.add(() -> SizeFigure.of(deep.sizes()));
        }
        if (!deep.shifts().isEmpty()) {
            figures.add(() -> ShiftFigure.of(deep.shifts()));
        }
        return figures;
    }

    String style() {
        return Assets.style();
    }

    String script() {
        return Assets.script();
    }

    String subtitle() {
        int theorems = report.results().size();
        return Count.of(theorems, "theorem") + " · " + effort() + " · seed "
                + report.run().seed() + " · images: " + report.images();
    }

    private String effort() {
        return report.run().effort() instanceof Effort.Trials fixed
                ? Count.of(fixed.count(), "random configuration") + " each"
                : "trials until violated on less than "
                        + Numbers.brief(((Effort.Guarantee) report.run().effort()).share());
    }

    List<Card> cards() {
        List<TheoremResult> results = report.results();
        long confirmed = results.stream()
                .filter(result -> result.verdict().isConfirmation())
                .count();
        long refuted = results.stream()
                .filter(result -> result.verdict().isRefutation())
                .count();
        long decided =
                results.stream().mapToLong(result -> result.tally().decided()).sum();
        long trials =
                results.stream().mapToLong(result -> result.tally().trials()).sum();
        long variants =
                results.stream().mapToLong(result -> result.variants().size()).sum();
        long seen = results.stream().mapToLong(TheoremResult::refutedVariants).sum();
        List<Card> cards = new ArrayList<>();
        cards.add(new Card(
                confirmed + " of " + results.size(),
                Count.word(results.size(), "theorem", "theorems") + " confirmed"
                        + (refuted > 0 ? ", " + refuted + " refuted" : ""),
                refuted > 0 ? "bad" : confirmed > 0 && confirmed == results.size() ? "good" : "open"));
        cards.add(new Card(Numbers.whole(decided), "of " + Count.of(trials, "trial") + " decided", ""));
        cards.add(new Card(
                seen + " of " + variants,
                Count.word(variants, "false variant", "false variants") + " refuted",
                seen > 0 && seen == variants ? "good" : "open"));
        tightest()
                .ifPresent(result -> cards.add(new Card(
                        Numbers.brief(100 * result.medianRatio()) + " %",
                        "of its limit is reached in the median trial of "
                                + result.theorem().id() + ", whose limits are the tightest",
                        "")));
        return cards;
    }

    private Optional<TheoremResult> tightest() {
        return report.results().stream()
                .filter(result ->
                        result.verdict().isConfirmation() && result.medianRatio() > 0 && result.medianRatio() <= 1)
                .filter(result -> !Measurement.of(List.of(result)).isEmpty())
                .max(Comparator.comparingDouble(TheoremResult::medianRatio));
    }

    List<Section> sections() {
        return report.results().stream()
                .map(result -> new Section(result, proof(result.theorem().id()), report.options()))
                .toList();
    }

    /** Only reports inside the project link to its proofs: others may be taken elsewhere. */
    private String proof(String id) {
        Path home = report.provenance().home().toAbsolutePath().normalize();
        Path page = home.resolve("proofs").resolve(id + ".md");
        Path from = folder.toAbsolutePath().normalize();
        return from.startsWith(home) && page.toFile().isFile()
                ? from.relativize(page).toString().replace('\\', '/')
                : "";
    }

    List<Strip> strips() {
        return Strip.of(report.exhibits().strips());
    }

    /** What the images show. */
    String stripLead() {
        boolean same = report.exhibits().strips().stream()
                .allMatch(strip -> strip.train().name().equals(strip.test().name()));
        return "Each network is trained on one image and shown " + (same ? "the same again" : "another")
                + ". A CNN returns what it sees if the patches of its training image have full rank; otherwise it keeps a part of its initial weights, as the FCN does.";
    }

    String stripCaption() {
        return report.exhibits().strips().stream()
                .findFirst()
                .map(
                        strip -> "Trained for " + Count.of(strip.steps(), "step") + " on "
                                + strip.train().name()
                                + ", tested on " + strip.test().name()
                                + ". Black and white are the least and the largest pixel of both; the difference between trained and predicted output is red where positive, blue where negative, in full colour at the largest difference, which is given above each row.")
                .orElse("");
    }

    Table stripTable() {
        return Strip.table(report.exhibits().strips());
    }

    List<Coverage> coverage(Section section) {
        return Coverage.of(section.result());
    }

    Table coverageTable() {
        return Coverage.table(coverage());
    }

    /** How many trials each engine ran. */
    Table engineTable() {
        return Coverage.engines(coverage());
    }

    private List<Coverage> coverage() {
        return report.results().stream()
                .flatMap(result -> Coverage.of(result).stream())
                .toList();
    }

    Table counterexampleTable() {
        return Section.counterexamples(report.results(), report.options(), "counterexamples.csv");
    }

    /** What rational arithmetic showed, empty if it was not asked. */
    String exact() {
        return report.exact() == null ? "" : report.exact().guarantee();
    }

    /** Badge of the exact verdict. */
    String exactWord() {
        return report.exact() == null ? "" : report.exact().word();
    }

    /** Class of the badge: good only if every wrong version was noticed, too. */
    String exactTone() {
        ExactResults exact = report.exact();
        return exact == null || !exact.instances().holds()
                ? "bad"
                : exact.unrefuted().isEmpty() ? "good" : "open";
    }

    /** Instances for each part of a theorem, then for each wrong version. */
    Table exactTable() {
        List<List<Object>> rows = new ArrayList<>();
        ExactResults exact = report.exact();
        if (exact != null) {
            exact.instances().checked().forEach((part, count) -> rows.add(List.of(part.toString(), "true", count, "")));
            exact.variants()
                    .forEach(variant ->
                            rows.add(List.of(variant.name(), "false", variant.concerned(), variant.refuted())));
        }
        return new Table("exact.csv", List.of("statement", "should_hold", "instances", "differing"), rows);
    }

    /** Where a search came closest to violating each claim; no rows if nothing was sought. */
    Table worstTable() {
        List<List<Object>> rows = new ArrayList<>();
        for (WorstCase worst : report.worst()) {
            rows.add(List.of(
                    worst.theorem().id(),
                    worst.among(),
                    worst.ratio(),
                    worst.mean() ? "mean over fresh networks" : "one trial",
                    worst.tried(),
                    "idem replay '" + worst.theorem().id() + " " + worst.configuration() + "'" + report.options()));
        }
        return new Table(
                "worst.csv", List.of("theorem", "largest_of_trials", "worst_found", "kind", "tried", "replay"), rows);
    }

    /** Address of the page about power if it lies beside this one, otherwise empty. */
    String power() {
        return Files.isRegularFile(folder.resolve(PowerReport.FILE)) ? PowerReport.FILE : "";
    }

    List<String> missing() {
        return report.exhibits().missing();
    }

    List<Provenance.Fact> facts() {
        List<Provenance.Fact> facts = new ArrayList<>();
        facts.add(new Provenance.Fact("command", report.again()));
        facts.addAll(report.provenance().facts());
        return facts;
    }

    /** Every CSV file of the report. */
    List<Table> tables() {
        List<Table> tables = new ArrayList<>(figures.stream().map(Figure::table).toList());
        if (tables.stream().noneMatch(table -> table.file().equals(Trials.FILE))) {
            tables.add(0, Trials.table(report.results()));
        }
        if (!strips().isEmpty()) {
            tables.add(stripTable());
        }
        if (report.exact() != null) {
            tables.add(exactTable());
        }
        if (!report.worst().isEmpty()) {
            tables.add(worstTable());
        }
        tables.add(coverageTable());
        if (!engineTable().rows().isEmpty()) {
            tables.add(engineTable());
        }
        tables.add(counterexampleTable());
        return tables;
    }
}

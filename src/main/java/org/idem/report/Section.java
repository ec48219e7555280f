package org.idem.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.idem.report.figure.Measurement;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.Table;
import org.idem.theorem.Evidence;
import org.idem.theorem.FormalProof;
import org.idem.theorem.FormalProofs;
import org.idem.theorem.Statement;
import org.idem.verification.TheoremResult;
import org.idem.verification.TheoremResult.Entry;
import org.idem.verification.TheoremResult.VariantResult;
import org.idem.verification.Verdict;

/**
 * The part of the page about one theorem.
 *
 * @param result trials and verdict
 * @param proof address of the proof page relative to the report, empty if it is not within reach
 * @param options what a command needs to find the same images and theorems
 */
record Section(TheoremResult result, String proof, String options) {
    String id() {
        return result.theorem().id();
    }

    Statement statement() {
        return result.theorem().statement();
    }

    FormalProof formal() {
        return FormalProofs.of(id());
    }

    String word() {
        return result.verdict().word();
    }

    /** Class of the verdict's badge. */
    String tone() {
        return tone(result.verdict());
    }

    static String tone(Verdict verdict) {
        return verdict.isConfirmation() ? "good" : verdict.isRefutation() ? "bad" : "open";
    }

    String guarantee() {
        // no line begins with a percent sign
        return result.verdict().guarantee().replace(" %", "\u00a0%");
    }

    String decided() {
        return Numbers.whole(result.tally().decided());
    }

    String trials() {
        return Numbers.whole(result.tally().trials());
    }

    /** Whether trials compare a number with a budget or a bound. */
    boolean measures() {
        return !Measurement.of(List.of(result)).isEmpty();
    }

    /** Median of measured over limit. */
    String median() {
        return measures() ? Numbers.brief(result.medianRatio()) : "–";
    }

    String variants() {
        return result.refutedVariants() + " of " + result.variants().size();
    }

    /** False variants with their counterexamples, also those that no trial refuted. */
    Table counterexamples() {
        return counterexamples(List.of(result), options, "");
    }

    static Table counterexamples(List<TheoremResult> results, String options, String file) {
        List<List<Object>> rows = new ArrayList<>();
        for (TheoremResult result : results) {
            for (VariantResult variant : result.variants()) {
                Entry entry = variant.counterexample();
                Evidence.Measured seen =
                        entry != null && entry.evidence() instanceof Evidence.Measured measured ? measured : null;
                rows.add(List.of(
                        result.theorem().id(),
                        variant.name(),
                        variant.refuted() ? variant.refutedAfter() : "never",
                        seen == null ? "" : seen.measured(),
                        seen == null ? "" : seen.limit(),
                        entry == null ? "" : replay(result, entry, options)));
            }
        }
        return new Table(
                file, List.of("theorem", "false_variant", "refuted_at_trial", "measured", "limit", "replay"), rows);
    }

    /** The smallest counterexample of a refuted theorem, otherwise the trial closest to its limit, then the first. */
    List<Replay> replays() {
        List<Replay> lines = new ArrayList<>();
        if (result.verdict() instanceof Verdict.Refuted refuted) {
            lines.add(new Replay(
                    "smallest counterexample",
                    replay(result, new Entry(refuted.smallest(), refuted.evidence()), options)));
        }
        result.entries().stream()
                .filter(entry -> entry.evidence() instanceof Evidence.Measured seen && seen.ratio() > 0)
                .max(Comparator.comparingDouble(entry -> ((Evidence.Measured) entry.evidence()).ratio()))
                .ifPresent(entry -> lines.add(new Replay(
                        closest(((Evidence.Measured) entry.evidence()).ratio()), replay(result, entry, options))));
        if (!result.entries().isEmpty()) {
            lines.add(new Replay("first trial", replay(result, result.entries().get(0), options)));
        }
        return lines;
    }

    private static String closest(double ratio) {
        return (ratio <= 1 ? "trial closest to its limit" : "trial furthest beyond its limit") + ", measured / limit "
                + Numbers.brief(ratio);
    }

    /**
     * A command that runs one trial again.
     *
     * @param which trial
     * @param line command
     */
    record Replay(String which, String line) {}

    private static String replay(TheoremResult result, Entry entry, String options) {
        return "idem replay '" + result.theorem().id() + " " + entry.configuration() + "'" + options;
    }
}

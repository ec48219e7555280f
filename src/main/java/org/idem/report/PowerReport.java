package org.idem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.idem.array.WholeFile;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Assets;
import org.idem.report.asset.Template;
import org.idem.report.figure.Figure;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.PowerFigure;
import org.idem.report.figure.Table;
import org.idem.verification.Calibration;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;

/**
 * The power of a run as a page with its tables.
 *
 * @param run how trials were drawn and judged
 * @param results one per theorem
 * @param calibration how often true theorems are refuted, null if it was not asked
 * @param provenance when and where it was measured
 */
public record PowerReport(
        Power run, List<PowerResult> results, @Nullable Calibration calibration, Provenance provenance) {
    /** Name of the page. */
    static final String FILE = "power.html";

    private static final String NEVER = "–";

    /** Copies the list. */
    public PowerReport {
        results = List.copyOf(results);
    }

    /**
     * Writes power.html and a CSV file for each of its tables; each appears whole or not at all.
     *
     * @param folder made if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Table table : List.of(figure().table(), variants())) {
            table.write(folder);
        }
        WholeFile.write(folder.resolve(FILE), Template.rendered("power.jte", this));
    }

    String style() {
        return Assets.style();
    }

    String script() {
        return Assets.script();
    }

    String subtitle() {
        return Count.of(results.size(), "theorem") + " · runs of "
                + Count.of(run.trials(), "trial") + " · level " + Numbers.brief(run.level()) + " · seed "
                + run.seed();
    }

    /** The curves of detection. */
    Figure figure() {
        return PowerFigure.of(results);
    }

    /** The smallest errors that are noticed. */
    List<List<String>> smallest() {
        return results.stream()
                .map(result -> List.of(
                        result.theorem().id(),
                        result.smallestNoticed().isPresent()
                                ? Numbers.brief(result.smallestNoticed().getAsDouble())
                                : "none up to 1",
                        result.variants().stream()
                                        .filter(variant -> variant.share() == 1)
                                        .count()
                                + " of " + result.variants().size(),
                        result.variants().stream().allMatch(variant -> variant.last() > 0)
                                ? trials(result.variants().stream()
                                        .mapToInt(PowerResult.Variant::last)
                                        .max()
                                        .orElse(0))
                                : NEVER))
                .toList();
    }

    /** A number of trials for people; 0 stands for never. */
    String trials(Object count) {
        return count.equals(0) ? NEVER : Table.words(count);
    }

    /** After how many trials each false variant is refuted. */
    Table variants() {
        List<List<Object>> rows = new ArrayList<>();
        for (PowerResult result : results) {
            for (PowerResult.Variant variant : result.variants()) {
                rows.add(List.of(
                        result.theorem().id(), variant.name(), variant.median(), variant.last(), variant.share()));
            }
        }
        return new Table(
                "variants.csv",
                List.of("theorem", "false_variant", "median_trials", "trials_of_all_orders", "share_of_orders"),
                rows);
    }

    /** How often true theorems were refuted, in words; empty if that was not asked. */
    String alarms() {
        return calibration == null ? "" : words(calibration);
    }

    /** Badge of {@link #alarms}. */
    String alarmsWord() {
        return calibration == null || calibration.holds() ? "as declared" : "too many";
    }

    /**
     * The result of a calibration in words.
     *
     * @param calibration runs of true theorems
     * @return one line
     */
    public static String words(Calibration calibration) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d runs refuted a true theorem, which may happen with probability %s; a run has %d trials of each "
                        + "theorem that statistics judge. By this count the probability lies between %.3f and %.3f "
                        + "(confidence %.0f %%)",
                calibration.alarms(),
                calibration.runs(),
                calibration.level(),
                calibration.trials(),
                calibration.lower(),
                calibration.upper(),
                100 * Calibration.CONFIDENCE);
    }

    List<Provenance.Fact> facts() {
        return provenance.facts();
    }
}

package org.idem.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.idem.array.WholeFile;
import org.idem.execution.Crew;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Template;
import org.idem.report.figure.Table;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.ExactResults;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verifier;
import org.idem.verification.WorstCase;
import org.jspecify.annotations.Nullable;

/**
 * The results of one run as a page, as tables and as a document for programs.
 *
 * @param run how the trials were drawn
 * @param images where the images came from, {@code builtin} or the user's file
 * @param theorems the identifiers or families that the command names; empty if it names none, as that verifies all
 * @param options what a command needs besides theorems, seed, effort and confidence to give the same results again:
 *     images, classes, engine, a search for worst cases; each with a space before it
 * @param results one per theorem
 * @param worst where a search came closest to violating claims, empty if nothing was sought
 * @param exact what rational arithmetic showed, null if it was not asked
 * @param exhibits pictures of single networks
 * @param provenance when and where the run was made
 */
public record Report(
        Verifier run,
        String images,
        List<String> theorems,
        String options,
        List<TheoremResult> results,
        List<WorstCase> worst,
        @Nullable ExactResults exact,
        Exhibits exhibits,
        Provenance provenance) {
    /** Copies the lists. */
    public Report {
        theorems = List.copyOf(theorems);
        results = List.copyOf(results);
        worst = List.copyOf(worst);
    }

    /**
     * The command that gives the same numbers.
     *
     * @return in one line
     */
    public String again() {
        return "idem verify " + (theorems.isEmpty() ? "" : String.join(" ", theorems) + " ") + "--seed " + run.seed()
                + " " + run.effort().option() + " --confidence " + run.confidence() + options;
    }

    /**
     * Writes index.html, which opens by itself and offline, and a CSV file for each of its figures. Each file appears
     * whole or not at all and replaces one of its name.
     *
     * @param folder made if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Page page = Page.of(this, folder);
        List<Supplier<String>> parts =
                List.of(() -> Template.rendered("page.jte", page), () -> writeTables(page, folder));
        try {
            WholeFile.write(
                    folder.resolve("index.html"), Crew.map(parts, Supplier::get).get(0));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static String writeTables(Page page, Path folder) {
        try {
            for (Table table : page.tables()) {
                table.write(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return "written";
    }

    /**
     * Writes the results for programs; the same seed gives the same bytes.
     *
     * @param file target
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        WholeFile.write(file, JsonResults.of(this));
    }
}

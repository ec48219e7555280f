package org.idem.report.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.array.WholeFile;
import org.idem.execution.Crew;
import org.idem.laboratory.StudyResults;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Template;

/** The report of a study: of all its networks, or of those that are finished. */
public final class StudyReport {
    private static final Pattern FILES =
            Pattern.compile("<meta name=\"idem-files\" content=\"((?:[a-z0-9_-]+\\.(?:svg|png|csv) ?)+)\">");

    private StudyReport() {}

    /**
     * What is known about a claim on deep networks.
     *
     * @param claim what is claimed, and by whom
     * @param answers theorems and findings that speak of it
     * @param open what is not covered
     */
    public record Claim(String claim, List<Answer> answers, String open) {
        /** Copies the list. */
        public Claim {
            answers = answers.isEmpty() ? List.of(new Answer("none", "")) : List.copyOf(answers);
        }
    }

    /**
     * A theorem or finding that speaks of a claim.
     *
     * @param id its identifier
     * @param verdict what the networks of the study say of it; empty if they do not test it
     */
    public record Answer(String id, String verdict) {}

    /**
     * Writes the report without claims.
     *
     * @param results what is there of the study
     * @param provenance when, where and by which version it was made
     * @param command command line that gives it again
     * @param folder made if it is missing
     * @throws IOException if something cannot be read or written
     */
    public static void write(StudyResults results, Provenance provenance, String command, Path folder)
            throws IOException {
        write(results, List.of(), provenance, command, folder);
    }

    /**
     * Writes index.html, and each picture as SVG and PNG (where Java has a font) with its data as CSV beside it. Each
     * file appears whole or not at all and replaces one of its name. Pictures of an earlier report of the folder that
     * this one lacks are deleted.
     *
     * @param results what is there of the study
     * @param claims shown as a table if there are any
     * @param provenance when, where and by which version it was made
     * @param command command line that gives it again
     * @param folder made if it is missing
     * @throws IOException if something cannot be read or written
     */
    public static void write(
            StudyResults results, List<Claim> claims, Provenance provenance, String command, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        StudyPage page = StudyPage.of(results, claims, provenance, command);
        Supplier<String> text = Crew.aside(() -> Template.rendered("study/page.jte", page));
        write(
                page.figures().stream()
                        .flatMap(figure -> figure.pictures().stream())
                        .toList(),
                folder);
        Path index = folder.resolve("index.html");
        Set<String> earlier = files(index);
        WholeFile.write(index, text.get());
        earlier.removeAll(List.of(page.files().split(" ")));
        for (String file : earlier) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    /** Side by side, because drawing takes longer than everything else. */
    private static void write(List<StudyFigure.Picture> pictures, Path folder) throws IOException {
        try {
            Crew.map(pictures, picture -> {
                try {
                    picture.write(folder);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
                return picture;
            });
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    /** Files that the page of an earlier report names as its own. */
    private static Set<String> files(Path index) throws IOException {
        Set<String> files = new HashSet<>();
        if (Files.isRegularFile(index)) {
            String page = new String(Files.readAllBytes(index), StandardCharsets.UTF_8);
            Matcher said = FILES.matcher(page);
            if (said.find()) {
                files.addAll(List.of(said.group(1).split(" ")));
            }
        }
        return files;
    }
}

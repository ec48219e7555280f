package org.idem.report.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.WholeFile;
import org.idem.laboratory.StudyResults;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Template;

/** The report of a study: of all its networks, or of those that are finished. */
public final class StudyReport {
    private StudyReport() {}

    /**
     * What is known about a claim on deep networks.
     *
     * @param claim what is claimed, and by whom
     * @param basis theorem or finding that speaks of it
     * @param verdict its verdict
     * @param open what is not covered
     */
    public record Claim(String claim, String basis, String verdict, String open) {}

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
     * file appears whole or not at all and replaces one of its name.
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
        for (StudyFigure figure : page.figures()) {
            for (StudyFigure.Picture picture : figure.pictures()) {
                picture.write(folder);
            }
        }
        WholeFile.write(folder.resolve("index.html"), Template.rendered("study/page.jte", page));
    }
}

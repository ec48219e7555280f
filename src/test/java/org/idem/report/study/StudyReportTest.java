package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.idem.laboratory.StudyResults;
import org.idem.report.Links;
import org.idem.report.drawing.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReportTest {
    /** What two sums of nine correlations, each at most 1, and their divisions may round. */
    private static final double MEAN_OF_NINE = 9 * 0x1p-52;

    @TempDir
    Path folder;

    private String written(StudyResults results) throws IOException {
        StudyReport.write(results, StudySamples.PROVENANCE, "idem study sample", folder);
        assertEquals(List.of(), Links.broken(folder.resolve("index.html")));
        return Files.readString(folder.resolve("index.html"));
    }

    private static List<StudyFigure> figures(StudyResults results) throws IOException {
        return StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures();
    }

    private static StudyFigure.Picture picture(StudyResults results, String name) throws IOException {
        return figures(results).stream()
                .flatMap(figure -> figure.pictures().stream())
                .filter(picture -> picture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyPictureHasItsFiles() throws Exception {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1", "3", "5"), "kernel", List.of("3", "5")))
                .missing(4)
                .results();
        String page = written(results);
        List<String> names = figures(results).stream()
                .flatMap(figure -> figure.pictures().stream())
                .map(StudyFigure.Picture::name)
                .toList();
        assertEquals(names.size(), names.stream().distinct().count());
        for (String kind :
                List.of("grid-1", "curves-1-", "heat-1-", "layers-1-", "strips-1", "learning-1-", "growth-1")) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(kind)), kind);
        }
        for (String name : names) {
            for (String ending : List.of(".svg", ".png", ".csv")) {
                assertTrue(page.contains("href=\"" + name + ending + "\""), name + ending);
            }
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(name + ".svg").toFile());
            assertFalse(Files.readString(folder.resolve(name + ".svg")).contains("var("), name);
            BufferedImage png = ImageIO.read(folder.resolve(name + ".png").toFile());
            assertTrue(colors(png) > 2, name);
            List<String> lines = Files.readAllLines(folder.resolve(name + ".csv"));
            assertTrue(lines.size() > 1, name);
        }
        assertTrue(page.contains("of 22 networks trained, 4 missing"));
        assertFalse(page.contains("src=\"http") || page.contains("@import") || page.contains("<script"));
    }

    private static long colors(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }

    @Test
    void aVerdictStandsBesideItsFinding() throws IOException {
        StudyReport.Answer theorem = new StudyReport.Answer("T1", "");
        StudyReport.Claim open = new StudyReport.Claim("Nobody knows.", List.of(), "everything");
        String tested = "confirmed by 3 seeds";
        String page = withClaims(
                open,
                new StudyReport.Claim(
                        "Depth matters.", List.of(theorem, new StudyReport.Answer("F.depth", tested)), "width"));
        assertTrue(page.contains("<td class=\"text\">F.depth</td><td>" + tested + "</td>"), page);
        assertTrue(page.contains("<td class=\"text\">T1</td><td>–</td>"), page);
        assertTrue(page.contains("<td class=\"text\">none</td>"), page);
        assertTrue(page.contains("rowspan=\"2\">Depth matters.</td>"), page);
        String untested = withClaims(open, new StudyReport.Claim("Depth matters.", List.of(theorem), "width"));
        assertFalse(untested.contains("<th scope=\"col\">verdict</th>"), untested);
        assertTrue(untested.contains("<td class=\"text\">T1</td><td class=\"words\""), untested);
    }

    private String withClaims(StudyReport.Claim... claims) throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1"))).results();
        StudyReport.write(results, List.of(claims), StudySamples.PROVENANCE, "idem study sample", folder);
        return Files.readString(folder.resolve("index.html"));
    }

    /**
     * The keyboard reaches pictures that may be wider than the page, and these alone; they bear their figure's name.
     */
    @Test
    void widePicturesAreReachedByKeyboard() throws IOException {
        String page =
                written(StudySamples.cnn(Map.of("depth", List.of("1", "2"))).results());
        assertTrue(page.contains("<div class=\"sketch\" tabindex=\"0\" role=\"region\" aria-labelledby=\"grid-1\">"));
        assertTrue(page.contains("<div class=\"sketch\"><svg"));
    }

    @Test
    void resultsMakeTheSameFiles() throws IOException {
        StudySamples samples = StudySamples.cnn(Map.of("depth", List.of("1", "2")));
        String page = written(samples.results());
        byte[] png = Files.readAllBytes(folder.resolve("grid-1.png"));
        assertEquals(page, written(samples.results()));
        assertTrue(Arrays.equals(png, Files.readAllBytes(folder.resolve("grid-1.png"))));
    }

    @Test
    void picturesOfAnEarlierLargerReportAreDeletedAndNothingElse() throws IOException {
        written(StudySamples.cnn(Map.of("depth", List.of("1", "3", "5"), "kernel", List.of("3", "5")))
                .results());
        assertTrue(Files.exists(folder.resolve("heat-1-identity_correlation.svg")));
        Path own = Files.writeString(folder.resolve("heat-9.svg"), "the user's");
        StudyResults smaller = StudySamples.cnn(Map.of("depth", List.of("2"))).results();
        written(smaller);
        Set<String> expected = figures(smaller).stream()
                .flatMap(figure -> figure.pictures().stream())
                .flatMap(picture -> Stream.of(".svg", ".png", ".csv").map(ending -> picture.name() + ending))
                .collect(Collectors.toCollection(TreeSet::new));
        expected.addAll(List.of("index.html", own.getFileName().toString()));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    expected,
                    left.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void sparseStudiesHaveAPage() throws IOException {
        Map<String, List<String>> one = Map.of("depth", List.of("2"));
        assertTrue(written(new StudyResults(
                        "none",
                        "",
                        7,
                        List.of(),
                        StudySamples.cnn(one).results().arrays()))
                .contains("nothing to draw"));
        assertTrue(written(StudySamples.cnn(Map.of("depth", List.of("2", "3")))
                        .diverged()
                        .results())
                .contains("out of memory (3)"));
        assertTrue(written(StudySamples.cnn(one).seeds(1).results()).contains("grid-1.svg"));
        assertTrue(written(StudySamples.cnn(one).withoutArrays().results()).contains("curves-1-"));
        assertTrue(written(StudySamples.fcn(Map.of("depth", List.of("1", "2"), "size", List.of("5x9")))
                        .images(1, 5, 9)
                        .results())
                .contains("grid-1.svg"));
        assertTrue(written(StudySamples.fcn(one).images(3, 4, 4).results()).contains("grid-1.svg"));
        assertTrue(
                written(StudySamples.cnn(one).images(3, 6, 9).withOtherSizes().results())
                        .contains("grid-1.svg"));
    }

    @Test
    void namesOfFilesAreNoMarkup() throws IOException {
        String page = written(StudySamples.cnn(Map.of("depth", List.of("1", "2")))
                .firstTest("<script>alert(1)</script>&\u0001\"")
                .results());
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&lt;script&gt;") || page.contains("&lt;scrip"));
    }

    @Test
    void curvesHoldMediansAndTheirIntervals() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1", "3")))
                .seeds(9)
                .withTheory()
                .results();
        StudyFigure.Picture picture = picture(results, "curves-1-identity_correlation");
        double[] values = results.rows().stream()
                .filter(row -> row.point().words().get("depth").equals("3"))
                .mapToDouble(row -> row.result().measures().orElseThrow().identityCorrelation())
                .sorted()
                .toArray();
        List<Object> row = picture.rows().get(1);
        assertEquals("3", row.get(0));
        assertEquals(9, row.get(1));
        assertEquals(Arrays.stream(values).sum() / 9, (Double) row.get(2), MEAN_OF_NINE);
        assertEquals(List.of(values[4], values[0], values[8], values[1], values[7]), row.subList(3, 8));
        assertEquals(List.of("T1", 0.8, 0.7, 0.9), picture.rows().get(0).subList(8, 12));
        assertTrue(picture.sketch().marks().stream()
                .anyMatch(mark -> mark instanceof Mark.Dot dot
                        && dot.sign() == Mark.Sign.DIAMOND
                        && dot.tip().startsWith("T1")));
    }

    /** A number that does not exist is an empty cell, on the page and in files, as in the tables of the study. */
    @Test
    void numbersThatDoNotExistAreEmptyCells() throws IOException {
        String page = written(StudySamples.cnn(Map.of("depth", List.of("1", "3")))
                .withTheory()
                .results());
        assertFalse(page.contains("not a number"), page);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".csv")).toList()) {
                assertFalse(Files.readString(file).contains("NaN"), file + "");
            }
        }
    }

    /** A report may show networks of earlier commands. */
    @Test
    void timesSayWhatTheyAreOf() throws IOException {
        String page =
                written(StudySamples.cnn(Map.of("depth", List.of("1", "3"))).results());
        assertTrue(page.contains("<dt>training</dt><dd>6 s, added over all networks"), page);
        assertTrue(page.contains("<dt>this command took</dt>") && !page.contains("<dt>duration</dt>"), page);
    }

    @Test
    void whatCannotBeMemorisedIsSaid() throws IOException {
        Map<String, List<String>> depths = Map.of("depth", List.of("1", "3"));
        assertTrue(written(StudySamples.cnn(depths).seeds(2).withTheory().results())
                .contains("is, on average, at least 0.125 (T6.no-memory, 2 networks)."));
        assertFalse(written(StudySamples.cnn(depths).seeds(2).results()).contains("No memory"));
    }

    /** What theorems say of networks before training stands where their curves begin. */
    @Test
    void learningBeginsWhereTheorySays() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1", "3")))
                .seeds(2)
                .withTheory()
                .results();
        StudyFigure.Picture errors = picture(results, "learning-1-train_error");
        StudyFigure.Picture sizes = picture(results, "learning-1-output_norm");
        for (List<Object> row : errors.rows()) {
            boolean said = row.get(0).equals("1") && row.get(2).equals(0);
            assertEquals(said ? List.of("T5.moments", 2.0) : List.of("", ""), row.subList(4, 6));
        }
        assertEquals(List.of("T5.law", "", 0.5, 4.0), sizes.rows().get(0).subList(4, 8));
        assertEquals(
                1,
                errors.sketch().marks().stream()
                        .filter(mark -> mark instanceof Mark.Dot dot
                                && dot.sign() == Mark.Sign.DIAMOND
                                && dot.tip().equals("T5.moments: 2"))
                        .count());
        assertTrue(figures(results).stream()
                .filter(figure -> figure.id().equals("learning-1"))
                .allMatch(figure -> figure.caption().contains("before the first step")));
        StudyResults silent =
                StudySamples.cnn(Map.of("depth", List.of("1", "3"))).seeds(2).results();
        assertTrue(figures(silent).stream().noneMatch(figure -> figure.caption().contains("before the first step")));
    }

    @Test
    void fewSeedsHaveNoInterval() throws IOException {
        StudyResults results =
                StudySamples.cnn(Map.of("depth", List.of("1", "3"))).seeds(5).results();
        List<Object> row = picture(results, "curves-1-identity_mse").rows().get(0);
        assertEquals(List.of("", ""), row.subList(6, 8));
        String caption = figures(results).stream()
                .filter(figure -> figure.id().equals("curves-1"))
                .findFirst()
                .orElseThrow()
                .caption();
        assertTrue(caption.contains("range over the seeds") && !caption.contains("95 %"), caption);
    }

    @Test
    void heatMapsHoldMeans() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1", "10", "2"), "kernel", List.of("3", "5")))
                .results();
        StudyFigure.Picture picture = picture(results, "heat-1-constant_correlation");
        assertEquals(
                List.of("1", "2", "10"),
                picture.rows().stream().limit(3).map(row -> row.get(0)).toList());
        double mean = results.rows().stream()
                .filter(row -> row.point().words().get("depth").equals("10")
                        && row.point().words().get("kernel").equals("5"))
                .mapToDouble(row -> row.result().measures().orElseThrow().constantCorrelation())
                .average()
                .orElseThrow();
        List<Object> last = picture.rows().get(5);
        assertEquals(List.of("10", "5"), last.subList(0, 2));
        assertEquals(mean, (Double) last.get(2), MEAN_OF_NINE);
    }

    /** A cell holds networks that differ by their seeds alone. */
    @Test
    void heatMapsAverageOverNoAxis() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of(
                        "depth", List.of("1", "2"), "kernel", List.of("3", "5", "7"), "bias", List.of("no", "yes")))
                .seeds(2)
                .results();
        StudyFigure map = figures(results).stream()
                .filter(figure -> figure.id().equals("heat-1"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("bias no", "bias yes"),
                map.parts().stream().map(StudyFigure.Part::words).toList());
        map.pictures().stream().flatMap(picture -> picture.rows().stream()).forEach(row -> assertEquals(2, row.get(3)));
    }

    /** One figure shows all parts of a study; what is true of some parts only stands with them. */
    @Test
    void partsShareAFigureAndItsCaption() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("1", "2"), "kernel", List.of("3", "5")))
                .results();
        List<String> titles = figures(results).stream().map(StudyFigure::title).toList();
        assertEquals(titles.size(), titles.stream().distinct().count());
        String page = written(results);
        assertTrue(page.contains("<h3>kernel 3</h3>") && page.contains("<h3>kernel 5</h3>"), page);
        StudyFigure one =
                StudyFigure.of("a-1", "A", "kernel 3", "See.", List.of(), "Dots. T1.law: 3 (of 4) lie in it.", true);
        StudyFigure other = StudyFigure.of("a-2", "A", "kernel 5", "See.", List.of(), "Dots.", true);
        assertEquals(
                List.of(new StudyFigure(
                        "a-1",
                        "A",
                        "See.",
                        List.of(
                                new StudyFigure.Part("kernel 3", List.of(), "T1.law: 3 (of 4) lie in it."),
                                new StudyFigure.Part("kernel 5", List.of(), "")),
                        "Dots.",
                        true)),
                StudyFigure.joined(List.of(one, other)));
    }

    @Test
    void gridsShowImagesOfAllGroups() {
        List<String> groups = Stream.of("a", "b", "c")
                .flatMap(group -> IntStream.range(0, 20).mapToObj(i -> group))
                .toList();
        assertEquals(List.of(0, 1, 2, 3, 20, 21, 22, 23, 40, 41, 42, 43), Grids.chosen(groups));
        assertEquals(List.of(0, 1), Grids.chosen(List.of("a", "b")));
    }

    @Test
    void gridsHoldThePixelsOfOutputs() throws IOException {
        StudyResults results =
                StudySamples.cnn(Map.of("depth", List.of("1", "2"))).results();
        StudyFigure.Picture picture = picture(results, "grid-1");
        String key = results.rows().get(3).result().key();
        double[] output =
                results.arrays().ofRun(key).orElseThrow().get("output-6").values();
        double[] found = picture.rows().stream()
                .filter(row -> row.get(0).equals("depth 2") && row.get(1).equals("patterns-6"))
                .mapToDouble(row -> (Double) row.get(5))
                .toArray();
        assertTrue(Arrays.equals(output, found));
    }

    @Test
    void manyNetworksMakeASmallPage() {
        StudyResults results = StudySamples.fcn(Map.of(
                        "depth",
                        IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList(),
                        "width",
                        List.of("8", "16", "32", "64", "128"),
                        "activation",
                        List.of("relu", "linear")))
                .seeds(50)
                .images(1, 4, 4)
                .withoutArrays()
                .results();
        assertEquals(10_000, results.rows().size());
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> written(results));
        assertTrue(folder.resolve("index.html").toFile().length() < 1_000_000);
    }
}

package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>.*?</style>", Pattern.DOTALL);
    private static final Pattern VOID = Pattern.compile("<(meta|img)([^>]*)>");

    private static final List<Report> REPORTS = List.of(Samples.ordinary(), Samples.empty(), Samples.hostile());

    @TempDir
    Path folder;

    static List<Report> reports() {
        return REPORTS;
    }

    private String page(Report report) throws IOException {
        report.write(folder);
        assertEquals(List.of(), Links.broken(folder.resolve("index.html")));
        return Files.readString(folder.resolve("index.html"));
    }

    /** The page without scripts and styles, parsed strictly. */
    private static Document parsed(String page) throws Exception {
        String bare = SCRIPT.matcher(STYLE.matcher(page).replaceAll("")).replaceAll("");
        String strict = VOID.matcher(bare).replaceAll("<$1$2/>").replace("<!doctype html>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(strict)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void isWellFormed(Report report) throws Exception {
        NodeList headings = parsed(page(report)).getElementsByTagName("h1");
        assertEquals(1, headings.getLength());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void fetchesNothing(Report report) throws IOException {
        String page = page(report);
        Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(SCRIPT.matcher(page).replaceAll(""));
        while (links.find()) {
            assertTrue(links.group(1).matches("#.*|data:.*|[a-z-]+\\.csv"), links.group(1));
        }
        Matcher resources = Pattern.compile("url\\(([^)]{0,40})")
                .matcher(STYLE.matcher(page)
                        .results()
                        .map(style -> style.group())
                        .reduce("", String::concat));
        while (resources.find()) {
            assertTrue(resources.group(1).startsWith("data:"), resources.group(1));
        }
        assertFalse(page.contains("@import"), "style sheets import nothing");
        assertFalse(page.contains("sourceMappingURL"), "no map is looked for beside the page");
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyFigureHasItsData(Report report) throws Exception {
        NodeList figures = parsed(page(report)).getElementsByTagName("figure");
        for (int i = 0; i < figures.getLength(); i++) {
            Matcher file =
                    Pattern.compile("[a-z-]+\\.csv").matcher(figures.item(i).getTextContent());
            assertTrue(file.find(), figures.item(i).getTextContent());
            assertTrue(Files.size(folder.resolve(file.group())) > 0, file.group());
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void picturesAreJsonWithoutNumbersThatJsonLacks(Report report) throws IOException {
        Matcher scripts = SCRIPT.matcher(page(report));
        int pictures = 0;
        while (scripts.find()) {
            if (scripts.group(1).contains("application/json")) {
                pictures++;
                JsonNode spec = new ObjectMapper().readTree(scripts.group(2));
                String rows = spec.at("/data/values").asText();
                assertFalse(rows.contains("NaN") || rows.contains("Infinity"), rows);
            }
        }
        boolean refined = report.results().stream().anyMatch(result -> result.refinement() != null);
        assertEquals(report.results().isEmpty() ? 0 : refined ? 3 : 2, pictures);
        assertTrue(Files.exists(folder.resolve("trials.csv")));
    }

    @Test
    void textOfOthersStaysText() throws Exception {
        String page = page(Samples.hostile());
        assertFalse(page.contains("<script>alert"), "hostile text must not become an element");
        assertFalse(page.contains("<b onclick"), "hostile text must not become an element");
        String text = parsed(page).getDocumentElement().getTextContent();
        assertTrue(text.contains(Samples.HOSTILE), "hostile text is shown as it is");
    }

    @Test
    void jsonIsRepeatable() throws IOException {
        for (String name : List.of("a.json", "b.json")) {
            Samples.ordinary().writeJson(folder.resolve(name));
        }
        assertEquals(Files.readString(folder.resolve("a.json")), Files.readString(folder.resolve("b.json")));
        JsonNode root = new ObjectMapper().readTree(folder.resolve("a.json").toFile());
        assertEquals(1, root.get("seed").asLong());
        assertEquals("T1", root.at("/theorems/0/id").asText());
        assertEquals(20, root.at("/theorems/0/tally/trials").asInt());
        assertTrue(root.at("/theorems/0/medianRatio").isNumber());
    }

    @Test
    void jsonHoldsHostileTextAndNoInvalidNumbers() throws IOException {
        Samples.hostile().writeJson(folder.resolve("a.json"));
        JsonNode root = new ObjectMapper().readTree(folder.resolve("a.json").toFile());
        assertEquals(Samples.HOSTILE, root.get("images").asText());
        assertEquals(Samples.HOSTILE, root.at("/theorems/0/variants/0/name").asText());
        assertTrue(root.at("/theorems/0/variants/1/counterexample").isNull());
    }

    @Test
    void anOldReportIsReplaced() throws IOException {
        Files.writeString(folder.resolve("index.html"), "old");
        Files.writeString(folder.resolve("mine.txt"), "mine");
        assertTrue(page(Samples.empty()).contains("<h1>"));
        assertEquals("mine", Files.readString(folder.resolve("mine.txt")));
    }
}

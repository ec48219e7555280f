package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.idem.cli.terminal.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes wherever the machine stands. */
class EveryLocaleTest {
    private static final List<String> LOCALES =
            List.of("ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai", "de-DE", "tr-TR");

    private final Locale usual = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void back() {
        Locale.setDefault(usual);
    }

    /** Everything that cheap commands print and write. */
    private String cheap() throws IOException {
        Path table = folder.resolve("bounds.csv");
        StringBuilder all = new StringBuilder();
        for (String line : List.of(
                "theorems",
                "theorems T2.law",
                "replay T1 height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=1",
                "bounds --train builtin#0 --test builtin#1 --kernels 3,5 --networks 3 --steps 9 --csv " + table,
                "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 3 --out "
                        + folder.resolve("F.npy"),
                "train CNN --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --limit --steps 3"
                        + " --out F.npy",
                "check cnn --train builtin#3 --weights src/example/kernel-5x5.npy --trained src/example/kernel-5x5.npy"
                        + " --steps 4")) {
            all.append(Run.of(line.split(line.startsWith("replay") ? "(?<=replay) " : " ")));
        }
        return all + Files.readString(table);
    }

    /** What verify and power print and write but for the time of the run. */
    private Map<String, String> reports(String name) throws IOException {
        Map<String, String> written = new TreeMap<>();
        Path report = folder.resolve(name);
        Path json = report.resolve("results.json");
        Run verified = Run.of(
                ("verify T1.steps T2.law --trials 40 --seed 3 --report " + report + " --json " + json).split(" "));
        Run power = Run.of(("power T1.steps --trials 40 --seed 3 --report " + report).split(" "));
        assertTrue(verified.code() != ExitCode.BAD_INPUT && power.code() != ExitCode.BAD_INPUT, verified + " " + power);
        written.put("stdout", (verified.toString() + power).replace(report.toString(), "report"));
        try (var files = Files.list(report)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                written.put(
                        file.getFileName().toString(),
                        text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+([+-][0-9:]+|Z)", "then")
                                .replaceAll("[0-9]+\\.[0-9] s\\b", "a while"));
            }
        }
        return written;
    }

    @Test
    void whatIsPrintedIsTheSame() throws IOException {
        String here = cheap();
        for (String locale : LOCALES) {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertEquals(here, cheap(), locale);
        }
    }

    /** Hindi digits, a comma in decimal fractions and letters that change case their own way, one after the other. */
    @Test
    void whatIsWrittenIsTheSame() throws IOException {
        Map<String, String> here = reports("usual");
        assertTrue(
                here.containsKey("index.html") && here.containsKey("results.json") && here.size() > 4,
                () -> "" + here.keySet());
        for (String locale : List.of("ar-EG", "tr-TR")) {
            Locale.setDefault(Locale.forLanguageTag(locale));
            Map<String, String> there = reports(locale);
            here.forEach((file, text) -> assertSameLines(locale + ": " + file, text, there.get(file)));
        }
    }

    /** Shows the first line that differs; whole pages are too long to read. */
    private static void assertSameLines(String name, String here, String there) {
        List<String> expected = here.lines().toList();
        List<String> found = there.lines().toList();
        for (int line = 0; line < Math.min(expected.size(), found.size()); line++) {
            assertEquals(expected.get(line), found.get(line), name + ", line " + (line + 1));
        }
        assertEquals(expected.size(), found.size(), name + ", lines");
    }

    /** Otherwise the two tests above would show nothing. */
    @Test
    void theLocalesDifferWhereNoneIsNamed() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        assertNotEquals("1.5", String.format("%.1f", 1.5));
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        assertNotEquals("i", "I".toLowerCase());
    }
}

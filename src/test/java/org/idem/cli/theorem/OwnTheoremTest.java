package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.idem.cli.Run;
import org.idem.cli.terminal.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial about theorems of one's own, with the classes of the tutorial. */
class OwnTheoremTest {
    private static final Path TUTORIAL = Path.of("src/example/theorem");
    private static final List<String> CLASSES = List.of("Regression", "EarlyStopping", "EarlyStoppingIsRidge");

    @TempDir
    Path folder;

    private String classes = "";

    @BeforeEach
    void compiled() throws IOException, URISyntaxException {
        Path target = Files.createDirectories(folder.resolve("own/example"));
        for (String name : CLASSES) {
            Files.copy(compiledClass(name), target.resolve(name + ".class"));
        }
        classes = folder.resolve("own").toString();
    }

    private static Path compiledClass(String name) throws URISyntaxException {
        URL address = OwnTheoremTest.class.getResource("/example/" + name + ".class");
        return Path.of(address.toURI());
    }

    private Run run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--classpath", classes));
        return Run.of(line.toArray(String[]::new));
    }

    @Test
    void theTruthIsConfirmedAndTheFolkloreRefutedByItsSmallestCase() {
        String report = folder.resolve("report").toString();
        Run run = run("verify", "--seed", "1", "--report", report);
        assertEquals(ExitCode.REFUTED, run.code(), run.error());
        String tutorial = text(TUTORIAL.resolve("README.md"));
        for (String line : run.output().lines().limit(2).toList()) {
            assertTrue(tutorial.contains(line), "the tutorial shows another line than: " + line);
        }
        Matcher replay = Pattern.compile("idem replay '([^']*)'").matcher(run.output());
        assertTrue(replay.find());
        assertTrue(replay.group(1).startsWith("ridge.conjecture examples=1 inputs=1 steps=1 "), replay.group(1));
        assertTrue(tutorial.contains(replay.group(1)));
        Run again = run("replay", replay.group(1));
        assertEquals(ExitCode.REFUTED, again.code());
        assertTrue(again.output().contains("inputs        3"), again.output());
        assertTrue(text(folder.resolve("report/index.html")).contains("--classpath"));
        assertEquals(
                ExitCode.DONE,
                run("verify", "ridge.early-stopping", "--trials", "50", "--report", report)
                        .code());
    }

    @Test
    void powerAndStatementsOfAJar() throws IOException {
        Path jar = folder.resolve("own.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out)) {
            for (String name : CLASSES) {
                archive.putNextEntry(new JarEntry("example/" + name + ".class"));
                archive.write(Files.readAllBytes(folder.resolve("own/example/" + name + ".class")));
            }
        }
        classes = jar.toString();
        Run power = run("power", "ridge.early-stopping", "--trials", "100");
        assertEquals(ExitCode.DONE, power.code(), power.output());
        assertTrue(power.output().contains("not stopped at all"), power.output());
        Run list = run("theorems");
        assertTrue(list.output().contains("T2.rank-error") && list.output().contains("ridge.conjecture"));
        Run one = run("theorems", "ridge.early-stopping");
        assertTrue(one.output().contains("inputs from 1 to 3") || one.output().contains("inputs"), one.output());
        assertFalse(one.output().contains("proofs/"), one.output());
        // an axis means what the theorem's author says, whatever the program calls by its name
        assertTrue(one.output().contains("    rate between 0.00390625 and 0.0625\n"), one.output());
    }

    @Test
    void aClassPathWithoutTheoremsIsRefused() throws IOException {
        for (String wrong : List.of(
                folder.resolve("missing.jar").toString(),
                folder.resolve("report").toString())) {
            classes = wrong;
            Run run = run("theorems");
            assertEquals(ExitCode.BAD_INPUT, run.code());
            assertEquals(1, run.error().lines().count(), run.error());
            assertTrue(run.error().contains("--classpath must"), run.error());
        }
        classes = Files.createDirectory(folder.resolve("empty")).toString();
        assertTrue(run("theorems").error().contains("got none in"));
        classes =
                Files.write(folder.resolve("broken.jar"), new byte[] {1, 2, 3}).toString();
        assertEquals(ExitCode.BAD_INPUT, run("theorems").code());
        Files.write(folder.resolve("own/example/EarlyStopping.class"), new byte[] {1, 2, 3});
        Files.move(folder.resolve("own/example/EarlyStopping.class"), folder.resolve("own/example/Other.class"));
        classes = folder.resolve("own").toString();
        assertTrue(run("theorems").error().contains("classes that can be loaded"));
    }

    @Test
    void twiceTheSameTheoremIsRefused() {
        classes = classes + java.io.File.pathSeparator + classes;
        Run run = run("verify");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.error().contains("identifiers of their own"), run.error());
    }

    @Test
    void theTutorialShowsTheCodeThatRuns() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.list(TUTORIAL.resolve("example"))) {
            files.forEach(file -> code.append(text(file)));
        }
        Matcher blocks =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(text(TUTORIAL.resolve("README.md")));
        int shown = 0;
        while (blocks.find()) {
            for (String line : blocks.group(1).lines().toList()) {
                assertTrue(code.toString().contains(line.strip()), line);
                shown++;
            }
        }
        assertTrue(shown > 10);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.idem.cli.Run;
import org.idem.cli.terminal.ExitCode;
import org.idem.testing.TheoremProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes compiles, is confirmed, and passes its own tests; nothing is ever replaced. */
class NewTheoremCommandTest {
    @TempDir
    Path folder;

    private Run run(String id) {
        return Run.of("new-theorem", id, "--into", folder.resolve("mine").toString());
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file), Files.readString(file));
            }
        }
        return found;
    }

    private String compiled(String type) {
        String classes = folder.resolve("classes").toString();
        String sources = folder.resolve("mine/src").toString();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-Xlint:all,-processing,-path",
                        "-Werror",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes,
                        sources + "/main/java/theorems/" + type + "Theorem.java",
                        sources + "/test/java/theorems/" + type + "Properties.java");
        assertEquals(0, code);
        return classes;
    }

    @Test
    void whatIsWrittenCompilesAndIsConfirmed() throws IOException {
        Run written = run("mine.first-one");
        assertEquals(ExitCode.DONE, written.code(), written::toString);
        assertEquals(
                3,
                written.output()
                        .lines()
                        .filter(line -> line.startsWith("written "))
                        .count());
        assertTrue(written.output().contains("mine.first-one.md"), written::toString);
        assertTrue(written.output().contains("\nverify         './idem' verify --classpath '"), written::toString);
        String classes = compiled("MineFirstOne");
        Run verified = Run.of(
                "verify",
                "--classpath",
                classes,
                "--report",
                folder.resolve("report").toString());
        assertEquals(ExitCode.DONE, verified.code(), verified::toString);
        assertTrue(verified.output().startsWith("mine.first-one confirmed "), verified::toString);
        assertTrue(verified.output().contains("3 of 3 false variants refuted"), verified::toString);
        Run replayed = Run.of("replay", "mine.first-one start=1 eighths=1 steps=1 seed=1", "--classpath", classes);
        assertEquals(ExitCode.DONE, replayed.code(), replayed::toString);
        assertTrue(replayed.output().contains("Descent[start=1, "), replayed::toString);
    }

    @Test
    void itsOwnTestsPass() throws IOException, ReflectiveOperationException {
        run("a");
        URL classes = Path.of(compiled("A")).toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes}, getClass().getClassLoader())) {
            Constructor<?> constructor =
                    loader.loadClass("theorems.AProperties").getDeclaredConstructor();
            constructor.setAccessible(true);
            TheoremProperties properties = (TheoremProperties) constructor.newInstance();
            properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(new SecureRandom().nextLong());
        }
    }

    @Test
    void nothingIsReplaced() throws IOException {
        run("a.b");
        Map<Path, String> before = files();
        // the same words give the same class
        for (String id : List.of("a.b", "a_b", "a-b")) {
            Run again = run(id);
            assertEquals(ExitCode.BAD_INPUT, again.code(), again::toString);
            assertTrue(again.error().startsWith("idem: ID must have no files yet, but there is "), again::toString);
            assertEquals(before, files());
        }
        Files.delete(folder.resolve("mine/src/main/java/theorems/ABTheorem.java"));
        assertEquals(ExitCode.BAD_INPUT, run("a.b").code());
        assertEquals(2, files().size());
    }

    @Test
    void otherNamesAreRefusedInOneLine() throws IOException {
        for (String id : List.of("", "1a", "a b", "../a", "a/b", "é", "a".repeat(61), "T1.steps", "t2.LAW")) {
            Run run = run(id);
            assertEquals(ExitCode.BAD_INPUT, run.code(), run::toString);
            assertEquals(1, run.error().lines().count(), run::toString);
            assertTrue(run.error().startsWith("idem: ID must be "), run::toString);
        }
        assertEquals(Map.of(), files());
        Files.writeString(folder.resolve("mine"), "a file");
        assertTrue(run("a").error().startsWith("idem: --into must name a folder"));
        Files.delete(folder.resolve("mine"));
        Files.createDirectory(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/proofs"), "a file");
        Run half = run("a");
        assertEquals(ExitCode.BAD_INPUT, half.code(), half::toString);
        assertEquals(1, files().size());
    }
}

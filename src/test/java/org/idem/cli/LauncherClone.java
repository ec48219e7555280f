package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a clone of its own, with a JDK that prints what it is told and a Maven that notes how often it is
 * asked to build.
 */
abstract class LauncherClone {
    private static final String JAVA = """
        #!/bin/bash
        echo "threads=$OMP_NUM_THREADS locale=$LC_ALL"
        echo "core=${OPENBLAS_CORETYPE:-}"
        for word in "$@"; do echo "word=$word"; done
        case " $* " in
            *" -Didem.parts=ask "*" power "*) exit 2 ;;
            *" -Didem.parts=ask "*) exit 75 ;;
            *" -XX:ArchiveClassesAtExit="*)
                touch "${0%/*}/archiving"
                sleep "${ARCHIVE_SECONDS:-0}"
                for word in "$@"; do case "$word" in *AtExit=*) echo archive >"${word#*=}" ;; esac; done
                exit "${ARCHIVE_ENDS:-4}"
                ;;
        esac
        """;
    /** As slow as a build, for two to be under way at once. */
    private static final String MAVEN = """
        #!/bin/bash
        echo built >>builds
        sleep "${BUILD_SECONDS:-0}"
        mkdir -p target/spark/lib target/parquet/lib
        echo "$*" >last-build
        case " $* " in *" package "*) mkdir -p target/lib; echo "$*" | tee target/idem.jar >target/lib/used.jar ;; esac
        for part in spark parquet; do
            case " $* " in
                *" -P "*"$part"*) echo "$*" | tee target/$part/idem-$part.jar >target/$part/lib/used.jar ;;
            esac
        done
        exit "${BUILD_ENDS:-0}"
        """;

    @TempDir
    Path root;

    Path clone = Path.of("");

    @BeforeEach
    void cloneOfTheProject() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        clone = Files.createDirectories(root.resolve("a b%20é#1!"));
        Files.createDirectories(clone.resolve("src/main"));
        Files.createFile(clone.resolve("pom.xml"));
        program(clone.resolve("idem"), Files.readString(Path.of("idem")));
        program(root.resolve("jdk/bin/java"), JAVA);
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        program(root.resolve("bin/mvn"), MAVEN);
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A script in the folder above the clone. */
    Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script).directory(root.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of("OMP_NUM_THREADS", "OPENBLAS_CORETYPE", "LANG", "LC_CTYPE", "IDEM_JAVA_OPTS"));
        // the JVM that runs the tests may be unable to name the clone
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        return builder.start();
    }

    static Run end(Process process) throws IOException {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return new Run(process.exitValue(), output, error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    Run run(String script) throws IOException {
        return end(start(script));
    }

    void ran(String script, String... parts) throws IOException {
        Run run = run(script);
        assertEquals(0, run.code(), run::toString);
        for (String part : parts) {
            assertTrue(run.output().contains(part), () -> "'" + part + "' is missing: " + run);
        }
    }

    void refused(int code, String script, String line) throws IOException {
        Run run = run(script);
        assertEquals(code, run.code(), run::toString);
        assertEquals("", run.output());
        assertTrue(
                run.error().matches("(?s)(idem: (building|preparing)[^\n]*\n)*idem: " + line + "[^\n]*\n"), run::error);
    }

    long builds() throws IOException {
        return Files.lines(clone.resolve("builds")).count();
    }
}

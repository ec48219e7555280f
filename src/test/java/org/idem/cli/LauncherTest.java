package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a clone of its own, with a JDK that prints what it is told and a Maven that notes how often it is
 * asked to build.
 */
class LauncherTest {
    private static final String JAVA = """
        #!/bin/bash
        echo "threads=$OMP_NUM_THREADS locale=$LC_ALL"
        echo "core=${OPENBLAS_CORETYPE:-}"
        for word in "$@"; do echo "word=$word"; done
        case " $* " in
            *" -Didem.parts=ask "*" power "*) exit 2 ;;
            *" -Didem.parts=ask "*) exit 75 ;;
            *" -XX:ArchiveClassesAtExit="*)
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
        case " $* " in *" package "*) echo "$*" >target/idem.jar ;; esac
        for part in spark parquet; do
            case " $* " in *" -P "*"$part"*) touch target/$part/idem-$part.jar target/$part/lib/used.jar ;; esac
        done
        exit "${BUILD_ENDS:-0}"
        """;

    @TempDir
    Path root;

    private Path clone = Path.of("");

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
    private Process start(String script) throws IOException {
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

    private static Run end(Process process) throws IOException {
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

    private Run run(String script) throws IOException {
        return end(start(script));
    }

    private void ran(String script, String... parts) throws IOException {
        Run run = run(script);
        assertEquals(0, run.code(), run::toString);
        for (String part : parts) {
            assertTrue(run.output().contains(part), () -> "'" + part + "' is missing: " + run);
        }
    }

    private void refused(int code, String script, String line) throws IOException {
        Run run = run(script);
        assertEquals(code, run.code(), run::toString);
        assertEquals("", run.output());
        assertTrue(
                run.error().matches("(?s)(idem: (building|preparing)[^\n]*\n)*idem: " + line + "[^\n]*\n"), run::error);
    }

    private long builds() throws IOException {
        return Files.lines(clone.resolve("builds")).count();
    }

    @Test
    void twoFirstRunsBuildOnce() throws IOException {
        Process one = start("export BUILD_SECONDS=1; a*/idem one");
        Process other = start("export BUILD_SECONDS=1; sleep 0.4; a*/idem other");
        assertTrue(end(one).output().contains("word=one"));
        assertTrue(end(other).output().contains("word=other"));
        assertEquals(1, builds());
        ran("a*/idem again", "word=again");
        assertEquals(1, builds());
    }

    @Test
    void newerSourcesAreBuilt() throws IOException {
        ran("a*/idem");
        ran("touch -d '1 minute' a*/src/main; a*/idem");
        assertEquals(2, builds());
    }

    @Test
    void thePartForSparkIsBuiltWhenItIsAskedFor() throws IOException {
        ran("a*/idem study", "word=-jar\n");
        ran(
                "a*/idem study --spark 'local[2]'",
                "word=--add-opens=java.base/java.nio=ALL-UNNAMED\n",
                "/target/idem.jar:",
                "/target/spark/idem-spark.jar:",
                "word=org.idem.cli.Main\nword=study\nword=--spark\nword=local[2]\n");
        assertEquals(2, builds());
        ran("a*/idem study --spark=local", "word=org.idem.cli.Main\n");
        ran("a*/idem study", "word=-jar\n");
        assertEquals(2, builds());
        // what was built with older sources of the program does not stay beside newer ones
        ran("touch -d '1 minute' a*/src/main; a*/idem study");
        assertEquals(3, builds());
        Files.createDirectory(clone.resolve("src/spark"));
        ran("touch -d '1 minute ago' a*/src/main; a*/idem study --spark local");
        assertEquals(4, builds());
        ran("touch -d '1 minute' a*/src/spark; a*/idem study");
        assertEquals(4, builds());
        ran("a*/idem verify --spark local");
        assertEquals(5, builds());
    }

    @Test
    void everyPartIsBuiltOnce() throws IOException {
        ran(
                "a*/idem study --export=x.parquet --export y.parquet",
                "/target/idem.jar:",
                "/target/parquet/idem-parquet.jar:",
                "word=org.idem.cli.Main\nword=study\n");
        assertEquals(2, builds());
        ran("a*/idem study --spark local", "/target/spark/idem-spark.jar:");
        assertEquals(3, builds());
        ran("a*/idem study --export x.parquet --spark local", "/idem-parquet.jar:", "/idem-spark.jar:");
        assertEquals(3, builds());
        ran("touch -d '1 minute' a*/src/main; a*/idem study --spark local --export x.parquet", "/idem-spark.jar:");
        assertEquals(5, builds());
        String goals = Files.readString(clone.resolve("last-build"));
        assertTrue(goals.contains("-P spark,parquet compiler:testCompile@spark "), goals);
        assertFalse(goals.contains("package"), "the program is compiled once");
    }

    /** Which takes a second, where a build takes minutes. */
    @Test
    void aWrongCommandLineIsRefusedBeforeItsPartIsBuilt() throws IOException {
        ran("a*/idem");
        assertEquals(2, run("a*/idem power --spark x").code());
        assertEquals(1, builds());
    }

    /** Whoever ends it, or a JDK that makes no archive, loses nothing else. */
    @Test
    void theArchiveOfClassesIsMadeOnceAndOnItsOwn() throws IOException {
        String shared = "word=-XX:SharedArchiveFile=";
        Run ended = run("export ARCHIVE_SECONDS=9; timeout 1 a*/idem one");
        assertEquals(124, ended.code());
        assertTrue(ended.error().contains("idem: building the program"), ended.error());
        assertTrue(ended.error().endsWith("idem: preparing faster starts\n"), ended.error());
        Run again = run("a*/idem one");
        assertEquals("idem: preparing faster starts\n", again.error());
        assertTrue(again.output().contains(shared), again.output());
        assertEquals("", run("a*/idem one").error());
        assertEquals(1, builds());
        Run interrupted = run("rm a*/target/classes.jsa; ARCHIVE_ENDS=130 a*/idem one");
        assertEquals(130, interrupted.code());
        assertEquals("", interrupted.output());
        assertEquals(again.error(), run("a*/idem one").error());
        assertFalse(run("rm a*/target/classes.jsa; ARCHIVE_ENDS=1 a*/idem one")
                .output()
                .contains(shared));
        Run without = run("a*/idem one");
        assertEquals("", without.error());
        assertFalse(without.output().contains(shared));
    }

    @Test
    void sparkHasAnArchiveOfItsOwn() throws IOException {
        String shared = "/target/spark.jsa\n";
        String prepared = "idem: preparing faster starts\n";
        ran("a*/idem study", "/target/classes.jsa\n");
        Run first = run("a*/idem study --spark local");
        assertTrue(first.error().endsWith(prepared), first::error);
        assertTrue(first.output().contains(shared), first::output);
        Run again = run("a*/idem verify --spark local");
        assertEquals("", again.error());
        assertTrue(again.output().contains(shared), again::output);
        ran("a*/idem study --export x.parquet --spark local", shared, "/idem-spark.jar:");
        ran("a*/idem study --export x.parquet", "/target/classes.jsa\n");
        Files.createDirectory(clone.resolve("src/spark"));
        for (String newer : List.of("spark", "main")) {
            Run rebuilt = run("touch -d '1 minute' a*/src/" + newer + "; a*/idem study --spark local");
            assertTrue(rebuilt.error().endsWith(prepared), rebuilt::error);
        }
        Run without = run("rm a*/target/spark.jsa; ARCHIVE_ENDS=1 a*/idem study --spark local");
        assertFalse(without.output().contains(shared), without::output);
    }

    @Test
    void aPartThatLacksAJarIsBuiltAgain() throws IOException {
        String command = "a*/idem study --spark local --export x.parquet";
        ran(command);
        ran(command);
        assertEquals(2, builds());
        ran("rm a*/target/parquet/lib/used.jar; " + command);
        assertEquals(3, builds());
        ran("rm a*/target/spark/lib/used.jar; " + command);
        assertEquals(4, builds());
        ran("rm a*/target/spark/lib/used.jar; a*/idem study");
        assertEquals(4, builds());
    }

    @Test
    void whoOnlyCollectsCompilesQuickly() throws IOException {
        String quickly = "word=-XX:TieredStopAtLevel=1\n";
        ran("a*/idem study figure2 --spark spark://head:7077", quickly);
        ran("a*/idem study --spark=spark://head:7077", quickly);
        for (String here : List.of("study --spark local", "study", "verify --spark spark://head:7077")) {
            Run run = run("a*/idem " + here);
            assertFalse(run.output().contains(quickly), run::output);
        }
    }

    /** A build fails where there is no network, or ends with the terminal in which it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"export BUILD_ENDS=1;", "export BUILD_SECONDS=9; timeout 1"})
    void aPartThatCannotBeBuiltLeavesTheProgramAsItWas(String failing) throws IOException {
        ran("a*/idem study");
        String program = Files.readString(clone.resolve("target/idem.jar"));
        assertTrue(run(failing + " a*/idem study --spark local").code() > 0);
        assertEquals(program, Files.readString(clone.resolve("target/idem.jar")));
        ran("a*/idem study", "word=-jar\n");
        assertEquals(2, builds());
        ran("a*/idem study --spark local", "/target/spark/idem-spark.jar:");
        assertEquals(3, builds());
        refused(1, "touch -d '1 minute' a*/src/main; BUILD_ENDS=1 a*/idem study", "the build failed, see ");
        ran("touch -d '1 minute ago' a*/src/main; a*/idem study --spark local", "/target/spark/idem-spark.jar:");
        assertEquals(4, builds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export CDPATH=$PWD; a*/idem x",
                "cd a*; ./idem x",
                "mkdir 'l k'; ln -s \"$(echo a*)\" folder; ln -s ../folder/idem 'l k/one'; ln -s one 'l k/two'; 'l"
                        + " k/two' x",
                "env -i PATH=\"$PATH\" JAVA_HOME=\"$JAVA_HOME\" a*/idem x",
                "a*/idem x <&-",
                "a*/idem x 2>&-"
            })
    void theCloneIsFoundHoweverItIsCalled(String script) throws IOException {
        ran(script, "word=-Didem.home=", "/target/idem.jar\n", "word=x\n", "locale=C.UTF-8", "threads=1 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OMP_NUM_THREADS=2,1|2",
                "OMP_NUM_THREADS=' 4 , 2'|4",
                "OMP_NUM_THREADS=|1",
                "IDEM_THREADS=3 OMP_NUM_THREADS=x|3",
                "IDEM_THREADS=999|999"
            })
    void threadsAreOneNumber(String setting, String threads) throws IOException {
        ran(setting + " a*/idem", "threads=" + threads + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-1", "1.5", "1000", "99999999999999999999", "08", "0x2", "2;1"})
    void whatIsNoNumberOfThreadsIsNamed(String value) throws IOException {
        for (String variable : List.of("IDEM_THREADS", "OMP_NUM_THREADS")) {
            refused(
                    2,
                    variable + "='" + value + "' a*/idem",
                    variable + " must be a whole number from 1 to 999, got '" + value + "'");
        }
    }

    /** The processor is this machine's own, of which its vendor's word and abilities are read here in another way. */
    @Test
    void openBlasIsToldWhatTheProcessorCanDo() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(processors));
        String text = Files.readString(processors);
        boolean intel = text.contains("GenuineIntel");
        boolean wide = text.contains(" avx512vl") && text.contains(" avx512bw") && text.contains(" avx512dq");
        boolean fused = text.contains(" avx2 ") && text.contains(" fma ");
        boolean known = intel || text.contains("AuthenticAMD");
        ran("a*/idem", "core=" + (known && wide ? "SkylakeX" : intel && fused ? "Haswell" : "") + "\n");
        ran("OPENBLAS_CORETYPE=Zen a*/idem", "core=Zen\n");
        boolean halved = text.contains("AuthenticAMD") && text.contains(" avx512f ");
        ran("a*/idem study", halved ? "word=-XX:MaxVectorSize=32\n" : "word=study\n");
    }

    @Test
    void trainingCollectsEarly() throws IOException {
        ran("a*/idem train", "word=-Xmn32m\n");
        ran("a*/idem study", "word=-Xmn48m\n", "word=-Xms80m\n");
        ran("IDEM_JAVA_OPTS=-Xmx60m a*/idem study", "word=-XX:MinHeapFreeRatio=25\nword=-XX:Tier4");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        refused(1, "JAVA_HOME=/nowhere a*/idem", "JAVA_HOME must name a JDK .* no program /nowhere/bin/java");
        String withoutMaven = "mkdir tools; for tool in bash dirname readlink sed find head; do"
                + " ln -s \"$(command -v $tool)\" tools; done; PATH=tools a*/idem";
        refused(1, withoutMaven, "Maven must be on the PATH");
        refused(1, "printf 'false' >bin/mvn; chmod +x bin/mvn; a*/idem", "the build failed, see ");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"11.0.1\"\n");
        refused(1, "a*/idem", "a JDK of version 17 or newer is needed, but .* is of version 11");
    }

    @Test
    void resultsNeedSomewhereToGoAndRoomToBeComputed() throws IOException {
        refused(1, "a*/idem >&-", "standard output is closed");
        ran("a*/idem");
        refused(1, "ulimit -v 3000000; a*/idem", "the address space must be at least \\d+ KiB, got a limit of 3000000");
        ran("ulimit -v 3000000; IDEM_JAVA_OPTS=-Xmx600m a*/idem", "word=-Xmx600m");
    }
}

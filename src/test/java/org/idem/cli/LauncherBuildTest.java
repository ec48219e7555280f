package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher builds and prepares before the program starts. */
class LauncherBuildTest extends LauncherClone {
    /** No folder is writable to the launcher; who runs the tests may be able to write anywhere. */
    private static final String READ_ONLY = """
            cat >locked <<'END'
            [() { case "$*" in "-w "*) false ;; "! -w "*) true ;; *) builtin [ "$@" ;; esac; }
            END
            export BASH_ENV=$PWD/locked
            """;

    /** Ends a command with all that it has started, as a terminal does, when something is true. */
    private static final String ENDED = """
            ended() {
                set -m
                "${@:2}" &
                until eval "$1"; do sleep 0.05; done
                exec 2>/dev/null
                kill -- -$!
                wait $!
            }
            """;

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
        Run ended = run(ENDED + "export ARCHIVE_SECONDS=60; ended '[ -f jdk/bin/archiving ]' a*/idem one");
        assertEquals(143, ended.code());
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

    /** A full disk or a copy that was ended leaves a part of a file. */
    @Test
    void whatWasTornIsMadeAgain() throws IOException {
        String command = "a*/idem study --spark local --export x.parquet";
        ran(command);
        assertEquals(2, builds());
        String[] torn = {
            "idem.jar", "lib/used.jar", "spark/idem-spark.jar", "spark/lib/used.jar", "parquet/lib/used.jar"
        };
        for (String file : torn) {
            ran("truncate -s -1 a*/target/" + file + "; " + command);
            Run again = run(command);
            assertEquals("", again.error(), file);
        }
        // the program is built twice, and its parts with it
        assertEquals(2 + 2 * 2 + 3, builds());
        for (String spoilt : List.of("truncate -s 3", "truncate -s 0", "touch -d '1 minute ago'")) {
            for (String archive : List.of("classes.jsa", "spark.jsa")) {
                Run prepared = run(spoilt + " a*/target/" + archive + "; " + command);
                assertEquals("idem: preparing faster starts\n", prepared.error(), archive);
                assertTrue(prepared.output().contains("/target/spark.jsa\n"), prepared::output);
                assertEquals("", run(command).error());
            }
        }
    }

    @Test
    void whoeverCannotWriteIsToldWhatItsOwnerHasToDo() throws IOException {
        refused(
                1,
                READ_ONLY + "a*/idem study",
                "the program must be built first, but .*/target cannot be written; let its owner run .*/idem once");
        ran("a*/idem study");
        for (String part : List.of("spark", "export")) {
            Run run = run(READ_ONLY + "a*/idem study --" + part + " local 2>&1 >/dev/null");
            assertEquals(1, run.code(), run::toString);
            String named =
                    "idem: the part for " + (part.equals("export") ? "parquet" : part) + " must be built first, ";
            assertTrue(run.output().startsWith(named), run::output);
            assertTrue(run.output().endsWith("let its owner give the same command once\n"), run::output);
        }
        assertEquals(1, builds());
        Run torn = run("truncate -s 3 a*/target/classes.jsa; " + READ_ONLY + "a*/idem study");
        assertEquals(0, torn.code(), torn::toString);
        assertFalse(torn.output().contains("SharedArchiveFile"), torn::output);
    }

    @Test
    void aBuildThatSomebodyEndsHasNotFailed() throws IOException {
        for (int code : new int[] {129, 130, 143}) {
            Run ended = run("BUILD_ENDS=" + code + " a*/idem study");
            assertEquals(code, ended.code());
            assertTrue(ended.error().matches("idem: building the program [^\n]*\n"), ended::error);
        }
        ran("a*/idem study");
        Run ended = run("BUILD_ENDS=130 a*/idem study --spark local 2>&1 >/dev/null");
        assertEquals(130, ended.code());
        assertTrue(ended.output().matches("idem: building the part for spark [^\n]*\n"), ended::output);
    }

    /** A build fails where there is no network, or ends with the terminal in which it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"export BUILD_ENDS=1;", "export BUILD_SECONDS=60; ended '[ $(wc -l <a*/builds) = 2 ]'"})
    void aPartThatCannotBeBuiltLeavesTheProgramAsItWas(String failing) throws IOException {
        ran("a*/idem study");
        String program = Files.readString(clone.resolve("target/idem.jar"));
        assertTrue(run(ENDED + failing + " a*/idem study --spark local").code() > 0);
        assertEquals(program, Files.readString(clone.resolve("target/idem.jar")));
        ran("a*/idem study", "word=-jar\n");
        assertEquals(2, builds());
        ran("a*/idem study --spark local", "/target/spark/idem-spark.jar:");
        assertEquals(3, builds());
        refused(1, "touch -d '1 minute' a*/src/main; BUILD_ENDS=1 a*/idem study", "the build failed, see ");
        ran("touch -d '1 minute ago' a*/src/main; a*/idem study --spark local", "/target/spark/idem-spark.jar:");
        assertEquals(4, builds());
    }
}

package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher starts the program. */
class LauncherTest extends LauncherClone {
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

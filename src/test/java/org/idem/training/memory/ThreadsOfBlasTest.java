package org.idem.training.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.openblas.global.openblas;
import org.idem.array.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fresh process does that is told to use two threads everywhere. */
class ThreadsOfBlasTest {
    /** A process that may keep BLAS alone, works on native memory and says how many threads BLAS has. */
    public static final class Fresh {
        private Fresh() {}

        /** Whether BLAS is kept alone before the first use of memory. */
        public static void main(String[] arguments) {
            if (Boolean.parseBoolean(arguments[0])) {
                Threads.keepBlasAlone();
            }
            Memory.allocate(1, Precision.FLOAT32).scale(1, 0);
            System.out.println("threads " + openblas.blas_get_num_threads());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blasStaysAloneWhenMemoryIsFirstUsed(boolean alone) throws Exception {
        ProcessBuilder fresh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fresh.class.getName(),
                        Boolean.toString(alone))
                .redirectErrorStream(true);
        fresh.environment().put("OMP_NUM_THREADS", "2");
        fresh.environment().put("OPENBLAS_NUM_THREADS", "2");
        Process process = fresh.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int several = Math.min(2, Runtime.getRuntime().availableProcessors());
        assertEquals("threads " + (alone ? 1 : several), said.substring(said.lastIndexOf('\n') + 1));
        assertEquals(0, process.waitFor());
    }
}

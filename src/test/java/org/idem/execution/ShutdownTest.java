package org.idem.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.ScratchFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is ended while it works, as by Ctrl-C. */
class ShutdownTest {
    @TempDir
    Path folder;

    /** Runs the method {@code main} of a class in a process of its own, whose temporary folders lie in this test's. */
    private Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName()))
                .redirectErrorStream(true)
                .start();
    }

    private static String rest(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Fills a temporary folder for ever. */
    static final class Writer {
        private Writer() {}

        /** Says when there is a file. */
        public static void main(String[] arguments) throws IOException {
            ScratchFolder scratch = new ScratchFolder();
            try {
                for (int i = 0; ; i++) {
                    Path one = scratch.path().resolve("folder-" + i);
                    Files.createDirectory(one);
                    Files.writeString(one.resolve("file"), "text");
                    if (i == 0) {
                        System.out.println("began");
                    }
                }
            } catch (IOException gone) {
                Shutdown.await();
            }
        }
    }

    @Test
    void temporaryFoldersGoWithTheProcess() throws IOException, InterruptedException {
        Process process = start(Writer.class);
        assertEquals('b', process.getInputStream().read());
        // its output stays open
        process.toHandle().destroy();
        assertEquals("egan\n", rest(process));
        assertEquals(128 + 15, process.exitValue());
        try (var left = Files.newDirectoryStream(folder, "idem-*")) {
            assertFalse(left.iterator().hasNext());
        }
    }

    /** Says what state a thread is in that fails while the process ends. */
    static final class Failing {
        private Failing() {}

        /** Ends at once. */
        public static void main(String[] arguments) {
            Shutdown.await();
            System.out.println("works");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Thread failing = new Thread(() -> {
                    Shutdown.await();
                    System.out.println("speaks");
                });
                failing.setDaemon(true);
                failing.start();
                while (failing.isAlive() && failing.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                System.out.println(failing.getState());
            }));
        }
    }

    @Test
    void whatFailsBecauseTheProcessEndsSaysNothing() throws IOException, InterruptedException {
        assertEquals("works\nWAITING\n", rest(start(Failing.class)));
    }
}

package org.idem.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.idem.cli.Main;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Results that are lost are no results: exit code 1 and one line. Results that their reader no longer wants are left
 * out in silence, with exit code 141; files are written all the same.
 */
class StandardOutputTest {
    @TempDir
    Path folder;

    private static final String FULL = "No space left on device";
    private static final String CLOSED = "Broken pipe";

    /** Commands of every kind; @ stands for the test's folder, | for the only blanks between words. */
    private static final String[] COMMANDS = {
        "--help",
        "--version",
        "help",
        "verify --help",
        "verify T0 --trials 5 --report @r",
        "predict cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 2 --out @F.npy",
        "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 2 --out @F.npy",
        "check cnn --train builtin#3 --weights src/example/kernel-5x5.npy --trained src/example/kernel-5x5.npy"
                + " --steps 0",
        "bounds --train builtin#3 --test builtin#4 --kernels 3 --networks 2 --steps 2",
        "theorems",
        "theorems T1",
        "power T0 --trials 5",
        "replay|T1 height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=1",
        "study --list",
        "study figure3 --print",
        "study fcn --width 2 --size 2 --most-steps 1 --seeds 1 --store @store --csv @csv --report @study",
        "findings --list",
        "images builtin",
        "generate-completion"
    };

    /** A file that takes so many bytes and then says why it takes no more. */
    private static OutputStream ending(int room, String reason) {
        return new OutputStream() {
            private int left = room;

            @Override
            public void write(int value) throws IOException {
                if (left-- <= 0) {
                    throw new IOException(reason);
                }
            }
        };
    }

    private static Run run(OutputStream target, String... command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try {
            System.setOut(StandardOutput.printing(new StandardOutput(target)));
            System.setErr(StandardOutput.printing(error));
            return new Run(Main.run(command), "", error.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private String[] words(String line) {
        return line.contains("|")
                ? line.split("\\|")
                : line.replace("@", folder + "/").split(" ");
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyCommandSaysThatItsResultsWereLost(String line) {
        for (int room : new int[] {0, 5}) {
            assertEquals(
                    new Run(1, "", "idem: standard output could not be written (" + FULL + ")\n"),
                    run(ending(room, FULL), words(line)),
                    line);
        }
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyCommandEndsInSilenceWhenItsReaderHasLeft(String line) {
        for (int room : new int[] {0, 5}) {
            assertEquals(new Run(141, "", ""), run(ending(room, CLOSED), words(line)), line);
        }
    }

    /** The files that the user names hold what they hold with a reader who stays. */
    @Test
    void filesAreWrittenAlthoughTheReaderHasLeft() throws IOException {
        String command = "verify T0 --trials 5 --seed 3 --report @report --json @";
        assertEquals(new Run(141, "", ""), run(ending(0, CLOSED), words(command + "left.json")));
        Run stayed = run(OutputStream.nullOutputStream(), words(command + "stayed.json"));
        assertNotEquals(141, stayed.code(), stayed.error());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("stayed.json")), Files.readAllBytes(folder.resolve("left.json")));
    }

    /** The system's streams are replaced, whatever the character set of the machine. */
    @Test
    void bothStreamsAreReplaced() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        try {
            StandardOutput.install();
            assertNotSame(out, System.out);
            assertNotSame(err, System.err);
            assertNotSame(System.out, System.err);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void lettersAreUtf8AndSingleBytesAreBytes() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (StandardOutput output = new StandardOutput(target)) {
            PrintStream stream = StandardOutput.printing(output);
            stream.print("η ≤ 1");
            stream.write(0x21);
            output.write(0x3f);
        }
        assertArrayEquals(
                new byte[] {
                    (byte) 0xce, (byte) 0xb7, 0x20, (byte) 0xe2, (byte) 0x89, (byte) 0xa4, 0x20, 0x31, 0x21, 0x3f
                },
                target.toByteArray());
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        assertEquals(0, run(target, "theorems", "T2.law").code());
        assertEquals(Run.of("theorems", "T2.law").output(), target.toString(StandardCharsets.UTF_8));
    }
}

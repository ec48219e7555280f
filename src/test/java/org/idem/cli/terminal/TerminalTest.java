package org.idem.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private long time;

    private Terminal terminal(boolean present) {
        return new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), present, present, () -> time);
    }

    @Test
    void aTerminalGetsOneLineThatIsTakenAwayAgain() {
        Terminal terminal = terminal(true);
        terminal.show("1 of 9", "");
        // within a tenth of a second nothing more is shown
        terminal.show("2 of 9", "");
        terminal.clear();
        assertEquals("\r\u001b[2K1 of 9\r\u001b[2K", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void pipesAndFilesGetNeitherProgressNorColour() {
        Terminal pipe = terminal(false);
        pipe.show("1 of 9", "");
        pipe.clear();
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertEquals("refuted", pipe.painted("refuted", ExitCode.REFUTED));
    }

    /** One line every half minute, from when the command began. */
    @Test
    void pipesAndFilesHearNowAndThen() {
        Terminal pipe = terminal(false);
        time = 40_000_000_000L;
        pipe.restart();
        for (int step = 1; step <= 700; step++) {
            time += 100_000_000L;
            pipe.show("training", step, 1400, "steps");
        }
        assertEquals(
                "idem: training: 300 of 1400 steps, 2 min left, 30 s so far\n"
                        + "idem: training: 600 of 1400 steps, 80 s left, 60 s so far\n",
                printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    /** What reports nothing is still seen to run, until it is taken away. */
    @Test
    void timeGoesOnBetweenReports() {
        Terminal terminal = terminal(true);
        terminal.show("spectrum", "");
        time = 90_000_000_000L;
        terminal.again();
        terminal.clear();
        terminal.again();
        assertEquals(
                "\r\u001b[2Kspectrum\r\u001b[2Kspectrum, 90 s so far\r\u001b[2K",
                printed.toString(StandardCharsets.UTF_8));
    }

    /** Nothing is taken away where nothing is shown, and a new command's line comes at once. */
    @Test
    void aCommandBeginsWithAnEmptyLine() {
        Terminal terminal = terminal(true);
        terminal.clear();
        terminal.restart();
        terminal.show("spectrum", "");
        terminal.restart();
        assertEquals("\r\u001b[2Kspectrum\r\u001b[2K", printed.toString(StandardCharsets.UTF_8));
    }

    /** Sleep ends at once in a thread that was interrupted before, and then the thread ends. */
    @Test
    @Timeout(60)
    void progressEndsWithItsThread() {
        Thread.currentThread().interrupt();
        Terminal.tick();
        assertFalse(Thread.interrupted());
    }

    @Test
    void durationsHaveAUnitThatPeopleGrasp() {
        assertEquals("0 s", Terminal.duration(4e8));
        assertEquals("99 s", Terminal.duration(99e9));
        assertEquals("2 min", Terminal.duration(100e9));
        assertEquals("3 h", Terminal.duration(3 * 3600e9));
        assertEquals("25 days", Terminal.duration(25 * 86400e9));
    }

    @Test
    void coloursFollowTheExitCode() {
        Terminal terminal = terminal(true);
        assertEquals("\u001b[32mconfirmed\u001b[0m", terminal.painted("confirmed", ExitCode.DONE));
        assertEquals("\u001b[31mrefuted\u001b[0m", terminal.painted("refuted", ExitCode.REFUTED));
        assertEquals("\u001b[33mundecidable\u001b[0m", terminal.painted("undecidable", ExitCode.UNDECIDED));
    }
}

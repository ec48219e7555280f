package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Terminal terminal(boolean present) {
        return new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), present, present);
    }

    @Test
    void aTerminalGetsOneLineThatIsTakenAwayAgain() {
        Terminal terminal = terminal(true);
        terminal.show("1 of 9");
        // within a tenth of a second nothing more is shown
        terminal.show("2 of 9");
        terminal.clear();
        assertEquals("\r\u001b[2K1 of 9\r\u001b[2K", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void pipesAndFilesGetNeitherProgressNorColour() {
        Terminal pipe = terminal(false);
        pipe.show("1 of 9");
        pipe.clear();
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertEquals("refuted", pipe.painted("refuted", ExitCode.REFUTED));
    }

    @Test
    void coloursFollowTheExitCode() {
        Terminal terminal = terminal(true);
        assertEquals("\u001b[32mconfirmed\u001b[0m", terminal.painted("confirmed", ExitCode.DONE));
        assertEquals("\u001b[31mrefuted\u001b[0m", terminal.painted("refuted", ExitCode.REFUTED));
        assertEquals("\u001b[33mundecidable\u001b[0m", terminal.painted("undecidable", ExitCode.UNDECIDED));
    }
}

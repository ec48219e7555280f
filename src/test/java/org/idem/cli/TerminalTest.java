package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only people get progress and colour; the launcher says whether they are there. */
class TerminalTest {
    private static final String CLEAR = "\r\u001b[2K";

    @AfterEach
    void noTerminal() {
        System.clearProperty("idem.terminal.out");
        System.clearProperty("idem.terminal.err");
    }

    private static Run showing(Runnable runnable) {
        return Run.of(() -> {
            runnable.run();
            return 0;
        });
    }

    @Test
    void filesAndPipesGetWordsOnly() {
        Run run = showing(() -> {
            Terminal.progress("half");
            Terminal.clearProgress();
            System.out.print(Terminal.coloured("refuted", ExitCode.REFUTED));
        });
        assertEquals("", run.error());
        assertEquals("refuted", run.output());
    }

    @Test
    void verdictsAreColoured() {
        System.setProperty("idem.terminal.out", "true");
        boolean plain = System.getenv("NO_COLOR") != null;
        assertEquals(plain ? "yes" : "\u001b[32myes\u001b[0m", Terminal.coloured("yes", ExitCode.DONE));
        assertEquals(plain ? "no" : "\u001b[31mno\u001b[0m", Terminal.coloured("no", ExitCode.REFUTED));
        assertEquals(plain ? "open" : "\u001b[33mopen\u001b[0m", Terminal.coloured("open", ExitCode.UNDECIDED));
    }

    @Test
    void progressReplacesItselfTenTimesASecondAtMost() throws InterruptedException {
        System.setProperty("idem.terminal.err", "true");
        Thread.sleep(100);
        long start = System.nanoTime();
        Run run = showing(() -> {
            for (int i = 0; i < 1000; i++) {
                Terminal.progress("step " + i);
            }
            Terminal.clearProgress();
        });
        long tenths = (System.nanoTime() - start) / 100_000_000;
        assertTrue(run.error().startsWith(CLEAR + "step 0"), run.error());
        assertTrue(run.error().endsWith(CLEAR), run.error());
        long shown = run.error().chars().filter(c -> c == 's').count();
        assertTrue(shown <= 1 + tenths, shown + " lines in " + tenths + " tenths of a second");
        assertEquals("", run.output());
    }
}

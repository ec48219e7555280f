package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Help is printed once, whole, and nothing beside it. */
class HelpTest {
    private static Set<String> commands() {
        Set<String> commands = new LinkedHashSet<>(Main.line().getSubcommands().keySet());
        commands.add("");
        return commands;
    }

    private static void readable(String command, String help, int width) {
        assertEquals(1, help.split("(?m)^Usage: ", -1).length - 1, () -> command + ": " + help);
        for (String paragraph : help.split("\\R\\s*\\R")) {
            assertEquals(help.indexOf(paragraph), help.lastIndexOf(paragraph), () -> command + " twice: " + paragraph);
        }
        // marks of formats that were not filled in, or that were taken for text
        assertFalse(help.contains("%n") || help.contains("%%") || help.contains("@|"), () -> command + ": " + help);
        for (String line : help.lines().toList()) {
            assertTrue(line.length() <= width || line.strip().startsWith("idem "), () -> command + ": " + line);
        }
    }

    @Test
    void everyCommandExplainsItselfOnce() {
        for (String command : commands()) {
            List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
            words.add("--help");
            Run run = Run.of(words.toArray(String[]::new));
            assertEquals(0, run.code(), command);
            assertEquals("", run.error(), command);
            readable(command, run.output(), 80);
        }
    }

    @Test
    void helpAloneExplainsTheProgram() {
        Run help = Run.of("help");
        assertEquals(0, help.code(), help.error());
        assertEquals(Run.of("--help").output(), help.output());
    }

    /** picocli's narrowest help has 55 columns. */
    @Test
    void narrowAndWideTerminalsAreFilled() {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            for (int width : new int[] {55, 56, 61, 100, 250}) {
                for (String command : commands()) {
                    CommandLine line = Main.line();
                    CommandLine one =
                            command.isEmpty() ? line : line.getSubcommands().get(command);
                    one.setUsageHelpWidth(width);
                    readable(command, one.getUsageMessage(), width);
                }
            }
        } finally {
            System.setErr(err);
        }
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }
}

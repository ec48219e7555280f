package org.idem.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * One command as a user sees it.
 *
 * @param code exit code
 * @param output what went to stdout
 * @param error what went to stderr, lines of progress left out
 */
public record Run(int code, String output, String error) {
    /** Lines of progress, which depend on how busy the machine is. */
    private static final String PROGRESS = "(?m)^idem: [^\n]* so far\n";

    public static Run of(String... arguments) {
        return of(() -> Main.run(arguments));
    }

    /** The number after a word that begins a line of the output. */
    public double number(String name) {
        return output.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length()).strip().split(" ")[0]))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    public static Run of(IntSupplier command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
            int code = command.getAsInt();
            return new Run(code, text(output), text(error).replaceAll(PROGRESS, ""));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}

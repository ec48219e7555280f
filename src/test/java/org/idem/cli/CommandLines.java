package org.idem.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs many command lines in one Java process, for acceptance tests written in other languages: {@code CommandLines
 * FILE}. Each line of the file is a command line with tabs between its words and the file for its standard output last;
 * for each the exit code, milliseconds and that file are printed with tabs between them.
 */
public final class CommandLines {
    private CommandLines() {}

    /**
     * Runs them.
     *
     * @param arguments the file
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream terminal = System.out;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            List<String> words = List.of(line.split("\t"));
            Path output = Path.of(words.get(words.size() - 1));
            long start = System.nanoTime();
            int code;
            try (PrintStream stream = new PrintStream(Files.newOutputStream(output), true, StandardCharsets.UTF_8)) {
                System.setOut(stream);
                code = Main.run(words.subList(0, words.size() - 1).toArray(String[]::new));
            } finally {
                System.setOut(terminal);
            }
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            terminal.println(code + "\t" + milliseconds + "\t" + output);
        }
    }
}

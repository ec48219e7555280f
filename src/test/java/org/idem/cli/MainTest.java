package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own: what it prints, and the code that it ends with. */
class MainTest {
    /** This JVM's agents, which count covered lines, belong to the process as well. */
    private static String program() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .forEach(words::add);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** A reader that has ended is one that the shell has waited for; a full disk is Linux's device of that name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idem --version                                         | idem 0.1.0-SNAPSHOT; 0",
                "idem nonsense 2>/dev/null                              | 2",
                "exec 3> >(:); wait $!; idem theorems >&3               | 141",
                "f=target/standard-output; idem verify T0 --json $f >$f    |"
                        + " idem: --json must be another file than the one that standard output goes to, got target/standard-output for both;"
                        + " name a file of its own; 2",
                "idem theorems >/dev/full                               |"
                        + " idem: standard output could not be written (No space left on device); 1"
            })
    void commandsEndWithTheirCode(String script, String expected) throws IOException, InterruptedException {
        String whole = "idem() { " + program() + " \"$@\"; }; { " + script + "; echo $?; } 2>&1";
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", whole);
        shell.environment().put("LC_ALL", "C.UTF-8");
        Process process = shell.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals(expected, said.lines().collect(Collectors.joining("; ")));
    }
}

package org.idem.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as its launcher starts it for Spark. */
record Program(Process process, Path output, Path error) {
    static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String NATIVES = "-Dorg.bytedeco.javacpp.cachedir=" + TARGET.resolve("natives");
    private static final Pattern OPENED = Pattern.compile("for package in ([a-zA-Z.\\s\\\\]+); do");

    private static final Pattern COMPILER = Pattern.compile("-XX:\\w*(Inline|Tier4)\\w*=[0-9]+");

    /** How a run of the program ended. */
    record End(int code, String output, String error) {}

    /** Starts a command; executors get the options. */
    static Program start(Path folder, String executorOptions, List<String> command) throws IOException {
        List<String> line = java();
        line.addAll(compiler());
        line.addAll(List.of(
                "-Xmx1000m",
                "-XX:+UseSerialGC",
                "-Didem.home=" + TARGET.getParent(),
                NATIVES,
                "-Dspark.executor.extraJavaOptions=" + NATIVES + " " + executorOptions));
        line.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        TARGET.resolve("idem.jar").toString(),
                        TARGET.resolve("spark/idem-spark.jar").toString(),
                        TARGET.resolve("spark/lib") + "/*"),
                "org.idem.cli.Main"));
        line.addAll(command);
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(line)
                .redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        return new Program(process, output, error);
    }

    /** What the launcher says about compiling. */
    static List<String> compiler() throws IOException {
        return COMPILER.matcher(Files.readString(Path.of("idem")))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Java with what Spark reaches into, which the launcher names. */
    static List<String> java() throws IOException {
        Matcher opened = OPENED.matcher(Files.readString(Path.of("idem")));
        if (!opened.find()) {
            throw new AssertionError("the launcher must open packages for Spark");
        }
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : opened.group(1).replace("\\", " ").strip().split("\\s+")) {
            line.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 24) {
            line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return line;
    }

    End end() throws IOException, InterruptedException {
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + Files.readString(error));
        }
        return new End(process.exitValue(), Files.readString(output), Files.readString(error));
    }
}

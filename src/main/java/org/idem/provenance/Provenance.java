package org.idem.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where, when and by what version of the project a run was made.
 *
 * @param home folder of the project, asked for its git revision and its proofs
 * @param started when the run began
 * @param duration how long it took
 */
public record Provenance(Path home, Instant started, Duration duration) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Of a run that ends now.
     *
     * @param home folder of the project
     * @param started when the run began
     * @return its provenance
     */
    public static Provenance since(Path home, Instant started) {
        return new Provenance(home, started, Duration.between(started, Instant.now()));
    }

    /**
     * One line.
     *
     * @param name what
     * @param value value, in words
     */
    public record Fact(String name, String value) {}

    /**
     * What is known of the run.
     *
     * @return all facts; those that cannot be found out on this machine are called unknown
     */
    public List<Fact> facts() {
        return facts("");
    }

    /**
     * What is known of a command that is not all of what is shown.
     *
     * @param whose stands before the names of its start and its duration
     * @return see {@link #facts()}
     */
    public List<Fact> facts(String whose) {
        ZonedDateTime date = started.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        return List.of(
                new Fact("Idem", Versions.of("idem") + ", " + revision()),
                new Fact(whose + "started", date.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)),
                new Fact(
                        whose.isEmpty() ? "duration" : whose + "took",
                        String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)),
                new Fact("JDK", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version")),
                new Fact(
                        "operating system",
                        Stream.of("os.name", "os.version", "os.arch")
                                .map(System::getProperty)
                                .reduce((one, other) -> one + " " + other)
                                .orElse("unknown")),
                new Fact(
                        "CPU",
                        cpu(Path.of("/proc/cpuinfo")) + ", "
                                + Runtime.getRuntime().availableProcessors() + " processors"),
                new Fact(
                        "threads",
                        "OMP_NUM_THREADS " + Objects.requireNonNullElse(System.getenv("OMP_NUM_THREADS"), "not set")),
                new Fact(
                        "libraries",
                        "ND4J " + Versions.of("nd4j") + ", EJML " + Versions.of("ejml") + ", commons-math3 "
                                + Versions.of("commons-math")));
    }

    private String revision() {
        String revision = output(PATIENCE, "git", "-C", home.toString(), "rev-parse", "HEAD");
        if (revision.isEmpty()) {
            return "git revision unknown";
        }
        String changes = output(PATIENCE, "git", "-C", home.toString(), "status", "--porcelain");
        return "git revision " + revision + (changes.isEmpty() ? ", tree unchanged" : ", tree changed since");
    }

    /** Name of the processor, from Linux's description of it, macOS or the environment. */
    static String cpu(Path linux) {
        try {
            if (Files.isReadable(linux)) {
                return Files.readAllLines(linux).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown");
            }
        } catch (IOException unreadable) {
            return "unknown";
        }
        String mac = output(PATIENCE, "sysctl", "-n", "machdep.cpu.brand_string");
        return mac.isEmpty() ? Objects.requireNonNullElse(System.getenv("PROCESSOR_IDENTIFIER"), "unknown") : mac;
    }

    /**
     * The output of a program; empty if it is missing, fails, or does not end in time. Whoever is interrupted starts
     * none.
     */
    static String output(Duration patience, String... command) {
        if (Thread.currentThread().isInterrupted()) {
            return "";
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                    process::destroyForcibly,
                    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
            try {
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return process.onExit().join().exitValue() == 0 ? text.strip() : "";
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException missing) {
            return "";
        }
    }
}

package org.idem.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.Needs;

/**
 * What Spark is told. Settings of the user, given as system properties {@code spark.…}, stay where they do not bind.
 */
final class Settings {
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
    private static final Pattern COMPILER =
            Pattern.compile("-XX:(MaxInlineSize|FreqInlineSize|InlineSmallCode|Tier4[A-Za-z]+)=[0-9]+");

    /** Tasks are tried so often. */
    private static final int TRIES = 3;

    /** Heap of an executor beside what a task needs, in MiB. */
    private static final long OWN_HEAP = 700;
    /** Memory of a process beside its heap and what a task needs, in MiB: code, libraries and what they reserve. */
    private static final long OWN_NATIVE = 1000;

    private static final List<String> VARIABLES = List.of(
            "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OPENBLAS_CORETYPE");

    private final Needs needs;
    private final int processors;

    Settings(Needs needs) {
        this.needs = needs;
        processors = Math.max(needs.processors(), threads(System.getenv("OMP_NUM_THREADS")));
    }

    private static int threads(String word) {
        return word != null && word.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(word) : 1;
    }

    /** Processors of a task. */
    int processors() {
        return processors;
    }

    /** Threads of this process. */
    SparkConf here(String master) {
        String threads = master.equals("local") ? "1" : master.substring("local[".length(), master.length() - 1);
        return common().setMaster("local[" + threads + "," + TRIES + "]")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    /**
     * Executors of a cluster, which get the program's files.
     *
     * @param own address of this machine that the cluster can reach
     */
    SparkConf elsewhere(String master, Path home, InetAddress own) throws IOException {
        long heap = OWN_HEAP + (needs.heapBytes() >> 20);
        long physical = heap + OWN_NATIVE + (needs.nativeBytes() >> 20);
        SparkConf configuration = common().setMaster(master)
                .setIfMissing("spark.driver.host", own.getHostAddress())
                .set("spark.jars", jars(home))
                .set("spark.executor.cores", String.valueOf(processors))
                .set("spark.executor.memory", heap + "m");
        String given = configuration.get(EXECUTOR_OPTIONS, "");
        String collector = given.contains("-XX:+Use") ? "" : " -XX:+UseSerialGC";
        configuration.set(
                EXECUTOR_OPTIONS,
                (compiler(ManagementFactory.getRuntimeMXBean().getInputArguments()) + given + collector
                                + " -XX:ActiveProcessorCount=" + processors
                                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=" + physical + "m")
                        .strip());
        for (String name : VARIABLES) {
            String value = System.getenv(name);
            if (value != null) {
                configuration.setExecutorEnv(name, value);
            }
        }
        return configuration.setExecutorEnv("LC_ALL", "C.UTF-8");
    }

    /**
     * What this process was told about compiling holds for executors too: each compiles for itself, on the processor
     * that trains.
     *
     * @param arguments of this process
     * @return options, each with a blank behind it
     */
    private static String compiler(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> COMPILER.matcher(argument).matches())
                .map(argument -> argument + " ")
                .collect(Collectors.joining());
    }

    private SparkConf common() {
        return new SparkConf()
                .setAppName("idem")
                .set("spark.task.cpus", String.valueOf(processors))
                .set("spark.task.maxFailures", String.valueOf(TRIES))
                // the sum over all jobs, each of which is small
                .set("spark.driver.maxResultSize", "0")
                .set("spark.ui.enabled", "false")
                .set("spark.ui.retainedJobs", "50")
                .set("spark.ui.retainedStages", "50")
                .set("spark.ui.retainedTasks", "50")
                .set("spark.locality.wait", "0");
    }

    /** The program, what it needs and its part for Spark. */
    private static String jars(Path home) throws IOException {
        Path target = home.resolve("target");
        Path program = target.resolve("idem.jar");
        Path own = target.resolve("spark").resolve("idem-spark.jar");
        if (!Files.exists(program) || !Files.exists(own)) {
            throw new ClusterException("--spark sends " + program + " and " + own
                    + " to the cluster, which are not there; ./idem --spark builds them");
        }
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            // Spark logs by itself; natives without oneDNN, 90 MB, are not loaded where those with it are
            return Stream.concat(Stream.of(program, own), libraries.sorted())
                    .filter(jar -> !jar.getFileName().toString().startsWith("slf4j"))
                    .filter(jar -> !Files.exists(Path.of(jar.toString().replaceFirst("\\.jar$", "-onednn.jar"))))
                    .map(jar -> jar.toAbsolutePath().toUri().toString())
                    .collect(Collectors.joining(","));
        }
    }
}

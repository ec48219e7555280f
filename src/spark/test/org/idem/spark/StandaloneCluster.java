package org.idem.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A master and workers of one processor on the loopback interface, each a process, with Spark's own jars alone. */
final class StandaloneCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** What the program has to send: its own classes and whatever trains and computes. */
    private static final Pattern NOT_OF_SPARK = Pattern.compile(
            "(nd4j|javacpp|openblas|dnnl|opencl|ejml|commons-statistics|commons-numbers|commons-rng|slf4j-nop|picocli|jte"
                    + "|vega|katex|jspecify).*");

    private final Path folder;
    private final Path home;
    private final int port;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    /** Starts a master and waits until it listens. */
    StandaloneCluster(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        home = folder.resolve("spark-home");
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String from : List.of("lib", "spark/lib")) {
            try (Stream<Path> files = Files.list(Program.TARGET.resolve(from))) {
                for (Path jar : files.toList()) {
                    if (!NOT_OF_SPARK.matcher(jar.getFileName().toString()).matches()) {
                        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
                    }
                }
            }
        }
        port = freePort();
        master = start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                String.valueOf(port),
                "--webui-port",
                "0");
        awaitMaster();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitMaster() throws IOException, InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, port), 1000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("no master: " + Files.readString(folder.resolve("master.log")));
    }

    String address() {
        return "spark://" + HOST + ":" + port;
    }

    /** Starts a worker of one processor. */
    Process worker() throws IOException {
        String name = "worker-" + (workers.size() + 1);
        Process worker = start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                HOST,
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve(name).toString(),
                address());
        workers.add(worker);
        return worker;
    }

    /** Puts a file among Spark's own, where processes that start from now on find it. */
    Path addToWorkers(Path jar) throws IOException {
        return Files.copy(jar, home.toRealPath().resolve("jars").resolve(jar.getFileName()));
    }

    private Process start(String name, String... program) throws IOException {
        List<String> line = Program.java();
        line.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-cp", home.resolve("jars") + "/*"));
        line.addAll(List.of(program));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        return builder.start();
    }

    /** Ends a process as kill -9 does. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process one : all) {
            List<ProcessHandle> executors = one.descendants().toList();
            kill(one.toHandle());
            executors.forEach(StandaloneCluster::kill);
        }
    }
}

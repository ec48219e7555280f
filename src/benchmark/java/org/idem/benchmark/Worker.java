package org.idem.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Trains on demand. Reads one command per line from standard input and answers each with one line:
 *
 * <pre>
 * prepare THREADS WORKLOAD…   → ready         (starts a workload from the beginning)
 * run STEPS                   → SECONDS LOSS  (wall time of the steps, loss before the last of them)
 * quit
 * </pre>
 */
public final class Worker {
    private Worker() {}

    /**
     * Serves until the input ends.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Training training = steps -> Double.NaN;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                List<String> words = Arrays.asList(line.trim().split(" +"));
                switch (words.get(0)) {
                    case "prepare" -> {
                        training = Training.start(
                                Workload.parse(words.subList(2, words.size())), Integer.parseInt(words.get(1)));
                        System.out.println("ready");
                    }
                    case "run" -> {
                        int steps = Integer.parseInt(words.get(1));
                        long start = System.nanoTime();
                        double loss = training.run(steps);
                        double seconds = (System.nanoTime() - start) * 1e-9;
                        System.out.println(seconds + " " + loss);
                    }
                    default -> throw new IllegalArgumentException("unknown command '" + line + "'");
                }
            }
        }
    }
}

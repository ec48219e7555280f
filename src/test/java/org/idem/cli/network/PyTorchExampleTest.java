package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for PyTorch, run as they are where a python3 has torch. */
class PyTorchExampleTest {
    private static final Path SCRIPT = Path.of("src", "example", "python", "check_pytorch.py");

    @TempDir
    Path folder;

    private record Answer(int code, String text) {}

    private Answer run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " took more than five minutes");
        }
        return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private String pythonWithTorch() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                if (run(List.of(python, "-c", "import torch, numpy")).code() == 0) {
                    return python;
                }
            } catch (IOException absent) {
                continue;
            }
        }
        return "";
    }

    private static final Path ROUND_TRIP = SCRIPT.resolveSibling("idem_and_torch.py");

    private static String idem() {
        return String.join(
                "\t",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "org.idem.cli.Main");
    }

    /**
     * Weights of both answer alike in the other. Outputs are at most a few units; each is a sum of 73 and one of 10
     * products in an order of its own, so that two of them differ by less than 1000 units of rounding.
     */
    @Test
    void weightsTravelBothWays() throws IOException, InterruptedException {
        String python = pythonWithTorch();
        if (python.isEmpty()) {
            System.out.println("not run: " + ROUND_TRIP + ", as no python3 has torch and numpy");
        }
        assumeTrue(!python.isEmpty(), "python3 with torch and numpy is needed");
        Path images = folder.resolve("I.npy");
        NpyFile.write(images, ImageSource.read("builtin").slices(0, 4), Precision.FLOAT64);
        Answer answer = run(List.of(python, ROUND_TRIP.toString(), idem(), images.toString(), folder.toString()));
        assertEquals(0, answer.code(), answer.text());
        for (String way : List.of("weights trained by Idem: ", "ten more steps in each: ")) {
            String words = way + "outputs of PyTorch and Idem differ by at most ";
            String line = answer.text()
                    .lines()
                    .filter(said -> said.startsWith(words))
                    .findFirst()
                    .orElse(words + "NaN");
            double difference = Double.parseDouble(line.substring(words.length()));
            assertTrue(difference < 1000 * 0x1p-53, answer.text());
        }
        assertTrue(Files.readAllLines(ROUND_TRIP).size() <= 20);
    }

    @Test
    void networksTrainedByPyTorchObeyTheTheorems() throws IOException, InterruptedException {
        String python = pythonWithTorch();
        if (python.isEmpty()) {
            System.out.println("not run: " + SCRIPT + ", as no python3 has torch and numpy");
        }
        assumeTrue(!python.isEmpty(), "python3 with torch and numpy is needed");
        Answer answer = run(List.of(python, SCRIPT.toString(), folder.toString(), idem()));
        assertEquals(0, answer.code(), answer.text());
        assertTrue(answer.text().contains("exit codes [0, 0, 3]"), answer.text());
        assertTrue(answer.text().contains("steps: there were 30 steps, not 31"), answer.text());
    }

    @Test
    void theExampleIsShort() throws IOException {
        assertTrue(Files.readAllLines(SCRIPT).size() < 60);
    }
}

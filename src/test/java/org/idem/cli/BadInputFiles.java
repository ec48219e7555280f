package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong, there is one line that names it, exit code 2, and no file that was not there before: what tests of
 * it need.
 */
public abstract class BadInputFiles {
    @TempDir
    public Path folder;

    /** Training inputs (3, 5), test inputs (4, 5), weights (5, 5); images (2, 2, 6, 7) and kernels (2, 2, 3, 3). */
    @BeforeEach
    protected void data() throws IOException {
        save("X", 3, 5);
        save("Z", 4, 5);
        save("W", 5, 5);
        save("W4", 4, 5);
        save("none", 0, 5);
        save("vector", 5);
        save("I", 2, 2, 6, 7);
        save("grey", 2, 6, 7);
        save("K", 2, 2, 3, 3);
        save("even", 2, 2, 2, 2);
        save("oblong", 2, 2, 3, 5);
        save("K9", 2, 2, 9, 9);
        NpzFile.write(folder.resolve("X.npz"), "x", ones(3, 5), Precision.FLOAT64);
        saveWith("nan", Double.NaN);
        saveWith("infinite", Double.NEGATIVE_INFINITY);
        saveWith("large", 0x1p241);
        saveWith("1e39", 1e39);
        saveAll("zero", 0, 5, 5);
        saveAll("1e-300", 1e-300, 5, 5);
        for (String tiny : List.of("1e-23", "1e-40", "1e-170")) {
            saveAll(tiny, Double.parseDouble(tiny), 3, 5);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("X.npy"));
        write("short.npy", Arrays.copyOf(whole, whole.length - 3));
        write("long.npy", Arrays.copyOf(whole, whole.length + 3));
        write("header.npy", Arrays.copyOf(whole, 20));
        write("empty.npy", new byte[0]);
        write("text.npy", "0.5 0.25\n".getBytes(StandardCharsets.US_ASCII));
        // IDX: unsigned bytes, three axes, 2 images of 2 x 3 pixels, of which one byte is missing
        write("short.idx", new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        });
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(6, 7, BufferedImage.TYPE_BYTE_GRAY), "png", image);
        byte[] png = image.toByteArray();
        write("short.png", Arrays.copyOf(png, png.length - 16));
        png[20] ^= 1;
        write("corrupt.png", png);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(whole);
        }
        write("short.gz", Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
        Files.createDirectory(folder.resolve("folder"));
    }

    private static Array ones(int... shape) {
        Array array = Array.zeros(shape);
        Arrays.fill(array.values(), 1);
        return array;
    }

    protected void save(String name, int... shape) throws IOException {
        NpyFile.write(folder.resolve(name + ".npy"), ones(shape), Precision.FLOAT64);
    }

    protected void saveAll(String name, double value, int... shape) throws IOException {
        Array array = Array.zeros(shape);
        Arrays.fill(array.values(), value);
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT64);
    }

    private void saveWith(String name, double wrong) throws IOException {
        Array array = ones(3, 5);
        array.values()[7] = wrong;
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT64);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    /** Runs a command whose words may name files of the folder as @name, and expects to be told parts of a message. */
    protected void refused(List<String> command, String... parts) throws IOException {
        List<Path> before = files();
        Run run = Run.of(
                command.stream().map(word -> word.replace("@", folder + "/")).toArray(String[]::new));
        String told = command + " says: " + run.error();
        assertAll(
                () -> assertEquals(2, run.code(), told),
                () -> assertEquals(1, run.error().lines().count(), told),
                () -> assertTrue(run.error().startsWith("idem: "), told),
                () -> assertEquals("", run.output()),
                () -> assertEquals(before, files()));
        for (String part : parts) {
            assertTrue(run.error().contains(part), "'" + part + "' is missing: " + told);
        }
    }

    /** A command line that is right but for some options, each followed by its value or another option. */
    protected static List<String> command(String name, Map<String, String> right, String changes) {
        Map<String, String> options = new LinkedHashMap<>(right);
        List<String> flags = new ArrayList<>();
        String[] words = changes.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (i + 1 < words.length && !words[i + 1].startsWith("--")) {
                options.put(words[i], words[++i]);
            } else {
                flags.add(words[i]);
            }
        }
        List<String> line = new ArrayList<>(List.of(name.split(" ")));
        options.forEach((option, value) -> line.addAll(List.of(option, value)));
        line.addAll(flags);
        return line;
    }
}

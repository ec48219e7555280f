package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.Fuzzing;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers survive mutated files: a refusal in one line or an image, in bounded time and memory. */
class ReaderFuzzTest {
    private static final int SECONDS = 10;
    /** The originals are below 4 KiB; deflate expands by at most 1,032 and a byte of pixels becomes 8 of storage. */
    private static final long MOST_ALLOCATED = 64L << 20;

    private static final List<String> SUFFIXES =
            List.of("", "", "", "", ":a", ":b", ":a#0", "#0", "#1", "#3", ":b#1", "#99999999999999999999");

    @TempDir
    Path folder;

    private List<byte[]> originals() throws IOException {
        List<byte[]> files = new ArrayList<>();
        byte[] idx = ImageBytes.idx(3, 5, 4);
        files.add(idx);
        files.add(ImageBytes.idx(2, 3, 4, 4));
        files.add(ImageBytes.gzip(idx));
        for (int type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED
        }) {
            files.add(ImageBytes.png(new BufferedImage(9, 6, type), false));
            files.add(ImageBytes.png(new BufferedImage(9, 6, type), true));
        }
        Path npy = folder.resolve("a.npy");
        for (Precision precision : Precision.values()) {
            NpyFile.write(npy, Array.zeros(2, 3, 4), precision);
            files.add(Files.readAllBytes(npy));
            String header = new String(Files.readAllBytes(npy), StandardCharsets.ISO_8859_1);
            files.add(header.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] whole = Files.readAllBytes(npy);
        files.add(ImageBytes.gzip(whole));
        files.add(ImageBytes.zip(false, whole));
        files.add(ImageBytes.zip(true, whole));
        files.add(ImageBytes.zip(true, whole, idx));
        files.add(ImageBytes.zip(false));
        return files;
    }

    /** Most mutated PNGs would stop at a checksum. */
    private static void mendChecksums(byte[] png) {
        for (int chunk = 8; chunk <= png.length - 12 && chunk > 0; ) {
            ImageBytes.mendChecksum(png, chunk);
            int length = ByteBuffer.wrap(png).getInt(chunk);
            chunk = length < 0 || length > png.length ? -1 : chunk + 12 + length;
        }
    }

    /** A npy file whose header, of the same length, promises another shape or type. */
    private static byte[] promising(byte[] npy, SplittableRandom random) {
        String[] sizes = {"0", "1", "2", "24", "65536", "2147483647", "2147483648", "4294967295", "1152921504606846975"
        };
        StringBuilder shape = new StringBuilder("'shape': (");
        for (int axes = random.nextInt(6); axes > 0; axes--) {
            shape.append(sizes[random.nextInt(sizes.length)]).append(", ");
        }
        String[] types = {"<f2", "<f4", ">f8", "|u1", "|b1", ">i2", "<u8", "<c8", "|O"};
        String text = new String(npy, 10, 118, StandardCharsets.ISO_8859_1)
                .strip()
                .replaceAll("'shape': \\([^)]*", shape.toString())
                .replaceAll("<f[48]", types[random.nextInt(types.length)]);
        byte[] changed = npy.clone();
        Arrays.fill(changed, 10, 128, (byte) ' ');
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, changed, 10, Math.min(118, text.length()));
        return changed;
    }

    /** A mutated file, or a sound archive or gzip file of a mutated one. */
    private static byte[] input(List<byte[]> originals, int number, Fuzzing fuzzing) throws IOException {
        SplittableRandom random = fuzzing.random();
        byte[] original = originals.get(number % originals.size());
        byte[] bytes = NpyFile.hasMagic(original) && random.nextInt(4) == 0
                ? promising(original, random)
                : fuzzing.mutated(original, originals);
        if (bytes.length > 45 && PngFile.hasMagic(Arrays.copyOf(bytes, 8)) && random.nextInt(4) != 0) {
            mendChecksums(bytes);
        }
        return switch (random.nextInt(8)) {
            case 0 -> ImageBytes.gzip(bytes);
            case 1 -> ImageBytes.zip(random.nextBoolean(), bytes);
            default -> bytes;
        };
    }

    @Test
    void mutatedFilesAreReadOrRefusedInOneLine() throws IOException {
        List<byte[]> originals = originals();
        int[] outcomes = new int[2];
        Path path = folder.resolve("mutated");
        try (Fuzzing fuzzing = new Fuzzing("mutated files", SECONDS, MOST_ALLOCATED)) {
            for (int i = 0; i < Fuzzing.inputs(); i++) {
                byte[] bytes = input(originals, i, fuzzing);
                Files.write(path, bytes);
                String suffix = SUFFIXES.get(fuzzing.random().nextInt(SUFFIXES.size()));
                String shown = suffix + " " + HexFormat.of().formatHex(bytes);
                outcomes[fuzzing.run(shown, () -> isRead(path + suffix)) ? 0 : 1]++;
            }
            System.out.println("read and refused " + Arrays.toString(outcomes) + ", at most "
                    + (fuzzing.mostAllocated() >> 10) + " KiB allocated");
        }
        // Both outcomes must be common, else the mutations test only one of them.
        assertTrue(outcomes[0] > Fuzzing.inputs() / 50 && outcomes[1] > Fuzzing.inputs() / 4);
        try (var files = Files.walk(folder)) {
            assertEquals(3, files.count(), "the folder, an original and the mutated file");
        }
    }

    private static boolean isRead(String source) throws IOException {
        try {
            return ImageSource.read(source).length() >= 0;
        } catch (DataFormatException refused) {
            assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
            return false;
        }
    }
}

package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers survive mutated files: a refusal in one line or an image, in bounded time and memory.
 *
 * <p>The number of inputs is 2,500, or what the system property {@code idem.fuzz} says. A failure prints the input.
 */
class ReaderFuzzTest {
    private static final int INPUTS = Integer.getInteger("idem.fuzz", 2_500);
    private static final long SEED = 20_240_229;
    /** The seeds are below 4 KiB; deflate expands by at most 1,032 and a byte of pixels becomes 8 of storage. */
    private static final long MOST_ALLOCATED = 64L << 20;

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
            String header = new String(Files.readAllBytes(npy), java.nio.charset.StandardCharsets.ISO_8859_1);
            files.add(header.replace("False", "True ").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        files.add(ImageBytes.gzip(Files.readAllBytes(npy)));
        return files;
    }

    private static byte[] mutated(byte[] original, List<byte[]> others, SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int change = random.nextInt(1, 5); change > 0 && bytes.length > 0; change--) {
            int at = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : random.nextInt(Math.min(40, bytes.length));
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = new byte[] {0, 1, -1, 127, -128, '9', '(', '\''}[random.nextInt(8)];
                case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 50));
                case 4 ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 9)), (byte) random.nextInt());
                case 5 -> {
                    byte[] other = others.get(random.nextInt(others.size()));
                    int length = Math.min(random.nextInt(1, 30), Math.min(bytes.length - at, other.length));
                    System.arraycopy(other, random.nextInt(other.length - length + 1), bytes, at, length);
                }
                default -> {
                    byte[] longer = new byte[bytes.length + 1];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        if (bytes.length > 45 && PngFile.hasMagic(Arrays.copyOf(bytes, 8)) && random.nextInt(4) != 0) {
            // Otherwise most mutated PNGs would stop at a checksum.
            for (int chunk = 8; chunk <= bytes.length - 12 && chunk > 0; ) {
                ImageBytes.mendChecksum(bytes, chunk);
                int length = java.nio.ByteBuffer.wrap(bytes).getInt(chunk);
                chunk = length < 0 || length > bytes.length ? -1 : chunk + 12 + length;
            }
        }
        return bytes;
    }

    @Test
    void mutatedFilesAreReadOrRefusedInOneLine() throws IOException {
        List<byte[]> originals = originals();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(SEED);
        Path path = folder.resolve("mutated");
        int[] outcomes = new int[2];
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = mutated(originals.get(i % originals.size()), originals, random);
            Files.write(path, bytes);
            String source = path + (random.nextInt(4) == 0 ? "#" + random.nextInt(4) : "");
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                boolean read = assertTimeout(Duration.ofSeconds(5), () -> isRead(source));
                outcomes[read ? 0 : 1]++;
            } catch (RuntimeException | Error failure) {
                fail("input " + i + " (" + source + "): " + HexFormat.of().formatHex(bytes), failure);
            }
            long allocated = memory.getCurrentThreadAllocatedBytes() - before;
            assertTrue(
                    allocated < MOST_ALLOCATED,
                    () -> allocated + " bytes: " + HexFormat.of().formatHex(bytes));
        }
        assertEquals(INPUTS, outcomes[0] + outcomes[1]);
        // Both outcomes must be common, else the mutations test only one of them.
        assertTrue(outcomes[0] > INPUTS / 50 && outcomes[1] > INPUTS / 4, Arrays.toString(outcomes));
    }

    private static boolean isRead(String source) throws IOException {
        try {
            return ImageSource.read(source).length() >= 0;
        } catch (DataFormatException refused) {
            assertEquals(1, refused.getMessage().lines().count());
            return false;
        }
    }
}

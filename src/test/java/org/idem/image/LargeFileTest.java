package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of more numbers than the memory or an array holds. They are sparse: almost nothing of them lies on the disk.
 */
class LargeFileTest {
    private static final long ENTRIES = 6_000_000_000L;

    @TempDir
    Path folder;

    /** Bytes of shape (n, 2), zeros but for entry 5,000,000,007, which is (3, 5). */
    private String sparse(String name, boolean fortranOrder) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            String header = "{'descr': '|u1', 'fortran_order': " + (fortranOrder ? "True" : "False") + ", 'shape': ("
                    + ENTRIES + ", 2), }\n";
            file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
            file.write(header.getBytes(StandardCharsets.US_ASCII));
            long start = file.getFilePointer();
            file.setLength(start + 2 * ENTRIES);
            long first = 5_000_000_007L;
            file.seek(start + (fortranOrder ? first : 2 * first));
            file.write(3);
            file.seek(start + (fortranOrder ? ENTRIES + first : 2 * first + 1));
            file.write(5);
        }
        return path.toString();
    }

    /**
     * Whoever read the ten thousand million bytes before the entry would need seconds of processor time; the entry
     * alone takes some milliseconds, however busy the machine is.
     */
    @Test
    void oneEntryIsReadWithoutTheOthers() throws IOException {
        for (boolean fortranOrder : new boolean[] {false, true}) {
            String file = sparse("large-" + fortranOrder + ".npy", fortranOrder);
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Array entry = ImageSource.read(file + "#5000000007");
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            assertTrue(used < 1_000_000_000, () -> used + " ns of processor time");
            assertArrayEquals(new int[] {1, 2}, entry.shape());
            assertArrayEquals(new double[] {3, 5}, entry.values());
            assertEquals(0, ImageSource.read(file + "#" + (ENTRIES - 1)).values()[1]);
            String beyond = assertThrows(DataFormatException.class, () -> ImageSource.read(file + "#" + ENTRIES))
                    .getMessage();
            assertTrue(beyond.endsWith("has 6,000,000,000 entries, counted from #0, got #6000000000"), beyond);
        }
    }

    @Test
    void theWholeIsRefusedInOneLine() throws IOException {
        String file = sparse("large.npy", false);
        String refusal = assertThrows(DataFormatException.class, () -> ImageSource.read(file))
                .getMessage();
        assertEquals(
                file + ": at most 2^31 - 9 numbers can be read at once, got 12000000000; pick one entry with #",
                refusal);
    }
}

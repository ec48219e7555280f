package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever part of gzip data is damaged, one line in the program's own words says it, for every format inside. */
class GzipStreamTest {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final String CHECKSUM = "what they unpack to has another checksum or length than they say";

    @TempDir
    Path folder;

    private List<byte[]> files = List.of();

    @BeforeEach
    void files() throws IOException {
        Array images = Array.zeros(2, 1, 5, 4);
        Arrays.setAll(images.values(), i -> i % 2);
        Path npy = folder.resolve("a.npy");
        NpyFile.write(npy, images, Precision.FLOAT64);
        Path npz = folder.resolve("a.npz");
        NpzFile.write(npz, "a", images, Precision.FLOAT64);
        files = List.of(ImageBytes.idx(2, 5, 4), Files.readAllBytes(npy), Files.readAllBytes(npz), Picture.of(images));
    }

    private String written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.gz"), bytes).toString();
    }

    private void refused(String found, byte[] bytes) throws IOException {
        String file = written(bytes);
        for (String source : List.of(file, file + "#0")) {
            DataFormatException said = assertThrows(DataFormatException.class, () -> ImageSource.read(source));
            assertEquals(
                    file + ": gzip data must be whole, but " + found + "; copy or download the file again",
                    said.getMessage());
        }
    }

    private static byte[] with(byte[] bytes, int place, int value) {
        byte[] changed = bytes.clone();
        changed[place] = (byte) value;
        return changed;
    }

    @Test
    void everyPartHasItsWords() throws IOException {
        for (byte[] file : files) {
            byte[] packed = ImageBytes.gzip(file);
            int end = packed.length;
            refused("their header is not that of deflated data", with(packed, 2, 7));
            // a header of which a checksum is announced, but not given
            refused("their header is not that of deflated data", with(packed, 3, 2));
            refused("their packed bytes are damaged", with(packed, HEADER, 7));
            refused(CHECKSUM, with(packed, end - TRAILER, ~packed[end - TRAILER]));
            refused(CHECKSUM, with(packed, end - 1, 1));
            for (int length = 2; length < end; length++) {
                refused(
                        length < HEADER ? "they end within their header" : "they end too early",
                        Arrays.copyOf(packed, length));
            }
        }
    }

    /** Data may be packed in several members, one after the other. */
    @Test
    void laterMembersAreReadAsTheFirst() throws IOException {
        byte[] file = files.get(1);
        byte[] first = ImageBytes.gzip(Arrays.copyOf(file, 100));
        byte[] second = ImageBytes.gzip(Arrays.copyOfRange(file, 100, file.length));
        Array whole = ImageSource.read(folder.resolve("a.npy").toString());
        assertEquals(whole, ImageSource.read(written(joined(first, second))));
        int end = second.length;
        refused("their packed bytes are damaged", joined(first, with(second, HEADER, 7)));
        refused(CHECKSUM, joined(first, with(second, end - TRAILER, ~second[end - TRAILER])));
        refused(CHECKSUM, joined(with(first, first.length - 1, 1), second));
        refused("they end too early", joined(first, Arrays.copyOf(second, end - 1)));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }

    /** A changed bit changes no number without a word, and the words are never those of a library. */
    @Test
    void noBitChangesInSilence() throws IOException {
        for (byte[] file : files) {
            byte[] packed = ImageBytes.gzip(file);
            Array whole = ImageSource.read(written(packed));
            for (int bit = 0; bit < 8 * packed.length; bit += 5) {
                String damaged = written(with(packed, bit / 8, packed[bit / 8] ^ 1 << bit % 8));
                try {
                    assertEquals(whole, ImageSource.read(damaged), "bit " + bit);
                    assertTrue(bit / 8 < packed.length - TRAILER, "bit " + bit);
                } catch (DataFormatException said) {
                    assertFalse(
                            said.getMessage().matches(".*(GZIP|ZLIB|ZIP|zip END|CEN|LOC|invalid|Corrupt|Unexpected).*"),
                            said.getMessage());
                }
            }
        }
    }
}

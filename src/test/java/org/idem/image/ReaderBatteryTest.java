package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.idem.Implementations;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every reader promises besides the numbers that it reads. */
class ReaderBatteryTest {
    /** A format by the name of its reader, with a small file of it. */
    private enum Format {
        NPY_SINGLE("NpyFile", NpyFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return npy(folder, Precision.FLOAT32, 3, 2, 4);
            }
        },
        NPY_DOUBLE("NpyFile", NpyFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return npy(folder, Precision.FLOAT64, 2, 1, 3, 2);
            }
        },
        NPZ("NpzFile", NpzFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return ImageBytes.zip(false, npy(folder, Precision.FLOAT64, 3, 2, 2));
            }
        },
        NPZ_STORED("NpzFile", NpzFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return ImageBytes.zip(true, npy(folder, Precision.FLOAT32, 3, 2, 2));
            }
        },
        IDX("IdxFile", IdxFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) {
                return ImageBytes.idx(3, 4, 2);
            }
        },
        IDX_COLOUR("IdxFile", IdxFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) {
                return ImageBytes.idx(2, 3, 2, 2);
            }
        },
        PNG("PngFile", PngFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return png(BufferedImage.TYPE_BYTE_GRAY);
            }
        },
        PNG_COLOUR("PngFile", PngFile::hasMagic) {
            @Override
            byte[] bytes(Path folder) throws IOException {
                return png(BufferedImage.TYPE_3BYTE_BGR);
            }
        };

        final String reader;
        final Predicate<byte[]> magic;

        Format(String reader, Predicate<byte[]> magic) {
            this.reader = reader;
            this.magic = magic;
        }

        abstract byte[] bytes(Path folder) throws IOException;

        private static byte[] npy(Path folder, Precision precision, int... shape) throws IOException {
            Array array = Array.zeros(shape);
            Arrays.setAll(array.values(), i -> i + 0.5);
            Path file = folder.resolve("original.npy");
            NpyFile.write(file, array, precision);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        }

        private static byte[] png(int type) throws IOException {
            BufferedImage image = new BufferedImage(5, 3, type);
            for (int i = 0; i < 15; i++) {
                image.setRGB(i % 5, i / 5, 0x010203 * 7 * i);
            }
            return ImageBytes.png(image, false);
        }
    }

    @TempDir
    Path folder;

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data"), bytes);
    }

    private static void assertRefusedInOneLine(String source, String why) {
        DataFormatException refusal =
                assertThrows(DataFormatException.class, () -> ImageSource.read(source), source + ": " + why);
        String message = String.valueOf(refusal.getMessage());
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("data"), "names no file: " + message);
    }

    /** Whoever recognises a format by its first bytes is a reader; the header of npy belongs to its file. */
    @Test
    void everyReaderIsHere() {
        Set<String> readers = Implementations.inPackage(
                "org.idem",
                type -> Stream.of(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("hasMagic")));
        readers.remove("NpyHeader");
        TreeSet<String> tried = new TreeSet<>();
        Stream.of(Format.values()).forEach(format -> tried.add(format.reader));
        assertEquals(readers, tried);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void onlyItsOwnReaderKnowsIt(Format format) throws IOException {
        byte[] start = Arrays.copyOf(format.bytes(folder), 8);
        byte[] before = start.clone();
        for (Format other : Format.values()) {
            assertEquals(other.reader.equals(format.reader), other.magic.test(start), other.name());
        }
        assertArrayEquals(before, start);
    }

    /** The file keeps its bytes, nothing appears beside it, and nobody shares what was read. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void readsWithoutTraces(Format format) throws IOException {
        byte[] bytes = format.bytes(folder);
        String source = written(bytes).toString();
        Array first = ImageSource.read(source);
        double[] kept = first.values().clone();
        assertTrue(kept.length > 0 && first.firstNonFinite() < 0);
        Arrays.fill(first.values(), Double.NaN);
        assertArrayEquals(kept, ImageSource.read(source).values());
        assertArrayEquals(kept, ImageSource.readContent(source).array().values());
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("data")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    /** One entry is what the whole has there; there is none behind the last, and none before the first. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void entriesAreSlices(Format format) throws IOException {
        String source = written(format.bytes(folder)).toString();
        Array whole = ImageSource.read(source);
        int entries = whole.size(0);
        for (int entry = 0; entry < entries; entry++) {
            assertEquals(whole.slices(entry, entry + 1), ImageSource.read(source + "#" + entry));
        }
        assertRefusedInOneLine(source + "#" + entries, "no such entry");
        assertRefusedInOneLine(source + "#4294967296", "no such entry, and its number fits no int");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void readsThroughGzip(Format format) throws IOException {
        byte[] bytes = format.bytes(folder);
        Array plain = ImageSource.read(written(bytes).toString());
        Path zipped = written(ImageBytes.gzip(bytes));
        assertEquals(plain, ImageSource.read(zipped.toString()));
    }

    /** Wherever a copy broke off, it is not taken for the file. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesEveryBeginning(Format format) throws IOException {
        byte[] bytes = format.bytes(folder);
        for (int length = 0; length < bytes.length; length++) {
            byte[] beginning = Arrays.copyOf(bytes, length);
            assertRefusedInOneLine(written(beginning).toString(), "ends after " + length);
            // a stream does not know its length beforehand
            assertRefusedInOneLine(written(ImageBytes.gzip(beginning)).toString(), "zipped, ends after " + length);
        }
    }

    /** Files without numbers: an array of length 0 where the format knows one, otherwise a refusal. */
    @Test
    void emptyShapes() throws IOException {
        for (int[] shape : new int[][] {{0}, {0, 3, 3}, {2, 0, 3}, {1, 2, 3, 0}}) {
            for (Precision precision : Precision.values()) {
                byte[] npy = Format.npy(folder, precision, shape);
                for (byte[] bytes : List.of(npy, ImageBytes.zip(true, npy), ImageBytes.gzip(npy))) {
                    String source = written(bytes).toString();
                    assertArrayEquals(shape, ImageSource.read(source).shape());
                    assertThrows(DataFormatException.class, () -> ImageSource.readImages(source));
                }
            }
        }
        List<byte[]> empty =
                new ArrayList<>(List.of(ImageBytes.idx(0, 2, 2), ImageBytes.idx(2, 0, 2), ImageBytes.zip(true)));
        byte[] png = Format.PNG.bytes(folder);
        // the width of the first chunk
        Arrays.fill(png, 16, 20, (byte) 0);
        ImageBytes.mendChecksum(png, 8);
        empty.add(png);
        for (byte[] bytes : empty) {
            assertRefusedInOneLine(written(bytes).toString(), "nothing in it");
        }
    }

    /** What is written comes back, and writing changes neither the array nor needs another one each time. */
    @Test
    void writersLeaveTheirArrayAlone() throws IOException {
        Array array = Array.of(new double[] {0.1, -0.0, Double.NaN, 1e30, Double.NEGATIVE_INFINITY, 3}, 2, 3);
        double[] before = array.values().clone();
        Path file = folder.resolve("data");
        for (Precision precision : Precision.values()) {
            NpyFile.write(file, array, precision);
            byte[] once = Files.readAllBytes(file);
            NpyFile.write(file, array, precision);
            assertArrayEquals(once, Files.readAllBytes(file));
            assertArrayEquals(before, array.values());
            assertEquals(array.rounded(precision), NpyFile.read(file));
        }
    }
}

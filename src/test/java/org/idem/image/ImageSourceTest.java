package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.wording.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {
    @TempDir
    Path folder;

    private String file(byte[] bytes) throws IOException {
        // The name says nothing about the format.
        return Files.write(folder.resolve("data.bin"), bytes).toString();
    }

    private String refusal(byte[] bytes) throws IOException {
        return refusal(file(bytes));
    }

    private static String refusal(String source) {
        String message = assertThrows(DataFormatException.class, () -> ImageSource.readAll(source))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.startsWith(source.replaceAll("#[0-9]+$", "")), message);
        return message;
    }

    private static void assertRefusedWith(String expected, String message) {
        assertTrue(message.contains(expected), message);
    }

    /** MNIST's ten thousand test digits where IDEM_MNIST names their folder, otherwise a file of our own. */
    private String digits() throws IOException {
        String mnist = System.getenv("IDEM_MNIST");
        return mnist != null
                ? Path.of(mnist, "t10k-images-idx3-ubyte.gz").toString()
                : file(ImageBytes.gzip(ImageBytes.idx(100, 28, 28)));
    }

    @Test
    void allDigitsAndOneOfThemAgree() throws IOException {
        String source = digits();
        Array all = ImageSource.read(source);
        int count = System.getenv("IDEM_MNIST") == null ? 100 : 10_000;
        assertArrayEquals(new int[] {count, 1, 28, 28}, all.shape());
        for (int entry : new int[] {0, 1, count / 2, count - 1}) {
            assertEquals(all.slices(entry, entry + 1), ImageSource.read(source + "#" + entry));
        }
        for (double pixel : all.values()) {
            assertTrue(pixel >= 0 && pixel <= 1);
            assertEquals(Math.rint(pixel * 255), pixel * 255, 255 * Precision.FLOAT64.unitRoundoff());
        }
        assertRefusedWith(
                "has " + Count.of(count, "entry", "entries") + ", counted from #0, got #" + count,
                refusal(source + "#" + count));
        assertRefusedWith("has " + Count.of(count, "entry", "entries"), refusal(source + "#99999999999999999999"));
        assertEquals(count, ImageSource.readAll(source).size());
    }

    @Test
    void plainAndZippedFilesOfThreeAndFourAxesAreRead() throws IOException {
        byte[] grey = ImageBytes.idx(4, 3, 5);
        Array read = ImageSource.read(file(grey));
        assertArrayEquals(new int[] {4, 1, 3, 5}, read.shape());
        for (int i = 0; i < read.length(); i++) {
            assertEquals((7 * i & 0xFF) / 255.0, read.values()[i]);
        }
        assertEquals(read, ImageSource.read(file(ImageBytes.gzip(grey))));
        assertArrayEquals(
                new int[] {2, 3, 4, 5},
                ImageSource.read(file(ImageBytes.idx(2, 3, 4, 5))).shape());
        assertEquals(
                ImageSource.read(file(ImageBytes.idx(2, 3, 4, 5))).slices(1, 2),
                ImageSource.read(file(ImageBytes.idx(2, 3, 4, 5)) + "#1"));
    }

    @Test
    void aTornZippedFileIsRefusedEvenIfItHoldsTheImage() throws IOException {
        byte[] zipped = ImageBytes.gzip(ImageBytes.idx(1000, 28, 28));
        String whole = file(zipped);
        assertEquals(1, ImageSource.read(whole + "#0").size(0));
        assertEquals(1, ImageSource.read(whole + "#999").size(0));
        for (int length : new int[] {zipped.length / 2, zipped.length - 1}) {
            byte[] cut = Arrays.copyOf(zipped, length);
            assertRefusedWith("must be whole, but they end too early; copy or download", refusal(cut));
            DataFormatException torn =
                    assertThrows(DataFormatException.class, () -> ImageSource.read(file(cut) + "#0"));
            assertRefusedWith("must be whole, but they end too early; copy or download", torn.getMessage());
        }
        zipped[zipped.length - 5] ^= 1;
        DataFormatException changed =
                assertThrows(DataFormatException.class, () -> ImageSource.read(file(zipped) + "#0"));
        assertRefusedWith("must be whole, but ", changed.getMessage());
    }

    @Test
    void malformedIdxFilesAreRefused() throws IOException {
        byte[] good = ImageBytes.idx(2, 3, 3);
        assertRefusedWith("need 18 bytes of pixels, got 17", refusal(Arrays.copyOf(good, good.length - 1)));
        assertRefusedWith("need 18 bytes of pixels, got 19", refusal(Arrays.copyOf(good, good.length + 1)));
        assertRefusedWith("got 17", refusal(ImageBytes.gzip(Arrays.copyOf(good, good.length - 1))));
        assertRefusedWith("got more", refusal(ImageBytes.gzip(Arrays.copyOf(good, good.length + 1))));
        assertRefusedWith("within its header", refusal(Arrays.copyOf(good, 15)));
        assertRefusedWith("labels?", refusal(ImageBytes.idx(8)));
        assertRefusedWith("labels?", refusal(ImageBytes.idx(8, new int[] {3}, new byte[3])));
        assertRefusedWith("got type 13", refusal(ImageBytes.idx(13, new int[] {1, 1, 1}, new byte[4])));
        assertRefusedWith("got 0", refusal(ImageBytes.idx(8, new int[] {0, 3, 3}, new byte[0])));
        assertRefusedWith("got 4294967295", refusal(ImageBytes.idx(8, new int[] {1, 3, -1}, new byte[3])));
        int large = Integer.MAX_VALUE;
        assertRefusedWith("2^31 - 1", refusal(ImageBytes.idx(8, new int[] {1, large, large}, new byte[3])));
        assertRefusedWith("got 3", refusal(ImageBytes.idx(8, new int[] {large, 1, 1}, new byte[3])));
        assertRefusedWith(
                "packed so tightly", refusal(ImageBytes.gzip(ImageBytes.idx(8, new int[] {large, 9, 9}, new byte[3]))));
    }

    @Test
    void gzipBombsAreRefused() throws IOException {
        byte[] bomb = ImageBytes.gzip(ImageBytes.idx(8, new int[] {70_000, 32, 32}, new byte[70_000 * 1024]));
        assertTrue(bomb.length < 100_000);
        assertRefusedWith("packed so tightly must hold at most 33554432 numbers, got 71680000", refusal(bomb));
        assertRefusedWith("begins with 0x1f8b", refusal(ImageBytes.gzip(ImageBytes.gzip(ImageBytes.idx(1, 1, 1)))));
    }

    @Test
    void npyArraysKeepTheirShapeAndBecomeImagesOnDemand() throws IOException {
        Path path = folder.resolve("a.npy");
        int[][] stored = {{4, 5}, {3, 4, 5}, {2, 3, 4, 5}};
        int[][] asImages = {{1, 1, 4, 5}, {3, 1, 4, 5}, {2, 3, 4, 5}};
        for (int i = 0; i < stored.length; i++) {
            NpyFile.write(path, Array.zeros(stored[i]), Precision.FLOAT32);
            assertArrayEquals(stored[i], ImageSource.read(path.toString()).shape());
            assertArrayEquals(
                    asImages[i], ImageSource.readImages(path.toString()).shape());
            byte[] zipped = ImageBytes.gzip(Files.readAllBytes(path));
            assertArrayEquals(stored[i], ImageSource.read(file(zipped)).shape());
        }
        assertArrayEquals(new int[] {1, 3, 4, 5}, ImageSource.read(path + "#1").shape());
        assertRefusedWith("has 2 entries", refusal(path + "#2"));
        NpyFile.write(path, Array.zeros(7), Precision.FLOAT64);
        assertRefusedWith("must have shape (H, W)", refusal(path.toString()));
        NpyFile.write(path, Array.zeros(0, 2, 2), Precision.FLOAT64);
        assertRefusedWith("of at least 1", refusal(path.toString()));
        NpyFile.write(path, Array.of(new double[] {0, 1 / 0.0}, 1, 2), Precision.FLOAT64);
        assertRefusedWith("got Infinity at position 1", refusal(path.toString()));
    }

    @Test
    void drawnImagesHaveNumbersAndNames() throws IOException {
        List<Image> set = DrawnImages.standardSet();
        assertEquals(set, ImageSource.readAll("builtin"));
        assertEquals(set.get(3).batch(), ImageSource.read("builtin#3"));
        assertEquals(
                set.get(3).batch(), ImageSource.read("builtin:" + set.get(3).name()));
        assertArrayEquals(
                new int[] {1, 28, 28}, ImageSource.read("builtin").slice(0).shape());
        assertEquals("", ImageSource.leftOut("builtin#3"));
        assertEquals("", ImageSource.leftOut("./builtin"));
        String left = ImageSource.leftOut("builtin");
        int taken = ImageSource.read("builtin").size(0);
        assertTrue(
                left.startsWith("takes " + taken + " of the " + set.size() + " drawn images, those of 28 × 28 "), left);
        assertRefusedWith("has " + set.size() + " entries", refusal("builtin#4000"));
        assertRefusedWith("must be one of digit-0, ", refusal("builtin:dog"));
        assertRefusedWith("number of an entry", refusal("builtin#x"));
    }

    @Test
    void missingAndForeignFilesAreRefused() throws IOException {
        assertRefusedWith(
                "there is no such file", refusal(folder.resolve("none").toString()));
        assertRefusedWith("there is no such file", refusal(folder.resolve("none") + "#3"));
        assertRefusedWith("number of an entry", refusal(folder.resolve("none") + "#x"));
        assertRefusedWith("bultin: there is no such file; drawn images are called builtin", refusal("bultin#3"));
        assertRefusedWith("is a folder", refusal(folder.toString()));
        assertRefusedWith("it is empty", refusal(new byte[0]));
        assertRefusedWith("begins with 0x68656c6c", refusal("hello, world".getBytes()));
        DataFormatException noPath = assertThrows(DataFormatException.class, () -> ImageSource.read("a\0b"));
        assertRefusedWith("a?b: must be a path", noPath.getMessage());
    }

    @Test
    void aHashInAFileNameIsNoNumber() throws IOException {
        Path path = Files.write(folder.resolve("a#b"), ImageBytes.idx(2, 3, 3));
        assertEquals(2, ImageSource.read(path.toString()).size(0));
        assertEquals(1, ImageSource.read(path + "#1").size(0));
        Path numbered = Files.write(folder.resolve("c#1"), ImageBytes.idx(2, 3, 3));
        assertEquals(2, ImageSource.read(numbered.toString()).size(0));
    }

    @Test
    void aHugeHeaderOnATinyFileTakesNoMemory() throws IOException {
        ByteBuffer header =
                ByteBuffer.allocate(16).putInt(0x803).putInt(1 << 20).putInt(28).putInt(28);
        assertRefusedWith("got 0", refusal(header.array()));
        header.putInt(4, 1 << 15);
        assertRefusedWith("got 0", refusal(ImageBytes.gzip(header.array())));
    }

    @Test
    void arraysOfArchivesAreSources() throws IOException {
        Path archive = folder.resolve("a.npz");
        Array images = Array.zeros(3, 4, 5);
        images.values()[20] = 0.5;
        NpzFile.write(archive, "scans", images, Precision.FLOAT32);
        for (String name : List.of("", ":scans", ":scans.npy")) {
            assertEquals(images, ImageSource.read(archive + name));
            assertEquals(images.slices(1, 2), ImageSource.read(archive + name + "#1"));
        }
        assertEquals(
                archive + ":scans#1",
                ImageSource.readAll(archive + ":scans").get(1).name());
        assertEquals(
                Precision.FLOAT32, ImageSource.readContent(archive + ":scans").precision());
        DataFormatException unknown =
                assertThrows(DataFormatException.class, () -> ImageSource.read(archive + ":scan"));
        assertRefusedWith("a.npz: has no array 'scan'; it holds scans", unknown.getMessage());
        assertRefusedWith("a.npz:scans: has 3 entries", refusal(archive + ":scans#3"));
        String missing = folder.resolve("none.npz").toString();
        DataFormatException absent =
                assertThrows(DataFormatException.class, () -> ImageSource.read(missing + ":scans#1"));
        assertEquals(missing + ": there is no such file", absent.getMessage());
        Path plain = folder.resolve("a.npy");
        NpyFile.write(plain, images, Precision.FLOAT64);
        DataFormatException foreign = assertThrows(DataFormatException.class, () -> ImageSource.read(plain + ":scans"));
        assertRefusedWith("a.npy: must be an archive (.npz) for its array 'scans' to be picked", foreign.getMessage());
        Path colon = folder.resolve("b:c");
        NpyFile.write(colon, images, Precision.FLOAT64);
        assertEquals(images.slices(2, 3), ImageSource.read(colon + "#2"));
        String packed = file(ImageBytes.gzip(Files.readAllBytes(archive)));
        assertEquals(images.slices(1, 2), ImageSource.read(packed + ":scans#1"));
        String single = file(ImageBytes.gzip(ImageBytes.idx(1, 2, 2)));
        DataFormatException none = assertThrows(DataFormatException.class, () -> ImageSource.read(single + ":x"));
        assertRefusedWith("must be an archive (.npz) for its array 'x' to be picked", none.getMessage());
    }

    /** A pipe into which another process writes pieces, waiting after each. */
    private String pipe(byte[] bytes, int piece) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Files.deleteIfExists(pipe);
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Thread writer = new Thread(() -> {
            try (var out = new java.io.FileOutputStream(pipe.toFile())) {
                for (int from = 0; from < bytes.length; from += piece) {
                    out.write(bytes, from, Math.min(piece, bytes.length - from));
                    Thread.sleep(5);
                }
            } catch (IOException | InterruptedException abandoned) {
                Thread.currentThread().interrupt();
            }
        });
        writer.setDaemon(true);
        writer.start();
        return pipe.toString();
    }

    @Test
    void pipesAreReadAsFilesAre() throws IOException, InterruptedException {
        Array images = Array.zeros(30, 5, 7);
        Arrays.setAll(images.values(), i -> Math.sin(i));
        Path plain = folder.resolve("a.npy");
        NpyFile.write(plain, images, Precision.FLOAT64);
        byte[] bytes = Files.readAllBytes(plain);
        byte[] packed = ImageBytes.gzip(bytes);
        var members = new java.io.ByteArrayOutputStream();
        members.writeBytes(ImageBytes.gzip(Arrays.copyOf(bytes, 1000)));
        members.writeBytes(ImageBytes.gzip(Arrays.copyOfRange(bytes, 1000, bytes.length)));
        Path archive = folder.resolve("a.npz");
        NpzFile.write(archive, "scans", images, Precision.FLOAT64);
        for (int piece : new int[] {100, 997, 1 << 20}) {
            assertEquals(images, ImageSource.read(pipe(bytes, piece)));
            assertEquals(images.slices(7, 8), ImageSource.read(pipe(bytes, piece) + "#7"));
            assertEquals(images, ImageSource.read(pipe(packed, piece)));
            assertEquals(images, ImageSource.read(pipe(members.toByteArray(), piece)));
            assertEquals(images, ImageSource.read(pipe(Files.readAllBytes(archive), piece)));
            assertEquals(images.slices(3, 4), ImageSource.read(pipe(Files.readAllBytes(archive), piece) + ":scans#3"));
            // a pipe is empty, or keeps its reader waiting, when it is opened once more
            assertEquals(Map.of("", images), ImageSource.readNamed(pipe(packed, piece)));
            assertEquals(
                    Map.of("scans", images),
                    ImageSource.readNamed(pipe(ImageBytes.gzip(Files.readAllBytes(archive)), piece)));
        }
        // whatever comes first of a second member, its first byte must be waited for
        byte[] whole = members.toByteArray();
        for (int piece = ImageBytes.gzip(Arrays.copyOf(bytes, 1000)).length - 1, end = piece + 3;
                piece < end;
                piece++) {
            assertEquals(images, ImageSource.read(pipe(whole, piece)), "pieces of " + piece);
        }
    }

    /** An archive that comes by a pipe, or packed once more, holds what it holds as a file. */
    @Test
    void everyArrayOfAnArchiveIsRead() throws IOException, InterruptedException {
        Path archive = folder.resolve("two.npz");
        Array one = Array.of(new double[] {1, 2}, 1, 1, 1, 2);
        Array two = Array.of(new double[] {3, 4, 5, 6}, 2, 1, 2, 1);
        NpzFile.write(
                archive,
                Map.of(
                        "one", new NpyFile.Content(one, Precision.FLOAT64),
                        "two", new NpyFile.Content(two, Precision.FLOAT64)));
        byte[] bytes = Files.readAllBytes(archive);
        for (String source : List.of(archive.toString(), pipe(bytes, 100), file(ImageBytes.gzip(bytes)))) {
            List<Image> images = ImageSource.readEvery(source);
            assertEquals(
                    List.of(source + ":one", source + ":two#0", source + ":two#1"),
                    images.stream().map(Image::name).toList());
            assertEquals(two.slice(1), images.get(2).pixels());
        }
        String single = pipe(ImageBytes.gzip(ImageBytes.idx(1, 2, 2)), 3);
        assertEquals(single, ImageSource.readEvery(single).get(0).name());
        String none = file(ImageBytes.zip(true));
        assertRefusedWith(
                "must hold at least one array",
                assertThrows(DataFormatException.class, () -> ImageSource.readEvery(none))
                        .getMessage());
    }

    @Test
    void otherFormatsAreCalledByTheirNames() throws IOException {
        assertRefusedWith(
                "begins with 0xffd8ffe0, as if it were a JPEG image",
                refusal(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}));
        assertRefusedWith("packed by bzip2", refusal("BZh91AY&".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
}

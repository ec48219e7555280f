package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    @TempDir
    Path folder;

    private static byte[] npy(double... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFile.write(out, Array.of(values, values.length), Precision.FLOAT64);
        return out.toByteArray();
    }

    private Path archive(boolean stored, String[] names, byte[]... contents) throws IOException {
        Path path = folder.resolve("a.npz");
        try (OutputStream out = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < names.length; i++) {
                ZipEntry entry = new ZipEntry(names[i]);
                if (stored) {
                    CRC32 checksum = new CRC32();
                    checksum.update(contents[i]);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(contents[i].length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(contents[i]);
                zip.closeEntry();
            }
        }
        return path;
    }

    private static Array read(Path path, String member) throws IOException {
        return NpzFile.readContent(path, member, DataStream.ALL).array();
    }

    private static void refused(Path path, String member, String expected) {
        String message = assertThrows(DataFormatException.class, () -> read(path, member))
                .getMessage();
        assertTrue(message.startsWith(path.toString()) && message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void anArrayIsPickedByNameOrForBeingTheOnlyOne() throws IOException {
        for (boolean stored : new boolean[] {true, false}) {
            Path two = archive(stored, new String[] {"a.npy", "b.npy"}, npy(1), npy(2, 3));
            assertEquals(Array.of(new double[] {1}, 1), read(two, "a"));
            assertEquals(Array.of(new double[] {2, 3}, 2), read(two, "b.npy"));
            refused(two, "c", "has no array 'c'; it holds a, b");
            refused(two, "", "has no array ''; it holds a, b");
            refused(two, null, "one must be picked as FILE:NAME or FILE:NAME#7; it holds a, b");
            Path one = archive(stored, new String[] {"folder/", "folder/x.npy"}, new byte[0], npy(4));
            assertEquals(Array.of(new double[] {4}, 1), read(one, null));
            assertEquals(Array.of(new double[] {4}, 1), read(one, "folder/x"));
            refused(one, "folder/", "has no array");
        }
    }

    @Test
    void namesThatClimbAreOnlyNames() throws IOException {
        Path climbing = archive(false, new String[] {"../../up.npy", "/root.npy"}, npy(1), npy(2));
        assertEquals(1, read(climbing, "../../up").at(0));
        assertEquals(2, read(climbing, "/root").at(0));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void longListsAreCut() throws IOException {
        String[] names = new String[30];
        byte[][] contents = new byte[30][];
        for (int i = 0; i < names.length; i++) {
            names[i] = "array" + i + ".npy";
            contents[i] = npy(i);
        }
        refused(archive(true, names, contents), null, "array18, array19, …");
    }

    @Test
    void changedBytesAreFoundByTheChecksum() throws IOException {
        Path path = archive(true, new String[] {"a.npy"}, npy(1, 2, 3));
        byte[] bytes = Files.readAllBytes(path);
        int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY") - 1 + npy(1, 2, 3).length - 8;
        bytes[data] ^= 1;
        Files.write(path, bytes);
        refused(path, "a", "a.npz:a: must match its checksum in the archive, but does not");
    }

    @Test
    void cutArchivesAndForeignMembersAreRefused() throws IOException {
        Path path = archive(false, new String[] {"a.npy", "b.npy"}, npy(1), "no array".getBytes());
        refused(path, "b", "a.npz:b: must be a npy file");
        byte[] bytes = Files.readAllBytes(path);
        for (int length : new int[] {4, 40, bytes.length / 2, bytes.length - 1}) {
            Files.write(path, Arrays.copyOf(bytes, length));
            refused(
                    path,
                    "a",
                    "an archive (.npz) must be whole, but its directory or the packed bytes of an array are damaged;");
        }
        refused(folder, "a", "must be a file, not a pipe");
    }

    /** The directory of the archive may claim sizes that its bytes do not bear out. */
    @Test
    void declaredSizesAreHeldAgainstTheFile() throws IOException {
        for (boolean stored : new boolean[] {true, false}) {
            Path path = archive(stored, new String[] {"a.npy"}, npy(1, 2, 3));
            byte[] good = Files.readAllBytes(path);
            ByteBuffer bytes = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
            int directory = 0;
            while (bytes.getInt(directory) != 0x02014b50) {
                directory++;
            }
            for (int field : new int[] {20, 24}) {
                byte[] changed = good.clone();
                ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + field, 0x7FFFFFF0);
                Files.write(path, changed);
                assertThrows(DataFormatException.class, () -> read(path, "a"));
            }
        }
    }

    @Test
    void bombsAreRefusedUnread() throws IOException {
        byte[] header = ("{'descr': '|u1', 'fortran_order': False, 'shape': (40000000,), }" + " ".repeat(53) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] bomb = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, 128 + 40_000_000);
        System.arraycopy(header, 0, bomb, 10, header.length);
        assertEquals(118, header.length);
        Path path = archive(false, new String[] {"a.npy"}, bomb);
        assertTrue(Files.size(path) < 100_000);
        refused(path, "a", "packed so tightly must hold at most 33554432 numbers, got 40000000; unpack them first");
        Array entry = NpzFile.readContent(path, "a", 39_999_999).array();
        assertEquals(Array.zeros(1), entry);
    }

    @Test
    void equalArraysMakeEqualFiles() throws IOException {
        Array array = Array.of(new double[] {1, 2, 0.5}, 3);
        NpzFile.write(folder.resolve("one.npz"), "outputs", array, Precision.FLOAT32);
        NpzFile.write(folder.resolve("two.npz"), "outputs", array, Precision.FLOAT32);
        assertEquals(-1, Files.mismatch(folder.resolve("one.npz"), folder.resolve("two.npz")));
        NpyFile.Content content = NpzFile.readContent(folder.resolve("one.npz"), null, DataStream.ALL);
        assertEquals(array, content.array());
        assertEquals(Precision.FLOAT32, content.precision());
    }

    /** In the order of names, each once, so that the one before need not be kept. */
    @Test
    void arraysAreAskedForWhenTheyAreWritten() throws IOException {
        List<String> asked = new ArrayList<>();
        WholeFile.Content archive = NpzFile.content(List.of("b", "a", "c"), name -> {
            asked.add(name);
            return new NpyFile.Content(Array.of(new double[] {name.charAt(0)}, 1), Precision.FLOAT64);
        });
        assertEquals(List.of(), asked);
        WholeFile.write(folder.resolve("asked.npz"), archive);
        assertEquals(List.of("a", "b", "c"), asked);
        assertEquals(Array.of(new double[] {'c'}, 1), picked(folder.resolve("asked.npz"), "c"));
    }

    private static Array picked(Path path, String name) throws IOException {
        return NpzFile.readPicked(path, "shown.npz", name, DataStream.ALL).array();
    }

    @Test
    void namesMayHoldHashesColonsAndNothingElse() throws IOException {
        Path path = archive(
                false,
                new String[] {"w.npy", "w#1.npy", "a:b.npy", "p/q.npy", "layer#2:0.npy", ".npy", "#3.npy", "κ#1#2.npy"},
                npy(1, 2),
                npy(3, 4),
                npy(5),
                npy(6),
                npy(7),
                npy(8),
                npy(9),
                npy(10));
        // the whole name goes first; with .npy the other reading can still be asked for
        assertEquals(Array.of(new double[] {3, 4}, 2), picked(path, "w#1"));
        assertEquals(Array.of(new double[] {2}, 1), picked(path, "w.npy#1"));
        assertEquals(Array.of(new double[] {4}, 1), picked(path, "w#1#1"));
        assertEquals(Array.of(new double[] {1}, 1), picked(path, "w#0"));
        for (var one : java.util.Map.of(
                        "a:b",
                        5.0,
                        "p/q",
                        6.0,
                        "layer#2:0",
                        7.0,
                        "",
                        8.0,
                        "#3",
                        9.0,
                        "κ#1#2",
                        10.0,
                        "a:b#0",
                        5.0,
                        "#0",
                        8.0)
                .entrySet()) {
            assertEquals(Array.of(new double[] {one.getValue()}, 1), picked(path, one.getKey()), one.getKey());
        }
        for (String wrong : new String[] {"w#2", "v#0", "w#x", "p"}) {
            String message = assertThrows(DataFormatException.class, () -> picked(path, wrong))
                    .getMessage();
            assertTrue(
                    message.startsWith("shown.npz:w: has 2 entries") || message.startsWith("shown.npz: has no array"));
        }
    }

    @Test
    void aCheckpointOfPyTorchIsNamedAsSuch() throws IOException {
        Path path = archive(true, new String[] {"archive/data.pkl", "archive/data/0"}, npy(1), npy(2));
        refused(path, null, "it is a checkpoint of PyTorch, of which numpy.savez saves the arrays");
    }
}

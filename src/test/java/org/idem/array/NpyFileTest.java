package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NpyFileTest {
    @TempDir
    Path folder;

    private static byte[] file(int version, String header, int... data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
        if (version > 1) {
            out.writeBytes(new byte[2]);
        }
        out.writeBytes(text);
        for (int b : data) {
            out.write(b);
        }
        return out.toByteArray();
    }

    private static String header(String type, String order, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }   \n";
    }

    private static Array read(byte[] bytes) throws IOException {
        return read(bytes, OptionalLong.empty(), DataStream.ALL);
    }

    private static Array read(byte[] bytes, OptionalLong size, long entry) throws IOException {
        DataStream data = DataStream.plain(new ByteArrayInputStream(bytes), "x.npy", size);
        return NpyFile.readContent(data, entry).array();
    }

    private static String refusal(byte[] bytes) {
        String message =
                assertThrows(DataFormatException.class, () -> read(bytes)).getMessage();
        assertTrue(message.startsWith("x.npy: "), message);
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatIsWrittenIsReadBack(Precision precision) throws IOException {
        int[][] shapes = {{}, {0}, {1}, {5}, {2, 3}, {3, 0, 2}, {1, 28, 28}, {2, 3, 4, 5}, {300, 301}};
        for (int[] shape : shapes) {
            Array array = Array.zeros(shape);
            for (int i = 0; i < array.length(); i++) {
                array.values()[i] = precision.round(Math.sin(i) * 1e10);
            }
            Path path = folder.resolve("a.npy");
            NpyFile.write(path, array, precision);
            NpyFile.Content content = NpyFile.readContent(path);
            assertEquals(array, content.array());
            assertEquals(precision, content.precision());
            assertEquals(array, read(Files.readAllBytes(path)));
        }
    }

    @Test
    void numbersAreRoundedToFloat32AndMayNotOverflowIt() throws IOException {
        Path path = folder.resolve("a.npy");
        double[] values = {0.1, Double.NaN, Double.POSITIVE_INFINITY, -0.0};
        NpyFile.write(path, Array.of(values, 4), Precision.FLOAT32);
        assertEquals(Array.of(values, 4).rounded(Precision.FLOAT32), NpyFile.read(path));
        byte[] before = Files.readAllBytes(path);
        Array tooLarge = Array.of(new double[] {1, 1e39}, 2);
        assertThrows(IllegalArgumentException.class, () -> NpyFile.write(path, tooLarge, Precision.FLOAT32));
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(path));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<i2, 513, 1 2",
        "'>i2', 258, 1 2",
        "|i1, -2, 254",
        "|u1, 254, 254",
        "<i4, -1, 255 255 255 255",
        "'>u4', 4294967294, 255 255 255 254",
        "<u8, 18446744073709551615, 255 255 255 255 255 255 255 255",
        "<i8, -2, 254 255 255 255 255 255 255 255",
        "|b1, 1, 1",
        "<f2, 1.5, 0 62",
        "'>f2', -2, 192 0",
        "<f2, 5.960464477539063E-8, 1 0",
        "<f2, 65504, 255 123",
        "'>f2', -Infinity, 252 0",
        "'>f4', 1, 63 128 0 0",
        "'>f8', -2, 192 0 0 0 0 0 0 0",
        "=f8, -2, 0 0 0 0 0 0 0 192",
        "f8, -2, 0 0 0 0 0 0 0 192",
        "|f8, -2, 0 0 0 0 0 0 0 192",
        "float64, -2, 0 0 0 0 0 0 0 192",
        "<d, -2, 0 0 0 0 0 0 0 192",
        "'>d', -2, 192 0 0 0 0 0 0 0",
        "f4, 1, 0 0 128 63",
        "single, 1, 0 0 128 63",
        "e, 1.5, 0 62",
        "i2, 513, 1 2",
        "'>h', 258, 1 2",
        "uint8, 254, 254",
        "b, -2, 254",
        "B, 254, 254",
        "<b1, 1, 1",
        "?, 1, 1",
    })
    void everyTypeIsRead(String type, double expected, String bytes) throws IOException {
        int[] data = java.util.Arrays.stream(bytes.split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (int version = 1; version <= 3; version++) {
            assertEquals(
                    expected,
                    read(file(version, header(type, "False", "(1,)"), data)).at(0));
            assertEquals(
                    expected,
                    read(file(version, header(type, "True", "()"), data)).at());
        }
    }

    @Test
    void unsignedIntegersBeyond53BitsAreRoundedToNearest() throws IOException {
        for (long value :
                new long[] {-1L, Long.MIN_VALUE, Long.MIN_VALUE + 1024, Long.MIN_VALUE + 1025, -1025L, -1024L}) {
            byte[] file = file(1, header(">u8", "False", "()"), 0, 0, 0, 0, 0, 0, 0, 0);
            ByteBuffer.wrap(file).putLong(file.length - 8, value);
            double exact = new java.math.BigInteger(Long.toUnsignedString(value)).doubleValue();
            assertEquals(exact, read(file).at());
        }
    }

    @Test
    void fortranOrderIsUndone() throws IOException {
        // Three axes: entry (i, j, k) of shape (2, 3, 2) lies at i + 2 j + 6 k.
        int[] data = new int[12];
        for (int i = 0; i < 12; i++) {
            data[i] = i;
        }
        Array array = read(file(1, header("|u1", "True", "(2, 3, 2)"), data));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 2; k++) {
                    assertEquals(i + 2 * j + 6 * k, array.at(i, j, k));
                }
            }
        }
        assertEquals(0, read(file(1, header("|u1", "True", "(2, 0)"))).length());
    }

    @Test
    void theDictionaryMayBeOrderedAndSpacedAtWill() throws IOException {
        String odd = "{\"shape\":(1 , ),'fortran_order':False,'descr':'|u1'}";
        assertEquals(9, read(file(2, odd, 9)).at(0));
        assertEquals(9, read(file(1, header("|u1", "False", "(1L, 1L)"), 9)).at(0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|O;objects",
                "<c16;complex",
                "<U4;strings",
                "|S3;strings",
                "<M8;times",
                "|V4;records",
                "<f16;extended precision",
                "longdouble;extended precision",
                "<V2;(bfloat16",
                "|V2;(bfloat16",
                "bfloat16;(bfloat16",
                "|V1;(8-bit floats",
                "float8_e4m3fn;(8-bit floats",
                "complex64;complex",
                "str;strings",
                "object;Python objects",
                "f3;got 'f3'",
                "<>f8;got '<>f8'",
                "f88;got 'f88'",
                "<i3;got '<i3'",
                "'';got ''"
            })
    void otherTypesAreRefused(String type, String expected) {
        String message = refusal(file(1, header(type, "False", "(1,)"), 0, 0, 0, 0, 0, 0, 0, 0));
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(1);comma",
                "(-1,);size of at least 0",
                "(1.0,);needs",
                "(1,1,1,1,1);0 to 4 axes",
                "(99999999999999999999,);an axis must have at most 1152921504606846975 entries, got 99999999999999999999",
                "(1152921504606846975, 2);an array must have at most",
                "(2147483648, 0);2^31 - 1 entries, got 2147483648",
                "(2147483647, 2147483647, 2147483647);an array must have at most",
                "(65536, 65536);2^31 - 9 numbers can be read at once, got 4294967296",
                "(2,);2 bytes after the header, got 1",
                "(0,);0 bytes after the header, got more",
                "[1];needs '('",
                "(1, ;size",
                "(1 1);comma"
            })
    void otherShapesAreRefused(String shape, String expected) {
        String message = refusal(file(1, header("|u1", "False", shape), 1));
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};only []",
                "{'descr': '|u1', 'fortran_order': False};only",
                "{'descr': [('a', '|u1')];records",
                "{'descr': '|u1', 'descr': '|u1'};twice",
                "{'descr': '|u1', 'order': 3};unknown key 'order'",
                "{'fortran_order': 0};True or False",
                "{'descr': '|u1', 'fortran_order': False, 'shape': ()} x;goes on",
                "{'descr': '\\u1'};backslash",
                "{'descr: 3;quoted string",
                "x;needs '{'"
            })
    void otherHeadersAreRefused(String header, String expected) {
        String message = refusal(file(1, header, 1));
        assertTrue(message.contains(expected), message);
    }

    @Test
    void otherFilesAreRefused() {
        assertTrue(refusal(new byte[0]).contains("begins with"));
        assertTrue(refusal(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}).contains(".npz"));
        assertTrue(refusal(file(4, header("|u1", "False", "()"), 1)).contains("4.0"));
        byte[] endless = file(2, header("|u1", "False", "()"), 1);
        endless[11] = 127;
        assertTrue(refusal(endless).contains("at most"));
        byte[] cut = java.util.Arrays.copyOf(file(1, header("|u1", "False", "()"), 1), 30);
        assertTrue(refusal(cut).contains("announces"));
        assertTrue(refusal(java.util.Arrays.copyOf(cut, 9)).contains("within its header"));
        assertTrue(refusal(file(1, header("|b1", "False", "()"), 7)).contains("got 7"));
        DataFormatException missing =
                assertThrows(DataFormatException.class, () -> NpyFile.read(folder.resolve("none.npy")));
        assertTrue(missing.getMessage().contains("none.npy"), missing.getMessage());
        assertThrows(DataFormatException.class, () -> NpyFile.read(folder));
    }

    @Test
    void aHeaderAloneTakesNoMemory() throws IOException {
        byte[] huge = file(1, header("<f8", "False", "(2147483000,)"), 1, 2, 3);
        assertTrue(refusal(huge).contains("got 3"));
        assertThrows(DataFormatException.class, () -> read(huge, OptionalLong.of(huge.length), DataStream.ALL));
    }

    @Test
    void everyEntryIsThatOfTheWholeArray() throws IOException {
        int[] data = new int[24];
        java.util.Arrays.setAll(data, i -> i);
        for (String shape : new String[] {"(4, 6)", "(2, 3, 4)", "(3, 2, 2, 2)", "(24,)", "(6, 2, 2)", "(1, 24)"}) {
            for (String order : new String[] {"False", "True"}) {
                byte[] file = file(1, header("|u1", order, shape), data);
                Array all = read(file);
                for (int entry = 0; entry < all.size(0); entry++) {
                    Array expected = all.slices(entry, entry + 1);
                    assertEquals(expected, read(file, OptionalLong.of(file.length), entry));
                    assertEquals(expected, read(file, OptionalLong.empty(), entry));
                }
                for (long beyond : new long[] {all.size(0), Long.MAX_VALUE}) {
                    assertThrows(DataFormatException.class, () -> read(file, OptionalLong.empty(), beyond));
                }
                byte[] cut = java.util.Arrays.copyOf(file, file.length - 1);
                assertThrows(DataFormatException.class, () -> read(cut, OptionalLong.empty(), all.size(0) - 1));
                assertThrows(DataFormatException.class, () -> read(cut, OptionalLong.of(cut.length), 0));
            }
        }
        byte[] scalar = file(1, header("|u1", "False", "()"), 1);
        assertThrows(DataFormatException.class, () -> read(scalar, OptionalLong.empty(), 0));
    }

    @Test
    void nonFiniteNumbersAreFound() {
        assertEquals(OptionalInt.of(2), NpyFile.firstNonFinite(Array.of(new double[] {0, 1, Double.NaN, 1 / 0.0}, 4)));
        assertEquals(OptionalInt.empty(), NpyFile.firstNonFinite(Array.zeros(3)));
    }

    @Test
    void fiveAxesAreNotWritten() {
        Path path = folder.resolve("five.npy");
        assertThrows(
                IllegalArgumentException.class,
                () -> NpyFile.write(path, Array.zeros(1, 1, 1, 1, 1), Precision.FLOAT64));
        assertTrue(Files.notExists(path));
    }
}

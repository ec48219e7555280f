package org.idem.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How one number of a npy file is stored.
 *
 * @param kind f (IEEE 754), i (signed), u (unsigned) or b (bool)
 * @param size bytes per number
 * @param order byte order
 */
record NpyType(char kind, int size, ByteOrder order) {
    /** Names that NumPy knows beside kind and size, as it spells them on 64-bit machines. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("float16", "f2"),
            Map.entry("half", "f2"),
            Map.entry("e", "f2"),
            Map.entry("float32", "f4"),
            Map.entry("single", "f4"),
            Map.entry("f", "f4"),
            Map.entry("float64", "f8"),
            Map.entry("double", "f8"),
            Map.entry("float", "f8"),
            Map.entry("d", "f8"),
            Map.entry("int8", "i1"),
            Map.entry("b", "i1"),
            Map.entry("int16", "i2"),
            Map.entry("h", "i2"),
            Map.entry("int32", "i4"),
            Map.entry("i", "i4"),
            Map.entry("int64", "i8"),
            Map.entry("int", "i8"),
            Map.entry("q", "i8"),
            Map.entry("uint8", "u1"),
            Map.entry("B", "u1"),
            Map.entry("uint16", "u2"),
            Map.entry("H", "u2"),
            Map.entry("uint32", "u4"),
            Map.entry("I", "u4"),
            Map.entry("uint64", "u8"),
            Map.entry("uint", "u8"),
            Map.entry("Q", "u8"),
            Map.entry("bool", "b1"),
            Map.entry("bool_", "b1"),
            Map.entry("?", "b1"));

    private static final Pattern PLAIN = Pattern.compile("f[248]|[iu][1248]|b1");

    /**
     * Reads NumPy's notation, for instance {@code <f8}, {@code >i4}, {@code |u1} or {@code float64}. Without an order
     * of bytes, or with the native one, the file is taken to come from a little-endian machine, as nearly all are.
     */
    static NpyType parse(String description, String source) {
        boolean ordered = !description.isEmpty() && "<>=|".indexOf(description.charAt(0)) >= 0;
        String name = ordered ? description.substring(1) : description;
        String plain = NAMES.getOrDefault(name, name);
        if (!PLAIN.matcher(plain).matches()) {
            throw new DataFormatException(
                    source,
                    "numbers must be float16, 32 or 64, integer of 1 to 8 bytes or bool, in NumPy's notation such as"
                            + " '<f8', got '" + description + "'" + hint(name));
        }
        boolean big = description.startsWith(">");
        return new NpyType(
                plain.charAt(0), plain.charAt(1) - '0', big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static String hint(String name) {
        if (name.equals("V2") || name.startsWith("bfloat")) {
            return " (bfloat16 as JAX saves it? NumPy has no such type; save array.astype('float32'))";
        }
        if (name.equals("V1") || name.startsWith("float8")) {
            return " (8-bit floats? NumPy has no such type; save array.astype('float32'))";
        }
        if (name.matches("f(10|12|16)|g|longdouble|float(80|96|128)")) {
            return " (extended precision; save array.astype('float64'))";
        }
        if (name.startsWith("complex")) {
            return " (complex numbers)";
        }
        return switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case 'O', 'o' -> " (Python objects)";
            case 'c', 'F', 'D', 'G' -> " (complex numbers)";
            case 'S', 'U', 'a', 's' -> " (strings)";
            case 'V' -> " (records)";
            case 'M', 'm' -> " (times)";
            default -> "";
        };
    }

    /** The little-endian type of a precision. */
    static NpyType of(Precision precision) {
        return new NpyType('f', precision == Precision.FLOAT32 ? 4 : 8, ByteOrder.LITTLE_ENDIAN);
    }

    /** NumPy's notation. */
    String description() {
        char orderMark = size == 1 ? '|' : order == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
        return "" + orderMark + kind + size;
    }

    /** The narrowest of our precisions that holds every number of a float type; float64 for integers. */
    Precision precision() {
        return kind == 'f' && size <= 4 ? Precision.FLOAT32 : Precision.FLOAT64;
    }

    /** Turns the next count numbers of the bytes into doubles at into[offset..]. */
    void decode(ByteBuffer bytes, double[] into, int offset, int count, String source) {
        bytes.order(order);
        switch (kind) {
            case 'f' -> {
                if (size == 8) {
                    bytes.asDoubleBuffer().get(into, offset, count);
                } else if (size == 4) {
                    for (int i = 0; i < count; i++) {
                        into[offset + i] = bytes.getFloat(4 * i);
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        into[offset + i] = half(bytes.getShort(2 * i));
                    }
                }
            }
            case 'i' -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = integer(bytes, i);
                }
            }
            case 'u' -> {
                long mask = size == 8 ? -1 : (1L << (8 * size)) - 1;
                for (int i = 0; i < count; i++) {
                    into[offset + i] = unsigned(integer(bytes, i) & mask);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    int value = bytes.get(i);
                    if (value != 0 && value != 1) {
                        throw new DataFormatException(source, "a bool must be stored as 0 or 1, got " + (value & 0xFF));
                    }
                    into[offset + i] = value;
                }
            }
        }
    }

    private long integer(ByteBuffer bytes, int index) {
        return switch (size) {
            case 1 -> bytes.get(index);
            case 2 -> bytes.getShort(2 * index);
            case 4 -> bytes.getInt(4 * index);
            default -> bytes.getLong(8 * index);
        };
    }

    /** Nearest double of an unsigned 64-bit integer, ties to even; the lowest bit is kept sticky. */
    private static double unsigned(long value) {
        return value >= 0 ? (double) value : 2.0 * (double) ((value >>> 1) | (value & 1));
    }

    /** The value of an IEEE 754 binary16 number. */
    static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = Math.scalb((double) (0x400 | fraction), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}

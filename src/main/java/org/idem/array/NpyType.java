package org.idem.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How one number of a npy file is stored.
 *
 * @param kind f (IEEE 754), i (signed), u (unsigned) or b (bool)
 * @param size bytes per number
 * @param order byte order
 */
record NpyType(char kind, int size, ByteOrder order) {
    /** Reads NumPy's notation, for instance {@code <f8}, {@code >i4}, {@code |u1}. */
    static NpyType parse(String description, String source) {
        String supported =
                "numbers must be float16, 32 or 64, integer of 1 to 8 bytes or bool, in NumPy's notation such as"
                        + " '<f8', got '" + description + "'";
        if (description.length() != 3) {
            throw new DataFormatException(source, supported + hint(description));
        }
        char order = description.charAt(0);
        char kind = description.charAt(1);
        int size = description.charAt(2) - '0';
        boolean known = switch (kind) {
            case 'f' -> size == 2 || size == 4 || size == 8;
            case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
            case 'b' -> size == 1;
            default -> false;
        };
        boolean orderKnown = order == '<' || order == '>' || (order == '|' && size == 1);
        if (!known || !orderKnown) {
            throw new DataFormatException(source, supported + hint(description));
        }
        return new NpyType(kind, size, order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static String hint(String description) {
        for (int i = 0; i < description.length(); i++) {
            String hint = switch (description.charAt(i)) {
                case 'O' -> " (Python objects)";
                case 'c' -> " (complex numbers)";
                case 'S', 'U', 'a' -> " (strings)";
                case 'V' -> " (records)";
                case 'M', 'm' -> " (times)";
                default -> "";
            };
            if (!hint.isEmpty()) {
                return hint;
            }
        }
        return "";
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

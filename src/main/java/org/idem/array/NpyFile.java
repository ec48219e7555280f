package org.idem.array;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * NumPy's npy files.
 *
 * <p>Read: versions 1.0 to 3.0, both byte orders, C and Fortran order, 0 to 4 axes, float16/32/64, signed and unsigned
 * integers and bool. Integers beyond 2⁵³ are rounded to the nearest double, as NumPy does. NaN and infinite numbers are
 * read as they are; {@link #firstNonFinite} finds them. A file is refused if it is shorter or longer than its header
 * says, and no more memory is taken than its size justifies. Written: version 1.0, C order, little endian. Archives of
 * several arrays (npz) are refused by name.
 */
public final class NpyFile {
    private static final int BUFFER_BYTES = 1 << 18;

    private NpyFile() {}

    /**
     * Whether a file starts with the magic bytes of the format.
     *
     * @param start at least the first six bytes of the file
     * @return true if they are those of an npy file
     */
    public static boolean hasMagic(byte[] start) {
        return NpyHeader.hasMagic(start);
    }

    /**
     * What a file holds.
     *
     * @param array its numbers
     * @param precision float32 for files of float32 or float16, float64 for all others
     */
    public record Content(Array array, Precision precision) {}

    /**
     * Reads the numbers of a file.
     *
     * @param path a npy file
     * @return its array
     * @throws DataFormatException if the file is missing or malformed, in one line
     * @throws IOException if reading fails
     */
    public static Array read(Path path) throws IOException {
        return readContent(path).array();
    }

    /**
     * Reads a file and tells its precision.
     *
     * @param path a npy file
     * @return its array and precision
     * @throws DataFormatException if the file is missing or malformed, in one line
     * @throws IOException if reading fails
     */
    public static Content readContent(Path path) throws IOException {
        try (InputStream in = InputFile.open(path)) {
            return readContent(in, path.toString(), InputFile.size(path));
        }
    }

    /**
     * Reads an array from a stream of unknown size, to its end.
     *
     * @param in npy bytes and nothing after them; not closed
     * @param name name of the data for messages
     * @return the array
     * @throws DataFormatException if the data are malformed, in one line
     * @throws IOException if reading fails
     */
    public static Array read(InputStream in, String name) throws IOException {
        return readContent(in, name, OptionalLong.empty()).array();
    }

    /**
     * Reads an array and its precision from a stream, to its end.
     *
     * @param in npy bytes and nothing after them; not closed
     * @param name name of the data for messages
     * @param size bytes in the stream where that is known: wrong lengths are then refused before memory is taken
     * @return the array and its precision
     * @throws DataFormatException if the data are malformed, in one line
     * @throws IOException if reading fails
     */
    public static Content readContent(InputStream in, String name, OptionalLong size) throws IOException {
        NpyHeader header = NpyHeader.read(in, name);
        int count;
        try {
            count = Array.lengthOf(header.shape());
        } catch (IllegalArgumentException tooMany) {
            throw new DataFormatException(name + ": " + tooMany.getMessage());
        }
        long expected = (long) count * header.type().size();
        if (size.isPresent() && size.getAsLong() - header.bytes() != expected) {
            throw wrongLength(header, name, expected, Long.toString(size.getAsLong() - header.bytes()));
        }
        double[] values = numbers(in, header, name, count, size.isPresent());
        if (in.read() >= 0) {
            throw wrongLength(header, name, expected, "more");
        }
        if (header.fortranOrder() && header.shape().length > 1) {
            values = fromFortranOrder(values, header.shape(), name);
        }
        return new Content(Array.of(values, header.shape()), header.type().precision());
    }

    private static double[] numbers(InputStream in, NpyHeader header, String name, int count, boolean sizeKnown)
            throws IOException {
        NpyType type = header.type();
        int perBuffer = BUFFER_BYTES / type.size();
        double[] values = InputFile.allocate(name, sizeKnown ? count : Math.min(count, perBuffer));
        byte[] bytes = new byte[Math.min(BUFFER_BYTES, (int) Math.min(Integer.MAX_VALUE, (long) count * type.size()))];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int done = 0; done < count; ) {
            int now = Math.min(perBuffer, count - done);
            int got = in.readNBytes(bytes, 0, now * type.size());
            if (got < now * type.size()) {
                long found = (long) done * type.size() + got;
                throw wrongLength(header, name, (long) count * type.size(), Long.toString(found));
            }
            if (values.length < done + now) {
                double[] larger = InputFile.allocate(name, Math.min(count, 2L * values.length));
                System.arraycopy(values, 0, larger, 0, done);
                values = larger;
            }
            type.decode(buffer, values, done, now, name);
            done += now;
        }
        return values;
    }

    private static DataFormatException wrongLength(NpyHeader header, String name, long expected, String found) {
        return new DataFormatException(
                name,
                "shape " + Arrays.toString(header.shape()) + " of type '"
                        + header.type().description() + "' needs " + expected + " bytes after the header, got "
                        + found);
    }

    private static double[] fromFortranOrder(double[] values, int[] shape, String name) {
        double[] result = InputFile.allocate(name, values.length);
        int rank = shape.length;
        int[] strides = new int[rank];
        for (int axis = 0, stride = 1; axis < rank; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] index = new int[rank];
        int from = 0;
        for (int to = 0; to < result.length; to++) {
            result[to] = values[from];
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return result;
    }

    /**
     * Writes an array; the file appears whole or not at all.
     *
     * @param path where; its folder must exist, an existing file is replaced
     * @param array any array of 0 to 4 axes
     * @param precision the format of the file; numbers are rounded to it
     * @throws IllegalArgumentException if a finite number overflows float32 or there are more than 4 axes
     * @throws IOException if writing fails
     */
    public static void write(Path path, Array array, Precision precision) throws IOException {
        if (array.rank() > 4) {
            throw new IllegalArgumentException(
                    "an array to be written must have 0 to 4 axes, got " + Arrays.toString(array.shape()));
        }
        WholeFile.write(path, out -> write(out, array, precision));
    }

    private static void write(OutputStream out, Array array, Precision precision) throws IOException {
        NpyType type = NpyType.of(precision);
        out.write(NpyHeader.bytesFor(type, array.shape()));
        double[] values = array.values();
        int perBuffer = BUFFER_BYTES / type.size();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            int now = Math.min(perBuffer, values.length - done);
            if (precision == Precision.FLOAT64) {
                buffer.asDoubleBuffer().put(values, done, now);
            } else {
                for (int i = 0; i < now; i++) {
                    float rounded = (float) values[done + i];
                    if (Float.isInfinite(rounded) && !Double.isInfinite(values[done + i])) {
                        throw new IllegalArgumentException("a number to be written as float32 must be below 2^128 in"
                                + " magnitude, got " + values[done + i]);
                    }
                    buffer.putFloat(4 * i, rounded);
                }
            }
            out.write(buffer.array(), 0, now * type.size());
            done += now;
        }
    }

    /**
     * Finds the first number that is NaN or infinite.
     *
     * @param array any array
     * @return its row-major position, empty if all are finite
     */
    public static OptionalInt firstNonFinite(Array array) {
        int position = array.firstNonFinite();
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }
}

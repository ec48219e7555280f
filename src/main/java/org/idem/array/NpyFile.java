package org.idem.array;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * NumPy's npy files.
 *
 * <p>Read: versions 1.0 to 3.0, both byte orders, C and Fortran order, 0 to 4 axes, float16/32/64, signed and unsigned
 * integers and bool. Integers beyond 2⁵³ are rounded to the nearest double, as NumPy does. NaN and infinite numbers are
 * read as they are; {@link #firstNonFinite} finds them. A file is refused if it is shorter or longer than its header
 * says, and no more memory is taken than its size justifies. Whole arrays have at most 2³¹ − 1 numbers; of larger ones
 * an entry can be read. Written: version 1.0, C order, little endian. Archives of several arrays are read by
 * {@link NpzFile}.
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
            return readContent(DataStream.plain(in, path.toString(), InputFile.size(path)), DataStream.ALL);
        }
    }

    /**
     * Reads a whole array, or one entry of its first axis; then the file may be larger than the memory.
     *
     * @param data npy bytes and nothing after them; in C order, not read beyond an entry
     * @param entry which, counted from 0, or {@link DataStream#ALL}; the first axis stays, of length 1
     * @return the array and its precision
     * @throws DataFormatException if the data are malformed, have no such entry or more numbers than an array can hold,
     *     in one line
     * @throws IOException if reading fails
     */
    public static Content readContent(DataStream data, long entry) throws IOException {
        NpyHeader header = NpyHeader.read(data.bytes(), data.name());
        NpyNumbers numbers = new NpyNumbers(data, header);
        return new Content(
                entry == DataStream.ALL ? numbers.all() : numbers.entry(entry),
                header.type().precision());
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
        WholeFile.write(path, content(array, precision));
    }

    /**
     * Bytes of a file, for {@link WholeFile#writeAll}.
     *
     * @param array any array of 0 to 4 axes, not changed before it is written
     * @param precision the format of the file; numbers are rounded to it
     * @return writes them, with the exceptions of {@link #write(Path, Array, Precision)}
     */
    public static WholeFile.Content content(Array array, Precision precision) {
        return out -> write(out, array, precision);
    }

    /**
     * Writes an array to a stream.
     *
     * @param out unbuffered; left open
     * @param array any array of 0 to 4 axes
     * @param precision the format of the numbers, which are rounded to it
     * @throws IllegalArgumentException if a finite number overflows float32 or there are more than 4 axes
     * @throws IOException if writing fails
     */
    static void write(OutputStream out, Array array, Precision precision) throws IOException {
        if (array.rank() > 4) {
            throw new IllegalArgumentException(
                    "an array to be written must have 0 to 4 axes, got " + Arrays.toString(array.shape()));
        }
        NpyType type = NpyType.of(precision);
        out.write(NpyHeader.bytesFor(type, array.shape()));
        double[] values = array.values();
        int perBuffer = Math.min(values.length, BUFFER_BYTES / type.size());
        ByteBuffer buffer = ByteBuffer.allocate(perBuffer * type.size()).order(ByteOrder.LITTLE_ENDIAN);
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

package org.idem.array;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's array files, versions 1 to 3, float32 and float64 in both byte orders, C and Fortran order. */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile("\\{\\s*'descr'\\s*:\\s*'([<>=|]?)f([48])'\\s*,"
            + "\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]*)\\)\\s*,?\\s*\\}\\s*");

    private NpyFile() {}

    /**
     * Whether a file starts with the magic bytes of the format.
     *
     * @param start at least the first six bytes of the file
     * @return true if they are those of an npy file
     */
    public static boolean hasMagic(byte[] start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads a whole file.
     *
     * @param path the file
     * @return its values, converted exactly to double, in C order
     * @throws IOException if the file cannot be read
     * @throws DataFormatException if it is malformed, truncated, or of another element type
     */
    public static Array read(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] lead = new byte[8];
            if (file.length() < 10) {
                throw new DataFormatException(path + ": an npy file has at least 10 bytes, got " + file.length());
            }
            file.readFully(lead);
            if (!hasMagic(lead) || lead[6] < 1 || lead[6] > 3) {
                throw new DataFormatException(path + ": not an npy file of version 1 to 3");
            }
            byte[] size = new byte[lead[6] == 1 ? 2 : 4];
            file.readFully(size);
            ByteBuffer sizes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
            long headerBytes = lead[6] == 1 ? sizes.getShort() & 0xffff : sizes.getInt() & 0xffffffffL;
            if (headerBytes > Math.min(file.length() - file.getFilePointer(), 1 << 16)) {
                throw new DataFormatException(
                        path + ": the npy header claims " + headerBytes + " bytes, more than there are");
            }
            byte[] header = new byte[(int) headerBytes];
            file.readFully(header);
            Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.UTF_8));
            if (!matcher.matches()) {
                throw new DataFormatException(path + ": the npy header must describe float32 or float64 data, got "
                        + new String(header, StandardCharsets.US_ASCII).strip());
            }
            return readData(path, file, matcher);
        }
    }

    private static Array readData(Path path, RandomAccessFile file, Matcher header) throws IOException {
        int bytes = header.group(2).equals("4") ? 4 : 8;
        int[] shape;
        long count = 1;
        try {
            shape = Arrays.stream(header.group(4).split(","))
                    .map(String::strip)
                    .filter(length -> !length.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            for (int length : shape) {
                count = Math.multiplyExact(count, length);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new DataFormatException(path + ": the shape (" + header.group(4) + ") is too large");
        }
        long remaining = file.length() - file.getFilePointer();
        if (count > remaining / bytes || count * bytes != remaining) {
            throw new DataFormatException(path + ": shape (" + header.group(4) + ") needs " + count + " values of "
                    + bytes + " bytes, the file holds " + remaining + " bytes of data");
        }
        if (count > Integer.MAX_VALUE / 8) {
            throw new DataFormatException(
                    path + ": holds " + count + " values, at most " + Integer.MAX_VALUE / 8 + " fit");
        }
        double[] values = new double[(int) count];
        byte[] chunk = new byte[1 << 16];
        ByteBuffer buffer = ByteBuffer.wrap(chunk)
                .order(header.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int next = 0; next < values.length; ) {
            int some = Math.min(chunk.length / bytes, values.length - next);
            file.readFully(chunk, 0, some * bytes);
            for (int i = 0; i < some; i++) {
                values[next++] = bytes == 4 ? buffer.getFloat(4 * i) : buffer.getDouble(8 * i);
            }
        }
        return header.group(3).equals("True") ? fromFortranOrder(values, shape) : Array.of(values, shape);
    }

    private static Array fromFortranOrder(double[] values, int[] shape) {
        double[] ordered = new double[values.length];
        int[] index = new int[shape.length];
        for (double value : values) {
            int position = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                position = position * shape[axis] + index[axis];
            }
            ordered[position] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return Array.of(ordered, shape);
    }

    /**
     * Writes version 1.0 in C order. The file appears whole or not at all.
     *
     * @param path target, replaced if it exists
     * @param array what to write
     * @param precision element type; values are rounded to it
     * @throws IOException if the folder cannot be written
     */
    public static void write(Path path, Array array, Precision precision) throws IOException {
        int bytes = precision == Precision.FLOAT32 ? 4 : 8;
        String shape =
                Arrays.stream(array.shape()).mapToObj(length -> length + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f" + bytes + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        byte[] headerBytes = header.getBytes(StandardCharsets.US_ASCII);
        WholeFile.write(path, out -> {
            out.write(MAGIC);
            out.write(new byte[] {1, 0, (byte) headerBytes.length, (byte) (headerBytes.length >> 8)});
            out.write(headerBytes);
            writeValues(out, array.values(), bytes);
        });
    }

    private static void writeValues(OutputStream out, double[] values, int bytes) throws IOException {
        byte[] chunk = new byte[1 << 16];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        for (int next = 0; next < values.length; ) {
            int some = Math.min(chunk.length / bytes, values.length - next);
            for (int i = 0; i < some; i++, next++) {
                if (bytes == 4) {
                    buffer.putFloat(4 * i, (float) values[next]);
                } else {
                    buffer.putDouble(8 * i, values[next]);
                }
            }
            out.write(chunk, 0, some * bytes);
        }
    }
}

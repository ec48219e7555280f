package org.idem.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Converts the numbers of a npy file from bytes to doubles in C order. */
final class NpyNumbers {
    private static final int BUFFER_BYTES = 1 << 18;

    private final DataStream data;
    private final NpyHeader header;
    private final NpyType type;

    /** The stream has been read up to the end of the header. */
    NpyNumbers(DataStream data, NpyHeader header) {
        this.data = data;
        this.header = header;
        this.type = header.type();
        if (data.size().isPresent() && data.size().getAsLong() - header.bytes() != expectedBytes()) {
            throw wrongLength(Long.toString(data.size().getAsLong() - header.bytes()));
        }
    }

    private long expectedBytes() {
        return header.count() * type.size();
    }

    /** Everything up to the end of the stream. */
    Array all() throws IOException {
        int[] shape = shape(header.shape());
        double[] values = run(data.checkCount(header.count()), 0);
        if (data.bytes().read() >= 0) {
            throw wrongLength("more");
        }
        return array(values, shape);
    }

    /** One entry of the first axis, which stays, of length 1. Nothing behind the entry is read. */
    Array entry(long entry) throws IOException {
        long entries = header.shape().length == 0 ? 0 : header.shape()[0];
        data.checkEntry(entry, entries);
        long[] sizes = header.shape().clone();
        sizes[0] = 1;
        int[] shape = shape(sizes);
        int count = data.checkCount(header.countPerEntry());
        if (!header.fortranOrder()) {
            skip(0, entry * count * type.size());
            return array(run(count, entry * count * type.size()), shape);
        }
        double[] values = {};
        byte[] number = new byte[type.size()];
        long at = 0;
        for (int i = 0; i < count; i++) {
            long next = (entry + i * entries) * type.size();
            skip(at, next - at);
            if (data.bytes().readNBytes(number, 0, number.length) < number.length) {
                throw wrongLength("fewer");
            }
            values = data.withRoom(values, i, i + 1, count);
            type.decode(ByteBuffer.wrap(number), values, i, 1, data.name());
            at = next + number.length;
        }
        return array(values, shape);
    }

    private void skip(long from, long bytes) throws IOException {
        long skipped = data.skip(bytes);
        if (skipped < bytes) {
            throw wrongLength(Long.toString(from + skipped));
        }
    }

    /** Numbers that follow each other, the first at a position in bytes. */
    private double[] run(int count, long position) throws IOException {
        int perBuffer = BUFFER_BYTES / type.size();
        double[] values = {};
        byte[] bytes = new byte[(int) Math.min(BUFFER_BYTES, (long) count * type.size())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int done = 0; done < count; ) {
            int now = Math.min(perBuffer, count - done);
            int got = data.bytes().readNBytes(bytes, 0, now * type.size());
            if (got < now * type.size()) {
                throw wrongLength(Long.toString(position + (long) done * type.size() + got));
            }
            values = data.withRoom(values, done, done + now, count);
            type.decode(buffer, values, done, now, data.name());
            done += now;
        }
        return values;
    }

    private int[] shape(long[] sizes) {
        for (long size : sizes) {
            if (size > Integer.MAX_VALUE) {
                data.checkCount(header.count());
                throw new DataFormatException(data.name(), "an axis can have at most 2^31 - 1 entries, got " + size);
            }
        }
        return Arrays.stream(sizes).mapToInt(size -> (int) size).toArray();
    }

    private Array array(double[] values, int[] shape) {
        return Array.of(
                header.fortranOrder() && shape.length > 1 ? fromFortranOrder(values, shape, data.name()) : values,
                shape);
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

    private DataFormatException wrongLength(String found) {
        return new DataFormatException(
                data.name(),
                "shape " + Arrays.toString(header.shape()) + " of type '" + type.description() + "' needs "
                        + expectedBytes() + " bytes after the header, got " + found);
    }
}

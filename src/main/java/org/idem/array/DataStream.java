package org.idem.array;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.idem.wording.Count;

/**
 * The bytes of one file, or of one part of it, with what is known about them before they are read.
 *
 * @param bytes at the start of the data, buffered; whoever made the stream closes it
 * @param name of the data in messages
 * @param size number of the bytes where it is known: wrong lengths are then refused before memory is taken
 * @param mostNumbers how many numbers may be taken into memory
 */
public record DataStream(InputStream bytes, String name, OptionalLong size, long mostNumbers) {
    /** In place of the number of an entry: all entries. */
    public static final long ALL = -1;

    /** The JVM stores a little less than 2³¹ numbers in one array. */
    private static final int MOST_IN_AN_ARRAY = Integer.MAX_VALUE - 8;

    /** Packed data, however few bytes, may hold so many numbers: 256 MiB of doubles. */
    private static final long NUMBERS_OF_ANY_PACKED = 1L << 25;
    /**
     * Most numbers per packed byte. Float64 data that pack well, such as pixels over 255, stay below this; files made
     * to fill the memory hold far more.
     */
    private static final long NUMBERS_PER_PACKED_BYTE = 8;

    /**
     * Data that lie in the file as they are.
     *
     * @param bytes at the start of the data
     * @param name of the data in messages
     * @param size number of the bytes where it is known
     * @return the stream, with as many numbers as an array can hold
     */
    public static DataStream plain(InputStream bytes, String name, OptionalLong size) {
        return new DataStream(bytes, name, size, MOST_IN_AN_ARRAY);
    }

    /**
     * Data that are unpacked while they are read; a small file must not fill the memory.
     *
     * @param bytes at the start of the unpacked data
     * @param name of the data in messages
     * @param size number of the unpacked bytes where it is known
     * @param packedBytes how many bytes they take in the file
     * @return the stream, with 2²⁵ numbers or 8 for every packed byte, whichever is more
     */
    public static DataStream unpacked(InputStream bytes, String name, OptionalLong size, long packedBytes) {
        return new DataStream(bytes, name, size, mostNumbers(packedBytes));
    }

    /**
     * How many numbers packed data may become.
     *
     * @param packedBytes how many bytes they take in the file
     * @return 2²⁵ or 8 for every byte, whichever is more, and never more than an array can hold
     */
    public static long mostNumbers(long packedBytes) {
        long justified = Math.min(packedBytes, Integer.MAX_VALUE) * NUMBERS_PER_PACKED_BYTE;
        return Math.min(MOST_IN_AN_ARRAY, Math.max(NUMBERS_OF_ANY_PACKED, justified));
    }

    /**
     * Refuses more numbers than may be taken into memory.
     *
     * @param count how many the data claim to hold
     * @return the count
     * @throws DataFormatException if they are too many
     */
    public int checkCount(long count) {
        if (count <= mostNumbers) {
            return (int) count;
        }
        throw new DataFormatException(
                name,
                mostNumbers == MOST_IN_AN_ARRAY
                        ? "at most 2^31 - 9 numbers can be read at once, got " + count + "; pick one entry with #"
                        : "data packed so tightly must hold at most " + mostNumbers + " numbers, got " + count
                                + "; unpack them first, or pick one entry with #");
    }

    /**
     * The number of an entry as digits name it.
     *
     * @param digits at least one
     * @return the number; for those beyond the range the largest long, which no data have as entry
     */
    public static long entryNumber(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Refuses an entry that the data do not have.
     *
     * @param entry which, counted from 0
     * @param count how many entries there are
     * @throws DataFormatException if there is no such entry
     */
    public void checkEntry(long entry, long count) {
        if (entry >= count) {
            throw new DataFormatException(
                    name, "has " + Count.of(count, "entry", "entries") + ", counted from #0, got #" + entry);
        }
    }

    /**
     * Storage for numbers that are about to arrive. If the size of the data is known to suffice for all of them, there
     * is room for all; otherwise storage grows with the numbers that have arrived, whatever a header promises.
     *
     * @param values storage so far
     * @param filled how many numbers it holds
     * @param needed how many it must have room for
     * @param count how many will come at most
     * @return the same storage or larger, with the same numbers
     * @throws DataFormatException if the memory does not suffice
     */
    public double[] withRoom(double[] values, int filled, int needed, int count) {
        if (values.length >= needed) {
            return values;
        }
        long room = size.isPresent() ? count : Math.min(count, Math.max(needed, 2L * values.length));
        double[] larger = InputFile.allocate(name, room);
        System.arraycopy(values, 0, larger, 0, filled);
        return larger;
    }

    /**
     * Skips bytes, without reading them where the file allows it.
     *
     * @param wanted how many, at least 0
     * @return how many were there to be skipped
     * @throws IOException if reading fails
     */
    public long skip(long wanted) throws IOException {
        long skipped = 0;
        while (skipped < wanted) {
            long step = bytes.skip(wanted - skipped);
            if (step <= 0 && bytes.read() < 0) {
                break;
            }
            skipped += Math.max(1, step);
        }
        return skipped;
    }
}

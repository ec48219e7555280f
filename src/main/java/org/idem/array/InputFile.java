package org.idem.array;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The first steps of every reader: it opens a file, learns its size and allocates storage, or says clearly why it
 * cannot.
 */
public final class InputFile {
    private InputFile() {}

    /**
     * Opens a file for reading.
     *
     * @param path an existing readable file; a pipe will do
     * @return its bytes; the caller closes it
     * @throws DataFormatException if the path is empty, there is no such file, it is a folder, or it may not be read
     * @throws IOException if the system fails to open it
     */
    public static InputStream open(Path path) throws IOException {
        if (path.toString().isEmpty()) {
            throw new DataFormatException("''", "must name a file, but is empty");
        }
        if (Files.isDirectory(path)) {
            throw new DataFormatException(path.toString(), "must be a file, but is a folder");
        }
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new PipeStream(new FileInputStream(path.toFile()));
            }
            return Files.newInputStream(path);
        } catch (NoSuchFileException missing) {
            throw new DataFormatException(path.toString(), "there is no such file");
        } catch (FileNotFoundException refused) {
            throw new DataFormatException(path.toString(), "must be readable, but: " + refused.getMessage());
        } catch (AccessDeniedException denied) {
            throw new DataFormatException(path.toString(), "must be readable, but access is denied");
        }
    }

    /**
     * Size of a file, where it can be known before reading.
     *
     * @param path an existing file
     * @return its size in bytes, empty for pipes and devices
     * @throws IOException if the system fails to tell
     */
    public static OptionalLong size(Path path) throws IOException {
        return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    /**
     * Storage for numbers that a file is known to hold.
     *
     * @param source name of the file for the message
     * @param count how many numbers, at least 0
     * @return zeros
     * @throws DataFormatException if the count exceeds 2³¹ − 1 or the memory of this process
     */
    public static double[] allocate(String source, long count) {
        if (count > Integer.MAX_VALUE) {
            throw new DataFormatException(source, "at most 2^31 - 1 numbers can be read, got " + count);
        }
        try {
            return new double[(int) count];
        } catch (OutOfMemoryError tooLarge) {
            throw new DataFormatException(
                    source,
                    "its " + count + " numbers need " + megabytes(8 * count) + " of memory, more than is left of "
                            + megabytes(Runtime.getRuntime().maxMemory()) + " (JVM option -Xmx)");
        }
    }

    private static String megabytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}

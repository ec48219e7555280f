package org.idem.array;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that appear whole or not at all, also when the program is interrupted. */
public final class WholeFile {
    private WholeFile() {}

    /** Puts a file's content into a stream. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything.
         *
         * @param out open stream, closed by the caller
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes beside the target, then moves into its place.
     *
     * @param target file, replaced if it exists
     * @param content what to write
     * @throws IOException if the folder cannot be written; the target is then as it was
     */
    public static void write(Path target, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        // not createTempFile: its files are closed to other users
        Path temporary = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + "." + System.nanoTime() + ".tmp");
        temporary.toFile().deleteOnExit();
        try {
            try (OutputStream out =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Writes text in UTF-8.
     *
     * @param target file, replaced if it exists
     * @param text what to write
     * @throws IOException if the folder cannot be written
     */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}

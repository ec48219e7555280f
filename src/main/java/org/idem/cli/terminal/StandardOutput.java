package org.idem.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output in UTF-8. It remembers why writing failed: because the disk is full, for instance, or because the
 * reader of a pipe has ended, as {@code head} does after ten lines.
 */
public final class StandardOutput extends OutputStream {
    /** What the system calls a pipe without a reader (EPIPE), in English, which the launcher sets. */
    private static final String CLOSED_PIPE = "Broken pipe";

    private static volatile @Nullable String failure;

    private final OutputStream target;

    /** Passes everything on. */
    StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** Takes the place of {@code System.out}; standard error becomes UTF-8 as well. */
    public static void install() {
        System.setOut(printing(new StandardOutput(new FileOutputStream(FileDescriptor.out))));
        System.setErr(printing(new FileOutputStream(FileDescriptor.err)));
    }

    static PrintStream printing(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /**
     * The system's reason for a failure to write.
     *
     * @return in brackets after a space; empty if it gave none
     */
    public static String reason() {
        String said = failure;
        return said == null ? "" : " (" + said + ")";
    }

    /**
     * Whether the last failure to write means that nobody reads any more.
     *
     * @return false if nothing failed
     */
    public static boolean readerLeft() {
        return CLOSED_PIPE.equals(failure);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            target.write(bytes, from, length);
        } catch (IOException problem) {
            failure = problem.getMessage();
            throw problem;
        }
    }
}

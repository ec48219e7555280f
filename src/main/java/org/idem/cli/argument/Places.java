package org.idem.cli.argument;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.idem.array.WholeFile;
import org.idem.cli.terminal.BadInput;

/** Finds out where outputs land, and tries whether files can be made there. Nothing stays of what is tried. */
final class Places {
    private Places() {}

    /** Where an output lands. */
    static Path of(String option, Path output) {
        try {
            return WholeFile.placeOf(output);
        } catch (IOException unknown) {
            throw new BadInput(option + " must name a place that can be reached, but " + output + " cannot be"
                    + reason(unknown) + "; name another place");
        }
    }

    /** The last part of a path that exists; a root always does. */
    static Path existing(Path path) {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        return existing;
    }

    /** Whether it is the file that takes standard output: replacing it would lose every line that is printed. */
    static boolean takesStandardOutput(Path place) throws IOException {
        Path out = Path.of("/dev/stdout");
        return Files.isRegularFile(out) && Files.isRegularFile(place) && Files.isSameFile(out, place);
    }

    static BadInput cannotBeWritten(String option, Path file, Exception refused) {
        return new BadInput(option + " must name a file that can be written, but " + file + " cannot be"
                + reason(refused) + "; name another file");
    }

    /** What the system says, in brackets; nothing if it says nothing. */
    static String reason(Exception refused) {
        String said = refused instanceof FileSystemException file ? file.getReason() : null;
        return said == null ? "" : " (" + said + ")";
    }

    /** Permissions do not tell everything: some folders accept no file, some names are too long. */
    static void tryFile(Path place, Path folder) throws IOException {
        WholeFile.tryOut(folder);
        if (!Files.exists(place)) {
            Files.delete(Files.createFile(place));
        }
    }

    /**
     * What is missing of a folder is made inside a folder of this process alone and deleted again, so that processes
     * which begin at the same time do not meet each other's folders.
     */
    static void tryFolder(Path existing, Path folder) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            Path last = existing;
            if (!folder.equals(existing)) {
                Path missing = existing.relativize(folder);
                Path first = existing.resolve(missing.getName(0));
                if (Files.isSymbolicLink(first)) {
                    throw new FileAlreadyExistsException(first.toString(), null, "it is a link to nothing");
                }
                last = Files.createTempDirectory(existing, ".idem-");
                made.push(last);
                for (Path name : missing) {
                    last = Files.createDirectory(last.resolve(name));
                    made.push(last);
                }
            }
            WholeFile.tryOut(last);
        } finally {
            for (Path one : made) {
                Files.deleteIfExists(one);
            }
        }
    }
}

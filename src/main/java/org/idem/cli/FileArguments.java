package org.idem.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.idem.array.Array;
import org.jspecify.annotations.Nullable;

/** Rules for files named on the command line; each is checked before any work starts. */
final class FileArguments {
    private FileArguments() {}

    /** Rejects an output that has no folder to appear in; null, an option not given, passes. */
    static void checkOutput(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new BadInput(option + " must name a file in an existing folder, got " + file);
        }
    }

    /** Rejects a folder that a file stands in the place of, here or further up. */
    static void checkFolder(String option, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && !Files.isDirectory(existing)) {
            throw new BadInput(option + " must name a folder, but " + existing + " is a file");
        }
    }

    /** Returns the array if all of its numbers are finite. */
    static Array finite(String option, String source, Array array) {
        int at = array.firstNonFinite();
        if (at >= 0) {
            throw new BadInput(option + " must hold finite numbers, got " + array.values()[at] + " at position " + at
                    + " of " + source);
        }
        return array;
    }
}

package org.idem.image;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.array.DataFormatException;
import org.idem.array.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a source's name: {@code path}, {@code path#7}, {@code path:member} or {@code path:member#7}.
 *
 * <p>Colons and hashes may also be part of a file's name: if a file with the whole name exists, that file is meant.
 *
 * @param path the file, which need not exist
 * @param picked what is picked of an archive, {@code member} or {@code member#7}, null if nothing is
 * @param entry entry of the first axis of a file, counted from 0, or {@link DataStream#ALL}
 */
record SourceName(Path path, @Nullable String picked, long entry) {
    private static final Pattern ENTRY = Pattern.compile("(.*)#([0-9]+)", Pattern.DOTALL);
    private static final String NPZ = ".npz:";

    static SourceName parse(String source) {
        Matcher numbered = ENTRY.matcher(source);
        boolean entry = numbered.matches();
        if (entry && exists(numbered.group(1))) {
            return new SourceName(pathOf(numbered.group(1)), null, DataStream.entryNumber(numbered.group(2)));
        }
        if (exists(source)) {
            return new SourceName(pathOf(source), null, DataStream.ALL);
        }
        for (int colon = source.indexOf(':'); colon >= 0; colon = source.indexOf(':', colon + 1)) {
            String file = source.substring(0, colon);
            if (exists(file) && !Files.isDirectory(pathOf(file))) {
                return new SourceName(pathOf(file), source.substring(colon + 1), DataStream.ALL);
            }
        }
        int archive = source.indexOf(NPZ);
        if (archive >= 0) {
            int colon = archive + NPZ.length() - 1;
            return new SourceName(pathOf(source.substring(0, colon)), source.substring(colon + 1), DataStream.ALL);
        }
        if (entry) {
            return new SourceName(pathOf(numbered.group(1)), null, DataStream.entryNumber(numbered.group(2)));
        }
        if (source.indexOf('#') >= 0) {
            throw new DataFormatException(
                    source, "what follows # must be the number of an entry, counted from 0, and there is no such file");
        }
        return new SourceName(pathOf(source), null, DataStream.ALL);
    }

    private static boolean exists(String file) {
        return Files.exists(pathOf(file));
    }

    private static Path pathOf(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException invalid) {
            throw new DataFormatException(file, "must be a path, but: " + invalid.getReason());
        }
    }
}

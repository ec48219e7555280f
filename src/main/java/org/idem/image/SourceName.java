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
 * What a source names: {@code path}, {@code path#7}, {@code path:member} or {@code path:member#7}.
 *
 * <p>Colons and hashes may also be part of a file's name: a file that exists under the longer name is meant.
 *
 * @param path the file, which need not exist
 * @param member array of an archive, null if none is named
 * @param entry entry of the first axis, counted from 0, or {@link DataStream#ALL}
 */
record SourceName(Path path, @Nullable String member, long entry) {
    private static final Pattern ENTRY = Pattern.compile("(.*)#([0-9]+)", Pattern.DOTALL);
    private static final String NPZ = ".npz:";

    static SourceName parse(String source) {
        Matcher matcher = ENTRY.matcher(source);
        if (matcher.matches() && (exists(matcher.group(1)) || !exists(source))) {
            return parse(matcher.group(1), entryNumber(matcher.group(2)));
        }
        SourceName whole = parse(source, DataStream.ALL);
        if (whole.member == null && source.indexOf('#') >= 0 && !exists(source)) {
            throw new DataFormatException(
                    source, "what follows # must be the number of an entry, counted from 0, and there is no such file");
        }
        return whole;
    }

    private static SourceName parse(String file, long entry) {
        if (!exists(file)) {
            for (int colon = file.indexOf(':'); colon >= 0; colon = file.indexOf(':', colon + 1)) {
                if (exists(file.substring(0, colon)) && !Files.isDirectory(pathOf(file.substring(0, colon)))) {
                    return new SourceName(pathOf(file.substring(0, colon)), file.substring(colon + 1), entry);
                }
            }
            int archive = file.indexOf(NPZ);
            if (archive >= 0) {
                String name = file.substring(0, archive + NPZ.length() - 1);
                return new SourceName(pathOf(name), file.substring(archive + NPZ.length()), entry);
            }
        }
        return new SourceName(pathOf(file), null, entry);
    }

    /** The number of an entry; those beyond the long range become the largest long, which no file has as entry. */
    static long entryNumber(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
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

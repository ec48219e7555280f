package org.idem.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where a report goes that was not told where to go: each command line has a folder of its own, so that a short run
 * never replaces the full one.
 */
final class ReportFolder {
    /** They say where results go, not what is computed. */
    private static final Set<String> PLACES = Set.of("--report", "--json");

    private static final int LONGEST = 100;

    private ReportFolder() {}

    /** Given by the user, or {@code reports/latest} beside the program and below it the words of the command line. */
    static Path of(@Nullable Path given, List<String> ids, CommandSpec command) {
        if (given != null) {
            return given;
        }
        List<String> words = new ArrayList<>(ids);
        for (OptionSpec option : command.options()) {
            if (!PLACES.contains(option.longestName())
                    && command.commandLine().getParseResult().hasMatchedOption(option)) {
                words.add(option.longestName().substring(2));
                // flags have no value worth a word
                if (option.arity().max() > 0) {
                    words.addAll(option.stringValues());
                }
            }
        }
        Path latest = FileArguments.home().resolve("reports").resolve("latest");
        return words.isEmpty() ? latest : latest.resolve(name(words));
    }

    /** The words as a name that every file system takes; where that loses something, a checksum tells names apart. */
    static String name(List<String> words) {
        String line = String.join("-", words);
        String name = line.replaceAll("[^A-Za-z0-9._=-]+", "-");
        if (name.equals(line) && name.length() <= LONGEST) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, Math.min(LONGEST, name.length())) + "-" + Long.toHexString(checksum.getValue());
    }
}

package org.idem.cli.theorem;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.idem.cli.argument.FileArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Chooses the folder of a report if the user does not: each command line has a folder of its own, so that a short run
 * never replaces the full report.
 */
final class ReportFolder {
    /** Options that name places of results and do not change what is computed. */
    private static final Set<String> PLACES = Set.of("--report", "--json");

    private static final int LONGEST = 100;

    private ReportFolder() {}

    /**
     * The folder that the user gave, or one named after the command line in {@code reports/latest} beside the program.
     */
    static Path of(@Nullable Path given, List<String> ids, CommandSpec command) {
        if (given != null) {
            return given;
        }
        List<String> words = new ArrayList<>(ids);
        for (OptionSpec option : command.options()) {
            if (!PLACES.contains(option.longestName())
                    && command.commandLine().getParseResult().hasMatchedOption(option)) {
                words.add(option.longestName().substring(2));
                // the value of a flag adds nothing to its name
                if (option.arity().max() > 0) {
                    words.addAll(option.stringValues());
                }
            }
        }
        Path latest = FileArguments.home().resolve("reports").resolve("latest");
        return words.isEmpty() ? latest : latest.resolve(name(words));
    }

    /**
     * The words as a name that every file system accepts; a checksum is appended if characters had to be replaced or
     * cut.
     */
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

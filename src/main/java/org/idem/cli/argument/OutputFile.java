package org.idem.cli.argument;

import java.io.File;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file to write; a path forgets whether its name ended as a folder's does. */
public final class OutputFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
        String problem = problem(word);
        if (!problem.isEmpty()) {
            throw new TypeConversionException(problem);
        }
        return Path.of(word);
    }

    /**
     * The rule that a name breaks.
     *
     * @param word as the user wrote it
     * @return the rule with the word; empty for the name of a file
     */
    public static String problem(String word) {
        if (word.isEmpty()) {
            return "must name a file, got nothing";
        }
        String last = word.substring(word.lastIndexOf(File.separatorChar) + 1);
        return last.isEmpty() || last.equals(".") || last.equals("..")
                ? "must name a file, but " + word + " names a folder; name a file in it, without "
                        + (last.isEmpty() ? File.separator : last) + " at the end"
                : "";
    }
}

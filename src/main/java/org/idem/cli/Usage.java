package org.idem.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.idem.cli.argument.Nearest;
import org.idem.cli.argument.Numbers;
import org.idem.cli.argument.OutputFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words the message about a command line that cannot be read. */
final class Usage {
    private Usage() {}

    /** One line: what is wrong, the names that may have been meant, where help is. */
    static String problem(ParameterException problem) {
        return words(problem) + "; " + problem.getCommandLine().getCommandSpec().qualifiedName(" ")
                + " --help explains";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String commands(CommandLine line) {
        return String.join(", ", line.getSubcommands().keySet());
    }

    private static String words(ParameterException problem) {
        // places of arguments are counted from 0, which tells nobody anything
        String said = Main.firstLine(problem.getMessage()).replaceAll(" at index [0-9.]+", "");
        ArgSpec argument = problem.getArgSpec();
        if (argument != null && argument.type().isEnum() && problem.getValue() != null) {
            List<String> values = Stream.of(argument.type().getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return name(argument) + " must be one of " + String.join(", ", values) + ", got '" + problem.getValue()
                    + "'" + Nearest.hint(problem.getValue(), values);
        }
        if (argument != null && problem.getValue() != null) {
            String number = Numbers.problem(argument.type(), problem.getValue());
            if (!number.isEmpty()) {
                return name(argument) + " " + number;
            }
            if (Stream.of(argument.converters()).anyMatch(OutputFile.class::isInstance)) {
                return name(argument) + " " + OutputFile.problem(problem.getValue());
            }
        }
        CommandLine command = problem.getCommandLine();
        List<String> unmatched = command.getUnmatchedArguments();
        if (unmatched.isEmpty()) {
            boolean none = said.equals("Missing required subcommand");
            return none ? "COMMAND must be given, got none; commands: " + commands(command) : said;
        }
        if (problem instanceof UnmatchedArgumentException unmatchedWords && !unmatchedWords.isUnknownOption()) {
            said = command.getSubcommands().isEmpty()
                    ? "no further arguments are taken, got '" + String.join("', '", unmatched) + "'"
                    : "COMMAND must be one of " + commands(command) + ", got '" + unmatched.get(0) + "'";
        } else if (problem instanceof UnmatchedArgumentException) {
            // words beside such an option may be its values
            List<String> unknown = unmatched.stream()
                    .filter(one -> one.startsWith("-"))
                    .map(one -> "'" + one + "'")
                    .toList();
            said = (unknown.size() == 1 ? "Unknown option: " : "Unknown options: ") + String.join(", ", unknown);
        }
        // an option that is misspelt may be the one that is found missing
        String word = unmatched.get(0).split("=", 2)[0];
        Collection<String> known = word.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
        return said + (said.contains(word) ? "" : ", unknown: '" + word + "'") + Nearest.hint(word, known);
    }
}

package org.idem.cli.argument;

import java.util.Locale;
import java.util.Set;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads an option that alone means yes; a word after it is its value unless that is another option or the kind of
 * network, which may stand anywhere.
 */
public final class YesOrNo implements IParameterConsumer {
    private static final String YES = "yes";
    private static final String NO = "no";
    private static final Set<String> KINDS = Set.of("fcn", "cnn");

    /**
     * Whether an option says yes.
     *
     * @param value of the option, null if it is not given
     * @return true if it does
     */
    public static boolean isYes(@Nullable String value) {
        return YES.equalsIgnoreCase(value);
    }

    /**
     * Whether an option says no.
     *
     * @param value of the option, null if it is not given
     * @return true if it does
     */
    public static boolean isNo(@Nullable String value) {
        return NO.equalsIgnoreCase(value);
    }

    private static boolean isValue(String word) {
        return !word.startsWith("-") && !KINDS.contains(word.toLowerCase(Locale.ROOT));
    }

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (option.getValue() != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "option '" + ((OptionSpec) option).longestName() + "' should be specified only once");
        }
        option.setValue(!words.isEmpty() && isValue(words.peek()) ? words.pop() : YES);
    }
}

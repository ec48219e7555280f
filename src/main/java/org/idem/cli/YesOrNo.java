package org.idem.cli;

import java.util.Locale;
import java.util.Set;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Reads an option that alone means yes; a word after it is its value only if that is yes or no. */
class YesOrNo implements IParameterConsumer {
    private static final String YES = "yes";
    private static final String NO = "no";

    /** The same for an option that may also name a file; other options and the kind of network are no files. */
    static final class OrFile extends YesOrNo {
        private static final Set<String> KINDS = Set.of("fcn", "cnn");

        @Override
        boolean isValue(String word) {
            return !word.startsWith("-") && !KINDS.contains(word.toLowerCase(Locale.ROOT));
        }
    }

    static boolean isYes(@Nullable String value) {
        return YES.equals(value);
    }

    static boolean isNo(@Nullable String value) {
        return NO.equals(value);
    }

    boolean isValue(String word) {
        return isYes(word) || isNo(word);
    }

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        option.setValue(!words.isEmpty() && isValue(words.peek()) ? words.pop() : YES);
    }
}

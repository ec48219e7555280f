package org.idem.cli.argument;

import org.jspecify.annotations.Nullable;

/** Words of a command line that can be pasted into a shell. */
public final class ShellWords {
    private ShellWords() {}

    /**
     * A word, in quotes if a shell would read it otherwise.
     *
     * @param word any
     * @return for instance {@code my-report} or {@code 'my report'}
     */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@#%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * An option that was given, to be appended to a command.
     *
     * @param name with its dashes
     * @param value null if it was not given
     * @return a space, the name, a space and the value; empty if there is none
     */
    public static String option(String name, @Nullable Object value) {
        return value == null ? "" : " " + name + " " + quoted(value.toString());
    }
}

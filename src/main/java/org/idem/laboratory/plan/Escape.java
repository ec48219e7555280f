package org.idem.laboratory.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words on a line: a blank or an invisible character in a file's name would end its word. */
final class Escape {
    private static final Pattern SPECIAL = Pattern.compile("[%\\s\\p{Cntrl}]");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9a-f]{4})");

    private Escape() {}

    /** With such characters as % and four hexadecimal digits. */
    static String of(String word) {
        return SPECIAL.matcher(word)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "%%%04x", (int) found.group().charAt(0)));
    }

    /** The word that was escaped. */
    static String undone(String escaped) {
        return ESCAPED.matcher(escaped)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}

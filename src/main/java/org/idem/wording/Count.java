package org.idem.wording;

import java.util.List;
import java.util.Locale;

/** Words that agree with a number of things. */
public final class Count {
    private Count() {}

    /**
     * A number with what it counts.
     *
     * @param number at least 0
     * @param noun what one of them is called, for instance {@code network}; its plural adds an s
     * @return for instance "1 network" or "12,000 networks"
     */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /**
     * A number with what it counts.
     *
     * @param number at least 0
     * @param one what one of them is called
     * @param many what several of them are called
     * @return for instance "1 axis" or "2 axes"
     */
    public static String of(long number, String one, String many) {
        return digits(number) + " " + word(number, one, many);
    }

    /**
     * A part of a number of things with its verb.
     *
     * @param part at least 0
     * @param all at least as many
     * @param noun what one of them is called; its plural adds an s
     * @param one verb of one of them
     * @param many verb of several
     * @return for instance "Of 1,200 rows, 1 is"
     */
    public static String part(long part, long all, String noun, String one, String many) {
        return "Of " + of(all, noun) + ", " + digits(part) + " " + word(part, one, many);
    }

    /**
     * A word that agrees with a number.
     *
     * @param number at least 0
     * @param one for one thing
     * @param many for none and for several
     * @return one of them
     */
    public static String word(long number, String one, String many) {
        return number == 1 ? one : many;
    }

    /**
     * A list as people say it.
     *
     * @param words any
     * @return for instance "kernel, depth and gain"
     */
    public static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private static String digits(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

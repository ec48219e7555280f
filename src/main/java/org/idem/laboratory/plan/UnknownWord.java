package org.idem.laboratory.plan;

import java.util.List;

/** A word that is none of those which may stand in its place. */
public final class UnknownWord extends IllegalArgumentException {
    private final transient List<String> known;
    private final String word;

    /**
     * With its message.
     *
     * @param message one line that names option, rule and word
     * @param word as the user wrote it
     * @param known all words that may stand there
     */
    UnknownWord(String message, String word, List<String> known) {
        super(message);
        this.word = word;
        this.known = List.copyOf(known);
    }

    /**
     * The word.
     *
     * @return as the user wrote it
     */
    public String word() {
        return word;
    }

    /**
     * All words that may stand there.
     *
     * @return at least one
     */
    public List<String> known() {
        return known;
    }
}

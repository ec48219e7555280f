package org.idem.theorem;

/**
 * What a theorem says, for people.
 *
 * @param text one sentence in words
 * @param formula the claim as one displayed formula in TeX, without delimiters
 * @param hypotheses conditions, in words
 * @param source where it comes from: a paper with the number of the statement, or that it goes beyond
 */
public record Statement(String text, String formula, String hypotheses, String source) {
    /** Checks that nothing was left out. */
    public Statement {
        if (text.isBlank() || formula.isBlank() || hypotheses.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a statement needs text, formula, hypotheses and source, got " + text);
        }
    }
}

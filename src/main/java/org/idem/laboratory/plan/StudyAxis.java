package org.idem.laboratory.plan;

import java.util.Optional;
import java.util.function.Function;
import org.idem.table.Kind;

/**
 * One thing in which the networks of a study may differ, known by the name of its option.
 *
 * @param <T> type of the values
 */
public final class StudyAxis<T> {
    private final String name;
    private final Kind kind;
    private final Optional<String> standard;
    private final String rule;
    private final Function<String, T> reader;
    private final Function<T, String> writer;
    private final Words words;

    /**
     * How people speak of an axis.
     *
     * @param said in front of a value, such as {@code training image} in "training image builtin#3"
     * @param noun what one value is, such as {@code number of channels}; goes on after "each"
     * @param title what stands along an axis of a picture, with its unit if there is one
     */
    private record Words(String said, String noun, String title) {}

    /**
     * An axis that people call as its option is called.
     *
     * @param name of the option, without dashes in front
     * @param kind of its words in tables
     * @param standard word that is meant where none is given; empty if it depends on other axes or on the images
     * @param rule what a word must be, as a message says it
     * @param reader value of a word; throws IllegalArgumentException for a word that breaks the rule,
     *     {@link UnknownWord} if it is none of the known ones
     * @param writer one word for each value, which the reader reads
     */
    StudyAxis(
            String name,
            Kind kind,
            Optional<String> standard,
            String rule,
            Function<String, T> reader,
            Function<T, String> writer) {
        this(name, kind, standard, rule, reader, writer, words(name.replace('-', ' ')));
    }

    private StudyAxis(
            String name,
            Kind kind,
            Optional<String> standard,
            String rule,
            Function<String, T> reader,
            Function<T, String> writer,
            Words words) {
        this.name = name;
        this.kind = kind;
        this.standard = standard;
        this.rule = rule;
        this.reader = reader;
        this.writer = writer;
        this.words = words;
    }

    private static Words words(String said) {
        return new Words(said, said, said);
    }

    /** The same axis, called otherwise by people. */
    StudyAxis<T> called(String said, String noun, String title) {
        return new StudyAxis<>(name, kind, standard, rule, reader, writer, new Words(said, noun, title));
    }

    /** The same axis, which people call as before, with another name for one value and along pictures. */
    StudyAxis<T> called(String noun, String title) {
        return called(words.said(), noun, title);
    }

    /**
     * Name of the option.
     *
     * @return a word with dashes inside, such as {@code learning-rate}
     */
    public String name() {
        return name;
    }

    /**
     * What people say in front of a value.
     *
     * @return for instance {@code training image}, as in "training image builtin#3"
     */
    public String said() {
        return words.said();
    }

    /**
     * What one value is.
     *
     * @return for instance {@code number of channels}, which goes on after "each"
     */
    public String noun() {
        return words.noun();
    }

    /**
     * What stands along an axis of a picture.
     *
     * @return for instance {@code kernel side in pixels}, with the unit if there is one
     */
    public String title() {
        return words.title();
    }

    /**
     * Name of the column in tables.
     *
     * @return the name with underscores for dashes
     */
    public String column() {
        return name.replace('-', '_');
    }

    /**
     * What its column holds.
     *
     * @return the same for all studies, whatever their words
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Word that is meant where none is given.
     *
     * @return empty if it depends on other axes or on the images
     */
    public Optional<String> standard() {
        return standard;
    }

    /**
     * What a word must be.
     *
     * @return for instance "a whole number of at least 1"
     */
    public String rule() {
        return rule;
    }

    /**
     * Value of a word.
     *
     * @param word as a user writes it
     * @return the value
     * @throws IllegalArgumentException if the word breaks the rule; the message names option, rule and word; an
     *     {@link UnknownWord} if only some words are known
     */
    public T read(String word) {
        try {
            return reader.apply(word);
        } catch (UnknownWord unknown) {
            throw new UnknownWord(refusal(word), word, unknown.known());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(refusal(word), wrong);
        }
    }

    private String refusal(String word) {
        return "--" + name + " must be " + rule + ", got " + (word.isEmpty() ? "nothing" : "'" + word + "'");
    }

    /**
     * The one word by which tables and keys call a value.
     *
     * @param word as a user writes it, for instance {@code 1e-3}
     * @return the same value in its usual form, here {@code 0.001}
     * @throws IllegalArgumentException if the word breaks the rule
     */
    public String usual(String word) {
        return writer.apply(read(word));
    }

    @Override
    public String toString() {
        return name;
    }
}

package org.idem.theorem;

import java.util.List;
import java.util.function.UnaryOperator;

/** A statement about trained networks that a random configuration can contradict. */
public interface Theorem {
    /**
     * Identifier, for instance T1.steps.
     *
     * @return a word
     */
    String id();

    /**
     * What is claimed, in one sentence.
     *
     * @return plain text
     */
    String statement();

    /**
     * Under which conditions.
     *
     * @return plain text
     */
    String hypotheses();

    /**
     * The configurations over which the claim is made.
     *
     * @return the dimensions, each name once
     */
    List<Dimension> space();

    /**
     * Wrong versions of the theorem, which trials must contradict.
     *
     * @return at least three
     */
    List<FalseVariant> falseVariants();

    /**
     * Trains once and compares with the prediction.
     *
     * @param configuration a point of the space
     * @return what was seen
     */
    default Evidence trial(Configuration configuration) {
        return trial(configuration, setting -> setting);
    }

    /**
     * Trains once and compares with the prediction of a false variant.
     *
     * @param configuration a point of the space
     * @param variant one of {@link #falseVariants}
     * @return what was seen
     */
    default Evidence trial(Configuration configuration, FalseVariant variant) {
        return trial(configuration, variant.mistake());
    }

    /**
     * Trains once and compares with what is predicted for the setting that someone believes in.
     *
     * @param configuration a point of the space
     * @param believed maps the true setting to the believed one
     * @return what was seen
     */
    Evidence trial(Configuration configuration, UnaryOperator<Setting> believed);
}

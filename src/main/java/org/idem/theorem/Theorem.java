package org.idem.theorem;

import java.util.List;

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
    Evidence trial(Configuration configuration);

    /**
     * Trains once and compares with the prediction of a false variant.
     *
     * @param configuration a point of the space
     * @param variant one of {@link #falseVariants}
     * @return what was seen
     */
    Evidence trial(Configuration configuration, FalseVariant variant);
}

package org.idem.verification;

import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;

/**
 * What one trial showed, seen now or read from a file.
 *
 * @param <S> what one trial works on
 */
public interface Seen<S> {
    /**
     * Where.
     *
     * @return the configuration
     */
    Configuration configuration();

    /**
     * What the trial says about the theorem.
     *
     * @return the evidence
     */
    Evidence evidence();

    /**
     * What the trial says about a false variant.
     *
     * @param variant one of the theorem's
     * @return the evidence
     */
    Evidence evidence(FalseVariant<S> variant);
}

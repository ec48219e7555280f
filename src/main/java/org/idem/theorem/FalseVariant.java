package org.idem.theorem;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A wrong version of a theorem, which trials must refute.
 *
 * @param <S> what one trial works on
 */
public sealed interface FalseVariant<S> {
    /**
     * The mistake.
     *
     * @return a few words
     */
    String name();

    /**
     * The networks are as they should be, but something wrong is claimed about them.
     *
     * @param name a few words
     * @param claim the wrong claim
     * @param <S> what one trial works on
     */
    record WrongClaim<S>(String name, Function<S, Claim> claim) implements FalseVariant<S> {}

    /**
     * The claim is kept, but the networks are built wrongly.
     *
     * @param name a few words
     * @param scenario maps the true scenario to the wrong one
     * @param <S> what one trial works on
     */
    record WrongConstruction<S>(String name, UnaryOperator<S> scenario) implements FalseVariant<S> {}
}

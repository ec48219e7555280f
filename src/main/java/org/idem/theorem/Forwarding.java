package org.idem.theorem;

import java.util.List;
import java.util.OptionalDouble;
import org.idem.space.Configuration;
import org.idem.space.Dimension;

/**
 * A theorem that forwards every method to another theorem; subclasses override some.
 *
 * @param <S> what one trial works on
 */
interface Forwarding<S> extends Theorem<S> {
    /** The other one. */
    Theorem<S> theorem();

    @Override
    default String id() {
        return theorem().id();
    }

    @Override
    default Statement statement() {
        return theorem().statement();
    }

    @Override
    default List<Dimension> space() {
        return theorem().space();
    }

    @Override
    default double cost(Configuration configuration) {
        return theorem().cost(configuration);
    }

    @Override
    default S scenario(Configuration configuration) {
        return theorem().scenario(configuration);
    }

    @Override
    default Observation observe(S scenario) {
        return theorem().observe(scenario);
    }

    @Override
    default List<Observation> observeAll(List<S> scenarios) {
        return theorem().observeAll(scenarios);
    }

    @Override
    default Claim claim(S scenario) {
        return theorem().claim(scenario);
    }

    @Override
    default boolean isExactUpToRounding() {
        return theorem().isExactUpToRounding();
    }

    @Override
    default OptionalDouble noticed() {
        return theorem().noticed();
    }

    @Override
    default List<String> describe(S scenario) {
        return theorem().describe(scenario);
    }

    @Override
    default List<FalseVariant<S>> falseVariants() {
        return theorem().falseVariants();
    }
}

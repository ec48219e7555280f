package org.idem.theorem;

import java.util.List;

/**
 * A statement about trained networks that a random configuration can contradict.
 *
 * <p>One trial: a configuration gives a scenario, the networks of the scenario run for real, and what was seen is held
 * against what is claimed of the scenario. Scenario and claim are computed, never trained; the observation is trained,
 * never computed.
 *
 * @param <S> scenario: data, initial parameters and method of one trial; immutable
 */
public interface Theorem<S> {
    /**
     * Identifier, for instance T1.steps.
     *
     * @return a word
     */
    String id();

    /**
     * What is claimed.
     *
     * @return words, formula, hypotheses and source
     */
    Statement statement();

    /**
     * The configurations over which the claim is made.
     *
     * @return the dimensions, each name once
     */
    List<Dimension> space();

    /**
     * Draws everything that a trial needs from the configuration and its seed.
     *
     * @param configuration a point of the space
     * @return the scenario; the same for the same configuration, on every machine
     */
    S scenario(Configuration configuration);

    /**
     * Runs the networks.
     *
     * @param scenario from {@link #scenario}
     * @return what was seen
     */
    Observation observe(S scenario);

    /**
     * Runs the networks of several scenarios, together where that is faster.
     *
     * @param scenarios from {@link #scenario}
     * @return what {@link #observe} sees in each, to the bit
     */
    default List<Observation> observeAll(List<S> scenarios) {
        return scenarios.stream().map(this::observe).toList();
    }

    /**
     * What the theorem says of a scenario.
     *
     * @param scenario from {@link #scenario}
     * @return the claim
     */
    Claim claim(S scenario);

    /**
     * Whether nothing but rounding separates observation from claim where the claim is an equality. If so, trials are
     * also run in both precisions, and discrepancies that do not shrink refute the theorem.
     *
     * @return false for claims about limits that training only approaches, for instance of ever shorter steps
     */
    default boolean isExactUpToRounding() {
        return true;
    }

    /**
     * The numbers of a scenario, for people who look into one trial.
     *
     * @param scenario from {@link #scenario}
     * @return one line each, name first; empty where there are too many to read
     */
    default List<String> describe(S scenario) {
        return List.of();
    }

    /**
     * Wrong versions of the theorem, which trials must refute.
     *
     * @return mistakes that people make; the more the better
     */
    List<FalseVariant<S>> falseVariants();
}

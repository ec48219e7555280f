package org.idem.theorem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.idem.space.Configuration;
import org.idem.space.Dimension;

/**
 * A statement about trained networks that a random configuration can contradict.
 *
 * <p>In one trial, a configuration gives a scenario, the scenario's networks are really trained, and the trial compares
 * what it observed of them with what the theorem claims of the scenario. Scenario and claim come from computation
 * alone, the observation from training alone.
 *
 * @param <S> scenario: data, initial parameters and method of one trial; immutable
 */
public interface Theorem<S> {
    /**
     * Configurations that cost at most so many operations are drawn with the probability that their dimensions give.
     */
    double AFFORDABLE = 6e4;

    /** Beyond it, the probability falls as cost to the power of minus this number. */
    double STEEPNESS = 1.25;

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
     * What a trial costs; expensive ones are drawn rarely.
     *
     * @param configuration a point of the space
     * @return arithmetic operations of theory and training, roughly; at least 0; infinite where values do not go
     *     together, so that no trial can be made of them
     */
    default double cost(Configuration configuration) {
        return 0;
    }

    /**
     * Draws a configuration from the dimensions. One that costs more than {@link #AFFORDABLE} operations is kept only
     * with a probability that falls a little faster than its cost rises, which limits the time that expensive trials
     * take.
     *
     * @param seed determines everything
     * @return a point of the space
     */
    default Configuration draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        while (true) {
            Configuration drawn = Configuration.draw(space(), random.nextLong());
            if (random.nextDouble() * Math.pow(cost(drawn) / AFFORDABLE, STEEPNESS) < 1) {
                return drawn;
            }
        }
    }

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
     * A relative error of the prediction that a run of default effort is sure to notice. A claim that is off by this
     * error is one more false variant; if budgets were far larger than necessary, no trial would refute it.
     *
     * @return empty where no single trial can contradict the claim
     */
    default OptionalDouble noticed() {
        return OptionalDouble.empty();
    }

    /**
     * The false variants, and the claim that is off by {@link #noticed} as one more.
     *
     * @return all that a run has to refute
     */
    default List<FalseVariant<S>> allFalseVariants() {
        List<FalseVariant<S>> all = new ArrayList<>(falseVariants());
        noticed()
                .ifPresent(error -> all.add(new FalseVariant.WrongClaim<>(
                        String.format(Locale.ROOT, "prediction off by %.0e of itself", error),
                        scenario -> claim(scenario).off(error))));
        return List.copyOf(all);
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

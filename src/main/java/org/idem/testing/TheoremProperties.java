package org.idem.testing;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.idem.verification.Effort;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.Verifier;

/**
 * Property tests of one theorem over its own configuration space, drawn by jqwik's seeds and made small along the
 * theorem's own axes: what is claimed against what is observed. A subclass names the theorem and is run like any class
 * of properties.
 *
 * <p>A property fails only where a trial leaves a limit that is proved, or where all trials together are less probable
 * than {@value #FALSE_ALARM}, so fresh seeds raise no false alarm.
 */
public abstract class TheoremProperties {
    /** Laws, means and probable bounds are judged by statistics; probability that they refute what is true. */
    protected static final double FALSE_ALARM = 1e-8;

    private static final double CONFIDENCE = 0.99;

    /** Rounds of trials in which a false variant has to be refuted, by one of them. */
    private static final int ROUNDS = 4;

    private final Theorem<?> theorem;
    private final int trials;

    /**
     * Tests of a theorem.
     *
     * @param theorem which
     * @param trials of one round, enough of them to refute every false variant in nearly every round, at least 1
     */
    protected TheoremProperties(Theorem<?> theorem, int trials) {
        this.theorem = theorem;
        this.trials = trials;
    }

    /**
     * Points of the theorem's space as {@code verify} draws them: dear ones rarely.
     *
     * @return configurations with any seed
     */
    @Provide
    public Arbitrary<Configuration> configurations() {
        return Arbitraries.longs().map(theorem::draw).dontShrink().withoutEdgeCases();
    }

    /**
     * No trial contradicts the theorem.
     *
     * @param configuration where
     */
    @Property(tries = 200)
    public void observationAgreesWithTheClaim(@ForAll("configurations") Configuration configuration) {
        Evidence evidence = Trial.run(theorem, configuration).evidence();
        if (evidence.contradicts()) {
            throw new AssertionError(evidence + ", idem replay '" + theorem.id() + " " + smallest(configuration) + "'");
        }
    }

    /** The last configuration on a walk to simpler ones that contradict. */
    private Configuration smallest(Configuration contradicting) {
        for (Configuration simpler : contradicting.simpler()) {
            if (Double.isFinite(theorem.cost(simpler))
                    && Trial.run(theorem, simpler).evidence().contradicts()) {
                return smallest(simpler);
            }
        }
        return contradicting;
    }

    /**
     * A line that a report prints gives the same trial again.
     *
     * @param configuration where
     */
    @Property(tries = 20)
    public void aReplayLineReproducesItsTrial(@ForAll("configurations") Configuration configuration) {
        Configuration again = Configuration.parse(theorem.space(), configuration.toString());
        Evidence evidence = Trial.run(theorem, configuration).evidence();
        Evidence replayed = Trial.run(theorem, again).evidence();
        if (!configuration.equals(again) || !evidence.equals(replayed)) {
            throw new AssertionError(configuration + " gave " + evidence + ", then " + again + " gave " + replayed);
        }
    }

    /**
     * The theorem is confirmed, and its trials refute each of its false variants. A variant that stands is met by up to
     * three more rounds of as many fresh trials: one that a round misses with probability m stands with probability
     * m<sup>4</sup>.
     *
     * @param seed of the trials
     */
    @Property(tries = 2)
    public void theTheoremIsConfirmedAndEveryFalseVariantRefuted(@ForAll long seed) {
        Set<String> standing = standing(seed);
        for (int round = 1; round < ROUNDS && !standing.isEmpty(); round++) {
            standing.retainAll(standing(seed + round));
        }
        for (String variant : standing) {
            throw new AssertionError(
                    theorem.id() + ": '" + variant + "' was not refuted by " + ROUNDS * trials + " trials");
        }
    }

    /** The variants that one round of trials does not refute; in every round the theorem has to be confirmed. */
    private Set<String> standing(long seed) {
        TheoremResult result = new Verifier(new Effort.Trials(trials), seed, CONFIDENCE, FALSE_ALARM)
                .verify(theorem, 1, Progress.SILENT);
        if (!(result.verdict().isConfirmation() || result.verdict() instanceof Verdict.Insensitive)) {
            throw new AssertionError(
                    theorem.id() + " is not confirmed: " + result.verdict().guarantee());
        }
        return result.variants().stream()
                .filter(variant -> !variant.refuted())
                .map(TheoremResult.VariantResult::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

package org.idem.testing;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.idem.verification.Effort;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verifier;

/**
 * Property tests of one theorem over its own configuration space, generated and shrunk by jqwik: what is claimed
 * against what is observed. A subclass names the theorem and is run like any class of properties.
 *
 * <p>A property fails only where a trial leaves a limit that is proved, or where all trials together are less probable
 * than {@value #FALSE_ALARM}, so fresh seeds raise no false alarm.
 */
public abstract class TheoremProperties {
    /** Laws, means and probable bounds are judged by statistics; probability that they refute what is true. */
    protected static final double FALSE_ALARM = 1e-8;

    private static final double CONFIDENCE = 0.99;

    private final Theorem<?> theorem;
    private final int trials;

    /**
     * Tests of a theorem.
     *
     * @param theorem which
     * @param trials enough of them to refute every false variant, at least 1
     */
    protected TheoremProperties(Theorem<?> theorem, int trials) {
        this.theorem = theorem;
        this.trials = trials;
    }

    /**
     * Points of the theorem's space that cost little enough for hundreds of them.
     *
     * @return configurations with every value of every dimension, as far as the others leave it affordable, and any
     *     seed
     */
    @Provide
    public Arbitrary<Configuration> configurations() {
        List<Arbitrary<Double>> values =
                theorem.space().stream().map(TheoremProperties::values).toList();
        return Combinators.combine(Combinators.combine(values).as(list -> list), Arbitraries.longs())
                .as((list, seed) -> new Configuration(theorem.space(), list, seed))
                .filter(configuration -> theorem.cost(configuration) <= Theorem.AFFORDABLE);
    }

    private static Arbitrary<Double> values(Dimension dimension) {
        if (dimension instanceof Dimension.Whole whole) {
            return Arbitraries.integers().between(whole.least(), whole.most()).map(Integer::doubleValue);
        }
        if (dimension instanceof Dimension.Choice choice) {
            return Arbitraries.integers()
                    .between(0, choice.options().size() - 1)
                    .map(Integer::doubleValue);
        }
        if (dimension instanceof Dimension.Logarithmic logarithmic) {
            // jqwik itself prefers small numbers
            return Arbitraries.integers()
                    .between(0, (logarithmic.most() - logarithmic.least()) / logarithmic.step())
                    .map(steps -> (double) logarithmic.least() + steps * logarithmic.step());
        }
        Dimension.Real real = (Dimension.Real) dimension;
        return Arbitraries.integers()
                .between((int) (real.least() / Dimension.Real.GRID), (int) (real.most() / Dimension.Real.GRID))
                .map(step -> step * Dimension.Real.GRID);
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
            throw new AssertionError(evidence + ", idem replay '" + theorem.id() + " " + configuration + "'");
        }
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
     * The theorem is confirmed, and the same trials refute each of its false variants.
     *
     * @param seed of the trials
     */
    @Property(tries = 2)
    public void theTheoremIsConfirmedAndEveryFalseVariantRefuted(@ForAll long seed) {
        TheoremResult result = new Verifier(new Effort.Trials(trials), seed, CONFIDENCE, FALSE_ALARM)
                .verify(theorem, 1, Progress.SILENT);
        if (!result.verdict().isConfirmation()) {
            throw new AssertionError(
                    theorem.id() + " is not confirmed: " + result.verdict().guarantee());
        }
        for (TheoremResult.VariantResult variant : result.variants()) {
            if (!variant.refuted()) {
                throw new AssertionError(
                        theorem.id() + ": '" + variant.name() + "' was not refuted by " + trials + " trials");
            }
        }
    }
}

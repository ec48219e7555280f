package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.execution.Crew;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Evidence;
import org.idem.theorem.Rate;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Tells by trials in both precisions whether discrepancies between theory and training are rounding. A discrepancy that
 * is nothing but rounding is, to first order, proportional to the unit roundoff (proofs/rounding.md), so from float32
 * to float64 it shrinks by about 2⁻²⁴/2⁻⁵³ = 2²⁹. A discrepancy that comes from a wrong formula stays.
 *
 * @param shrinkage log₂ of discrepancy in float32 over discrepancy in float64 for each trial, ascending; infinite where
 *     nothing is left in float64
 */
public record Refinement(List<Double> shrinkage) {
    /** Trials that are run in both precisions. */
    static final int TRIALS = 64;

    /** By how many binary digits rounding shrinks: log₂ of the ratio of the unit roundoffs. */
    public static final double OF_ROUNDING =
            Math.getExponent(Precision.FLOAT32.unitRoundoff()) - Math.getExponent(Precision.FLOAT64.unitRoundoff());

    /**
     * The claim that decides: discrepancies vanish like the unit roundoff, where half of the digits count as slack, for
     * a few discrepancies are roundings that happened to be small. Otherwise it is a claim about a limit like
     * {@link org.idem.theorem.Claim.Limit}, with a ratio of 2²⁹.
     */
    private static final Rate LIKE_ROUNDING = new Rate(1, 0.5, false);

    /** Largest share of the trials in which rounding may shrink by less. */
    private static final double MOST_KEPT = 0.5;

    /** Sorts the trials. */
    public Refinement {
        shrinkage = shrinkage.stream().sorted().toList();
    }

    /**
     * Runs the first trials of a theorem in the other precision as well.
     *
     * @param theorem whose space has a dimension precision with the words float32 and float64, otherwise nothing is
     *     refined
     * @param entries trials that ran
     * @return null if no trial could be compared
     */
    static @Nullable Refinement of(Theorem<?> theorem, List<TheoremResult.Entry> entries) {
        boolean both = theorem.space().stream()
                .anyMatch(dimension -> dimension.name().equals(Axes.PRECISION.name())
                        && dimension instanceof Dimension.Choice choice
                        && Stream.of(Precision.values())
                                .allMatch(precision -> choice.options().contains(Axes.PRECISION.word(precision))));
        if (!theorem.isExactUpToRounding() || !both) {
            return null;
        }
        List<TheoremResult.Entry> compared = entries.stream()
                .filter(entry -> entry.evidence() instanceof Evidence.Compared)
                .limit(TRIALS)
                .toList();
        List<Double> shrinkage = Crew.map(compared, entry -> shrinkage(theorem, entry)).stream()
                .flatMap(one -> one.stream().boxed())
                .toList();
        return shrinkage.isEmpty() ? null : new Refinement(new ArrayList<>(shrinkage));
    }

    private static OptionalDouble shrinkage(Theorem<?> theorem, TheoremResult.Entry entry) {
        Configuration configuration = entry.configuration();
        boolean coarse = configuration.get(Axes.PRECISION) == Precision.FLOAT32;
        Configuration other = configuration.with(Axes.PRECISION, coarse ? Precision.FLOAT64 : Precision.FLOAT32);
        if (!(entry.evidence() instanceof Evidence.Compared one)
                || !(Trial.run(theorem, other).evidence() instanceof Evidence.Compared two)) {
            return OptionalDouble.empty();
        }
        double single = (coarse ? one : two).measured();
        Evidence.Compared twice = coarse ? two : one;
        // training in float32 can be exact by chance; then only the prediction was rounded, in float64 both times, and
        // nothing shrinks
        return single <= twice.limit()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Rate.seen(single, twice.measured(), 2));
    }

    /**
     * The middle trial.
     *
     * @return median of the shrinkages
     */
    public double median() {
        return shrinkage.get(shrinkage.size() / 2);
    }

    /**
     * P-value of a sign test: the probability that at least so many discrepancies shrink by less than half as many
     * digits as rounding does, if each trial's does so with probability at most 1/2. NaN counts as not shrunk.
     *
     * @return in (0, 1]
     */
    public double pValue() {
        int kept = (int) shrinkage.stream()
                .filter(digits -> !LIKE_ROUNDING.holds(digits / OF_ROUNDING))
                .count();
        return StatisticalTest.tooMany(kept, shrinkage.size(), MOST_KEPT);
    }
}

package org.idem.verification;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.idem.theorem.Theorem;

/**
 * How easily one theorem would be refuted if it were wrong.
 *
 * @param theorem the theorem
 * @param trials trials of a run
 * @param variants its false variants
 * @param curve with what probability errors of the prediction are noticed, smallest error first
 */
public record PowerResult(Theorem<?> theorem, int trials, List<Variant> variants, List<Point> curve) {
    /** Copies the lists and sorts the curve. */
    public PowerResult {
        variants = List.copyOf(variants);
        curve = curve.stream().sorted(Comparator.comparingDouble(Point::error)).toList();
    }

    /**
     * After how many trials a false variant is refuted, over several orders of the same trials.
     *
     * @param name the variant
     * @param median trials after which more than half of the orders have refuted it, 0 if they never do
     * @param last trials after which all orders have refuted it, 0 if one never does
     * @param share of the orders that refute it at all
     */
    public record Variant(String name, int median, int last, double share) {}

    /**
     * With what probability an error is noticed.
     *
     * @param error relative error of the prediction
     * @param probability lower confidence limit, 95 %, for the probability that a run notices it; for claims that no
     *     single trial can contradict it is approximate, because its runs share trials
     */
    public record Point(double error, double probability) {}

    /**
     * The smallest error of the curve that a run notices with probability {@value Power#WANTED} or more.
     *
     * @return empty if not even an error of 100 % is
     */
    public OptionalDouble smallestNoticed() {
        return curve.stream()
                .filter(point -> point.probability() >= Power.WANTED)
                .mapToDouble(Point::error)
                .min();
    }

    /**
     * Whether every order of the trials refutes every false variant.
     *
     * @return true if all are seen to be wrong
     */
    public boolean refutesAllVariants() {
        return variants.stream().allMatch(variant -> variant.share() == 1);
    }
}

package org.idem.verification;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.idem.theorem.exact.ExactCheck;
import org.idem.theorem.exact.ExactResult;
import org.idem.theorem.exact.ExactVariant;
import org.idem.theorem.exact.ExactVariants;

/**
 * Results of comparing closed forms with gradient descent in rational numbers, where nothing is rounded and all numbers
 * must be equal.
 *
 * @param instances results of the theory itself
 * @param variants results of each wrong version of the theory
 */
public record ExactResults(ExactResult instances, List<VariantResult> variants) {
    /** Rounds of instances that wrong versions are tried on. */
    private static final int ROUNDS_OF_VARIANTS = 10;

    /** Copies the list. */
    public ExactResults {
        variants = List.copyOf(variants);
    }

    /**
     * Results of a wrong version of the theory.
     *
     * @param name the mistake
     * @param concerned instances in which the mistake can be made
     * @param refuted how many of them differ from training
     */
    public record VariantResult(String name, int concerned, int refuted) {}

    /**
     * Draws and compares.
     *
     * @param seed determines all instances
     * @param count number of instances, at least 1
     * @return the results
     */
    public static ExactResults of(long seed, int count) {
        List<ExactVariant> wrong = ExactVariants.list();
        List<ExactResult> said = ExactCheck.run(seed, ROUNDS_OF_VARIANTS * ExactCheck.ROUND, wrong);
        List<VariantResult> variants = IntStream.range(0, wrong.size())
                .mapToObj(index -> result(wrong.get(index), said.get(index)))
                .toList();
        return new ExactResults(ExactCheck.run(seed, count), variants);
    }

    private static VariantResult result(ExactVariant variant, ExactResult result) {
        return new VariantResult(variant.name(), result.total(), result.refuted());
    }

    /**
     * Number of wrong versions that differ from training somewhere.
     *
     * @return at most the number of variants
     */
    public long refutedVariants() {
        return variants.stream().filter(variant -> variant.refuted() > 0).count();
    }

    /**
     * The wrong versions that agree with training in every instance.
     *
     * @return their names
     */
    public List<String> unrefuted() {
        return variants.stream()
                .filter(variant -> variant.refuted() == 0)
                .map(VariantResult::name)
                .toList();
    }

    /**
     * One or two words for tables.
     *
     * @return confirmed or refuted
     */
    public String word() {
        return instances.holds() ? "confirmed" : "refuted";
    }

    /**
     * The result in words.
     *
     * @return one line
     */
    public String guarantee() {
        return instances
                .first()
                .map(difference ->
                        instances.refuted() + " of " + instances.total() + " instances differ, first " + difference)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%d random instances of %d parts equal gradient descent in rational arithmetic, fraction by fraction",
                        instances.total(),
                        instances.checked().size()));
    }
}

package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.idem.execution.Crew;
import org.idem.space.Configuration;
import org.idem.statistics.ClopperPearson;
import org.idem.statistics.Holm;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Verifies theorems by random trials.
 *
 * @param effort how many trials each theorem gets
 * @param seed determines every trial, whatever the number of threads
 * @param confidence joint confidence of the guarantees of all theorems, in (0, 1)
 * @param falseAlarm probability with which the run refutes any statistical claim that is true, in (0, 1); shared among
 *     its theorems
 */
public record Verifier(Effort effort, long seed, double confidence, double falseAlarm) {
    /** Trials that run side by side before they are compared with false variants and progress is reported. */
    static final int BLOCK = 256;

    /** Theorems that are verified side by side; the trials of each use all processors. */
    private static final int SIDE_BY_SIDE = 2;

    /** Default false-alarm probability of a run. */
    public static final double FALSE_ALARM = 1e-4;

    /** Share of the trials that have to decide before a theorem can be confirmed. */
    static final double LEAST_SHARE_DECIDED = 0.25;

    /** A guarantee is useless if it allows a share, a distance or a relative error larger than this. */
    private static final double MOST_ALLOWED = 0.5;

    /**
     * Largest share of trials whose observation may equal the prediction to the last bit. Where numbers and steps are
     * few, two computations often round alike, but in no theorem does that happen in half of the trials.
     */
    private static final double MOST_COPIED = 0.9;

    /** Checks the arguments. */
    public Verifier {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must lie in (0, 1), got " + confidence);
        }
        if (!(falseAlarm > 0 && falseAlarm < 1)) {
            throw new IllegalArgumentException("false alarm must lie in (0, 1), got " + falseAlarm);
        }
    }

    /**
     * With the usual false-alarm probability.
     *
     * @param trials trials per theorem, at least 1
     * @param seed determines every trial
     * @param confidence joint confidence of the guarantees, in (0, 1)
     */
    public Verifier(int trials, long seed, double confidence) {
        this(new Effort.Trials(trials), seed, confidence, FALSE_ALARM);
    }

    /**
     * The same with another seed.
     *
     * @param other determines every trial
     * @return a verifier
     */
    public Verifier withSeed(long other) {
        return new Verifier(effort, other, confidence, falseAlarm);
    }

    /**
     * Verifies theorems that share the confidence. Some are verified side by side, so that processors have work while
     * one theorem waits for its last trials.
     *
     * @param theorems which
     * @param source of what their trials showed, which other processes may have run
     * @param progress is told of every block of trials, on several threads
     * @param finished is told of every result in the order of the theorems, on the calling thread
     * @return the results in that order, verdicts before {@link #concluded}
     */
    public List<TheoremResult> verify(
            List<? extends Theorem<?>> theorems,
            TrialSource source,
            Progress progress,
            Consumer<TheoremResult> finished) {
        List<Supplier<TheoremResult>> work = new ArrayList<>();
        for (Theorem<?> theorem : theorems) {
            work.add(() -> verify(theorem, source, theorems.size(), progress));
        }
        return Crew.sideBySide(SIDE_BY_SIDE, work, finished);
    }

    /**
     * Verifies one of several theorems.
     *
     * @param theorem which
     * @param family number of theorems that share the confidence
     * @param progress is told of every block of trials
     * @param <S> what one trial works on
     * @return trials, verdict and false variants
     */
    public <S> TheoremResult verify(Theorem<S> theorem, int family, Progress progress) {
        return verify(theorem, TrialSource.HERE, family, progress);
    }

    private <S> TheoremResult verify(Theorem<S> theorem, TrialSource source, int family, Progress progress) {
        return verify(theorem, source, theorem.allFalseVariants(), family, progress);
    }

    /** The same without looking at false variants. */
    <S> TheoremResult verifyAlone(Theorem<S> theorem, int family) {
        return verify(theorem, TrialSource.HERE, List.of(), family, Progress.SILENT);
    }

    private <S> TheoremResult verify(
            Theorem<S> theorem, TrialSource source, List<FalseVariant<S>> variants, int family, Progress progress) {
        Draws draws = new Draws(theorem, seed);
        List<TheoremResult.Entry> entries = new ArrayList<>();
        List<Refutation<S>> refutations = variants.stream()
                .map(variant -> new Refutation<>(theorem, variant, falseAlarm))
                .toList();
        double error = (1 - confidence) / family;
        long wanted = effort.wanted(error);
        long counted = 0;
        while (counted < wanted && entries.size() < effort.most(error)) {
            List<Configuration> block = new ArrayList<>();
            for (int i = entries.size(); i < Math.min(effort.most(error), entries.size() + BLOCK); i++) {
                block.add(draws.next());
            }
            List<Seen<S>> done = source.trials(theorem, entries.size(), block);
            entries.addAll(Crew.map(done, trial -> new TheoremResult.Entry(trial.configuration(), trial.evidence())));
            Crew.map(refutations, refutation -> refutation.look(done));
            counted = effort.done(
                    Tally.of(entries.stream().map(TheoremResult.Entry::evidence).toList()));
            progress.trials(theorem.id(), Math.min(counted, wanted), wanted);
        }
        Refinement refinement = Refinement.of(theorem, entries);
        List<TheoremResult.VariantResult> outcomes =
                refutations.stream().map(Refutation::outcome).toList();
        Verdict verdict = sensitive(verdict(theorem, entries, refinement, family), outcomes, error);
        return new TheoremResult(theorem, verdict, entries, outcomes, refinement);
    }

    /** A run of default effort confirms a theorem only if it has refuted every false variant. */
    private Verdict sensitive(Verdict verdict, List<TheoremResult.VariantResult> outcomes, double error) {
        List<String> standing = outcomes.stream()
                .filter(outcome -> !outcome.refuted())
                .map(TheoremResult.VariantResult::name)
                .toList();
        return verdict instanceof Verdict.Confirmation confirmation && !standing.isEmpty() && effort.isUsual(error)
                ? new Verdict.Insensitive(standing, confirmation.tally())
                : verdict;
    }

    /**
     * Final verdicts of a whole run. While theorems are verified one by one, a statistical claim is refuted at an even
     * share of the false-alarm probability; knowing all of them, Holm's step-down correction may refute more.
     *
     * @param results what {@link #verify} gave for each theorem of the run
     * @return the same with their final verdicts
     */
    public List<TheoremResult> concluded(List<TheoremResult> results) {
        List<TheoremResult> tested = results.stream()
                .filter(result -> !(result.verdict() instanceof Verdict.Undecided) && result.isTested())
                .toList();
        double[] pValues = tested.stream().mapToDouble(TheoremResult::pValue).toArray();
        double[] adjusted = Holm.adjust(pValues);
        return results.stream()
                .map(result -> {
                    int at = tested.indexOf(result);
                    return at < 0
                                    || adjusted[at] >= falseAlarm
                                    || result.verdict().isRefutation()
                            ? result
                            : result.refuted(falseAlarm * pValues[at] / adjusted[at]);
                })
                .toList();
    }

    private <S> Verdict verdict(
            Theorem<S> theorem, List<TheoremResult.Entry> entries, @Nullable Refinement refinement, int family) {
        for (TheoremResult.Entry entry : entries) {
            if (entry.evidence().contradicts()) {
                TheoremResult.Entry smallest = Shrinking.smallest(
                        theorem,
                        entry,
                        configuration -> Trial.run(theorem, configuration).evidence());
                return new Verdict.Refuted(smallest.configuration(), (Evidence.Measured) smallest.evidence());
            }
        }
        List<Evidence> evidence =
                entries.stream().map(TheoremResult.Entry::evidence).toList();
        Tally tally = Tally.of(evidence);
        if (tally.decidedShare() < LEAST_SHARE_DECIDED) {
            return new Verdict.Silent(tally);
        }
        double level = falseAlarm / family;
        double pValue = StatisticalTest.pValue(evidence);
        if (pValue < level) {
            return StatisticalTest.refuted(evidence, pValue, level);
        }
        if (refinement != null && refinement.pValue() < level) {
            return new Verdict.NotRounding(refinement, level, tally);
        }
        long copied = evidence.stream().filter(Evidence::copied).count();
        long able = evidence.stream().filter(Evidence::couldDiffer).count();
        if (ClopperPearson.lowerLimit(Math.toIntExact(copied), Math.toIntExact(able), level) > MOST_COPIED) {
            return new Verdict.Copied(copied, tally);
        }
        return confirmed(evidence, tally, (1 - confidence) / family);
    }

    /** The verdict on trials without a refutation, whose guarantee is wrong with at most the given probability. */
    private Verdict confirmed(List<Evidence> evidence, Tally tally, double error) {
        if (evidence.stream().anyMatch(Evidence.Placed.class::isInstance)) {
            // Dvoretzky, Kiefer and Wolfowitz with Massart's constant
            double margin = Math.sqrt(Math.log(2 / error) / (2.0 * tally.decided()));
            double distance = StatisticalTest.distance(evidence) + margin;
            return distance > MOST_ALLOWED
                    ? new Verdict.Underpowered("the true law may be far from the claimed one", tally)
                    : new Verdict.LawConfirmed(distance, confidence, tally);
        }
        List<Evidence.Averaged> averages = StatisticalTest.of(Evidence.Averaged.class, evidence);
        if (!averages.isEmpty()) {
            PooledMeans means = PooledMeans.of(averages);
            double common = means.commonError(error);
            return common > MOST_ALLOWED
                    ? new Verdict.Underpowered("the claimed means may be far off", tally)
                    : new Verdict.MeanConfirmed(common, Math.round(means.values()), confidence, tally);
        }
        int exceeded = StatisticalTest.exceeded(StatisticalTest.of(Evidence.Measured.class, evidence));
        double limit = ClopperPearson.upperLimit(exceeded, Math.toIntExact(tally.decided()), error);
        if (StatisticalTest.isLimit(evidence)) {
            return limit < Claim.Limit.CONFIRMED_BELOW
                    ? new Verdict.LimitConfirmed(exceeded, limit, confidence, tally)
                    : new Verdict.LimitOpen(exceeded, limit, tally);
        }
        if (limit > MOST_ALLOWED) {
            return new Verdict.Underpowered("most of its configurations may violate it", tally);
        }
        double failure = StatisticalTest.largestShare(StatisticalTest.fallible(evidence));
        return failure > 0
                ? new Verdict.BoundConfirmed(failure, exceeded, limit, confidence, tally)
                : new Verdict.Confirmed(limit, confidence, tally);
    }
}

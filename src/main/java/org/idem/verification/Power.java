package org.idem.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.idem.array.Array;
import org.idem.space.Configuration;
import org.idem.statistics.ClopperPearson;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;

/**
 * How easily a theorem would be refuted if it were wrong: after how many trials its false variants are refuted, and how
 * small a relative error of its prediction a run notices.
 *
 * @param trials trials of a run, at least 1
 * @param seed determines everything
 * @param level p-value below which that run refutes a claim that no single trial can contradict, in (0, 1)
 */
public record Power(int trials, long seed, double level) {
    /** Probability with which an error has to be noticed. */
    public static final double WANTED = 0.9;

    /** Probability with which the lower limit of a detection probability is too high. */
    private static final double ERROR = 0.05;

    /** Orders of the trials in which false variants are tried; odd, so that one of them is the median. */
    private static final int ORDERS = 21;

    /**
     * Number of runs that are put together from a reserve of trials, for claims that no single trial can contradict.
     */
    private static final int RUNS = 100;

    /** Size of the reserve in units of a run: large enough that the runs differ. */
    private static final int RESERVE = 4;

    private static final double[] DIGITS = {1, 2, 5};
    private static final int LEAST_EXPONENT = -15;

    /** Checks the arguments. */
    public Power {
        if (trials < 1) {
            throw new IllegalArgumentException("trials must be at least 1, got " + trials);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must lie in (0, 1), got " + level);
        }
    }

    /**
     * Tries the false variants and the errors of one theorem.
     *
     * @param theorem which
     * @param progress is told of every block of trials
     * @param <S> what one trial works on
     * @return which variants and errors are noticed
     */
    public <S> PowerResult of(Theorem<S> theorem, Progress progress) {
        SplittableRandom random =
                new SplittableRandom(seed ^ ((long) theorem.id().hashCode() << 32));
        List<FalseVariant<S>> variants = theorem.allFalseVariants();
        List<List<Evidence>> against = new ArrayList<>();
        variants.forEach(variant -> against.add(new ArrayList<>()));
        List<Case> cases = new ArrayList<>();
        int wanted = trials;
        while (cases.size() < wanted) {
            List<Configuration> block = new ArrayList<>();
            for (int i = cases.size(); i < Math.min(wanted, cases.size() + Verifier.BLOCK); i++) {
                block.add(theorem.draw(random.nextLong()));
            }
            boolean more = cases.size() >= trials;
            block.parallelStream()
                    .map(configuration -> ran(theorem, configuration, more ? List.of() : variants))
                    .toList()
                    .forEach(ran -> {
                        cases.add(ran.known());
                        for (int v = 0; v < ran.variants().size(); v++) {
                            against.get(v).add(ran.variants().get(v));
                        }
                    });
            if (cases.stream().anyMatch(Case::isStatistical)) {
                wanted = RESERVE * trials;
            }
            progress.trials(theorem.id(), cases.size(), wanted);
        }
        List<PowerResult.Variant> outcomes = new ArrayList<>();
        for (int v = 0; v < variants.size(); v++) {
            outcomes.add(variant(variants.get(v).name(), against.get(v), random.split()));
        }
        return new PowerResult(theorem, trials, outcomes, noticed(cases, random));
    }

    /**
     * What a trial observed and what is claimed of it. A trial that observed nothing has no claim and keeps its
     * evidence.
     */
    private record Case(Claim claim, Observation seen, Evidence evidence) {
        static final Claim NONE = new Claim.Equality(Array.zeros(1), Array.zeros(1));

        boolean isStatistical() {
            return StatisticalTest.concerns(List.of(evidence));
        }

        Evidence off(double error) {
            return claim == NONE ? evidence : claim.off(error).against(seen);
        }
    }

    private record Ran(Case known, List<Evidence> variants) {}

    private static <S> Ran ran(Theorem<S> theorem, Configuration configuration, List<FalseVariant<S>> variants) {
        Trial<S> trial = Trial.run(theorem, configuration);
        Observation seen = trial.observation();
        Claim claim = seen instanceof Observation.Nothing ? Case.NONE : theorem.claim(trial.scenario());
        Case known = new Case(claim, seen, claim.against(seen));
        return new Ran(known, variants.stream().map(trial::evidence).toList());
    }

    /** After how many trials a variant is refuted, over several orders of the same trials. */
    private PowerResult.Variant variant(String name, List<Evidence> evidence, SplittableRandom random) {
        int[] after = new int[ORDERS];
        int never = 0;
        for (int order = 0; order < ORDERS; order++) {
            after[order] = refutedAfter(shuffled(evidence, evidence.size(), random));
            never += after[order] == 0 ? 1 : 0;
            after[order] = after[order] == 0 ? Integer.MAX_VALUE : after[order];
        }
        Arrays.sort(after);
        int median = after[ORDERS / 2];
        int last = after[ORDERS - 1];
        return new PowerResult.Variant(
                name,
                median == Integer.MAX_VALUE ? 0 : median,
                last == Integer.MAX_VALUE ? 0 : last,
                1 - never / (double) ORDERS);
    }

    /** Trials until a variant is refuted, 0 if it is not. */
    private int refutedAfter(List<Evidence> evidence) {
        for (int from = 0; from < evidence.size(); from += Verifier.BLOCK) {
            int to = Math.min(evidence.size(), from + Verifier.BLOCK);
            for (int i = from; i < to; i++) {
                if (evidence.get(i).contradicts()) {
                    return i + 1;
                }
            }
            if (StatisticalTest.pValue(evidence.subList(0, to)) < level) {
                return to;
            }
        }
        return 0;
    }

    /**
     * Searches the ladder 1, 2, 5, 10, … of errors for the smallest that is noticed often enough; returns all errors
     * tried.
     */
    private List<PowerResult.Point> noticed(List<Case> cases, SplittableRandom random) {
        boolean statistical = cases.stream().anyMatch(Case::isStatistical);
        long runs = random.nextLong();
        IntFunction<PowerResult.Point> at = rung -> {
            double error = DIGITS[rung % DIGITS.length] * Math.pow(10, LEAST_EXPONENT + rung / DIGITS.length);
            List<Evidence> evidence =
                    cases.parallelStream().map(one -> one.off(error)).toList();
            return new PowerResult.Point(
                    error, statistical ? ofRuns(evidence, new SplittableRandom(runs)) : ofTrials(evidence));
        };
        // the ladder ends at 1; the bisection assumes that larger errors are noticed at least as often
        int seen = DIGITS.length * -LEAST_EXPONENT;
        List<PowerResult.Point> points = new ArrayList<>(List.of(at.apply(seen)));
        int unseen = points.get(0).probability() >= WANTED ? -1 : seen;
        while (seen - unseen > 1) {
            int middle = (seen + unseen) / 2;
            PowerResult.Point point = at.apply(middle);
            points.add(point);
            if (point.probability() >= WANTED) {
                seen = middle;
            } else {
                unseen = middle;
            }
        }
        return points;
    }

    /** Lower limit of the probability that a run has a contradicting trial; one is enough. */
    private double ofTrials(List<Evidence> evidence) {
        int contradicting =
                (int) evidence.stream().filter(Evidence::contradicts).count();
        double share = ClopperPearson.lowerLimit(contradicting, evidence.size(), ERROR);
        return -Math.expm1(trials * Math.log1p(-share));
    }

    /** Lower limit of the share of runs whose trials together refute. */
    private double ofRuns(List<Evidence> evidence, SplittableRandom random) {
        List<SplittableRandom> sources = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            sources.add(random.split());
        }
        int noticing = (int) sources.parallelStream()
                .filter(source -> StatisticalTest.pValue(shuffled(evidence, trials, source)) < level)
                .count();
        return ClopperPearson.lowerLimit(noticing, RUNS, ERROR);
    }

    /** So many different pieces of evidence in random order. */
    private static List<Evidence> shuffled(List<Evidence> evidence, int count, SplittableRandom random) {
        List<Evidence> order = new ArrayList<>(evidence);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, order.size());
            order.set(other, order.set(i, order.get(other)));
        }
        return order.subList(0, count);
    }
}

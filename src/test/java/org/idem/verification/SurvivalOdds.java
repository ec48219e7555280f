package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.idem.execution.Crew;
import org.idem.statistics.BinomialTail;
import org.idem.statistics.ClopperPearson;
import org.idem.statistics.MeanTest;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.Trial;

/**
 * How likely a run of usual effort leaves a false variant standing, proved from trials: a program that takes minutes,
 * {@code java -cp target/test-classes:target/classes:… org.idem.verification.SurvivalOdds [ID…]}. The argument stands
 * in proofs/README.md.
 *
 * <p>All limits hold together with the confidence. A variant is looked at in stages of fresh trials, each four times as
 * many, until its odds are small enough; every stage has a share of the error.
 */
final class SurvivalOdds {
    private static final double ERROR = 0.01;
    private static final double DECLARED = 1e-4;
    private static final int FIRST = 400;
    private static final int GROWTH = 4;
    private static final int STAGES = 5;
    /** Stages after which a variant is given up that no trial refutes alone, and no law from afar. */
    private static final int FRUITLESS = 3;

    private static final int BLOCK = 200;
    /** Tests that share the p-value of a law, of which one is that of Kolmogorov and Smirnov. */
    private static final int TESTS_OF_A_LAW = 3;
    /** Sizes of shifts that are counted, quantiles of those seen. */
    private static final int SIZES = 50;

    /** What some trials said of one variant. */
    static final class Count {
        private final String name;
        private final List<Double> places = new ArrayList<>();
        private final Shifts shifts = new Shifts();
        private final HeavyShifts heavyShifts = new HeavyShifts();
        private int trials;
        private int contradicting;
        private int exceeding;
        private double failure;

        Count(String name) {
            this.name = name;
        }

        /** Takes note of what a trial said of the variant, and of the true theorem. */
        void add(Evidence evidence, Evidence truth) {
            if (evidence instanceof Evidence.Averaged wrong && truth instanceof Evidence.Averaged right) {
                if (Double.isFinite(wrong.scale())) {
                    shifts.add(wrong, right);
                } else if (Double.isFinite(wrong.spread()) && !isTelling(wrong)) {
                    heavyShifts.add(wrong, right);
                }
            }
            add(evidence);
        }

        void add(Evidence evidence) {
            trials++;
            contradicting += evidence.contradicts() || isTelling(evidence) ? 1 : 0;
            if (evidence instanceof Evidence.Placed placed && !isTelling(evidence)) {
                places.add(placed.probability());
            }
            if (evidence instanceof Evidence.Measured bound && bound.mayFail() > 0) {
                failure = Math.max(failure, bound.mayFail());
                exceeding += bound.holds() ? 0 : 1;
            }
        }

        /** Whether a trial refutes without contradicting, whatever else a run of usual effort sees. */
        private static boolean isTelling(Evidence evidence) {
            if (evidence instanceof Evidence.Placed placed) {
                return !(placed.probability() > 0 && placed.probability() < 1);
            }
            return evidence instanceof Evidence.Averaged average
                    && PooledMeans.of(List.of(average)).worst() * 2 * Effort.USUAL_TRIALS < Verifier.FALSE_ALARM;
        }

        /** Upper limit of the probability that a run of so many trials leaves the variant standing. */
        double odds(int run, double error) {
            double each = error / 5;
            double alone = Math.min(byOne(run, each), byExceeding(run, each));
            double together = Math.min(
                    byLaw(run, each), Math.min(shifts.odds(run, trials, each), heavyShifts.odds(run, trials, each)));
            return Math.min(1, Math.min(alone, together));
        }

        /** A trial refutes the variant with at least a probability: none of the run does. */
        private double byOne(int run, double error) {
            return Math.pow(1 - ClopperPearson.lowerLimit(contradicting, trials, error), run);
        }

        /** Too few trials exceed a bound that may fail. */
        private double byExceeding(int run, double error) {
            if (failure == 0) {
                return 1;
            }
            int enough = 0;
            while (enough <= run && BinomialTail.atLeast(enough, run, failure) >= Verifier.FALSE_ALARM) {
                enough++;
            }
            return enough > run
                    ? 1
                    : BinomialTail.atMost(enough - 1, run, ClopperPearson.lowerLimit(exceeding, trials, error));
        }

        /** Dvoretzky, Kiefer and Wolfowitz for these trials, and again for those of the run. */
        private double byLaw(int run, double error) {
            if (places.isEmpty()) {
                return 1;
            }
            List<Evidence> seen =
                    places.stream().<Evidence>map(Evidence.Placed::new).toList();
            double distance = StatisticalTest.distance(seen) - margin(error / 2, places.size());
            double share = ClopperPearson.lowerLimit(places.size(), trials, error / 2);
            double least = 1;
            for (int decided = run; decided > 0; decided -= Math.max(1, run / 100)) {
                double room = distance - margin(Verifier.FALSE_ALARM / TESTS_OF_A_LAW, decided);
                double stands = room > 0 ? 2 * Math.exp(-2 * decided * room * room) : 1;
                least = Math.min(least, stands + BinomialTail.atMost(decided - 1, run, share));
            }
            return least;
        }

        private static double margin(double error, int numbers) {
            return Math.sqrt(Math.log(2 / error) / (2.0 * numbers));
        }
    }

    /** By how much a wrong claim moves the sum over the averages of a run, in units of its own spread. */
    private static final class Shifts {
        /** Chance that is left to the noise of a run. */
        private static final double OF_NOISE = 1e-9;

        private final List<Double> sizes = new ArrayList<>();
        private boolean oneSided = true;
        private double values;
        private double wrongScale;
        private double trueScale;
        private double spread;

        void add(Evidence.Averaged wrong, Evidence.Averaged right) {
            double unit = Math.sqrt(wrong.spread());
            double shift = wrong.count() * ((wrong.mean() - right.mean()) / unit);
            oneSided &= sizes.isEmpty() || shift * sizes.get(0) >= 0;
            sizes.add(shift);
            values = Math.max(values, wrong.count());
            wrongScale = Math.max(wrongScale, wrong.scale() / unit);
            trueScale = Math.max(trueScale, right.scale() / unit);
            spread = Math.max(spread, right.spread() / wrong.spread());
        }

        /** Too few trials shift the sum by each of the sizes, or noise hides that they do. */
        double odds(int run, int trials, double error) {
            if (sizes.isEmpty() || !oneSided) {
                return 1;
            }
            double[] ordered = sizes.stream().mapToDouble(Math::abs).sorted().toArray();
            double noise = MeanTest.subGammaMargin(values * run * spread, trueScale, OF_NOISE)
                    + MeanTest.subGammaMargin(values * run, wrongScale, Verifier.FALSE_ALARM / 2);
            double sum = 0;
            for (int rank = 0; rank < SIZES; rank++) {
                int from = rank * ordered.length / SIZES;
                double share = ClopperPearson.lowerLimit(ordered.length - from, trials, error / SIZES);
                double more = ordered[from] - (rank > 0 ? ordered[(rank - 1) * ordered.length / SIZES] : 0);
                sum += more * surelyOf(run, share);
            }
            return sum > noise ? 2 * OF_NOISE : 1;
        }

        /** How many of a run have something at least that each has with a probability. */
        private static int surelyOf(int run, double share) {
            int least = (int) (run * share);
            while (least > 0 && BinomialTail.atMost(least - 1, run, share) > OF_NOISE / SIZES) {
                least--;
            }
            return least;
        }
    }

    private SurvivalOdds() {}

    private static <S> double[] theorem(Theorem<S> theorem, int all, SplittableRandom random) {
        List<FalseVariant<S>> left = theorem.allFalseVariants();
        double sum = 0;
        int unknown = 0;
        for (int stage = 0, trials = FIRST; stage < STAGES && !left.isEmpty(); stage++, trials *= GROWTH) {
            List<Count> counts = counted(theorem, left, trials, random);
            double error = ERROR / all / (1L << (stage + 1));
            List<FalseVariant<S>> open = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                Count count = counts.get(i);
                double odds = count.odds(Effort.USUAL_TRIALS, error);
                boolean last = stage == STAGES - 1 || odds == 1 && stage >= FRUITLESS - 1;
                if (odds > DECLARED / 2 / all && !last) {
                    open.add(left.get(i));
                    continue;
                }
                if (odds > DECLARED / 2 / all) {
                    print(
                            "%-18s %-70s %5d of %d trials, odds %.1e",
                            theorem.id(), count.name, count.contradicting, count.trials, odds);
                }
                sum += odds < 1 ? odds : 0;
                unknown += odds < 1 ? 0 : 1;
            }
            left = open;
        }
        print("%-18s odds of any variant %.1e, not bounded %d", theorem.id(), sum, unknown);
        return new double[] {sum, unknown};
    }

    private static <S> List<Count> counted(
            Theorem<S> theorem, List<FalseVariant<S>> variants, int trials, SplittableRandom random) {
        List<Count> counts =
                variants.stream().map(variant -> new Count(variant.name())).toList();
        for (int done = 0; done < trials; done += BLOCK) {
            List<Trial<S>> block = Crew.inParts(
                    random.longs(BLOCK).mapToObj(theorem::draw).toList(), part -> Trial.run(theorem, part));
            List<List<Evidence>> said = Crew.map(
                    block, trial -> variants.stream().map(trial::evidence).toList());
            for (int trial = 0; trial < BLOCK; trial++) {
                for (int i = 0; i < counts.size(); i++) {
                    counts.get(i).add(said.get(trial).get(i), block.get(trial).evidence());
                }
            }
        }
        return counts;
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    /** Prints the odds of every theorem, or of some. */
    public static void main(String[] ids) {
        List<Theorem<?>> theorems = Theorems.list().stream()
                .filter(theorem -> ids.length == 0 || List.of(ids).contains(theorem.id()))
                .toList();
        int all = Theorems.list().stream()
                .mapToInt(theorem -> theorem.allFalseVariants().size())
                .sum();
        long seed = new SplittableRandom().nextLong();
        print("seed %d, %d variants, confidence %.2f", seed, all, 1 - ERROR);
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        double unknown = 0;
        for (Theorem<?> theorem : theorems) {
            double[] odds = theorem(theorem, all, random);
            sum += odds[0];
            unknown += odds[1];
        }
        print("any variant stands with probability below %.2e; not bounded: %.0f", sum, unknown);
    }
}

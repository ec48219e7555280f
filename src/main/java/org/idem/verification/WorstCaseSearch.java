package org.idem.verification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;

/**
 * Starts from the worst trials of a run and searches for configurations, images and weights with a larger ratio of
 * measured to limit: of an error to its bound, or of a discrepancy to its budget.
 *
 * @param seed determines the search, as far as time allows
 * @param most no round of tries begins after so much time
 */
public record WorstCaseSearch(long seed, Duration most) {
    /** Networks over which a bound that may fail is averaged. */
    static final int NETWORKS = 32;

    private static final int STARTS = 4;
    private static final int ROUNDS = 20;
    /** A climb ends after so many rounds that found nothing worse. */
    private static final int PATIENCE = 5;

    private static final int PROPOSALS = 8;

    /** Largest cost of a neighbour that is tried, in units of {@link Theorem#AFFORDABLE}. */
    private static final double MOST_DEAR = 200;

    private record Point(Configuration configuration, double ratio) {
        private static final Comparator<Point> BY_RATIO =
                Comparator.comparingDouble(point -> Double.isNaN(point.ratio) ? Double.POSITIVE_INFINITY : point.ratio);
    }

    /**
     * Searches from the trials of one theorem.
     *
     * @param result the trials
     * @param progress is told of every round
     * @return the worst case; empty for claims that set no limit, and where no trial measured anything
     */
    public Optional<WorstCase> of(TheoremResult result, Progress progress) {
        Theorem<?> theorem = result.theorem();
        boolean mean = !StatisticalTest.fallible(result.evidence()).isEmpty();
        List<Point> starts = starts(result);
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        double among = starts.get(0).ratio();
        SplittableRandom random =
                new SplittableRandom(~seed ^ ((long) theorem.id().hashCode() << 32));
        Point worst = null;
        int tried = 0;
        long begun = System.nanoTime();
        boolean stopped = false;
        for (int start = 0; start < Math.min(STARTS, starts.size()) && !stopped; start++) {
            Point at = starts.get(start);
            Point here = mean ? new Point(at.configuration(), ratio(theorem, at.configuration(), true)) : at;
            int idle = 0;
            for (int round = 0; round < ROUNDS && idle < PATIENCE && !stopped; round++) {
                Point best = bestNeighbour(theorem, here.configuration(), mean, random);
                tried += PROPOSALS;
                idle = Point.BY_RATIO.compare(best, here) > 0 ? 0 : idle + 1;
                here = idle == 0 ? best : here;
                progress.trials(theorem.id(), (long) start * ROUNDS + round + 1, (long) STARTS * ROUNDS);
                stopped = System.nanoTime() - begun >= most.toNanos();
            }
            worst = worst == null || Point.BY_RATIO.compare(here, worst) > 0 ? here : worst;
        }
        Point found = worst == null ? starts.get(0) : worst;
        // the climb chose lucky networks as well as a configuration; fresh ones give the configuration's own ratio
        double ratio = mean ? ratio(theorem, found.configuration().withSeed(random.nextLong()), true) : found.ratio();
        return Optional.of(new WorstCase(theorem, among, found.configuration(), ratio, mean, tried, stopped));
    }

    /** Trials that measured something and may be afforded again, the largest ratio first. */
    private static List<Point> starts(TheoremResult result) {
        List<Point> starts = new ArrayList<>();
        for (TheoremResult.Entry entry : result.entries()) {
            if (entry.evidence() instanceof Evidence.Measured measured
                    && result.theorem().cost(entry.configuration()) <= MOST_DEAR * Theorem.AFFORDABLE) {
                starts.add(new Point(entry.configuration(), measured.ratio()));
            }
        }
        starts.sort(Point.BY_RATIO.reversed());
        return starts;
    }

    private static Point bestNeighbour(Theorem<?> theorem, Configuration here, boolean mean, SplittableRandom random) {
        List<Configuration> proposals = new ArrayList<>();
        for (int i = 0; i < PROPOSALS; i++) {
            proposals.add(neighbour(theorem, here, random));
        }
        return proposals.parallelStream()
                .map(configuration -> new Point(configuration, ratio(theorem, configuration, mean)))
                .max(Point.BY_RATIO)
                .orElseThrow();
    }

    /**
     * The result if the search found no contradiction, otherwise its refutation by the smallest one.
     *
     * @param result the trials
     * @param worst what was found from them
     * @return the verdict that follows
     */
    public TheoremResult concluded(TheoremResult result, WorstCase worst) {
        if (worst.mean() || result.verdict().isRefutation()) {
            return result;
        }
        Evidence evidence = Trial.run(result.theorem(), worst.configuration()).evidence();
        return evidence.contradicts()
                ? result.refuted(Shrinking.smallest(
                        result.theorem(),
                        new TheoremResult.Entry(worst.configuration(), evidence),
                        configuration ->
                                Trial.run(result.theorem(), configuration).evidence()))
                : result;
    }

    /** Measured over limit; negative where nothing is measured. */
    private static double ratio(Theorem<?> theorem, Configuration configuration, boolean mean) {
        if (!mean) {
            return one(theorem, configuration);
        }
        SplittableRandom seeds = new SplittableRandom(configuration.seed());
        double sum = 0;
        for (int network = 0; network < NETWORKS; network++) {
            sum += Math.max(0, one(theorem, configuration.withSeed(seeds.nextLong())));
        }
        return sum / NETWORKS;
    }

    private static double one(Theorem<?> theorem, Configuration configuration) {
        return Trial.run(theorem, configuration).evidence() instanceof Evidence.Measured measured
                ? measured.ratio()
                : -1;
    }

    /** A neighbour, unless it costs too much: a climb tries hundreds. */
    private static Configuration neighbour(Theorem<?> theorem, Configuration from, SplittableRandom random) {
        Configuration moved = neighbour(from, random);
        return theorem.cost(moved) <= MOST_DEAR * Theorem.AFFORDABLE ? moved : from.withSeed(random.nextLong());
    }

    /** One dimension moved towards another value, or all random numbers drawn again. */
    private static Configuration neighbour(Configuration from, SplittableRandom random) {
        int which = random.nextInt(from.space().size() + 2);
        if (which >= from.space().size()) {
            return from.withSeed(random.nextLong());
        }
        Dimension dimension = from.space().get(which);
        double value = from.number(which);
        double drawn = dimension.draw(random);
        double part = value + random.nextDouble() * (drawn - value);
        double moved = dimension instanceof Dimension.Choice
                ? drawn
                : dimension instanceof Dimension.Real
                        ? Math.rint(part / Dimension.Real.GRID) * Dimension.Real.GRID
                        : Math.rint(part);
        return from.withNumber(which, dimension.contains(moved) ? moved : drawn);
    }
}

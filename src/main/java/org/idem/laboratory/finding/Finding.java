package org.idem.laboratory.finding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.RunLine;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.RunResult;

/**
 * A statement about trained networks that no proof covers, with a test declared beforehand.
 *
 * @param id as F.cnn-depth-identity
 * @param statement one plain sentence, with its condition
 * @param source where the claim comes from
 * @param grid networks that are trained from each seed
 * @param stop when their training ends
 * @param share the event must happen from more than this share of all seeds
 * @param mostSeeds after so many seeds a finding stays undecided
 * @param quantities of the networks of one seed
 * @param event what the finding says of a seed
 * @param variants false versions: events that the same seeds must refute, at least two
 */
public record Finding(
        String id,
        String statement,
        String source,
        Grid grid,
        Stop stop,
        double share,
        int mostSeeds,
        List<Quantity> quantities,
        Event event,
        List<Event> variants) {
    /** Checks what a finding must have. */
    public Finding {
        quantities = List.copyOf(quantities);
        variants = List.copyOf(variants);
        if (!id.matches("F\\.[a-z0-9-]+")) {
            throw new IllegalArgumentException("a finding's id must be F. and words with hyphens, got '" + id + "'");
        }
        if (!(share >= 0.5 && share < 1)) {
            throw new IllegalArgumentException("a finding's share must lie in [0.5, 1), got " + share);
        }
        if (mostSeeds < 1 || quantities.isEmpty() || variants.size() < 2) {
            throw new IllegalArgumentException(
                    "a finding must have seeds, quantities and at least two false variants, got " + mostSeeds + ", "
                            + quantities.size() + " and " + variants.size() + " for " + id);
        }
    }

    /**
     * The networks on which the finding is tested.
     *
     * @param firstSeed the first seed
     * @param seeds how many follow each other, at least 1
     * @return the study
     */
    public Study study(long firstSeed, int seeds) {
        return new Study(id, grid, firstSeed, seeds, stop, null);
    }

    /**
     * The study's arguments, as {@code idem study} takes them.
     *
     * @return kind of network, axes and stop
     */
    public String arguments() {
        StringBuilder words = new StringBuilder(grid.convolutional() ? "cnn" : "fcn");
        grid.words()
                .forEach((name, values) ->
                        words.append(" --").append(name).append(' ').append(String.join(",", values)));
        grid.zips().forEach(zip -> words.append(" --zip ").append(String.join(",", zip)));
        return words.append(String.format(Locale.ROOT, " --until %s --most-steps %d", stop.until(), stop.mostSteps()))
                .toString();
    }

    /**
     * The networks of one seed, if all of them are there.
     *
     * @param runs of that seed, as {@link #study} lists them
     * @param known finds results by keys of runs
     * @return empty if a result is missing
     */
    static Optional<SeedNetworks> networks(List<Run> runs, Function<String, Optional<RunResult>> known) {
        List<SeedNetworks.Network> networks = new ArrayList<>();
        for (Run run : runs) {
            Optional<RunResult> result = known.apply(run.key());
            if (result.isEmpty()) {
                return Optional.empty();
            }
            networks.add(new SeedNetworks.Network(run.task().point(), result.get()));
        }
        return Optional.of(new SeedNetworks(runs.get(0).seed(), networks));
    }

    /**
     * The runs of a seed.
     *
     * @param first runs of any seed, as {@link #study} lists them
     * @param seed another seed
     * @return as many, of the same tasks
     */
    static List<Run> of(List<Run> first, long seed) {
        return first.stream().map(run -> new Run(run.task(), seed, run.stop())).toList();
    }

    /**
     * Seeds from which results of all networks are there.
     *
     * @param results of any runs, those of other studies among them
     * @return from the smallest
     * @throws IOException if images cannot be read
     */
    public List<Long> seeds(Collection<RunResult> results) throws IOException {
        Set<String> keys = new HashSet<>();
        TreeSet<Long> seeds = new TreeSet<>();
        for (RunResult result : results) {
            keys.add(result.key());
            seeds.add(RunLine.parse(result.line()).seed());
        }
        if (seeds.isEmpty()) {
            return List.of();
        }
        List<Run> first = study(seeds.first(), 1).runs();
        return seeds.stream()
                .filter(seed -> of(first, seed).stream().allMatch(run -> keys.contains(run.key())))
                .toList();
    }

    /**
     * Judges from results that are there. Seeds count in their order, from the smallest; those without all their
     * networks do not count.
     *
     * @param results of any runs, those of other studies among them
     * @param level α of the finding and of each variant
     * @return what the results say
     * @throws IOException if images cannot be read
     */
    public FindingResult judge(Collection<RunResult> results, double level) throws IOException {
        Map<String, RunResult> byKey = new HashMap<>();
        results.forEach(result -> byKey.put(result.key(), result));
        return FindingRun.until(
                this, level, seeds(results), 1, runs -> key -> Optional.ofNullable(byKey.get(key)), result -> {});
    }

    /**
     * Whether networks of a seed say anything: a run that could not be carried out says nothing; one that diverged
     * does.
     *
     * @param networks of one seed
     * @return false if one failed
     */
    static boolean counts(SeedNetworks networks) {
        return networks.networks().stream()
                .noneMatch(network -> network.result().ending() == Ending.FAILED);
    }

    /**
     * The quantities of a seed.
     *
     * @param networks of one seed
     * @return in their order; NaN where a network left no measures
     */
    public double[] values(SeedNetworks networks) {
        return quantities.stream()
                .mapToDouble(quantity -> quantity.value().applyAsDouble(networks))
                .toArray();
    }
}

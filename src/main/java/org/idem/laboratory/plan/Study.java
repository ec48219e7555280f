package org.idem.laboratory.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;

/**
 * A grid of networks, trained from several seeds each.
 *
 * @param name by which reports call it
 * @param grid axes and their words
 * @param firstSeed the first seed
 * @param seeds how many seeds follow each other, at least 1
 * @param stop when training ends
 * @param tests source of the images to test on, null for those that are drawn
 */
public record Study(
        String name,
        Grid grid,
        long firstSeed,
        int seeds,
        Stop stop,
        @Nullable String tests) {
    /** Networks that one study may train; a plan counts more. */
    static final int MOST_NETWORKS = 1_000_000;

    /** Bytes that describe a point, and a stage of its network. */
    private static final double OF_A_POINT = 3000;

    private static final double OF_A_STAGE = 300;

    /** Checks the seeds. */
    public Study {
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds must be at least 1, got " + seeds);
        }
        if (firstSeed > Long.MAX_VALUE - seeds) {
            throw new IllegalArgumentException("--seed must be at most " + (Long.MAX_VALUE - seeds) + " for " + seeds
                    + " seeds, got " + firstSeed);
        }
    }

    /**
     * What is learnt at each point, in the order of the grid.
     *
     * @return at least one task
     * @throws IllegalArgumentException in one line, if axes contradict each other, images do not fit, or a network is
     *     too large for any memory
     * @throws IOException if images cannot be read
     */
    public List<Task> tasks() throws IOException {
        requireDescribable();
        Materials materials = new Materials(tests);
        List<Task> tasks = new ArrayList<>();
        for (Point point : grid.points()) {
            tasks.add(materials.task(point));
        }
        return tasks;
    }

    /** Every value of an axis stands at equally many points. */
    private void requireDescribable() {
        double layers = grid.words().getOrDefault(StudyAxes.DEPTH.name(), List.of("1")).stream()
                .mapToInt(StudyAxes.DEPTH::read)
                .average()
                .orElse(1);
        double bytes = grid.size() * (OF_A_POINT + OF_A_STAGE * layers);
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory / 2.0) {
            throw new IllegalArgumentException(
                    "--depth and the other axes must make networks whose description fits into"
                            + " half of the " + (memory >> 20) + " MiB of memory, but " + grid.size() + " points of "
                            + (long) (grid.size() * layers) + " layers in all need about " + (long) (bytes / (1 << 20))
                            + " MiB; fewer values do, or IDEM_JAVA_OPTS=-Xmx8g, for instance");
        }
    }

    /**
     * All runs, the seeds of a point after each other. Points that describe equal networks have runs of equal keys.
     *
     * @return at least one run
     * @throws IllegalArgumentException as {@link #tasks}, and for more than a million runs
     * @throws IOException if images cannot be read
     */
    public List<Run> runs() throws IOException {
        long networks = grid.size() * seeds;
        if (networks > MOST_NETWORKS) {
            throw new IllegalArgumentException("--seeds and the axes must make at most " + MOST_NETWORKS
                    + " networks, got " + networks + " (" + Count.of(grid.size(), "point") + " of "
                    + Count.of(seeds, "seed") + "); --seed S starts a further study where this one ends");
        }
        List<Run> runs = new ArrayList<>((int) networks);
        for (Task task : tasks()) {
            runs.addAll(Run.ofSeeds(task, firstSeed, seeds, stop));
        }
        return runs;
    }
}

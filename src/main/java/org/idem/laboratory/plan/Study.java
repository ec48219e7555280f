package org.idem.laboratory.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
     * All runs, the seeds of a point after each other. Points that describe equal networks have runs of equal keys.
     *
     * @return at least one run
     * @throws IllegalArgumentException in one line, if axes contradict each other or images do not fit
     * @throws IOException if images cannot be read
     */
    public List<Run> runs() throws IOException {
        Materials materials = new Materials(tests);
        List<Run> runs = new ArrayList<>();
        for (Point point : grid.points()) {
            Task task = materials.task(point);
            for (int i = 0; i < seeds; i++) {
                runs.add(new Run(task, firstSeed + i, stop));
            }
        }
        return runs;
    }
}

package org.idem.laboratory.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.idem.execution.Share;

/** The networks of a study, or of a share of it, counted without being listed: seeds may be billions. */
public final class Census {
    private final Study study;
    private final Share share;
    /** Those of different networks. */
    private final List<Task> tasks = new ArrayList<>();

    /** Looks for something that is known about a run. */
    @FunctionalInterface
    public interface Holding {
        /**
         * Whether it is there.
         *
         * @param key of a run
         * @return true if it is
         */
        boolean holds(String key);
    }

    /**
     * Networks that differ by their seeds alone.
     *
     * @param example one of them
     * @param networks how many there are
     */
    public record Part(Run example, long networks) {}

    /**
     * Counts a study.
     *
     * @param study any
     * @param share what is counted of it
     * @throws IllegalArgumentException in one line, as {@link Study#tasks}
     * @throws IOException if images cannot be read
     */
    public Census(Study study, Share share) throws IOException {
        this.study = study;
        this.share = share;
        Set<String> seen = new HashSet<>();
        for (Task task : study.tasks()) {
            if (seen.add(run(task, study.firstSeed()).key())) {
                tasks.add(task);
            }
        }
    }

    private Run run(Task task, long seed) {
        return new Run(task, seed, study.stop());
    }

    /**
     * Networks of the whole study.
     *
     * @return points times seeds
     */
    public long networks() {
        return study.grid().size() * study.seeds();
    }

    /**
     * Networks of the whole study, equal ones counted once.
     *
     * @return at most {@link #networks}
     */
    public long different() {
        return (long) tasks.size() * study.seeds();
    }

    /**
     * Networks of the share.
     *
     * @return at most {@link #different}
     */
    public long shared() {
        return share.before(different());
    }

    /**
     * What is still to be trained of the share.
     *
     * @param seeds of everything that is held, whatever it is
     * @param held what is held
     * @return the parts of which a network is missing
     */
    public List<Part> missing(Set<Long> seeds, Holding held) {
        List<Part> missing = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            long first = (long) i * study.seeds();
            long there = 0;
            for (long seed : seeds) {
                // counted from the first seed on; wraps around where that is far away
                long offset = seed - study.firstSeed();
                if (seed >= study.firstSeed()
                        && offset >= 0
                        && offset < study.seeds()
                        && share.has(first + offset)
                        && held.holds(run(tasks.get(i), seed).key())) {
                    there++;
                }
            }
            long networks = share.before(first + study.seeds()) - share.before(first) - there;
            if (networks > 0) {
                missing.add(new Part(run(tasks.get(i), study.firstSeed()), networks));
            }
        }
        return missing;
    }
}

package org.idem.verification.share;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which shares of a run are still to be run. */
final class AbsentShares {
    /** A line of more is for nobody. */
    private static final int MOST_NAMED = 64;

    private AbsentShares() {}

    /**
     * Says which.
     *
     * @param shares of the run, numbered from 1
     * @param present numbers of those that are there
     * @return the first 64 as --shard takes them, "2/8, 5/8", and how many more; empty if none is absent
     */
    static String of(int shares, Set<Integer> present) {
        String named = IntStream.rangeClosed(1, shares)
                .filter(number -> !present.contains(number))
                .limit(MOST_NAMED)
                .mapToObj(number -> number + "/" + shares)
                .collect(Collectors.joining(", "));
        long absent = shares
                - present.stream()
                        .filter(number -> number >= 1 && number <= shares)
                        .count();
        return absent > MOST_NAMED ? named + " and " + (absent - MOST_NAMED) + " more" : named;
    }
}

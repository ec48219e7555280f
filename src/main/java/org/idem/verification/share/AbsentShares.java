package org.idem.verification.share;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which shares of a run are still to be run. */
final class AbsentShares {
    private AbsentShares() {}

    /**
     * Says which.
     *
     * @param shares of the run, numbered from 1
     * @param present numbers of those that are there
     * @return as --shard takes them, "2/8, 5/8"; empty if none is absent
     */
    static String of(int shares, Set<Integer> present) {
        return IntStream.rangeClosed(1, shares)
                .filter(number -> !present.contains(number))
                .mapToObj(number -> number + "/" + shares)
                .collect(Collectors.joining(", "));
    }
}

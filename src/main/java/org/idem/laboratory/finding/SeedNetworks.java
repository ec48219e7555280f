package org.idem.laboratory.finding;

import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.result.RunResult;

/**
 * The networks of a finding's grid that were trained from one seed.
 *
 * @param seed of their initial weights
 * @param networks one for each point of the grid
 */
public record SeedNetworks(long seed, List<Network> networks) {
    /** Copies the list. */
    public SeedNetworks {
        networks = List.copyOf(networks);
    }

    /**
     * One network.
     *
     * @param point words on all axes
     * @param result what its run left
     */
    public record Network(Point point, RunResult result) {}

    /**
     * The network with some words.
     *
     * @param words by the names of axes, in their usual form
     * @return the only one that has them all
     * @throws IllegalArgumentException if there is none, or several
     */
    public Network with(Map<String, String> words) {
        List<Network> found = networks.stream()
                .filter(network -> network.point().words().entrySet().containsAll(words.entrySet()))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "one network of a seed must have " + words + ", got " + found.size() + " of " + networks.size());
        }
        return found.get(0);
    }
}

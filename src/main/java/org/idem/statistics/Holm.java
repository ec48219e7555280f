package org.idem.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Step-down correction of several p-values: whoever rejects every hypothesis with adjusted p ≤ α rejects a true one
 * with probability at most α, however the tests depend on each other.
 *
 * <p>Source: Holm, Scandinavian Journal of Statistics 6 (1979), 65–70.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted p-values: with p_(1) ≤ … ≤ p_(m) the i-th smallest becomes max over j ≤ i of min(1, (m − j + 1) p_(j)).
     *
     * @param pValues valid p-values in [0, 1], not changed; none is allowed
     * @return as many, in the order of the argument; each is rounded once
     * @throws IllegalArgumentException for NaN or a value outside [0, 1]
     */
    public static double[] adjust(double... pValues) {
        for (double p : pValues) {
            UnitInterval.checkClosed("a p-value", p);
        }
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}

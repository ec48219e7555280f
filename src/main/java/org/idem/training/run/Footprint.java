package org.idem.training.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Memory that work will need, counted before any of it is allocated: numbers of native memory, and bytes of Java's own.
 * What several parts of the work share, or use in turn, counts once, as much as the one that needs most.
 */
public final class Footprint {
    private double numbers;
    private double heapBytes;
    private final Map<Object, Double> shared = new HashMap<>();
    private final Map<Object, Double> sharedHeap = new HashMap<>();

    /**
     * Counts native memory that nobody else uses.
     *
     * @param count numbers, at least 0
     */
    public void add(double count) {
        numbers += count;
    }

    /**
     * Counts native memory that others use as well.
     *
     * @param what equal for all who use the same memory
     * @param count numbers, at least 0
     */
    public void share(Object what, double count) {
        shared.merge(what, count, Math::max);
    }

    /**
     * Counts Java's own memory that nobody else uses.
     *
     * @param bytes at least 0
     */
    public void addHeap(double bytes) {
        heapBytes += bytes;
    }

    /**
     * Counts Java's own memory that others use as well.
     *
     * @param what equal for all who use the same memory
     * @param bytes at least 0
     */
    public void shareHeap(Object what, double bytes) {
        sharedHeap.merge(what, bytes, Math::max);
    }

    /**
     * All native memory that was counted.
     *
     * @return numbers
     */
    public double numbers() {
        return numbers + sum(shared);
    }

    /**
     * All of Java's own memory that was counted.
     *
     * @return bytes
     */
    public double heapBytes() {
        return heapBytes + sum(sharedHeap);
    }

    private static double sum(Map<Object, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}

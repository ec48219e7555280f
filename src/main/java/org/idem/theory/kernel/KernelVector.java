package org.idem.theory.kernel;

/** One input of a fully connected network, divided by a power of two that keeps its squares near 1. */
final class KernelVector {
    /** Inputs below 2^this are told as they are: a bias in their scale would overflow. */
    static final int SMALLEST = -200;

    private final double[] values;
    private final long scale;
    private final double norm;

    /** Copies a stretch of an array; every value is finite. */
    KernelVector(double[] source, int from, int length) {
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(source[from + i]));
        }
        scale = largest > 0 ? Math.max(SMALLEST, Math.getExponent(largest)) : 0;
        values = new double[length];
        double squares = 0;
        for (int i = 0; i < length; i++) {
            values[i] = Math.scalb(source[from + i], (int) -scale);
            squares += values[i] * values[i];
        }
        norm = Math.sqrt(squares);
    }

    long scale() {
        return scale;
    }

    /**
     * Mean products of the entries of two vectors of one length; equal vectors have no gap, opposite ones no rise. At
     * an acute angle the gap comes from what unit vectors differ by, at an obtuse one the rise from what they fall
     * short of being opposite.
     */
    Overlap overlap(KernelVector other) {
        double own = norm / Math.sqrt(values.length);
        double others = other.norm / Math.sqrt(values.length);
        if (this == other || norm == 0 || other.norm == 0) {
            return Overlap.ofProportional(own, others);
        }
        double difference = squaredSum(other, -1) / 2;
        boolean acute = difference <= 1;
        double known = acute ? difference : Math.min(1, squaredSum(other, 1) / 2);
        double products = 0;
        for (int i = 0; i < values.length; i++) {
            products += values[i] * other.values[i];
        }
        return Overlap.of(own * own, others * others, acute, own * others * known)
                .withProduct(products / values.length);
    }

    private double squaredSum(KernelVector other, double sign) {
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double sum = values[i] / norm + sign * (other.values[i] / other.norm);
            squares += sum * sum;
        }
        return squares;
    }
}

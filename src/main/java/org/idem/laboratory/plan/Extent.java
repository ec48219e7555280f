package org.idem.laboratory.plan;

/**
 * How large a network is, before anything of it is made. Numbers are counted as doubles, so that none overflows.
 *
 * @param depth layers with weights
 * @param inputs units or channels that the first layer sees
 * @param width units or channels of every hidden layer
 * @param outputs units or channels of the last layer
 * @param kernel side, 1 of a fully connected network
 */
public record Extent(int depth, int inputs, int width, int outputs, int kernel) {
    /** Numbers that one array may hold. */
    public static final int MOST_OF_AN_ARRAY = Integer.MAX_VALUE - 8;

    /**
     * Weights of all layers.
     *
     * @return their number
     */
    public double weights() {
        return first() + Math.max(0.0, depth - 2.0) * between() + last();
    }

    /**
     * Weights of the layer that has most.
     *
     * @return their number
     */
    public double largestWeights() {
        return Math.max(Math.max(first(), last()), depth > 2 ? between() : 0);
    }

    /**
     * Numbers that all layers make of a batch.
     *
     * @param sites examples times pixels of an image; examples alone for a fully connected network
     * @return as if no layer lost pixels
     */
    public double signals(double sites) {
        return sites * ((depth - 1.0) * width + outputs);
    }

    /**
     * Numbers that the widest layer makes of a batch.
     *
     * @param sites as for {@link #signals}
     * @return as if no layer lost pixels
     */
    public double largestSignal(double sites) {
        return sites * Math.max(Math.max(inputs, outputs), depth > 1 ? width : 0);
    }

    private double square() {
        return (double) kernel * kernel;
    }

    private double first() {
        return (depth == 1 ? (double) outputs : width) * inputs * square();
    }

    private double between() {
        return (double) width * width * square();
    }

    private double last() {
        return depth == 1 ? 0 : (double) width * outputs * square();
    }
}

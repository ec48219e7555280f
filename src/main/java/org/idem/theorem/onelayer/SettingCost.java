package org.idem.theorem.onelayer;

import org.idem.network.Padding;
import org.idem.space.Configuration;
import org.idem.theorem.Axes;
import org.idem.theorem.Engine;

/**
 * What a setting costs, from its configuration alone: training, decompositions and error budgets, in operations of the
 * order of a nanosecond. Only the order of magnitude matters.
 *
 * @param sites rows of the design: examples, or output pixels of all images
 * @param fanIn columns of the design
 * @param outputs units or channels, the largest number that may be drawn
 * @param steps of training; of a run towards the limit a usual number
 * @param limit whether the claim is about the limit
 */
record SettingCost(double sites, double fanIn, double outputs, double steps, boolean limit) {
    /** Average number of steps of runs towards the limit. */
    private static final double TO_THE_LIMIT = 400;

    /** Cost of runs of the witness towards the limit: set low enough that some are drawn. */
    private static final double LIMIT_BY_WITNESS = 2e7;

    /** Divides the cost of the witness, so that enough of its runs are drawn. */
    private static final double WORTH_OF_WITNESS = 5;

    /** Cost of values that cannot be combined. */
    static final double IMPOSSIBLE = Double.POSITIVE_INFINITY;

    /**
     * The cost of a configuration of one-layer networks; infinite where the kernel does not fit the image.
     *
     * @param networks number of networks that are trained as one
     */
    static double of(Configuration c, boolean convolution, int networks) {
        double height = c.get(Axes.HEIGHT);
        double width = c.get(Axes.WIDTH);
        double examples = c.get(Axes.EXAMPLES, 1);
        double constant = c.get(Axes.BIAS, false) ? 1 : 0;
        boolean limit = c.get(SettingSpace.LIMIT, !c.has(Axes.STEPS));
        double steps = limit ? TO_THE_LIMIT : c.get(Axes.STEPS);
        if (!convolution) {
            int inputs = (int) (height * width);
            return new SettingCost(
                            examples,
                            inputs + constant,
                            networks * (double) SettingSpace.mostOutputs(c, inputs),
                            steps,
                            limit)
                    .operations(Engine.of(c));
        }
        int kernel = c.get(Axes.KERNEL);
        boolean valid = c.get(Axes.PADDING) == Padding.VALID;
        if (valid ? kernel > Math.min(height, width) : kernel > 2 * Math.max(height, width) + 1) {
            return IMPOSSIBLE;
        }
        double lost = valid ? kernel - 1 : 0;
        int channels = c.get(Axes.CHANNELS);
        return new SettingCost(
                        examples * (height - lost) * (width - lost),
                        channels * (double) kernel * kernel + constant,
                        networks * (double) SettingSpace.mostOutputs(c, channels),
                        steps,
                        limit)
                .operations(Engine.of(c));
    }

    /** Whether a configuration of CNNs has enough patches for full rank. */
    static boolean mayHaveFullRank(Configuration c) {
        int kernel = c.get(Axes.KERNEL);
        int lost = c.get(Axes.PADDING) == Padding.VALID ? kernel - 1 : 0;
        return (c.get(Axes.HEIGHT) - lost) * (c.get(Axes.WIDTH) - lost) >= c.get(Axes.CHANNELS) * kernel * kernel;
    }

    private double operations(Engine engine) {
        double side = Math.min(sites, fanIn);
        double drawing = 100 * fanIn * outputs;
        double training = 4 * sites * fanIn * outputs * steps * (engine == Engine.FAST ? 1 : 2);
        double overhead = switch (engine) {
            case FAST -> 0;
            case LARGE -> 4e4 + 1e4 * steps;
            case ND4J -> limit ? LIMIT_BY_WITNESS : (2e6 + 2e6 * steps) / WORTH_OF_WITNESS;
        };
        double decomposition = 2 * sites * fanIn * side + 20 * side * side * side;
        double budgets = steps * (1500 + side * (outputs + sites));
        return drawing + training + overhead + decomposition + budgets;
    }
}

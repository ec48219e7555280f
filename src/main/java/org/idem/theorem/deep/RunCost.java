package org.idem.theorem.deep;

import org.idem.network.Padding;
import org.idem.space.Configuration;
import org.idem.theorem.Axes;
import org.idem.theorem.Engine;

/**
 * What a run of a deep network costs, from its configuration alone, in operations of the order of a nanosecond. Only
 * the order of magnitude matters.
 *
 * @param products multiplications of one forward pass
 * @param weights number of weights
 * @param depth number of layers
 * @param passes forward and backward passes: those of steps, and those of the evaluation
 * @param engine what trains
 */
record RunCost(double products, double weights, double depth, double passes, Engine engine) {
    /** Divides the cost of the witness, so that enough of its runs are drawn. */
    private static final double WORTH_OF_WITNESS = 3.5;

    /**
     * Divides the cost of theorems about what trained CNNs see, so that large kernels and many layers, which alone tell
     * variants apart, are drawn often enough.
     */
    private static final double WORTH_OF_LOOKS = 6;

    /** The same for theorems about symmetries, of which the witness tells no more than of others. */
    private static final double WORTH_OF_SYMMETRY = 12;

    private static final double WITNESS_OF_SYMMETRY = 3;

    private static final int MOST_OUTPUTS = 3;

    /** A fully connected network from height × width inputs through equal layers. */
    static RunCost ofFcn(Configuration c) {
        double inputs = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH) * c.get(Axes.CHANNELS, 1);
        double units = c.get(Axes.UNITS);
        double depth = c.get(Axes.DEPTH);
        double weights = depth == 1 ? inputs * MOST_OUTPUTS : units * (inputs + MOST_OUTPUTS + (depth - 2) * units);
        return new RunCost(examples(c) * weights, weights, depth, c.get(Axes.STEPS), Engine.of(c));
    }

    /**
     * A CNN whose first layer has the configuration's kernel.
     *
     * @param lost by valid padding, on each side of an image
     * @param hiddenKernel of the other layers
     */
    static RunCost ofCnn(Configuration c, int lost, int hiddenKernel) {
        boolean valid = c.get(Axes.PADDING) == Padding.VALID;
        double margin = valid ? lost : 0;
        double sites = (c.get(Axes.HEIGHT) + margin) * (c.get(Axes.WIDTH) + margin) * examples(c);
        double units = c.get(Axes.UNITS);
        double depth = c.get(Axes.DEPTH);
        double kernel = c.get(Axes.KERNEL);
        double first = kernel * kernel * c.get(Axes.CHANNELS) * (depth == 1 ? MOST_OUTPUTS : units);
        double others =
                depth == 1 ? 0 : (double) hiddenKernel * hiddenKernel * units * ((depth - 2) * units + MOST_OUTPUTS);
        double span = Math.min(sites, kernel * kernel * c.get(Axes.CHANNELS));
        RunCost cost =
                new RunCost(sites * (first + others), first + others, depth, 1 + c.get(Axes.STEPS), Engine.of(c));
        return new RunCost(
                cost.products + 20 * span * span * span / cost.passes, cost.weights, depth, cost.passes, cost.engine);
    }

    /**
     * Operations of a CNN with one kernel size that is trained and then evaluated, divided so that it is drawn often
     * enough.
     */
    static double ofLooks(Configuration c) {
        int kernel = c.get(Axes.KERNEL);
        return ofCnn(c, c.get(Axes.DEPTH) * (kernel - 1), kernel).operations() / WORTH_OF_LOOKS;
    }

    /** A network of equal layers, fully connected or of one kernel, as the configuration says. */
    static RunCost ofStages(Configuration c) {
        if (!c.get(Axes.CONVOLUTION)) {
            return ofFcn(c);
        }
        int kernel = c.get(Axes.KERNEL);
        return ofCnn(c, c.get(Axes.DEPTH) * (kernel - 1), kernel);
    }

    /** A CNN of hidden layers of so many channels. */
    static RunCost ofPlanes(Configuration c, double units, double passes) {
        double kernel = c.get(Axes.KERNEL);
        double weights =
                kernel * kernel * units * (1 + c.get(Axes.CHANNELS) + Math.max(0, c.get(Axes.DEPTH) - 2) * units);
        double sites = (double) c.get(Axes.HEIGHT) * c.get(Axes.WIDTH);
        return new RunCost(sites * weights, weights, c.get(Axes.DEPTH), passes, Engine.of(c));
    }

    /** Operations of a CNN of equal layers that is trained, evaluated and bounded once, divided so that it is drawn. */
    static double ofSymmetry(Configuration c) {
        RunCost cost = ofPlanes(c, c.get(Axes.UNITS), 1 + c.get(Axes.STEPS));
        boolean witnessed = cost.engine == Engine.ND4J;
        double training = cost.training() * (witnessed ? WITNESS_OF_SYMMETRY : 1) / WORTH_OF_SYMMETRY;
        return training + 40 * cost.products / WORTH_OF_SYMMETRY;
    }

    /** Makes long runs of the witness, which are worth no more than short ones, as dear as they are. */
    static double ofPatience(Configuration c) {
        return Engine.of(c) == Engine.ND4J ? 2 * WORTH_OF_WITNESS : 1;
    }

    private static double examples(Configuration c) {
        return c.get(Axes.EXAMPLES, 1);
    }

    /**
     * Operations of training, and of the rounding bounds, which repeat every pass with an error bound beside each
     * number.
     */
    double operations() {
        double bounds = 8 * products * passes + 100 * weights * passes;
        return bounds + training();
    }

    /** Operations of training alone. */
    double training() {
        return 6 * products * passes
                + depth * (engine == Engine.ND4J ? (2e6 + 4e5 * passes) / WORTH_OF_WITNESS : 2e4 + 4e3 * passes);
    }
}

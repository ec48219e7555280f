package org.idem.theorem.deep;

import org.idem.network.Padding;
import org.idem.space.Configuration;
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
    private static final double WORTH_OF_WITNESS = 5;

    /**
     * Divides the cost of theorems about what trained CNNs see, so that large kernels and many layers, which alone tell
     * variants apart, are drawn often enough.
     */
    private static final double WORTH_OF_LOOKS = 6;

    private static final int MOST_OUTPUTS = 3;

    /** A fully connected network from height × width inputs through equal layers. */
    static RunCost ofFcn(Configuration c) {
        double inputs = (double) c.whole("height") * c.whole("width") * (c.has("channels") ? c.whole("channels") : 1);
        double units = c.whole("units");
        double depth = c.whole("depth");
        double weights = depth == 1 ? inputs * MOST_OUTPUTS : units * (inputs + MOST_OUTPUTS + (depth - 2) * units);
        return new RunCost(c.whole("examples") * weights, weights, depth, c.whole("steps"), Engine.of(c));
    }

    /**
     * A CNN whose first layer has the configuration's kernel.
     *
     * @param lost by valid padding, on each side of an image
     * @param hiddenKernel of the other layers
     */
    static RunCost ofCnn(Configuration c, int lost, int hiddenKernel) {
        boolean valid = RunSpace.padding(c) == Padding.VALID;
        double margin = valid ? lost : 0;
        double sites = (c.whole("height") + margin) * (c.whole("width") + margin) * examples(c);
        double units = c.whole("units");
        double depth = c.whole("depth");
        double kernel = c.whole("kernel");
        double first = kernel * kernel * c.whole("channels") * (depth == 1 ? MOST_OUTPUTS : units);
        double others =
                depth == 1 ? 0 : (double) hiddenKernel * hiddenKernel * units * ((depth - 2) * units + MOST_OUTPUTS);
        double span = Math.min(sites, kernel * kernel * c.whole("channels"));
        RunCost cost = new RunCost(sites * (first + others), first + others, depth, 1 + c.whole("steps"), Engine.of(c));
        return new RunCost(
                cost.products + 20 * span * span * span / cost.passes, cost.weights, depth, cost.passes, cost.engine);
    }

    /**
     * Operations of a CNN with one kernel size that is trained and then evaluated, divided so that it is drawn often
     * enough.
     */
    static double ofLooks(Configuration c) {
        int kernel = c.whole("kernel");
        return ofCnn(c, c.whole("depth") * (kernel - 1), kernel).operations() / WORTH_OF_LOOKS;
    }

    /** A CNN of hidden layers of so many channels. */
    static RunCost ofPlanes(Configuration c, double units, double passes) {
        double kernel = c.whole("kernel");
        double weights =
                kernel * kernel * units * (1 + c.whole("channels") + Math.max(0, c.whole("depth") - 2) * units);
        double sites = (double) c.whole("height") * c.whole("width");
        return new RunCost(sites * weights, weights, c.whole("depth"), passes, Engine.of(c));
    }

    private static double examples(Configuration c) {
        return c.has("examples") ? c.whole("examples") : 1;
    }

    /**
     * Operations of training, and of the rounding bounds, which repeat every pass with an error bound beside each
     * number.
     */
    double operations() {
        double bounds = 8 * products * passes + 100 * weights * passes;
        double training = 6 * products * passes
                + depth * (engine == Engine.ND4J ? (2e6 + 4e5 * passes) / WORTH_OF_WITNESS : 2e4 + 4e3 * passes);
        return bounds + training;
    }
}

package org.idem.cli.network;

import org.idem.array.Array;
import org.idem.cli.terminal.BadInput;
import org.idem.laboratory.plan.Extent;

/** Refuses networks that do not fit into memory, before anything of them is made. */
final class NetworkSize {
    /** Bytes of every parameter: two copies of its initial value, and value, gradient and two states of a rule. */
    private static final double OF_A_PARAMETER = 6 * Double.BYTES;
    /** Bytes of every number that a layer makes of the training inputs: the number and its gradient. */
    private static final double OF_A_SIGNAL = 2 * Double.BYTES;
    /** Bytes that describe a layer. */
    private static final double OF_A_LAYER = 4096;

    private NetworkSize() {}

    /**
     * Checks a network before it is drawn.
     *
     * @param depth layers
     * @param inputs units or channels
     * @param width units or channels of every hidden layer
     * @param outputs units or channels
     * @param kernel side, 1 for an fcn
     * @param examples training inputs
     */
    static void check(int depth, int inputs, int width, int outputs, int kernel, Array examples) {
        Extent extent = new Extent(depth, inputs, width, outputs, kernel);
        double sites = (double) examples.length() / inputs;
        double bytes =
                OF_A_PARAMETER * extent.weights() + OF_A_SIGNAL * extent.signals(sites) + OF_A_LAYER * (double) depth;
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most || Math.max(extent.largestWeights(), extent.largestSignal(sites)) > Extent.MOST_OF_AN_ARRAY) {
            throw new BadInput("--depth and " + (examples.rank() == 2 ? "--width" : "--channels, --kernel")
                    + " must make a network that fits into the " + (most >> 20) + " MiB of memory, got one of "
                    + (long) extent.weights() + " weights that needs about "
                    + (long) (bytes / (1 << 20)) + " MiB; IDEM_JAVA_OPTS=-Xmx8g, for instance, gives more");
        }
    }
}

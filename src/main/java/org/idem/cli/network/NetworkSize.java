package org.idem.cli.network;

import org.idem.array.Array;
import org.idem.cli.terminal.BadInput;

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
        double square = (double) kernel * kernel;
        double first = (depth == 1 ? (double) outputs : width) * inputs * square;
        double between = Math.max(0.0, depth - 2.0) * width * width * square;
        double last = depth == 1 ? 0 : (double) width * outputs * square;
        double largest = Math.max(Math.max(first, last), depth > 2 ? (double) width * width * square : 0);
        double sites = (double) examples.length() / inputs;
        double signals = sites * ((depth - 1.0) * width + outputs);
        double bytes = OF_A_PARAMETER * (first + between + last) + OF_A_SIGNAL * signals + OF_A_LAYER * depth;
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most || largest > Integer.MAX_VALUE - 8) {
            throw new BadInput("--depth and " + (examples.rank() == 2 ? "--width" : "--channels, --kernel")
                    + " must make a network that fits into the " + (most >> 20) + " MiB of memory, got one of "
                    + (long) (first + between + last) + " weights that needs about "
                    + (long) (bytes / (1 << 20)) + " MiB; IDEM_JAVA_OPTS=-Xmx8g, for instance, gives more");
        }
    }
}

package org.idem.theory.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalParameters;

/**
 * Deep networks that compute the identity exactly, with weights −1, 0 and 1 (T0).
 *
 * <p>A linear network passes each value or channel on by rectangular identities. A ReLU network stores the pair (x, −x)
 * behind its first layer, passes it on, since max(0, ·) leaves max(0, x) and max(0, −x) alone, and recombines x =
 * max(0, x) − max(0, −x). In a CNN only the centre tap of each kernel is used. Source: Zhang, Bengio, Hardt, Mozer and
 * Singer, Identity Crisis, ICLR 2020 (arXiv 1902.04698).
 */
public final class IdentityConstruction {
    private IdentityConstruction() {}

    private interface Shape {
        LinearMap of(int inputs, int outputs);
    }

    /**
     * A fully connected network f(x) = x.
     *
     * @param size entries of x
     * @param width hidden width: at least {@code size}, with ReLU at least 2 · {@code size}
     * @param depth number of layers: at least 1, with ReLU at least 2
     * @param relu whether max(0, ·) follows every layer but the last
     * @return the layers, without bias
     */
    public static List<RationalLayer> fcn(int size, int width, int depth, boolean relu) {
        return layers(size, width, depth, relu, 1, (inputs, outputs) -> new Fcn(inputs, outputs, false));
    }

    /**
     * A convolutional network f(x) = x; with valid padding f(x) is x without (K − 1)/2 · {@code depth} pixels on each
     * side.
     *
     * @param channels channels of x
     * @param hidden hidden channels: at least {@code channels}, with ReLU at least 2 · {@code channels}
     * @param kernel side K of every kernel, odd
     * @param padding what lies beyond the border
     * @param depth number of layers: at least 1, with ReLU at least 2
     * @param relu whether max(0, ·) follows every layer but the last
     * @return the layers, without bias
     */
    public static List<RationalLayer> cnn(
            int channels, int hidden, int kernel, Padding padding, int depth, boolean relu) {
        return layers(
                channels,
                hidden,
                depth,
                relu,
                kernel * kernel,
                (inputs, outputs) -> new Cnn(inputs, outputs, kernel, padding, false));
    }

    private static List<RationalLayer> layers(int size, int width, int depth, boolean relu, int taps, Shape shape) {
        int needed = relu ? 2 * size : size;
        if (depth < (relu ? 2 : 1) || width < needed) {
            throw new IllegalArgumentException("the identity of size " + size + " needs a hidden width of at least "
                    + needed + " and " + (relu ? 2 : 1) + " layers, got width " + width + " and " + depth + " layers");
        }
        List<RationalLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            boolean last = layer == depth - 1;
            int inputs = layer == 0 ? size : width;
            int outputs = last ? size : width;
            BigInteger[] weights = new BigInteger[outputs * inputs * taps];
            Arrays.fill(weights, BigInteger.ZERO);
            for (int unit = 0; unit < Math.min(inputs, outputs); unit++) {
                weights[(unit * inputs + unit) * taps + taps / 2] = BigInteger.ONE;
            }
            for (int unit = 0; relu && unit < size; unit++) {
                if (layer == 0) {
                    weights[((size + unit) * inputs + unit) * taps + taps / 2] = BigInteger.ONE.negate();
                } else if (last) {
                    weights[(unit * inputs + size + unit) * taps + taps / 2] = BigInteger.ONE.negate();
                }
            }
            LinearMap network = shape.of(inputs, outputs);
            RationalArray array = RationalArray.over(weights, BigInteger.ONE, network.weightShape());
            layers.add(new RationalLayer(network, new RationalParameters(array, null), relu && !last));
        }
        return List.copyOf(layers);
    }
}

package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;

/**
 * A network whose hidden layers are infinitely wide. In the tangent-kernel parametrisation h = σ_w/√fan-in · ω z + σ_b
 * β with all ω and β drawn from N(0, 1) and trained at one learning rate; other parametrisations share the covariances
 * and differ by what each layer contributes to the tangent kernel.
 *
 * @param architecture without widths
 * @param layers variances and rates, one for each layer
 */
public record InfiniteNetwork(Architecture architecture, List<Layer> layers) {
    /**
     * Factors of variance lie between this number's inverse and itself, so that their products with signals do not
     * overflow.
     */
    public static final double LARGEST_VARIANCE = 1e100;

    /**
     * One layer of weights.
     *
     * @param weightVariance σ_w², from 1e-100 to 1e100
     * @param biasVariance σ_b², 0 or from 1e-100 to 1e100
     * @param weightRate what the weights contribute to the tangent kernel, as a multiple of what they contribute to the
     *     covariance: 1 in the tangent-kernel parametrisation, fan-in/σ_w² for weights that are trained themselves
     * @param biasRate what the biases contribute to the tangent kernel: σ_b² in the tangent-kernel parametrisation, 1
     *     for biases that are trained themselves, 0 without biases
     */
    public record Layer(double weightVariance, double biasVariance, double weightRate, double biasRate) {
        /** Checks every number; a NaN fails each rule. */
        public Layer {
            if (!isVariance(weightVariance)) {
                throw new IllegalArgumentException("the variance of weights must lie between " + 1 / LARGEST_VARIANCE
                        + " and " + LARGEST_VARIANCE + ", got " + weightVariance);
            }
            if (biasVariance != 0 && !isVariance(biasVariance)) {
                throw new IllegalArgumentException("the variance of biases must be 0 or lie between "
                        + 1 / LARGEST_VARIANCE + " and " + LARGEST_VARIANCE + ", got " + biasVariance);
            }
            if (!isVariance(weightRate)) {
                throw new IllegalArgumentException("the rate of weights must lie between " + 1 / LARGEST_VARIANCE
                        + " and " + LARGEST_VARIANCE + ", got " + weightRate);
            }
            if (biasRate != 0 && !isVariance(biasRate)) {
                throw new IllegalArgumentException("the rate of biases must be 0 or lie between " + 1 / LARGEST_VARIANCE
                        + " and " + LARGEST_VARIANCE + ", got " + biasRate);
            }
        }

        /** In the tangent-kernel parametrisation. */
        static Layer of(double weightVariance, double biasVariance) {
            return new Layer(weightVariance, biasVariance, 1, biasVariance);
        }

        /** What biases contribute to the tangent kernel beyond weightRate·σ_b²; exactly 0 where rates are alike. */
        double biasSurplus() {
            return biasRate - weightRate * biasVariance;
        }

        private static boolean isVariance(double value) {
            return value >= 1 / LARGEST_VARIANCE && value <= LARGEST_VARIANCE;
        }
    }

    /** Refuses what has no kernel in closed form, with the reason. */
    public InfiniteNetwork {
        String reason = reasonAgainst(architecture.activation());
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException(reason);
        }
        if (architecture.padding() == Padding.VALID) {
            throw new IllegalArgumentException(
                    "the kernel of an image-to-image network needs padding same or circular, got valid");
        }
        if (layers.size() != architecture.depth()) {
            throw new IllegalArgumentException("a network of depth " + architecture.depth()
                    + " needs variances of as many layers, got " + layers.size());
        }
        // a hundred million equal layers take no memory
        layers = layers.stream().allMatch(layers.get(0)::equals)
                ? Collections.nCopies(layers.size(), layers.get(0))
                : List.copyOf(layers);
        for (Layer layer : layers) {
            if (architecture.bias() != layer.biasRate() > 0) {
                throw new IllegalArgumentException(
                        "a network must have biases if and only if their variance is positive, got "
                                + layer.biasRate());
            }
        }
    }

    /**
     * A network in the tangent-kernel parametrisation.
     *
     * @param architecture without widths; its {@code bias} must say whether σ_b is positive
     * @param weightVariance σ_w² of every layer, from 1e-100 to 1e100
     * @param biasVariance σ_b² of every layer, 0 or from 1e-100 to 1e100
     */
    public InfiniteNetwork(Architecture architecture, double weightVariance, double biasVariance) {
        this(architecture, Collections.nCopies(architecture.depth(), Layer.of(weightVariance, biasVariance)));
    }

    /**
     * What a network becomes as its hidden layers grow, if all weights and biases are trained at one common rate, as
     * frameworks do: the weights of a layer then contribute fan-in·E[zz′] to the tangent kernel, its biases 1.
     *
     * @param architecture of the network
     * @param network its stages; their widths decide how much each layer contributes
     * @param initialization how its parameters are drawn, independent
     * @return with σ_w² = fan-in·Var W and σ_b² = Var b in each layer
     */
    public static InfiniteNetwork ofCommonRate(
            Architecture architecture, Network network, Initialization initialization) {
        List<Layer> layers = new ArrayList<>();
        for (Stage stage : network.stages()) {
            LinearMap map = stage.map();
            double weightVariance = map.fanIn() * initialization.weightVariance(map);
            layers.add(new Layer(
                    weightVariance,
                    map.bias() ? initialization.biasVariance(map) : 0,
                    map.fanIn() / weightVariance,
                    map.bias() ? 1 : 0));
        }
        return new InfiniteNetwork(architecture, layers);
    }

    /**
     * Why an activation has no kernel here.
     *
     * @param activation of the hidden layers
     * @return a sentence, empty for linear, relu, leaky-relu and erf
     */
    public static String reasonAgainst(Activation activation) {
        return switch (activation) {
            case LINEAR, RELU, LEAKY_RELU, ERF -> "";
            case TANH, SIGMOID, SOFTPLUS ->
                "the kernel of infinite width is known in closed form for linear, relu, leaky-relu and erf, got "
                        + activation;
        };
    }

    /**
     * The usual σ_w²: 2 for ReLU, 1 else.
     *
     * @param activation of the hidden layers
     * @return variance of weights times fan-in
     */
    public static double usualWeightVariance(Activation activation) {
        return activation == Activation.RELU ? 2 : 1;
    }

    /**
     * The same network with fewer layers.
     *
     * @param depth at least 1, at most that of this network
     * @return the first layers, the last of them without activation
     */
    public InfiniteNetwork first(int depth) {
        Architecture shorter = new Architecture(
                architecture.convolutional(),
                depth,
                architecture.kernel(),
                architecture.padding(),
                architecture.activation(),
                architecture.bias(),
                architecture.residual());
        return new InfiniteNetwork(shorter, layers.subList(0, depth));
    }

    /**
     * σ_w² of the first layer, and of all in the tangent-kernel parametrisation.
     *
     * @return positive
     */
    public double weightVariance() {
        return layers.get(0).weightVariance();
    }

    /**
     * σ_b² of the first layer, and of all in the tangent-kernel parametrisation.
     *
     * @return at least 0
     */
    public double biasVariance() {
        return layers.get(0).biasVariance();
    }

    /** Whether the stage after whose map the signal is at this layer adds its input; never the first, nor the last. */
    boolean addsInput(int layer) {
        return architecture.residual() && layer > 1;
    }

    /** A layer, the first one is 0. */
    Layer layer(int index) {
        return layers.get(index);
    }

    /** Something that biases add, in the scales of two signals; 0 for 0, however deep the scales are. */
    static double scaled(double added, long scaleX, long scaleZ) {
        return added == 0 ? 0 : added * Scaled.power(-scaleX) * Scaled.power(-scaleZ);
    }
}

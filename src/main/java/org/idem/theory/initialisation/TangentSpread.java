package org.idem.theory.initialisation;

import java.util.List;
import org.idem.network.Activation;

/**
 * How far the empirical tangent kernel of one fully connected network before training strays from its mean, over normal
 * weights and biases: upper bounds of E Θ(x, z)², and for two layers of the variance.
 *
 * <p>Θ(x, z) = Σ_l (σ_l²⟨z_{l−1}(x), z_{l−1}(z)⟩ + σ_{b,l}²)⟨∂f/∂h_l(x), ∂f/∂h_l(z)⟩ for one output f. Parts of
 * different layers are taken together by Minkowski's inequality. Source: proofs/T5.kernel-mean.md.
 */
public final class TangentSpread {
    private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);

    private final List<RandomLayer> layers;
    private final Activation activation;

    /**
     * Of a network.
     *
     * @param layers variances and units, outputs last; whether they are rectified does not matter here
     * @param activation of the hidden layers: linear, relu or erf
     */
    public TangentSpread(List<RandomLayer> layers, Activation activation) {
        if (activation != Activation.LINEAR && activation != Activation.RELU && activation != Activation.ERF) {
            throw new IllegalArgumentException("the activation must be linear, relu or erf, got " + activation);
        }
        this.layers = List.copyOf(layers);
        this.activation = activation;
    }

    /** Largest slope of the activation. */
    private double slope() {
        return activation == Activation.ERF ? 2 / Math.sqrt(Math.PI) : 1;
    }

    /**
     * Two inputs, as far as kernels depend on them.
     *
     * @param x ‖x‖²
     * @param z ‖z‖²
     * @param product ⟨x, z⟩
     */
    public record Pair(double x, double z, double product) {
        /**
         * The first input twice.
         *
         * @return (x, x)
         */
        public Pair ofFirst() {
            return new Pair(x, x, x);
        }

        /**
         * The second input twice.
         *
         * @return (z, z)
         */
        public Pair ofSecond() {
            return new Pair(z, z, z);
        }
    }

    /**
     * Bound on Var Θ(x, z) of a network with one hidden layer, equal to it on the diagonal without activation and with
     * ReLU.
     *
     * @param pair of inputs
     * @param mean E Θ(x, z)
     * @return at least 0
     */
    public double varianceOfTwoLayers(Pair pair, double mean) {
        if (layers.size() != 2) {
            throw new IllegalArgumentException("the network must have two layers, got " + layers.size());
        }
        RandomLayer first = layers.get(0);
        double ofX = first.weightVariance() * pair.x() + first.biasVariance();
        double ofZ = first.weightVariance() * pair.z() + first.biasVariance();
        double ofBoth = first.weightVariance() * pair.product() + first.biasVariance();
        double last = layers.get(1).weightVariance();
        double share = activation == Activation.RELU ? 0.5 : 1;
        double square = share
                * Math.pow(slope(), 4)
                * last
                * last
                * (3 * ofX * ofZ + 2 * Math.abs(ofBoth) * Math.sqrt(ofX * ofZ) + 3 * ofBoth * ofBoth);
        double ofUnit = (mean - layers.get(1).biasVariance()) / first.units();
        return Math.max(0, first.units() * (square - ofUnit * ofUnit));
    }

    /**
     * Bound on E Θ(x, z)² at any depth.
     *
     * @param pair of inputs
     * @return for ReLU √(E Θ(x, x)²·E Θ(z, z)²), without biases
     */
    public double meanSquare(Pair pair) {
        return switch (activation) {
            case LINEAR -> squared(forward(pair), ofLinear());
            case RELU ->
                Math.sqrt(squared(ofRelu(pair.x()), backwardOfRelu()) * squared(ofRelu(pair.z()), backwardOfRelu()));
            default ->
                Math.sqrt(squared(forward(pair.ofFirst()), bySizes()) * squared(forward(pair.ofSecond()), bySizes()));
        };
    }

    private static double squared(double[] forward, double[] backward) {
        double root = 0;
        for (int layer = 0; layer < forward.length; layer++) {
            root += Math.sqrt(forward[layer] * backward[layer]);
        }
        return root * root;
    }

    /** E(σ_l²⟨z, z'⟩ + σ_b²)² of every layer, for linear signals times powers of the slope. */
    private double[] forward(Pair pair) {
        double[] squares = new double[layers.size()];
        double slopeSquared = slope() * slope();
        double ofX = pair.x();
        double ofZ = pair.z();
        double product = pair.product();
        double productSquared = product * product;
        double sizes = ofX * ofZ;
        for (int l = 0; l < layers.size(); l++) {
            RandomLayer layer = layers.get(l);
            double v = layer.weightVariance();
            double b = layer.biasVariance();
            double n = layer.units();
            double together = v * v * productSquared + 2 * v * b * product + b * b;
            double apart = v * v * sizes + v * b * (ofX + ofZ) + b * b;
            squares[l] = together;
            productSquared = slopeSquared * slopeSquared * (n * n * together + n * (together + apart));
            sizes = slopeSquared * slopeSquared * (n * n * apart + 2 * n * together);
            product = slopeSquared * n * (v * product + b);
            ofX = slopeSquared * n * (v * ofX + b);
            ofZ = slopeSquared * n * (v * ofZ + b);
        }
        return squares;
    }

    /** E‖∂f/∂h_l‖⁴ of every layer of a linear network. */
    private double[] ofLinear() {
        double[] fourth = new double[layers.size()];
        fourth[layers.size() - 1] = 1;
        for (int l = layers.size() - 2; l >= 0; l--) {
            double v = layers.get(l + 1).weightVariance();
            double n = layers.get(l).units();
            fourth[l] = fourth[l + 1] * v * v * n * (n + 2);
        }
        return fourth;
    }

    /** E(σ_l²‖z‖²)² of every layer of a ReLU network without biases. */
    private double[] ofRelu(double squaredNorm) {
        double[] squares = new double[layers.size()];
        double fourth = squaredNorm * squaredNorm;
        for (int l = 0; l < layers.size(); l++) {
            RandomLayer layer = layers.get(l);
            if (layer.biasVariance() > 0) {
                throw new IllegalArgumentException("a ReLU network must have no biases, got " + layer);
            }
            double v = layer.weightVariance();
            squares[l] = v * v * fourth;
            double n = layer.units();
            fourth = squares[l] * n * (n + 5) / 4;
        }
        return squares;
    }

    /**
     * E‖∂f/∂h_l‖⁴ of every layer of a ReLU network, given that the layer before is not dead. A is the squared part of
     * ∂f/∂h_l along the signal, R that across; given b active units E(A + R)² = aa + 2(b − 1)ar + (b² − 1)rr.
     */
    private double[] backwardOfRelu() {
        int last = layers.size() - 1;
        double[] fourth = new double[layers.size()];
        fourth[last] = 1;
        if (last == 0) {
            return fourth;
        }
        double v = layers.get(last).weightVariance();
        double aa = 3 * v * v;
        double ar = v * v;
        double rr = v * v;
        for (int l = last - 1; l >= 0; l--) {
            double n = layers.get(l).units();
            double alive = 1 - Math.scalb(1.0, -layers.get(l).units());
            double mean = n / 2;
            double square = n * (n + 1) / 4;
            fourth[l] = alive * aa + 2 * (mean - alive) * ar + (square - alive) * rr;
            double w = layers.get(l).weightVariance();
            double nextAr = w * w * (mean * aa + (square - mean) * ar);
            aa *= w * w * (square + 2 * mean);
            rr = w * w * fourth[l];
            ar = nextAr;
        }
        return fourth;
    }

    /** Bounds on E‖∂f/∂h_l‖⁴ by the largest slope and the norms of the weights. */
    private double[] bySizes() {
        int last = layers.size() - 1;
        double[] fourth = new double[layers.size()];
        fourth[last] = 1;
        double slopes = Math.pow(slope(), 4);
        for (int l = last - 1; l >= 0; l--) {
            double v = layers.get(l + 1).weightVariance();
            double rows = l + 1 == last ? 1 : layers.get(l + 1).units();
            fourth[l] =
                    fourth[l + 1] * slopes * v * v * largest(rows, layers.get(l).units());
        }
        return fourth;
    }

    /** Bound on E‖G‖⁴, spectral norm, of a matrix of independent N(0, 1). */
    private static double largest(double rows, double columns) {
        double entries = rows * columns;
        double m = Math.sqrt(rows) + Math.sqrt(columns);
        double bySpectrum = Math.pow(m, 4) + 4 * (ROOT_HALF_PI * (m * m * m + 3 * m) + 3 * m * m + 2);
        return Math.min(bySpectrum, entries * (entries + 2));
    }
}

package org.idem.theory.initialisation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Law of ‖f(x)‖²/‖x‖² of a fully connected network without biases and with independent normal weights, before training,
 * for any x ≠ 0.
 *
 * <p>It is the law of ∏_l σ_l² X_l with independent X_l ~ χ²(n_l); for a hidden layer with ReLU X_l ~ χ²(B_l), B_l ~
 * Bin(n_l, ½), so that the network is dead on x, f(x) = 0, with the probability {@link #atom}. Probabilities are
 * computed from the Mellin transform E(χ²_k)^s = 2^s Γ(k/2 + s)/Γ(k/2) with an absolute error of at most
 * {@link #error}, which is below 10⁻⁹ for all networks of up to 20 layers and 512 units. Making a law costs some
 * hundred evaluations of the transform, a probability some hundred multiplications. Instances are immutable. Method and
 * proof: proofs/T5.law.md.
 */
public final class NormLaw {
    /** No law is made with a larger bound on its errors. */
    public static final double LARGEST_ERROR = 1e-8;

    /** Probability of numbers of active units that are left out of all layers together, at either end. */
    private static final double LEFT_OUT = 1e-14;

    private final double atom;
    private final double centre;
    private final MellinLine upper;
    private final MellinLine lower;
    private final double error;

    private NormLaw(List<RandomLayer> layers) {
        // factors do not depend on the order of the layers
        List<RandomLayer> sorted = layers.stream()
                .sorted(Comparator.comparing(RandomLayer::rectified).thenComparing(RandomLayer::units))
                .toList();
        Map<RandomLayer, ChiSquaredMixture> alike = new HashMap<>();
        List<ChiSquaredMixture> factors = new ArrayList<>();
        double logAlive = 0;
        double log = 0;
        double dropped = 0;
        for (RandomLayer layer : sorted) {
            ChiSquaredMixture factor = alike.computeIfAbsent(
                    new RandomLayer(layer.units(), 1, 0, layer.rectified()),
                    one -> one.rectified()
                            ? ChiSquaredMixture.thinned(one.units(), LEFT_OUT / layers.size())
                            : ChiSquaredMixture.plain(one.units()));
            if (layer.rectified()) {
                logAlive += Math.log1p(-Math.scalb(1.0, -layer.units()));
            }
            dropped += factor.dropped();
            log += factor.meanLog() + Math.log(layer.weightVariance());
            factors.add(factor);
        }
        atom = logAlive < 0 ? -Math.expm1(logAlive) : 0;
        centre = log;
        upper = MellinLine.upper(factors);
        lower = MellinLine.lower(factors);
        error = Math.max(upper.error(), lower.error()) + dropped;
    }

    /**
     * The law of a network's output.
     *
     * @param network without biases; its weights are taken as normal
     * @return the law
     * @throws IllegalArgumentException if the network has biases
     * @throws ArithmeticException if errors may exceed {@link #LARGEST_ERROR}, in networks of many thousand layers
     */
    public static NormLaw of(RandomFcn network) {
        return of(network.layers());
    }

    /**
     * The law of what some layers make of an input, the last of which may be rectified.
     *
     * @param layers first to last, at least one, without biases; their weights are taken as normal
     * @return the law of the squared norm of the last signal over that of the input
     * @throws IllegalArgumentException without layers or with biases
     * @throws ArithmeticException if errors may exceed {@link #LARGEST_ERROR}, in networks of many thousand layers
     */
    public static NormLaw of(List<RandomLayer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("the law is that of at least one layer, got none");
        }
        if (layers.stream().anyMatch(layer -> layer.biasVariance() > 0)) {
            throw new IllegalArgumentException("the law is that of layers without biases, got " + layers);
        }
        NormLaw law = new NormLaw(layers);
        if (!(law.error <= LARGEST_ERROR)) {
            throw new ArithmeticException("the error of the law of " + layers.size() + " layers must be at most "
                    + LARGEST_ERROR + ", its bound is " + law.error);
        }
        return law;
    }

    /**
     * P(‖f(x)‖²/‖x‖² ≤ q).
     *
     * @param q any number
     * @return in [0, 1]; 0 below 0, {@link #atom} at 0; NaN for NaN
     */
    public double cdf(double q) {
        if (!(q > 0)) {
            return Double.isNaN(q) ? q : q < 0 ? 0 : atom;
        }
        double distance = Math.log(q) - centre;
        double below = distance > 0 ? 1 - upper.tail(distance) : atom + lower.tail(distance);
        return Math.min(1, Math.max(atom, below));
    }

    /**
     * P(‖f(x)‖²/‖x‖² &gt; q).
     *
     * @param q any number
     * @return in [0, 1]; NaN for NaN
     */
    public double survival(double q) {
        double distance = Math.log(q) - centre;
        return q > 0 && distance > 0 ? Math.min(1, Math.max(0, upper.tail(distance))) : 1 - cdf(q);
    }

    /**
     * Probability that the network is dead on an input, f(x) = 0: 1 − ∏(1 − 2^(−n_l)) over the layers with ReLU.
     *
     * @return accurate relative to itself; 0 without ReLU
     */
    public double atom() {
        return atom;
    }

    /**
     * Bound on the absolute error of {@link #cdf} and {@link #survival} at every point.
     *
     * @return positive, at most {@link #LARGEST_ERROR}
     */
    public double error() {
        return error;
    }
}

package org.idem.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.jspecify.annotations.Nullable;

/**
 * How the parameters of a network are drawn: numbers of mean 0, stage after stage, weights before biases. Stages and
 * biases are independent.
 *
 * @param law of the weights, by their fan-in and fan-out
 * @param gain factor on the deviation of the weights, positive and finite
 * @param biasVariance σ_b² of every bias, at least 0 and finite, drawn by the same kind of law (normal for
 *     {@link Initializer#ORTHOGONAL}); null for what the scheme itself does: PyTorch draws biases like weights of its
 *     own variance, 1/(3·fan-in), the others let them start at 0
 */
public record Initialization(
        Initializer law, double gain, @Nullable Double biasVariance) {
    /** Checks the numbers; a NaN fails each rule. */
    public Initialization {
        Rules.positive("gain", gain);
        if (biasVariance != null && !(biasVariance >= 0 && biasVariance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the variance of biases must be at least 0 and finite, got " + biasVariance);
        }
    }

    /**
     * A scheme as its authors meant it.
     *
     * @param law the scheme
     * @return with gain 1 and its own biases
     */
    public static Initialization of(Initializer law) {
        return new Initialization(law, 1, null);
    }

    /**
     * The same scheme with another gain.
     *
     * @param other factor on the deviation of the weights, positive and finite
     * @return a copy
     */
    public Initialization withGain(double other) {
        return new Initialization(law, other, biasVariance);
    }

    /**
     * Variance of one weight.
     *
     * @param map whose weights are meant
     * @return σ², gain included
     */
    public double weightVariance(LinearMap map) {
        return gain * gain * law.variance(map);
    }

    /**
     * Variance of one bias.
     *
     * @param map whose biases are meant
     * @return σ_b², 0 for biases that start at 0
     */
    public double biasVariance(LinearMap map) {
        if (biasVariance != null) {
            return biasVariance;
        }
        return law == Initializer.PYTORCH ? law.variance(map) : 0;
    }

    /**
     * Draws the parameters of a network with a Java generator, so that every platform gets the same bits.
     *
     * @param network of any depth
     * @param random source, advanced by the call
     * @return parameters, first stage first
     */
    public List<StageParameters> draw(Network network, SplittableRandom random) {
        List<StageParameters> drawn = new ArrayList<>();
        for (Stage stage : network.stages()) {
            LinearMap map = stage.map();
            int[] shape = map.weightShape();
            double[] weights = law.draw(map, gain, random);
            drawn.add(new StageParameters(Array.of(weights, shape), map.bias() ? biases(map, random) : null));
        }
        return drawn;
    }

    private Array biases(LinearMap map, SplittableRandom random) {
        double variance = biasVariance(map);
        return variance == 0
                ? Array.zeros(map.outputs())
                : Array.of(law.draw(map.outputs(), Math.sqrt(variance), random), map.outputs());
    }
}

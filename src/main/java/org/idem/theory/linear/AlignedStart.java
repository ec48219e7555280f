package org.idem.theory.linear;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.theory.arithmetic.Rounding;
import org.jspecify.annotations.Nullable;

/** Whether given layers are s_j u_j u_{j−1}ᵀ + R_j with u_0 along the example and u_L along its target. */
public sealed interface AlignedStart {
    /** A layer counts as aligned if it is so up to this many roundings for each input or output. */
    int ROUNDINGS = 1 << 10;

    /**
     * They are, up to rounding.
     *
     * @param layers directions, and what the layers do across them
     * @param strengths s_1, …, s_L
     * @param misaligned Frobenius norm of the rest, over all layers
     */
    record Found(AlignedLayers layers, double[] strengths, double misaligned) implements AlignedStart {}

    /**
     * One of them is not.
     *
     * @param layer from 1, the first of them
     * @param share of its Frobenius norm that is out of line
     */
    record NotAligned(int layer, double share) implements AlignedStart {}

    /**
     * Looks at the layers.
     *
     * @param input x̂, (1, n_0), not 0
     * @param target y, (1, n_L), not 0
     * @param weights (n_j, n_{j−1}), one for each layer
     * @param precision of the training, in which the layers are rounded
     * @return what was found
     */
    static AlignedStart of(Array input, Array target, List<Array> weights, Precision precision) {
        int depth = weights.size();
        double[] @Nullable [] vectors = new double[depth + 1][];
        vectors[0] = input.values();
        vectors[depth] = target.values();
        for (int layer = 0; layer + 1 < depth && vectors[layer] != null; layer++) {
            vectors[layer + 1] = passed(weights.get(layer), vectors[layer]);
        }
        for (int layer = depth - 1; layer > 0 && vectors[layer + 1] != null; layer--) {
            if (vectors[layer] == null) {
                vectors[layer] = passed(transposed(weights.get(layer)), vectors[layer + 1]);
            }
        }
        for (int layer = 0; layer < depth; layer++) {
            if (vectors[layer + 1] == null) {
                return new NotAligned(layer + 1, 1);
            }
        }
        AlignedLayers layers = AlignedLayers.of(List.of(vectors), weights);
        double[] strengths = new double[depth];
        for (int layer = 0; layer < depth; layer++) {
            strengths[layer] = dot(
                    layers.directions().get(layer + 1),
                    times(weights.get(layer), layers.directions().get(layer)));
        }
        List<Array> aligned = layers.weights(strengths, 1);
        double squares = 0;
        for (int layer = 0; layer < depth; layer++) {
            double[] given = weights.get(layer).values();
            double[] difference = aligned.get(layer).values().clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= given[i];
            }
            double off = AlignedLayers.norm(difference);
            double size = AlignedLayers.norm(given);
            double allowed = Rounding.accumulated(ROUNDINGS * (layers.widest() + 8), precision.unitRoundoff());
            if (!(off <= Math.min(allowed, 0.125) * size)) {
                return new NotAligned(layer + 1, off / size);
            }
            squares += off * off;
        }
        return new Found(layers, strengths, Math.sqrt(squares) * (1 + 0x1p-40));
    }

    /** What a layer makes of a direction; null if next to nothing. */
    private static double @Nullable [] passed(Array weights, double[] vector) {
        double[] passed = times(weights, vector);
        double least = 0x1p-20 * AlignedLayers.norm(weights.values()) * AlignedLayers.norm(vector);
        return AlignedLayers.norm(passed) > least ? passed : null;
    }

    private static double[] times(Array weights, double[] vector) {
        double[] product = new double[weights.size(0)];
        for (int row = 0; row < product.length; row++) {
            for (int column = 0; column < vector.length; column++) {
                product[row] += weights.values()[row * vector.length + column] * vector[column];
            }
        }
        return product;
    }

    private static Array transposed(Array weights) {
        Array transposed = Array.zeros(weights.size(1), weights.size(0));
        for (int i = 0; i < weights.length(); i++) {
            int at = i % weights.size(1) * weights.size(0) + i / weights.size(1);
            transposed.values()[at] = weights.values()[i];
        }
        return transposed;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

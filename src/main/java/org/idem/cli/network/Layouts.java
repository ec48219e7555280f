package org.idem.cli.network;

import org.idem.array.Array;

/** Recognises arrays that would fit if their axes were in another order, and says how to reorder them. */
final class Layouts {
    private Layouts() {}

    /**
     * A hint at axes in another order, for weights and inputs that do not fit.
     *
     * @param kind of the network
     * @param weights of whatever shape
     * @param inputs of whatever shape
     * @return a remark that ends a message, empty if no other order would fit either
     */
    static String remark(TrainingOptions.Kind kind, Array weights, Array inputs) {
        if (kind == TrainingOptions.Kind.FCN) {
            boolean transposed = weights.rank() == 2 && inputs.rank() == 2 && weights.size(0) == inputs.size(1);
            return transposed && weights.size(1) != inputs.size(1)
                    ? "; these look like weights with axes (d,k), as Flax and Keras store them: transpose them to (k,d)"
                    : "";
        }
        return kernels(weights, inputs) + images(weights, inputs);
    }

    /** Kernels (K,K,C_in,C_out). */
    private static String kernels(Array weights, Array inputs) {
        boolean square = weights.rank() == 4 && weights.size(0) == weights.size(1) && weights.size(0) % 2 == 1;
        boolean fits = square
                && inputs.rank() == 4
                && (weights.size(2) == inputs.size(1) || weights.size(2) == inputs.size(3))
                && weights.size(1) != inputs.size(1);
        boolean cannotBeOurs = square && (weights.size(2) != weights.size(3) || weights.size(2) % 2 == 0);
        return fits || cannotBeOurs
                ? "; these look like kernels with axes (K,K,C_in,C_out), as Flax and Keras store them: reorder the axes"
                        + " to (C_out,C_in,K,K), in NumPy by transpose(3, 2, 0, 1)"
                : "";
    }

    /** Images (n,H,W,C). */
    private static String images(Array weights, Array inputs) {
        if (weights.rank() != 4 || inputs.rank() != 4) {
            return "";
        }
        boolean ours = inputs.size(1) == weights.size(1) || inputs.size(1) == weights.size(2);
        boolean last = inputs.size(3) == weights.size(1) || inputs.size(3) == weights.size(2);
        return last && !ours
                ? "; these look like images with axes (n,H,W,C), as Flax and Keras store them: reorder the axes to"
                        + " (n,C,H,W), in NumPy by transpose(0, 3, 1, 2)"
                : "";
    }
}

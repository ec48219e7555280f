package org.idem.network;

/**
 * One stage of a deep network: h ↦ φ(map(h)), or h ↦ h + φ(map(h)) if it is residual.
 *
 * @param map linear layer, with or without bias
 * @param activation φ, applied to every unit
 * @param residual whether the input is added to the output; input and output must then have the same shape
 */
public record Stage(LinearMap map, Activation activation, boolean residual) {
    /** Checks that a residual stage keeps the shape. */
    public Stage {
        if (residual && !keepsShape(map)) {
            throw new IllegalArgumentException(
                    "a residual stage must have outputs of the shape of its inputs, got " + map);
        }
    }

    /**
     * Whether a linear layer has outputs of the shape of its inputs, so that a stage of it can be residual.
     *
     * @param map any layer
     * @return true if it has as many outputs as inputs, and a CNN loses no pixels
     */
    public static boolean keepsShape(LinearMap map) {
        if (map instanceof Cnn cnn) {
            return cnn.channels() == cnn.outputs() && (cnn.padding() != Padding.VALID || cnn.kernel() == 1);
        }
        return map.fanIn() == map.outputs();
    }
}

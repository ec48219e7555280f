package org.idem.training.exact;

import java.math.BigInteger;
import java.util.List;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;

/** The function that a deep network computes, without rounding. */
public final class ExactForwardPass {
    private ExactForwardPass() {}

    /**
     * Outputs of a stack of layers.
     *
     * @param layers first layer first; each takes the outputs of the one before
     * @param inputs examples first: (n, d) or (n, C, H, W)
     * @return outputs of the last layer
     */
    public static RationalArray outputs(List<RationalLayer> layers, RationalArray inputs) {
        RationalArray values = inputs;
        for (RationalLayer layer : layers) {
            values = ExactLayer.of(layer.network()).forward(layer.parameters(), values);
            if (layer.relu()) {
                values = positivePart(values);
            }
        }
        return values;
    }

    private static RationalArray positivePart(RationalArray values) {
        BigInteger[] kept = new BigInteger[values.length()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values.numerator(i).max(BigInteger.ZERO);
        }
        return RationalArray.over(kept, values.denominator(), values.shape());
    }
}

package org.idem.theorem.exact;

import java.util.List;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.theory.exact.IdentityConstruction;

/**
 * A network that should compute the identity, and what it is tried on.
 *
 * @param layers the network
 * @param inputs examples first
 * @param border pixels that valid padding takes from each side of an image
 */
record ConstructionDraw(List<RationalLayer> layers, RationalArray inputs, int border) {
    static ConstructionDraw of(ExactPart part, long seed) {
        RationalDraw draw = new RationalDraw(seed);
        boolean relu = part == ExactPart.T0_RELU_FCN || part == ExactPart.T0_RELU_CNN;
        int depth = draw.whole(relu ? 2 : 1, 4);
        int size = draw.whole(1, part.convolution() ? 2 : 5);
        int width = (relu ? 2 * size : size) + draw.whole(0, 2);
        int examples = draw.whole(1, 3);
        if (!part.convolution()) {
            List<RationalLayer> layers = IdentityConstruction.fcn(size, width, depth, relu);
            return new ConstructionDraw(layers, draw.array(draw.whole(1, 6), examples, size), 0);
        }
        Padding padding = Padding.values()[draw.whole(0, 2)];
        int kernel = draw.coin() ? 3 : 1;
        int border = padding == Padding.VALID ? depth * (kernel / 2) : 0;
        List<RationalLayer> layers = IdentityConstruction.cnn(size, width, kernel, padding, depth, relu);
        RationalArray images = draw.array(
                draw.whole(1, 6), examples, size, 2 * border + draw.whole(1, 3), 2 * border + draw.whole(1, 3));
        return new ConstructionDraw(layers, images, border);
    }

    /** What the identity returns. */
    RationalArray expected() {
        return border == 0 ? inputs : inputs.cropped(border);
    }
}

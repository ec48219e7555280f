package org.idem.theory.deep;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;

/**
 * What CNNs see and what they make of images that are constant in each channel. All stages must have the padding of the
 * first. Source: proofs/T3.receptive-field.md and proofs/T3.blank-image.md.
 */
public final class BlankImage {
    private BlankImage() {}

    /**
     * How far a pixel of the output sees in each direction.
     *
     * @param network a CNN
     * @return sum of the kernels' half sides, L(K − 1)/2 for equal kernels
     */
    public static int radius(Network network) {
        int radius = 0;
        for (Stage stage : network.stages()) {
            radius += ((Cnn) stage.map()).kernel() / 2;
        }
        return radius;
    }

    /**
     * The row or column of a short side on which a pixel sees the same of both borders as on a long one.
     *
     * @param position on the long side, from 0
     * @param side its length in pixels, at least 1
     * @param radius how far a pixel sees, at least 0
     * @return the position itself near the first border, counted from the end near the last, the radius between; a
     *     position on a side of length min(side, 2 · radius + 1)
     */
    public static int clipped(int position, int side, int radius) {
        if (side <= 2 * radius + 1) {
            return position;
        }
        return Math.min(position, radius) + Math.max(0, position - (side - 1 - radius));
    }

    /**
     * Outputs on a blank image, read off the smallest blank image on which every pixel sees what it sees there.
     *
     * @param network a CNN
     * @param parameters of every stage
     * @param blank (1, C, H, W), constant in each channel
     * @param radius how far pixels are believed to see
     * @param precision arithmetic of the training
     * @return (1, C_out, H', W') with error bounds
     */
    public static DeepForward outputs(
            Network network, List<StageParameters> parameters, Array blank, int radius, Precision precision) {
        Padding padding = ((Cnn) network.stages().get(0).map()).padding();
        int[] shape = network.outputShape(blank.shape());
        int height = shortSide(blank.size(2), radius, padding);
        int width = shortSide(blank.size(3), radius, padding);
        DeepForward small = DeepForward.of(network, parameters, resized(blank, height, width), precision);
        return new DeepForward(stretched(small.values(), shape, radius), stretched(small.errors(), shape, radius));
    }

    private static int shortSide(int side, int radius, Padding padding) {
        return switch (padding) {
            case SAME -> Math.min(side, 2 * radius + 1);
            case CIRCULAR -> 1;
            case VALID -> 2 * radius + 1;
        };
    }

    private static Array resized(Array blank, int height, int width) {
        int channels = blank.size(1);
        Array image = Array.zeros(1, channels, height, width);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = blank.values()[i / (height * width) * (blank.length() / channels)];
        }
        return image;
    }

    private static Array stretched(Array small, int[] shape, int radius) {
        Array image = Array.zeros(shape);
        int height = shape[2];
        int width = shape[3];
        for (int i = 0; i < image.length(); i++) {
            int row = small.size(2) == 1 ? 0 : clipped(i / width % height, height, radius);
            int column = small.size(3) == 1 ? 0 : clipped(i % width, width, radius);
            int channel = i / (width * height);
            image.values()[i] = small.values()[(channel * small.size(2) + row) * small.size(3) + column];
        }
        return image;
    }
}

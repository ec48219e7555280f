package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;

/**
 * Which images zero-padded CNNs can paint on a blank input: those that are equal wherever pixels see the same of the
 * borders. Source: proofs/T3.least-depth.md.
 */
public final class Painting {
    private Painting() {}

    /** Which pixels have to be painted alike. */
    @FunctionalInterface
    public interface Classes {
        /**
         * The class of a pixel.
         *
         * @param row from 0
         * @param column from 0
         * @param height of the image
         * @param width of the image
         * @return any number, the same for pixels that have to be alike
         */
        int of(int row, int column, int height, int width);
    }

    /**
     * The classes of pixels that see the same of all borders.
     *
     * @param radius how far a pixel sees
     * @return pairs of clipped positions
     */
    public static Classes seeing(int radius) {
        return (row, column, height, width) -> BlankImage.clipped(row, height, radius) * (2 * Math.max(height, width))
                + BlankImage.clipped(column, width, radius);
    }

    /**
     * The best that can be painted.
     *
     * @param image (1, C, H, W)
     * @param classes of pixels that have to be alike
     * @return the image with each pixel replaced by the mean of its class in its channel
     */
    public static Array best(Array image, Classes classes) {
        int height = image.size(2);
        int width = image.size(3);
        Array best = Array.zeros(image.shape());
        for (int channel = 0; channel < image.size(1); channel++) {
            Map<Integer, double[]> sums = new HashMap<>();
            int from = channel * height * width;
            for (int i = 0; i < height * width; i++) {
                double[] sum =
                        sums.computeIfAbsent(classes.of(i / width, i % width, height, width), key -> new double[2]);
                sum[0] += image.values()[from + i];
                sum[1]++;
            }
            for (int i = 0; i < height * width; i++) {
                double[] sum = Objects.requireNonNull(sums.get(classes.of(i / width, i % width, height, width)));
                best.values()[from + i] = sum[0] / sum[1];
            }
        }
        return best;
    }

    /**
     * The least depth with which zero-padded CNNs can paint an image on a blank input that is not zero everywhere.
     *
     * @param image (1, C, H, W)
     * @param kernel side K of all kernels, odd, at least 3
     * @return smallest L for which pixels that see the same of all borders within L(K − 1)/2 are equal
     */
    public static int leastDepth(Array image, int kernel) {
        int depth = 1;
        while (SquaredErrors.mean(image, best(image, seeing(depth * (kernel / 2)))) > 0) {
            depth++;
        }
        return depth;
    }

    /**
     * A linear CNN that paints as well as its depth allows. Every hidden channel tells whether a pixel at a certain
     * distance lies inside; the last layer combines what it can reach.
     *
     * @param channels of the image to paint; the blank input has one
     * @param kernel side K of all kernels, odd
     * @param depth number of layers L
     * @return without biases; the hidden widths are (2l(K − 1)/2 + 1)² for l = 1, …, L − 1
     */
    public static Network painter(int channels, int kernel, int depth) {
        List<Stage> stages = new ArrayList<>();
        for (int layer = 1; layer <= depth; layer++) {
            int before = offsets((layer - 1) * (kernel / 2));
            int after = layer == depth ? channels : offsets(layer * (kernel / 2));
            Cnn map = new Cnn(before, after, kernel, Padding.SAME, false);
            stages.add(new Stage(map, Activation.LINEAR, false));
        }
        return new Network(stages);
    }

    private static int offsets(int reach) {
        return (2 * reach + 1) * (2 * reach + 1);
    }

    /**
     * Its weights.
     *
     * @param image (1, C, H, W) to paint
     * @param kernel side K of all kernels, odd
     * @param depth number of layers L
     * @param level value of the blank input, not 0
     * @return with which the network's output on the blank input is the best image
     */
    public static List<StageParameters> paint(Array image, int kernel, int depth, double level) {
        int half = kernel / 2;
        Network network = painter(image.size(1), kernel, depth);
        List<StageParameters> parameters = new ArrayList<>();
        for (int layer = 1; layer < depth; layer++) {
            Array weights = Array.zeros(network.stages().get(layer - 1).map().weightShape());
            int reach = layer * half;
            for (int down = -reach; down <= reach; down++) {
                for (int right = -reach; right <= reach; right++) {
                    int channel = (down + reach) * (2 * reach + 1) + right + reach;
                    weights.values()[tap(weights, channel, down, right, reach - half)] = 1;
                }
            }
            parameters.add(new StageParameters(weights, null));
        }
        int reach = depth * half;
        Array weights = Array.zeros(network.stages().get(depth - 1).map().weightShape());
        for (int channel = 0; channel < image.size(1); channel++) {
            DMatrixRMaj shares = shares(image, channel, reach);
            for (int i = 0; i < shares.getNumElements(); i++) {
                int down = i / shares.numCols - reach;
                int right = i % shares.numCols - reach;
                weights.values()[tap(weights, channel, down, right, reach - half)] += shares.data[i] / level;
            }
        }
        parameters.add(new StageParameters(weights, null));
        return parameters;
    }

    /** Index of the weight that passes the channel of the nearest reachable offset on to an output channel. */
    private static int tap(Array weights, int output, int down, int right, int reached) {
        int nearDown = Math.max(-reached, Math.min(reached, down));
        int nearRight = Math.max(-reached, Math.min(reached, right));
        int input = (nearDown + reached) * (2 * reached + 1) + nearRight + reached;
        int kernel = weights.size(2);
        int row = down - nearDown + kernel / 2;
        int column = right - nearRight + kernel / 2;
        return ((output * weights.size(1) + input) * kernel + row) * kernel + column;
    }

    /** S with AᵥSAₕᵀ = the best image, where A says which offsets from a row (column) lie inside. */
    private static DMatrixRMaj shares(Array image, int channel, int reach) {
        int height = image.size(2);
        int width = image.size(3);
        double[] best = best(image, seeing(reach)).values();
        DMatrixRMaj wanted = new DMatrixRMaj(height, width);
        System.arraycopy(best, channel * height * width, wanted.data, 0, height * width);
        return CommonOps_DDRM.multTransB(
                CommonOps_DDRM.mult(steps(height, reach), wanted, null), steps(width, reach), null);
    }

    /**
     * D with ADy = y for every column y that is equal at rows that are alike, which rounds nothing where y is whole: a
     * difference of neighbours is the share of the one offset that lies inside for one of them only, as in the proof.
     */
    private static DMatrixRMaj steps(int side, int reach) {
        DMatrixRMaj steps = new DMatrixRMaj(2 * reach + 1, side);
        steps.set(reach, 0, 1);
        for (int position = 1; position < side; position++) {
            if (position <= reach) {
                steps.set(reach - position, position, 1);
                steps.set(reach - position, position - 1, -1);
            } else if (side - position <= reach) {
                steps.set(reach + side - position, position - 1, 1);
                steps.set(reach + side - position, position, -1);
                // this offset lies inside for the first row, too
                steps.add(reach, position - 1, -1);
                steps.add(reach, position, 1);
            }
        }
        return steps;
    }
}

package org.idem.laboratory.measure;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.array.Precision;

/**
 * How far inside the effect of the border lies, the column {@code border_distance} of {@code layers.csv}: of
 * convolutional networks with zero padding only.
 *
 * <p>The effect at a pixel is e(p) = Σ over channels of the squared difference between the layer's activations and
 * those that it would have if every convolution were circular. The distance is Σ e(p)·dist(p)/Σ e(p), in pixels, with
 * dist(p) the distance of p from the nearest edge of the image, 0 for pixels at the edge. A kernel of side K carries
 * the border's effect inwards by (K − 1)/2 pixels, so at layer l, for K > 1, the distance is at most l(K − 1)/2 − 1.
 *
 * <p>Effects up to u times the largest Σ h² over channels of a pixel of the image count as none, u the unit roundoff.
 * Otherwise rounding would be measured where the border has not been felt: fast convolutions do not give exact zeros.
 * Errors of activations stay unseen up to √u of the largest one, that is 4,096 roundings in float32.
 */
public final class BorderDistance {
    private BorderDistance() {}

    /**
     * Measures a layer.
     *
     * @param zeroPadded activations of n images under zero padding, (n, C, H, W)
     * @param circular those of the same images and weights under circular padding, in the same shape
     * @param precision in which both were computed
     * @return the distances of the n images, in pixels; 0 if there is no effect, NaN if an activation is not finite
     * @throws IllegalArgumentException if the arrays do not have such a shape
     */
    public static double[] of(Array zeroPadded, Array circular, Precision precision) {
        if (zeroPadded.rank() != 4 || !Arrays.equals(zeroPadded.shape(), circular.shape())) {
            throw new IllegalArgumentException("activations must have one shape (n, C, H, W), got "
                    + Arrays.toString(zeroPadded.shape()) + " and " + Arrays.toString(circular.shape()));
        }
        double[] distances = new double[zeroPadded.size(0)];
        for (int image = 0; image < distances.length; image++) {
            distances[image] = distance(zeroPadded, circular, image, precision.unitRoundoff());
        }
        return distances;
    }

    private static double distance(Array zeroPadded, Array circular, int image, double unitRoundoff) {
        int channels = zeroPadded.size(1);
        int width = zeroPadded.size(3);
        int pixels = zeroPadded.size(2) * width;
        int first = image * channels * pixels;
        double largest = Math.max(
                largest(zeroPadded.values(), first, channels * pixels),
                largest(circular.values(), first, channels * pixels));
        if (!Double.isFinite(largest)) {
            return Double.NaN;
        }
        // with this power of two no square overflows; a product with it is rounded as Math.scalb rounds
        double scale = Math.scalb(1.0, -Math.getExponent(Math.max(largest, Double.MIN_NORMAL)));
        double[] effects = new double[pixels];
        double[] squares = new double[pixels];
        for (int channel = 0; channel < channels; channel++) {
            int from = first + channel * pixels;
            for (int p = 0; p < pixels; p++) {
                double one = zeroPadded.values()[from + p] * scale;
                double other = circular.values()[from + p] * scale;
                effects[p] += (one - other) * (one - other);
                squares[p] += Math.max(one * one, other * other);
            }
        }
        double unseen = unitRoundoff * Arrays.stream(squares).max().orElse(0);
        double sum = 0;
        double moment = 0;
        for (int p = 0; p < pixels; p++) {
            if (effects[p] > unseen) {
                int row = p / width;
                int column = p % width;
                int lastRow = pixels / width - 1;
                int distance = Math.min(Math.min(row, lastRow - row), Math.min(column, width - 1 - column));
                sum += effects[p];
                moment += effects[p] * distance;
            }
        }
        return sum == 0 ? 0 : moment / sum;
    }

    /** Size of the largest of some activations, NaN if one is. */
    private static double largest(double[] activations, int first, int count) {
        double largest = 0;
        for (int i = first; i < first + count; i++) {
            largest = Math.max(largest, Math.abs(activations[i]));
        }
        return largest;
    }
}

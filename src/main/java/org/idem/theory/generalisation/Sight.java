package org.idem.theory.generalisation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.Spectrum;

/**
 * How much images see of what training left open: the spectrum of Ĉ = (1/N)Σ_q |R|^{1/2}qqᵀ|R|^{1/2} over their N
 * patches, R the matrix of {@link Unlearned}, and what of the identity is missing in its directions. Source:
 * proofs/T2.image-bound.md.
 *
 * @param values κ_i, the largest first; it is at most the largest qᵀ|R|q, and all add up to the mean of qᵀ|R|q
 * @param biases κ_iβ_i², one for each: they add up to the squared error for initial weights 0, over the pixels on
 *     average and over the channels in all. Both arrays are shared; nobody writes to them
 */
public record Sight(double[] values, double[] biases) {
    /**
     * What images see.
     *
     * @param unlearned what training left open
     * @param cnn its network
     * @param images (m, C, H, W)
     * @return at most d directions
     */
    public static Sight of(Unlearned unlearned, Cnn cnn, Array images) {
        DMatrixRMaj patches = unlearned.rootOf(DesignMatrix.of(cnn, images));
        DMatrixRMaj errors = OpenPatches.of(unlearned, cnn, images).centreErrors();
        double root = Math.sqrt(patches.numCols);
        CommonOps_DDRM.scale(1 / root, patches);
        CommonOps_DDRM.scale(1 / root, errors);
        Spectrum spectrum = new Spectrum(patches);
        boolean pixelSide = spectrum.exampleSide();
        DMatrixRMaj onSide = pixelSide ? errors : CommonOps_DDRM.multTransB(errors, patches, null);
        DMatrixRMaj inModes = CommonOps_DDRM.mult(onSide, spectrum.basis(), null);
        double[] values = spectrum.values();
        double rounding = Math.max(patches.numRows, patches.numCols) * 0x1p-53 * spectrum.largest();
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[j], values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] biases = new double[order.length];
        double left = OpenPatches.sumOfSquares(errors);
        for (int i = 0; i < order.length; i++) {
            double square = OpenPatches.squareOfColumn(inModes, order[i]);
            double value = values[order[i]];
            biases[i] = value <= rounding ? 0 : pixelSide ? square : square / value;
            left -= biases[i];
        }
        // directions too faint to be told apart have the rest
        biases[biases.length - 1] += Math.max(0, left);
        return new Sight(Arrays.stream(order).mapToDouble(i -> values[i]).toArray(), biases);
    }

    /**
     * What any images see of which only the largest qᵀ|R|q is known.
     *
     * @param largest at least 0
     * @return a bound on it, of unknown biases
     */
    public static Sight atMost(double largest) {
        return new Sight(new double[] {largest}, new double[] {Double.POSITIVE_INFINITY});
    }

    /**
     * The largest of the values.
     *
     * @return κ_1
     */
    public double largest() {
        return values[0];
    }

    /** Σ_iκ_im_i with m_1, m_2, … sharing a sum, none larger than a number, for so many of them. */
    double shared(double sum, double most, int count) {
        double left = sum;
        double shared = 0;
        for (int i = 0; i < Math.min(count, values.length); i++) {
            double part = Math.min(left, most);
            shared += values[i] * part;
            left -= part;
        }
        return shared;
    }

    /** Root of the sum of all biases. */
    double rootOfBias() {
        return Math.sqrt(Arrays.stream(biases).sum());
    }

    /**
     * The largest (x − b)ᵀĈ(x − b) over the ball of a squared radius, b the missing part of the identity: the least of
     * μ(s + Σκ_iβ_i²/(μ − κ_i)) over μ &gt; κ_1, found by bisection; any μ gives a bound.
     */
    double overBall(double squaredRadius) {
        double steep = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            steep += values[i] * biases[i];
            sum += biases[i];
        }
        if (!(squaredRadius > 0) || !(sum < Double.POSITIVE_INFINITY)) {
            return sum;
        }
        double low = values[0];
        // the slope is at least 0 here
        double high = low + Math.sqrt(steep / squaredRadius);
        double middle = (low + high) / 2;
        while (middle > low && middle < high) {
            double slope = squaredRadius;
            for (int i = 0; i < values.length; i++) {
                double gap = middle - values[i];
                slope -= values[i] * biases[i] / (gap * gap);
            }
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        double bound = high * squaredRadius;
        for (int i = 0; i < values.length; i++) {
            bound += biases[i] > 0 ? high * (biases[i] / (high - values[i])) : 0;
        }
        return bound;
    }
}

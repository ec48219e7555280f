package org.idem.theory;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * The part of the test patches and of the centre selectors e_c that training has not learned, R the matrix of
 * {@link Unlearned}; with a last row for the bias if the network has one.
 *
 * @param patches Rq, one column per output pixel
 * @param centreErrors eᵀRq, the error of each channel at each pixel for initial weights 0
 * @param rootPatches |R|^{1/2}q, one column per output pixel
 * @param rootCentres |R|^{1/2}e_c, one column per channel
 * @param factors absolute eigenvalues of R; shared, nobody writes to it
 */
record OpenPatches(
        DMatrixRMaj patches,
        DMatrixRMaj centreErrors,
        DMatrixRMaj rootPatches,
        DMatrixRMaj rootCentres,
        double[] factors) {
    static OpenPatches of(Unlearned unlearned, Cnn cnn, Array test) {
        DMatrixRMaj columns = DesignMatrix.of(cnn, test);
        DMatrixRMaj selectors = centreSelectors(cnn);
        DMatrixRMaj patches = unlearned.of(columns);
        return new OpenPatches(
                patches,
                CommonOps_DDRM.multTransA(selectors, patches, null),
                unlearned.rootOf(columns),
                unlearned.rootOf(selectors),
                unlearned.factors());
    }

    /** The filters that return each channel of an image, one per column: 1 at the centre tap. */
    static DMatrixRMaj centreSelectors(Cnn cnn) {
        if (cnn.outputs() != cnn.channels()) {
            throw new IllegalArgumentException("the identity task needs as many outputs as channels, got "
                    + cnn.outputs() + " and " + cnn.channels());
        }
        DMatrixRMaj selectors = new DMatrixRMaj(cnn.fanIn() + (cnn.bias() ? 1 : 0), cnn.channels());
        int taps = cnn.kernel() * cnn.kernel();
        for (int channel = 0; channel < cnn.channels(); channel++) {
            selectors.set(channel * taps + taps / 2, channel, 1);
        }
        return selectors;
    }

    /** Whether nothing at all is left to learn. */
    boolean complete() {
        return Arrays.stream(factors).allMatch(factor -> factor == 0);
    }

    /** Output pixels, over all test images. */
    int pixels() {
        return patches.numCols;
    }

    int channels() {
        return centreErrors.numRows;
    }

    /** The largest qᵀ|R|q over the pixels. */
    double largestSquare() {
        double largest = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            double square = 0;
            for (int row = 0; row < rootPatches.numRows; row++) {
                double value = rootPatches.get(row, pixel);
                square += value * value;
            }
            largest = Math.max(largest, square);
        }
        return largest;
    }

    static double sumOfSquares(DMatrixRMaj matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum += matrix.data[i] * matrix.data[i];
        }
        return sum;
    }
}

package org.idem.theory.generalisation;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.design.DesignMatrix;

/**
 * The part of the test patches and of the centre selectors e_c that training has not learned, R the matrix of
 * {@link Unlearned}; with a last row for the bias if the network has one.
 *
 * @param patches Rq, d × output pixels
 * @param centreErrors eᵀRq, channels × output pixels: the error for initial weights 0
 * @param factors absolute eigenvalues of R, d numbers
 */
record OpenPatches(DMatrixRMaj patches, DMatrixRMaj centreErrors, double[] factors) {
    /** Of test images (m, C, H, W). */
    static OpenPatches of(Unlearned unlearned, Cnn cnn, Array test) {
        DMatrixRMaj columns = DesignMatrix.of(cnn, test);
        DMatrixRMaj selectors = centreSelectors(cnn);
        DMatrixRMaj patches = unlearned.of(columns);
        return new OpenPatches(patches, CommonOps_DDRM.multTransA(selectors, patches, null), unlearned.factors());
    }

    /** The filters that return each channel of an image, d × channels: 1 at the centre tap. */
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

    /** The largest qᵀ|R|q over the pixels of test images (m, C, H, W). */
    static double largestForm(Unlearned unlearned, Cnn cnn, Array test) {
        return largestSquare(unlearned.rootOf(DesignMatrix.of(cnn, test)));
    }

    /** The largest squared norm of a column of any matrix. */
    static double largestSquare(DMatrixRMaj columns) {
        double largest = 0;
        for (int column = 0; column < columns.numCols; column++) {
            largest = Math.max(largest, squareOfColumn(columns, column));
        }
        return largest;
    }

    /** Squared norm of a column of any matrix. */
    static double squareOfColumn(DMatrixRMaj columns, int column) {
        double square = 0;
        for (int row = 0; row < columns.numRows; row++) {
            double value = columns.get(row, column);
            square += value * value;
        }
        return square;
    }

    /** Mean squared error per pixel and channel over initial weights of mean 0 and a variance. */
    double meanError(double variance) {
        if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the variance of the weights must be finite and positive, got " + variance);
        }
        return complete()
                ? 0
                : (channels() * variance * sumOfSquares(patches) + sumOfSquares(centreErrors))
                        / ((double) pixels() * channels());
    }

    /** Sum of the squared entries of any matrix. */
    static double sumOfSquares(DMatrixRMaj matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum += matrix.data[i] * matrix.data[i];
        }
        return sum;
    }
}

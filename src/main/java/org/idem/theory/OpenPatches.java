package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * The part of the test patches and of the centre selectors e_c that training to the limit leaves open: columns (I − Π)q
 * and (I − Π)e_c, with a last row for the bias if the network has one.
 *
 * @param patches one column per output pixel
 * @param centres one column per channel
 * @param centreErrors centresᵀ patches, the error of each channel at each pixel for initial weights 0
 * @param free dimension of what training leaves open, per channel
 */
record OpenPatches(DMatrixRMaj patches, DMatrixRMaj centres, DMatrixRMaj centreErrors, int free) {
    static OpenPatches of(RangeProjector range, Cnn cnn, Array test) {
        if (cnn.outputs() != cnn.channels()) {
            throw new IllegalArgumentException("the identity task needs as many outputs as channels, got "
                    + cnn.outputs() + " and " + cnn.channels());
        }
        DMatrixRMaj patches = range.complement(DesignMatrix.of(cnn, test));
        DMatrixRMaj selectors = new DMatrixRMaj(patches.numRows, cnn.channels());
        int taps = cnn.kernel() * cnn.kernel();
        for (int channel = 0; channel < cnn.channels(); channel++) {
            selectors.set(channel * taps + taps / 2, channel, 1);
        }
        DMatrixRMaj centres = range.complement(selectors);
        return new OpenPatches(
                patches, centres, CommonOps_DDRM.multTransA(centres, patches, null), patches.numRows - range.rank());
    }

    /** Output pixels, over all test images. */
    int pixels() {
        return patches.numCols;
    }

    int channels() {
        return centres.numCols;
    }

    /** The largest ‖(I − Π)q‖² over the pixels. */
    double largestSquare() {
        double largest = 0;
        for (int pixel = 0; pixel < pixels(); pixel++) {
            double square = 0;
            for (int row = 0; row < patches.numRows; row++) {
                double value = patches.get(row, pixel);
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

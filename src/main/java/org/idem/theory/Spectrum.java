package org.idem.theory;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and orthonormal eigenvectors of a Gram matrix.
 *
 * <p>EJML's symmetric QR algorithm gives up on some matrices of very low rank with many equal entries (patches of a
 * constant image); these go to the QL algorithm of Commons Math.
 */
final class Spectrum {
    private final double[] values;
    private final DMatrixRMaj vectors;

    private Spectrum(double[] values, DMatrixRMaj vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes.
     *
     * @param gram symmetric and positive semidefinite up to rounding, m × m; not changed
     * @return the spectrum
     * @throws ArithmeticException if neither algorithm converges
     */
    static Spectrum of(DMatrixRMaj gram) {
        int size = gram.numRows;
        EigenDecomposition_F64<DMatrixRMaj> ejml = DecompositionFactory_DDRM.eig(size, true, true);
        double[] values = new double[size];
        DMatrixRMaj vectors = new DMatrixRMaj(size, size);
        if (ejml.decompose(gram.copy())) {
            for (int mode = 0; mode < size; mode++) {
                values[mode] = Math.max(0, ejml.getEigenvalue(mode).getReal());
                CommonOps_DDRM.insert(ejml.getEigenVector(mode), vectors, 0, mode);
            }
            return new Spectrum(values, vectors);
        }
        Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(size, size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                matrix.setEntry(row, column, gram.get(row, column));
            }
        }
        EigenDecomposition commons = new EigenDecomposition(matrix);
        for (int mode = 0; mode < size; mode++) {
            values[mode] = Math.max(0, commons.getRealEigenvalue(mode));
            for (int row = 0; row < size; row++) {
                vectors.set(row, mode, commons.getEigenvector(mode).getEntry(row));
            }
        }
        return new Spectrum(values, vectors);
    }

    /**
     * Eigenvalues, those below zero by rounding raised to it, in no order.
     *
     * @return m numbers, live
     */
    double[] values() {
        return values;
    }

    /**
     * Eigenvectors as columns, in the order of the values.
     *
     * @return m × m, live
     */
    DMatrixRMaj vectors() {
        return vectors;
    }

    /**
     * Largest eigenvalue.
     *
     * @return 0 without any
     */
    double largest() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}

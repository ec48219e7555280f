package org.idem.theory.kernel;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of the tangent kernel of the training sites: Θ = VΛVᵀ.
 *
 * <p>Rounding makes eigenvalues of a singular kernel negative; nothing is added to its diagonal. Those within the error
 * of the kernel are told as 0, and a kernel with others is refused.
 */
public final class KernelSpectrum {
    /** Entries are off by at most this for each layer, relative to the largest. */
    private static final double OF_A_LAYER = 0x1p-46;

    private final double[] values;
    private final DMatrixRMaj vectors;
    private final double cut;

    /**
     * Decomposes the kernel of the training sites.
     *
     * @param kernel of at least one site
     * @throws ArithmeticException with the reason, if it is not positive semidefinite up to rounding
     */
    public KernelSpectrum(InfiniteKernel kernel) {
        DMatrixRMaj matrix = kernel.tangent();
        int sites = matrix.numRows;
        values = new double[sites];
        vectors = new DMatrixRMaj(sites, sites);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(sites, true, true);
        if (eigen.decompose(matrix.copy())) {
            for (int mode = 0; mode < sites; mode++) {
                values[mode] = eigen.getEigenvalue(mode).getReal();
                CommonOps_DDRM.insert(eigen.getEigenVector(mode), vectors, 0, mode);
            }
        } else {
            decomposeSlowly(matrix);
        }
        double largest = 0;
        double least = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
            least = Math.min(least, value);
        }
        double depth = kernel.network().architecture().depth();
        double ofDecomposition = sites * Math.ulp(1.0);
        cut = (ofDecomposition + depth * OF_A_LAYER) * largest;
        double allowed = ofDecomposition * largest + depth * OF_A_LAYER * sites * CommonOps_DDRM.elementMaxAbs(matrix);
        if (!(-least <= allowed)) {
            throw new ArithmeticException("the tangent kernel must be positive semidefinite, but rounding leaves an"
                    + " eigenvalue of " + least / largest + " times the largest, more than the " + allowed / largest
                    + " that its error allows");
        }
        for (int mode = 0; mode < sites; mode++) {
            values[mode] = Math.max(0, values[mode]);
        }
    }

    /** EJML gives up on some matrices of low rank, for instance when all entries are equal. */
    private void decomposeSlowly(DMatrixRMaj matrix) {
        RealMatrix copy = MatrixUtils.createRealMatrix(matrix.numRows, matrix.numCols);
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < matrix.numCols; column++) {
                copy.setEntry(row, column, matrix.get(row, column));
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(copy);
        for (int mode = 0; mode < values.length; mode++) {
            values[mode] = eigen.getRealEigenvalue(mode);
            for (int row = 0; row < values.length; row++) {
                vectors.set(row, mode, eigen.getV().getEntry(row, mode));
            }
        }
    }

    /**
     * Eigenvalues.
     *
     * @return λ of every mode, not sorted, at least 0; live
     */
    public double[] values() {
        return values;
    }

    /**
     * Eigenvectors.
     *
     * @return V, one column for each mode; live
     */
    public DMatrixRMaj vectors() {
        return vectors;
    }

    /**
     * The largest eigenvalue.
     *
     * @return λmax, at least 0, in the kernel's unit
     */
    public double largest() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /**
     * What rounding may make of an eigenvalue of 0: eigenvalues up to this one count as 0 in the limit of training.
     *
     * @return 2⁻⁵² for each site and 2⁻⁴⁶ for each layer, times the largest eigenvalue
     */
    public double cut() {
        return cut;
    }

    /**
     * Number of eigenvalues above a bound.
     *
     * @param bound at least 0, in the kernel's unit
     * @return from 0 to the number of sites
     */
    public int rank(double bound) {
        int rank = 0;
        for (double value : values) {
            rank += value > bound ? 1 : 0;
        }
        return rank;
    }
}

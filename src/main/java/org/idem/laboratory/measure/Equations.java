package org.idem.laboratory.measure;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Linear equations AX ≈ B, to be solved by least squares: a row per sample, first its features (a row of A), then what
 * is wanted (a row of B). More rows than features are replaced, by Householder reflections, with as many rows as
 * features that have the same solutions and the same singular values.
 *
 * @param rows (rows, features + wanted)
 * @param features columns of A
 * @param samples rows before they were replaced
 */
record Equations(DMatrixRMaj rows, int features, int samples) {
    static Equations none(int features, int wanted) {
        return new Equations(new DMatrixRMaj(0, features + wanted), features, 0);
    }

    /** Equations of some samples. */
    static Equations of(DMatrixRMaj rows, int features) {
        return new Equations(rows, features, rows.numRows).shortened();
    }

    /** These equations and others. */
    Equations and(Equations others) {
        DMatrixRMaj all = new DMatrixRMaj(rows.numRows + others.rows.numRows, rows.numCols);
        CommonOps_DDRM.insert(rows, all, 0, 0);
        CommonOps_DDRM.insert(others.rows, all, rows.numRows, 0);
        return new Equations(all, features, samples + others.samples).shortened();
    }

    private Equations shortened() {
        if (rows.numRows <= features) {
            return this;
        }
        QRDecompositionHouseholderColumn_DDRM qr = new QRDecompositionHouseholderColumn_DDRM();
        qr.decompose(rows);
        DMatrixRMaj triangle = qr.getR(null, true);
        return new Equations(CommonOps_DDRM.extract(triangle, 0, features, 0, rows.numCols), features, samples);
    }

    /**
     * The least-squares solution of least norm. Singular values of A up to max(samples, features) · unitRoundoff times
     * the largest count as zero.
     *
     * @param unitRoundoff of the precision that the features were computed in
     * @return X
     */
    Solution solution(double unitRoundoff) {
        int wanted = rows.numCols - features;
        DMatrixRMaj left = CommonOps_DDRM.extract(rows, 0, rows.numRows, 0, features);
        DMatrixRMaj right = CommonOps_DDRM.extract(rows, 0, rows.numRows, features, rows.numCols);
        if (CommonOps_DDRM.elementMaxAbs(left) == 0) {
            return new Solution(new DMatrixRMaj(features, 1), new DMatrixRMaj(1, wanted));
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(left.numRows, features, true, true, true);
        if (!svd.decompose(left)) {
            throw new ArithmeticException(
                    "singular values of " + rows.numRows + " x " + features + " did not converge");
        }
        double[] singular = svd.getSingularValues();
        DMatrixRMaj modes = new DMatrixRMaj(svd.numberOfSingularValues(), wanted);
        CommonOps_DDRM.multTransA(svd.getU(null, false), right, modes);
        double largest = 0;
        for (int i = 0; i < modes.numRows; i++) {
            largest = Math.max(largest, singular[i]);
        }
        double cut = Math.max(samples, features) * unitRoundoff * largest;
        for (int i = 0; i < modes.numRows; i++) {
            for (int j = 0; j < wanted; j++) {
                modes.set(i, j, singular[i] > cut ? modes.get(i, j) / singular[i] : 0);
            }
        }
        return new Solution(svd.getV(null, false), modes);
    }

    /**
     * X as a product VM: a single sample is read in less time by V first.
     *
     * @param directions V, (features, modes)
     * @param modes M, (modes, wanted)
     */
    record Solution(DMatrixRMaj directions, DMatrixRMaj modes) {
        /** What samples, (rows, features), say: (rows, wanted). */
        DMatrixRMaj read(DMatrixRMaj samples) {
            return samples.numRows < modes.numCols
                    ? product(product(samples, directions), modes)
                    : product(samples, product(directions, modes));
        }

        private static DMatrixRMaj product(DMatrixRMaj left, DMatrixRMaj right) {
            return CommonOps_DDRM.mult(left, right, null);
        }
    }
}

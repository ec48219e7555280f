package org.idem.theory.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

/** Close bounds on the operator norm against singular values. */
class OperatorNormTest {
    private final SplittableRandom random = new SplittableRandom(20261127);

    private DMatrixRMaj drawn(int rows, int columns) {
        return RandomMatrices_DDRM.rectangle(rows, columns, -1, 1, new Random(random.nextLong()));
    }

    @Test
    void boundsAreAboveTheNormAndNear() {
        int[][] shapes = {{1, 1}, {1, 9}, {9, 1}, {7, 12}, {40, 40}, {300, 260}};
        for (int[] shape : shapes) {
            DMatrixRMaj matrix = drawn(shape[0], shape[1]);
            DMatrixRMaj before = matrix.copy();
            double norm = NormOps_DDRM.inducedP2(matrix);
            double bound = OperatorNorm.closeTo(matrix);
            int side = Math.min(shape[0], shape[1]);
            double most = Math.pow(side, side < 256 ? 1 / 256.0 : 1 / 16.0);
            assertTrue(bound >= norm * (1 - 1e-12), bound + " is below " + norm);
            assertTrue(bound <= norm * most * (1 + 1e-9), bound + " is far above " + norm);
            assertEquals(0, NormOps_DDRM.normF(CommonOps_DDRM.subtract(matrix, before, null)));
        }
    }

    @Test
    void extremesHaveTheirNorm() {
        assertEquals(0, OperatorNorm.closeTo(new DMatrixRMaj(3, 4)));
        DMatrixRMaj matrix = CommonOps_DDRM.identity(5);
        CommonOps_DDRM.scale(1e-200, matrix);
        assertEquals(1e-200, OperatorNorm.closeTo(matrix), 1e-202);
        matrix.set(0, 0, Double.POSITIVE_INFINITY);
        assertEquals(Double.POSITIVE_INFINITY, OperatorNorm.closeTo(matrix));
    }
}

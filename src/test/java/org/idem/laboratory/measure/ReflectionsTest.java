package org.idem.laboratory.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.junit.jupiter.api.Test;

class ReflectionsTest {
    private final long seed = Long.getLong("idem.reflections.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private static long[] bits(DMatrixRMaj matrix) {
        return Arrays.stream(matrix.data).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static DMatrixRMaj byEjml(DMatrixRMaj matrix, int count) {
        QRDecompositionHouseholderColumn_DDRM qr = new QRDecompositionHouseholderColumn_DDRM();
        qr.decompose(matrix);
        return CommonOps_DDRM.extract(qr.getR(null, true), 0, count, 0, matrix.numCols);
    }

    private void requireBitsOfEjml(DMatrixRMaj matrix, int count) {
        long[] given = bits(matrix);
        DMatrixRMaj triangle = Reflections.triangle(matrix, count);
        assertArrayEquals(bits(byEjml(matrix, count)), bits(triangle), "seed " + seed + ", " + count + " of " + matrix);
        assertArrayEquals(given, bits(matrix));
    }

    @Test
    void trianglesHaveTheBitsOfEjml() {
        for (int trial = 0; trial < 200; trial++) {
            int count = random.nextInt(1, 20);
            int rows = count + random.nextInt(1, 60);
            int columns = count + random.nextInt(0, 6);
            DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
            Arrays.setAll(matrix.data, i -> random.nextDouble(-1, 1));
            // zeros of both signs, here and there and as a whole column
            for (int i = 0; i < matrix.data.length; i++) {
                if (random.nextInt(5) == 0 || trial % 3 == 0 && i % columns == trial % columns) {
                    matrix.data[i] = random.nextBoolean() ? 0.0 : -0.0;
                }
            }
            requireBitsOfEjml(matrix, count);
        }
    }

    @Test
    void zerosStayZeros() {
        DMatrixRMaj zeros = new DMatrixRMaj(7, 4);
        requireBitsOfEjml(zeros, 3);
        Arrays.fill(zeros.data, -0.0);
        requireBitsOfEjml(zeros, 3);
    }
}

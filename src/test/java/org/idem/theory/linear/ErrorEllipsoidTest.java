package org.idem.theory.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;
import org.junit.jupiter.api.Test;

/** Ellipsoids of errors, kept in blocks, against one matrix over both moments. */
class ErrorEllipsoidTest {
    private static final double[][] CURVATURE = {
        {0.2, 0.1, 0.02, 0}, {0.1, 0.2, 0, 0.01}, {0.02, 0, 0.05, 0}, {0, 0.01, 0, 0}
    };
    private static final int SIZE = 4;

    /** The largest eigenvalue's bound, as the class takes it, after steps by whole matrices. */
    private static double whole(LinearMethod method, int steps) {
        double momentum = method.momentum();
        DMatrixRMaj shape = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
        for (int i = 0; i < 2 * SIZE; i++) {
            shape.set(i, i % SIZE, 1);
            shape.set(i, i % SIZE + SIZE, 1);
        }
        for (int n = 0; n < steps; n++) {
            DMatrixRMaj step = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
            for (int i = 0; i < SIZE; i++) {
                step.set(SIZE + i, i, 1);
                for (int j = 0; j < SIZE; j++) {
                    double one = i == j ? 1 : 0;
                    double before = n > 0 && method.nesterov() ? CURVATURE[i][j] : 0;
                    double factor = method.nesterov() ? 1 + momentum : 1;
                    step.set(i, j, (1 + momentum) * one - factor * CURVATURE[i][j]);
                    step.set(i, SIZE + j, -momentum * (one - before));
                }
            }
            DMatrixRMaj product = CommonOps_DDRM.mult(step, shape, null);
            shape = CommonOps_DDRM.multTransB(product, step, null);
        }
        double trace = 0;
        double rows = 0;
        for (int i = 0; i < SIZE; i++) {
            double row = 0;
            for (int j = 0; j < SIZE; j++) {
                row += Math.abs(shape.get(i, j));
            }
            trace += shape.get(i, i);
            rows = Math.max(rows, row);
        }
        return Math.sqrt(Math.min(trace, rows));
    }

    private static ErrorEllipsoid after(LinearMethod method, int steps) {
        ErrorEllipsoid ellipsoid = new ErrorEllipsoid(method, SIZE, 1);
        for (int n = 0; n < steps; n++) {
            ellipsoid.advance(CURVATURE, 0);
        }
        return ellipsoid;
    }

    /** Over hundreds of steps too: in blocks, rounding could grow where the errors themselves do not. */
    @Test
    void blocksSayWhatTheWholeMatrixSays() {
        for (LinearMethod method : new LinearMethod[] {
            LinearMethod.gradientDescent(1), new LinearMethod(1, 0.9, false, 0), new LinearMethod(1, 0.9, true, 0)
        }) {
            for (int steps : new int[] {1, 2, 10, 400}) {
                double expected = whole(method, steps);
                assertEquals(1, after(method, steps).radius() / expected, 1e-3, method + ", " + steps + " steps");
            }
        }
    }

    /** Two disturbances along one direction add up, and so does what is known of each number. */
    @Test
    void disturbancesOfStillErrorsAddUp() {
        LinearMethod method = LinearMethod.gradientDescent(1);
        double[][] still = {{0, 0}, {0, 0}};
        ErrorEllipsoid ellipsoid = new ErrorEllipsoid(method, 2, 1);
        ellipsoid.advance(still, 0.5);
        // the slack is 2⁻³⁴ of the trace, which is 2: radius 1 becomes at most 1 + 2⁻³⁴ before the disturbance is
        // added,
        // and the result is raised by 2⁻⁴⁰ of itself
        double most = 1.5 + 0x1p-34 + 2 * 0x1p-40;
        assertTrue(ellipsoid.radius() >= 1.5 && ellipsoid.radius() < most, "radius " + ellipsoid.radius());
        ellipsoid.advance(still, 0.25, 0);
        assertTrue(ellipsoid.radius(0) >= 1.75 && ellipsoid.radius(1) >= 1.5, "radius " + ellipsoid.radius(1));
    }

    /** A disturbance may fall on one block alone, so none may count less of it, but all together count it once. */
    @Test
    void blocksShareTheirDisturbance() {
        ErrorBlocks blocks = new ErrorBlocks(LinearMethod.gradientDescent(1), 1);
        blocks.add(1);
        blocks.add(2);
        blocks.add(2);
        double[][] still = {{0, 0}, {0, 0}};
        double[][] gone = {{1, 0}, {0, 1}};
        for (int step = 1; step <= 3; step++) {
            blocks.advance(List.of(new double[][] {{0}}, still, gone), 0.5);
            // as above, the slack adds 2⁻³⁴ of the radius in each step, 1 + 1.5 + 2 in three, and 2⁻⁴⁰ of it at the end
            double most = 1 + 0.5 * step + 5 * 0x1p-34 + 3 * 0x1p-40;
            assertTrue(blocks.radius() >= 1 + 0.5 * step && blocks.radius() < most, "radius " + blocks.radius());
        }
    }

    @Test
    void whatGrowsOutOfHandIsInfinite() {
        double[][] steep = {{-1e200}};
        ErrorEllipsoid ellipsoid = new ErrorEllipsoid(new LinearMethod(1, 0.5, false, 0), 1, 1);
        ellipsoid.advance(steep, 1);
        assertEquals(Double.POSITIVE_INFINITY, ellipsoid.radius());
        ellipsoid.advance(steep, 1);
        assertEquals(Double.POSITIVE_INFINITY, ellipsoid.radius());
    }
}

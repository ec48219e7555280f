package org.idem.theory.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;

/**
 * All errors of a few numbers that a linear method can have, given how large each step's disturbance is: an ellipsoid
 * around the errors now and a step ago. The curvature is a known matrix, which may change from step to step. Source:
 * proofs/T4.path.md.
 */
final class ErrorEllipsoid {
    /** Relative to its trace, more than rounding changes an ellipsoid in a step. */
    private static final double SLACK = 0x1p-34;

    private final LinearMethod method;
    private final int size;
    /** Both moments of a method with momentum, the present otherwise. */
    private final DMatrixRMaj step;

    private DMatrixRMaj shape;
    private final DMatrixRMaj product;
    private final double[][] before;

    /** For errors of so many numbers, of norm at most {@code start}, without velocity. */
    ErrorEllipsoid(LinearMethod method, int size, double start) {
        this.method = method;
        this.size = size;
        int side = method.momentum() > 0 ? 2 * size : size;
        step = new DMatrixRMaj(side, side);
        shape = new DMatrixRMaj(side, side);
        product = new DMatrixRMaj(side, side);
        before = new double[size][size];
        for (int i = 0; i < side; i++) {
            for (int j = i % size; j < side; j += size) {
                shape.set(i, j, start * start);
            }
        }
    }

    /**
     * Takes a step.
     *
     * @param curvature η times the symmetric matrix of second derivatives before the step, kept
     * @param disturbance bound on the norm of everything else that the step adds to the errors
     */
    void advance(double[][] curvature, double disturbance) {
        double[] squares = new double[size];
        Arrays.fill(squares, disturbance * disturbance);
        advance(curvature, squares);
    }

    /**
     * Takes a step of two numbers.
     *
     * @param curvature as above
     * @param first bound on everything else that the step adds to the first number
     * @param second to the second
     */
    void advance(double[][] curvature, double first, double second) {
        advance(curvature, new double[] {first * (first + second), second * (first + second)});
    }

    /** Takes a step with disturbances in an ellipsoid, given by the squares of its axes. */
    private void advance(double[][] curvature, double[] squares) {
        fill(curvature);
        CommonOps_DDRM.mult(step, shape, product);
        CommonOps_DDRM.multTransB(product, step, shape);
        double trace = CommonOps_DDRM.trace(shape);
        double added = Arrays.stream(squares).sum();
        if (!(trace + added < Double.POSITIVE_INFINITY)) {
            CommonOps_DDRM.fill(shape, Double.POSITIVE_INFINITY);
            return;
        }
        for (int i = 0; i < shape.numRows; i++) {
            shape.add(i, i, SLACK * trace);
        }
        trace *= 1 + shape.numRows * SLACK;
        if (added > 0) {
            double ratio = Math.sqrt(trace / added);
            CommonOps_DDRM.scale(ratio > 0 ? 1 + 1 / ratio : 0, shape);
            for (int i = 0; i < size; i++) {
                shape.add(i, i, (1 + ratio) * squares[i]);
            }
        }
        for (int i = 0; i < size; i++) {
            System.arraycopy(curvature[i], 0, before[i], 0, size);
        }
    }

    private void fill(double[][] curvature) {
        double momentum = method.momentum();
        boolean nesterov = method.nesterov();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double one = i == j ? 1 : 0;
                step.set(
                        i,
                        j,
                        nesterov ? (1 + momentum) * (one - curvature[i][j]) : (1 + momentum) * one - curvature[i][j]);
                if (momentum > 0) {
                    step.set(i, size + j, -momentum * (nesterov ? one - before[i][j] : one));
                    step.set(size + i, j, one);
                }
            }
        }
    }

    /** Bound on one of the errors now. */
    double radius(int number) {
        return Math.sqrt(shape.get(number, number)) * (1 + 0x1p-40);
    }

    /** Bound on the norm of the errors now. */
    double radius() {
        double trace = 0;
        double rows = 0;
        for (int i = 0; i < size; i++) {
            double row = 0;
            for (int j = 0; j < size; j++) {
                row += Math.abs(shape.get(i, j));
            }
            trace += shape.get(i, i);
            rows = Math.max(rows, row);
        }
        return Math.sqrt(Math.min(trace, rows)) * (1 + 0x1p-40);
    }
}

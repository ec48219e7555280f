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

    /** No error counts as smaller, because squares of smaller ones leave the range of normal numbers. */
    private static final double SMALLEST = 0x1p-480;

    private final LinearMethod method;
    private final int size;
    /** What a step makes of the errors now, and, with momentum, of those a step ago. */
    private final DMatrixRMaj step;

    private final DMatrixRMaj earlierStep;

    /** The ellipsoid's blocks: now with now, now with a step ago, and a step ago with itself. */
    private DMatrixRMaj now;

    private DMatrixRMaj mixed;
    private DMatrixRMaj earlier;
    private DMatrixRMaj nextNow;
    private DMatrixRMaj nextMixed;
    private final DMatrixRMaj product;
    private final double[][] before;
    private double trace;

    /** For errors of so many numbers, of norm at most {@code start}, without velocity. */
    ErrorEllipsoid(LinearMethod method, int size, double start) {
        this.method = method;
        this.size = size;
        step = new DMatrixRMaj(size, size);
        earlierStep = new DMatrixRMaj(size, size);
        now = CommonOps_DDRM.identity(size);
        CommonOps_DDRM.scale(square(start), now);
        mixed = now.copy();
        earlier = now.copy();
        nextNow = new DMatrixRMaj(size, size);
        nextMixed = new DMatrixRMaj(size, size);
        product = new DMatrixRMaj(size, size);
        before = new double[size][size];
        trace = traceOf();
    }

    /**
     * Takes a step.
     *
     * @param curvature η times the symmetric matrix of second derivatives before the step, kept
     * @param disturbance bound on the norm of everything else that the step adds to the errors
     */
    void advance(double[][] curvature, double disturbance) {
        propagate(curvature);
        widen(ratio(disturbance), disturbance);
    }

    /**
     * Takes a step of two numbers.
     *
     * @param curvature as above
     * @param first bound on everything else that the step adds to the first number
     * @param second to the second
     */
    void advance(double[][] curvature, double first, double second) {
        propagate(curvature);
        double sum = Math.max(first + second, SMALLEST);
        double[] squares = {Math.max(first, SMALLEST) * sum, Math.max(second, SMALLEST) * sum};
        widen(Math.sqrt(trace / Arrays.stream(squares).sum()), squares);
    }

    /** The ratio for {@link #widen} that keeps the trace smallest. */
    double ratio(double disturbance) {
        return Math.sqrt(trace / size) / Math.max(disturbance, SMALLEST);
    }

    /** Takes the undisturbed part of a step. */
    void propagate(double[][] curvature) {
        fill(curvature);
        double last = trace;
        double momentum = method.momentum();
        if (momentum == 0) {
            CommonOps_DDRM.mult(step, now, product);
            CommonOps_DDRM.multTransB(product, step, nextNow);
        } else {
            CommonOps_DDRM.mult(step, now, nextMixed);
            CommonOps_DDRM.mult(step, mixed, product);
            if (method.nesterov()) {
                CommonOps_DDRM.multAddTransB(earlierStep, mixed, nextMixed);
                CommonOps_DDRM.multAdd(earlierStep, earlier, product);
                CommonOps_DDRM.multTransB(product, earlierStep, nextNow);
            } else {
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        nextMixed.add(i, j, -momentum * mixed.get(j, i));
                    }
                }
                CommonOps_DDRM.addEquals(product, -momentum, earlier);
                CommonOps_DDRM.scale(-momentum, product, nextNow);
            }
            CommonOps_DDRM.multAddTransB(nextMixed, step, nextNow);
            DMatrixRMaj free = mixed;
            mixed = nextMixed;
            nextMixed = free;
        }
        DMatrixRMaj free = earlier;
        earlier = now;
        now = nextNow;
        nextNow = free;
        symmetrise(now);
        double slack = SLACK * Math.max(last, traceOf());
        for (int i = 0; i < size; i++) {
            now.add(i, i, slack);
            earlier.add(i, i, slack);
            System.arraycopy(curvature[i], 0, before[i], 0, size);
        }
        trace = traceOf();
    }

    /** The blocks are those of a symmetric matrix only while this one is; else rounding grows without limit. */
    private static void symmetrise(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (matrix.get(i, j) + matrix.get(j, i)) / 2;
                matrix.set(i, j, mean);
                matrix.set(j, i, mean);
            }
        }
    }

    /**
     * Adds a disturbance to the errors now.
     *
     * @param ratio any positive number: how much the ellipsoid counts before the disturbance
     * @param disturbance bound on its norm
     */
    void widen(double ratio, double disturbance) {
        double[] squares = new double[size];
        Arrays.fill(squares, square(disturbance));
        widen(ratio, squares);
    }

    private static double square(double error) {
        return Math.max(error, SMALLEST) * Math.max(error, SMALLEST);
    }

    /** Adds disturbances in an ellipsoid, given by the squares of its axes. */
    private void widen(double ratio, double[] squares) {
        double added = Arrays.stream(squares).sum();
        if (!(trace + added < Double.POSITIVE_INFINITY)) {
            CommonOps_DDRM.fill(now, Double.POSITIVE_INFINITY);
            CommonOps_DDRM.fill(mixed, Double.POSITIVE_INFINITY);
            CommonOps_DDRM.fill(earlier, Double.POSITIVE_INFINITY);
            trace = Double.POSITIVE_INFINITY;
            return;
        }
        if (added > 0) {
            double factor = ratio > 0 ? 1 + 1 / ratio : 0;
            CommonOps_DDRM.scale(factor, now);
            CommonOps_DDRM.scale(factor, mixed);
            CommonOps_DDRM.scale(factor, earlier);
            for (int i = 0; i < size; i++) {
                now.add(i, i, (1 + ratio) * squares[i]);
            }
            trace = traceOf();
        }
    }

    /** Of both moments with momentum, of the present otherwise. */
    private double traceOf() {
        double present = CommonOps_DDRM.trace(now);
        return method.momentum() > 0 ? present + CommonOps_DDRM.trace(earlier) : present;
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
                if (nesterov) {
                    earlierStep.set(i, j, -momentum * (one - before[i][j]));
                }
            }
        }
    }

    /** Bound on one of the errors now. */
    double radius(int number) {
        return Math.sqrt(now.get(number, number)) * (1 + 0x1p-40);
    }

    /** Bound on the norm of the errors now. */
    double radius() {
        double sum = 0;
        double rows = 0;
        for (int i = 0; i < size; i++) {
            double row = 0;
            for (int j = 0; j < size; j++) {
                row += Math.abs(now.get(i, j));
            }
            sum += now.get(i, i);
            rows = Math.max(rows, row);
        }
        return Math.sqrt(Math.min(sum, rows)) * (1 + 0x1p-40);
    }
}

package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.PredictionError;
import org.idem.theory.path.Coefficients;

/** Least-squares problems of a few numbers whose computed spectrum is wrong on purpose, so that its errors show. */
public final class TinyProblem {
    /** More examples than parameters, and the other way round. */
    static final double[][] WIDE = {{1, 0.5, -2}, {0.25, 3, 1}};

    static final double[][] TALL = {{1, 0.25}, {0.5, 3}, {-2, 1}};

    private TinyProblem() {}

    /** Errors of parameters with some coefficients. */
    public static PredictionError prediction(LeastSquares problem, Coefficients coefficients) {
        return new PredictionError(problem, ModeCoordinates.of(problem, false), coefficients);
    }

    /**
     * A problem whose eigenvalues are too large and whose eigenvectors are too long by these shares.
     *
     * @param tall whether the design has more rows than columns (the example side)
     * @param valueShift relative error of the eigenvalues
     * @param basisShift relative error of the eigenvectors' lengths
     */
    public static LeastSquares of(boolean tall, double lossScale, double valueShift, double basisShift) {
        DMatrixRMaj design = new DMatrixRMaj(tall ? TALL : WIDE);
        DMatrixRMaj targets = new DMatrixRMaj(2, design.numCols);
        DMatrixRMaj initial = new DMatrixRMaj(2, design.numRows);
        for (int i = 0; i < targets.getNumElements(); i++) {
            targets.data[i] = 1 + i * 0.75;
        }
        for (int i = 0; i < initial.getNumElements(); i++) {
            initial.data[i] = 0.5 - i * 0.375;
        }
        return distorted(design, targets, initial, lossScale, valueShift, basisShift);
    }

    /** One weight, one example: X = x, Y = y, θ_0 = start. */
    public static LeastSquares scalar(
            double x, double y, double start, double lossScale, double valueShift, double basisShift) {
        return distorted(matrix(x), matrix(y), matrix(start), lossScale, valueShift, basisShift);
    }

    public static LeastSquares distorted(
            DMatrixRMaj design,
            DMatrixRMaj targets,
            DMatrixRMaj initial,
            double lossScale,
            double valueShift,
            double basisShift) {
        Spectrum spectrum = new Spectrum(design);
        for (int mode = 0; mode < spectrum.modes(); mode++) {
            spectrum.values()[mode] *= 1 + valueShift;
        }
        CommonOps_DDRM.scale(1 + basisShift, spectrum.basis());
        return new LeastSquares(design, targets, initial, lossScale, false, spectrum);
    }

    public static DMatrixRMaj matrix(double... row) {
        return new DMatrixRMaj(1, row.length, true, row);
    }

    /** The same problem in other units: outputs times a, inputs times b, loss times c. */
    static LeastSquares inUnits(LeastSquares problem, double a, double b, double c) {
        DMatrixRMaj design = times(problem.design(), b);
        Spectrum spectrum = new Spectrum(design);
        for (int mode = 0; mode < spectrum.modes(); mode++) {
            spectrum.values()[mode] = problem.spectrum().values()[mode] * b * b;
        }
        spectrum.basis().setTo(problem.spectrum().basis());
        return new LeastSquares(
                design,
                times(problem.targets(), a),
                times(problem.initial(), a / b),
                problem.lossScale() * c,
                problem.bias(),
                spectrum);
    }

    public static DMatrixRMaj times(DMatrixRMaj matrix, double factor) {
        DMatrixRMaj scaled = matrix.copy();
        CommonOps_DDRM.scale(factor, scaled);
        return scaled;
    }
}

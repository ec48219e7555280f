package org.idem.theory.path;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.TwicePrecise;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;

/**
 * Parameters from their coefficients in the modes, the way back from {@link ModeCoordinates};
 * {@code theory.output.PredictionError} bounds what it gets wrong. Source: proofs/rounding.md, §6.
 */
public final class ModeParameters {
    private ModeParameters() {}

    /**
     * kept·θ_0 + Σ modes (c·ofStart·θ_0XXᵀ − c·ofTargets·YXᵀ), fresh rows × d; coordinates are those of all parameters.
     *
     * @param problem in matrices
     * @param coordinates of all parameters in the modes
     * @param coefficients for each mode
     * @return fresh rows × d
     */
    public static DMatrixRMaj of(LeastSquares problem, ModeCoordinates coordinates, Coefficients coefficients) {
        Spectrum spectrum = problem.spectrum();
        boolean exampleSide = spectrum.exampleSide();
        int modes = spectrum.modes();
        double scale = problem.lossScale();
        DMatrixRMaj inModes = new DMatrixRMaj(problem.rows(), modes);
        for (int mode = 0; mode < modes; mode++) {
            double lambda = spectrum.values()[mode];
            double ofStart = scale * coefficients.ofStart()[mode].value() * (exampleSide ? 1 : lambda);
            double ofTargets = -scale * coefficients.ofTargets()[mode].value();
            for (int row = 0; row < inModes.numRows; row++) {
                int at = row * modes + mode;
                inModes.data[at] = ofStart * coordinates.start().data[at] + ofTargets * coordinates.targets().data[at];
            }
        }
        double kept = coefficients.kept().value();
        if (problem.isTwicePrecise()) {
            return withTwicePreciseChange(problem, kept, inModes);
        }
        DMatrixRMaj change = CommonOps_DDRM.multTransB(inModes, spectrum.basis(), null);
        if (exampleSide) {
            change = CommonOps_DDRM.multTransB(change, problem.design(), null);
        }
        DMatrixRMaj result = problem.initial().copy();
        CommonOps_DDRM.scale(kept, result);
        CommonOps_DDRM.addEquals(result, change);
        return result;
    }

    /** The same with products in twice the precision; change in the modes, rows × modes, to parameters, rows × d. */
    private static DMatrixRMaj withTwicePreciseChange(LeastSquares problem, double kept, DMatrixRMaj inModes) {
        Spectrum spectrum = problem.spectrum();
        TwicePrecise change =
                spectrum.turned(TwicePrecise.of(inModes)).times(AccurateProduct.columns(spectrum.basis()));
        if (spectrum.exampleSide()) {
            change = change.times(AccurateProduct.columns(problem.design()));
        }
        DMatrixRMaj result = change.high();
        for (int at = 0; at < result.getNumElements(); at++) {
            result.data[at] = Math.fma(kept, problem.initial().data[at], result.data[at]) + change.low().data[at];
        }
        return result;
    }
}

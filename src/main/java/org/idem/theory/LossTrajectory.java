package org.idem.theory;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.ResidualPolynomial;

/**
 * The loss of a one-layer network along its training: L_t = (c/2) Σ_i r_t(cλ_i)² ‖R_0 v_i‖² with R_0 the initial
 * residuals, λ_i and v_i the eigenpairs of XᵀX and r the {@link ResidualPolynomial}. Source: proofs/trajectory.md.
 */
public final class LossTrajectory {
    private final double lossScale;
    /** λ_i, one for each mode. */
    private final double[] eigenvalues;
    /** ‖R_0 v_i‖², one for each mode. */
    private final double[] residualSquares;
    /** Squared norm of the residuals that no parameters can reduce. */
    private final double unreachable;

    /**
     * Prepares the spectrum of a problem.
     *
     * @param problem network, data, initial parameters and loss; the cost grows with the cube of the smaller side of
     *     its design
     */
    public LossTrajectory(LinearProblem problem) {
        LeastSquares data = LeastSquares.of(problem);
        lossScale = data.lossScale();
        Spectrum spectrum = data.spectrum();
        eigenvalues = spectrum.values();
        residualSquares = new double[eigenvalues.length];
        DMatrixRMaj residuals = CommonOps_DDRM.mult(data.initial(), data.design(), null);
        CommonOps_DDRM.subtractEquals(residuals, data.targets());
        DMatrixRMaj onSide =
                spectrum.exampleSide() ? residuals : CommonOps_DDRM.multTransB(residuals, data.design(), null);
        DMatrixRMaj parts = CommonOps_DDRM.mult(onSide, spectrum.basis(), null);
        double rounding = data.design().numCols * 0x1p-53 * spectrum.largest();
        double inModes = 0;
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            double squares = 0;
            for (int row = 0; row < parts.numRows; row++) {
                squares += parts.get(row, mode) * parts.get(row, mode);
            }
            // a residual meets a mode of parameters through the root of its eigenvalue
            boolean seen = spectrum.exampleSide() || eigenvalues[mode] > rounding;
            residualSquares[mode] = !seen ? 0 : squares / (spectrum.exampleSide() ? 1 : eigenvalues[mode]);
            inModes += residualSquares[mode];
        }
        double all = NormOps_DDRM.normF(residuals);
        unreachable = Math.max(0, all * all - inModes);
    }

    /**
     * Largest curvature c·λmax of the loss.
     *
     * @return at least 0
     */
    public double largestCurvature() {
        return lossScale * Arrays.stream(eigenvalues).max().orElse(0);
    }

    /**
     * The loss after some steps.
     *
     * @param optimizer method without weight decay, inside its stable range
     * @param steps t ≥ 0
     * @return L_t, normalised as the problem says
     */
    public double loss(LinearMethod optimizer, int steps) {
        if (optimizer.weightDecay() > 0) {
            throw new IllegalArgumentException(
                    "the loss is predicted for a weight decay of 0, got " + optimizer.weightDecay());
        }
        ResidualPolynomial residual = new ResidualPolynomial(optimizer, steps);
        double sum = unreachable;
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            double factor = residual.value(lossScale * eigenvalues[mode]);
            sum += factor * factor * residualSquares[mode];
        }
        return lossScale / 2 * sum;
    }
}

package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;

/**
 * The loss of a one-layer network along its training: L_t = (c/2) Σ_i r_t(cλ_i)² ‖R_0 v_i‖² with R_0 the initial
 * residuals, λ_i and v_i the eigenpairs of XᵀX and r the {@link ResidualPolynomial}. Source: proofs/trajectory.md.
 */
public final class LossTrajectory {
    private final double lossScale;
    private final double[] eigenvalues;
    private final double[] residualSquares;

    /**
     * Prepares the spectrum of a problem.
     *
     * @param problem network, data, initial parameters and loss; the cost grows with the cube of its examples or output
     *     pixels
     */
    public LossTrajectory(TrainingProblem problem) {
        lossScale = problem.lossScale();
        DMatrixRMaj design = DesignMatrix.of(problem.network(), problem.inputs());
        DMatrixRMaj residuals = CommonOps_DDRM.mult(ClosedForm.initialParameters(problem), design, null);
        CommonOps_DDRM.subtractEquals(
                residuals,
                ClosedForm.rowsPerOutput(problem.targets(), problem.network().outputs()));
        EigenDecomposition_F64<DMatrixRMaj> gram = DecompositionFactory_DDRM.eig(design.numCols, true, true);
        if (!gram.decompose(CommonOps_DDRM.multInner(design, null))) {
            throw new ArithmeticException("the spectrum of the design matrix did not converge");
        }
        eigenvalues = new double[design.numCols];
        residualSquares = new double[design.numCols];
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            eigenvalues[mode] = Math.max(0, gram.getEigenvalue(mode).getReal());
            for (double part : CommonOps_DDRM.mult(residuals, gram.getEigenVector(mode), null).data) {
                residualSquares[mode] += part * part;
            }
        }
    }

    /**
     * Largest curvature c·λmax of the loss.
     *
     * @return at least 0
     */
    public double largestCurvature() {
        double largest = 0;
        for (double eigenvalue : eigenvalues) {
            largest = Math.max(largest, eigenvalue);
        }
        return lossScale * largest;
    }

    /**
     * The loss after some steps.
     *
     * @param optimizer method without weight decay, inside its stable range
     * @param steps t ≥ 0
     * @return L_t, normalised as the problem says
     */
    public double loss(Optimizer optimizer, int steps) {
        if (optimizer.weightDecay() > 0) {
            throw new IllegalArgumentException(
                    "the loss is predicted for a weight decay of 0, got " + optimizer.weightDecay());
        }
        ResidualPolynomial residual = new ResidualPolynomial(optimizer, steps);
        double sum = 0;
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            double factor = residual.value(lossScale * eigenvalues[mode]);
            sum += factor * factor * residualSquares[mode];
        }
        return lossScale / 2 * sum;
    }
}

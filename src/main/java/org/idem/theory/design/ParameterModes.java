package org.idem.theory.design;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Parameters seen from the eigenvectors u_i of XXᵀ with λ_i &gt; 0, which span the training data, and from their
 * complement, which gradients of the loss never touch.
 *
 * <p>Eigenvalues that cannot be told from zero, {@link Spectrum#zero}, are left out. Source: proofs/trajectory.md, §2
 * and §3.
 */
public final class ParameterModes {
    /** cλ_i, one for each mode. */
    private final double[] curvatures;
    /** u_i, d × modes. */
    private final DMatrixRMaj vectors;
    /** cYXᵀu_i, outputs × modes. */
    private final DMatrixRMaj pulls;

    private ParameterModes(double[] curvatures, DMatrixRMaj vectors, DMatrixRMaj pulls) {
        this.curvatures = curvatures;
        this.vectors = vectors;
        this.pulls = pulls;
    }

    /**
     * Modes of the parameters.
     *
     * @param problem in matrices
     * @return unit vectors of parameters, one for each mode whose eigenvalue can be told from zero
     */
    public static ParameterModes of(LeastSquares problem) {
        Spectrum spectrum = problem.spectrum();
        DMatrixRMaj design = problem.design();
        double zero = spectrum.zero();
        DMatrixRMaj all =
                spectrum.exampleSide() ? CommonOps_DDRM.mult(design, spectrum.basis(), null) : spectrum.basis();
        int count = 0;
        for (double value : spectrum.values()) {
            count += value > zero ? 1 : 0;
        }
        double[] curvatures = new double[count];
        DMatrixRMaj vectors = new DMatrixRMaj(design.numRows, count);
        int next = 0;
        for (int mode = 0; mode < spectrum.modes(); mode++) {
            double value = spectrum.values()[mode];
            if (value > zero) {
                double length = spectrum.exampleSide() ? Math.sqrt(value) : 1;
                for (int row = 0; row < design.numRows; row++) {
                    vectors.set(row, next, all.get(row, mode) / length);
                }
                curvatures[next++] = problem.lossScale() * value;
            }
        }
        DMatrixRMaj onTargets = CommonOps_DDRM.multTransB(problem.targets(), design, null);
        DMatrixRMaj pulls = CommonOps_DDRM.mult(onTargets, vectors, null);
        CommonOps_DDRM.scale(problem.lossScale(), pulls);
        return new ParameterModes(curvatures, vectors, pulls);
    }

    /**
     * Number of modes.
     *
     * @return the rank of the design as the spectrum shows it
     */
    public int count() {
        return curvatures.length;
    }

    /**
     * Curvature cλ_i of the loss in a mode, weight decay not included.
     *
     * @param mode from 0
     * @return positive
     */
    public double curvature(int mode) {
        return curvatures[mode];
    }

    /**
     * Orthonormal eigenvectors.
     *
     * @return d × modes, live
     */
    public DMatrixRMaj vectors() {
        return vectors;
    }

    /**
     * What the targets pull with: cYXᵀu_i, so that the loss is stationary at pull/(cλ_i + ω).
     *
     * @return outputs × modes, live
     */
    public DMatrixRMaj pulls() {
        return pulls;
    }

    /**
     * Coordinates of parameters in the modes.
     *
     * @param parameters outputs × d
     * @return outputs × modes, fresh
     */
    public DMatrixRMaj coordinates(DMatrixRMaj parameters) {
        return CommonOps_DDRM.mult(parameters, vectors, null);
    }

    /**
     * The part of parameters that the training data do not see.
     *
     * @param parameters outputs × d
     * @return outputs × d, fresh
     */
    public DMatrixRMaj complement(DMatrixRMaj parameters) {
        DMatrixRMaj rest = parameters.copy();
        CommonOps_DDRM.multAddTransB(-1, coordinates(parameters), vectors, rest);
        return rest;
    }
}

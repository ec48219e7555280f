package org.idem.theory.design;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.arithmetic.TwicePrecise;

/**
 * Start and targets of every row in the modes of the spectrum: θ_0X and Y on the example side, θ_0 and YXᵀ on the
 * parameter side.
 *
 * @param start rows × modes
 * @param targets rows × modes
 * @param startNorms norms of the rows of θ_0, one for each; shared, nobody writes to it
 * @param targetNorms norms of the rows of Y, one for each; shared, nobody writes to it
 */
public record ModeCoordinates(DMatrixRMaj start, DMatrixRMaj targets, double[] startNorms, double[] targetNorms) {
    /**
     * Coordinates of a problem; parameters that never move may be left out of θ_0.
     *
     * @param problem in matrices
     * @param onlyMoving whether to leave them out
     * @return coordinates of θ_0X and of the targets in the modes
     */
    public static ModeCoordinates of(LeastSquares problem, boolean onlyMoving) {
        DMatrixRMaj initial = onlyMoving ? problem.movingInitial() : problem.initial();
        double[] startNorms = new double[problem.rows()];
        double[] targetNorms = new double[problem.rows()];
        for (int row = 0; row < startNorms.length; row++) {
            startNorms[row] = Rounding.rowNorm(initial, row);
            targetNorms[row] = Rounding.rowNorm(problem.targets(), row);
        }
        DMatrixRMaj basis = problem.spectrum().basis();
        DMatrixRMaj design = problem.design();
        boolean exampleSide = problem.spectrum().exampleSide();
        if (problem.isTwicePrecise()) {
            TwicePrecise ofStart = TwicePrecise.of(initial);
            TwicePrecise ofTargets = TwicePrecise.of(problem.targets());
            double[][] vectors = AccurateProduct.rows(basis);
            return new ModeCoordinates(
                    inModes(problem, exampleSide ? ofStart.times(AccurateProduct.rows(design)) : ofStart, vectors),
                    inModes(
                            problem,
                            exampleSide ? ofTargets : ofTargets.times(AccurateProduct.columns(design)),
                            vectors),
                    startNorms,
                    targetNorms);
        }
        DMatrixRMaj ofStart = exampleSide ? CommonOps_DDRM.mult(initial, design, null) : initial;
        DMatrixRMaj ofTargets =
                exampleSide ? problem.targets() : CommonOps_DDRM.multTransB(problem.targets(), design, null);
        return new ModeCoordinates(
                CommonOps_DDRM.mult(ofStart, basis, null),
                CommonOps_DDRM.mult(ofTargets, basis, null),
                startNorms,
                targetNorms);
    }

    /** Numbers times P, rows × modes; vectors are the rows of the basis. */
    private static DMatrixRMaj inModes(LeastSquares problem, TwicePrecise numbers, double[][] vectors) {
        TwicePrecise coordinates = problem.spectrum().turned(numbers.times(vectors));
        CommonOps_DDRM.addEquals(coordinates.high(), coordinates.low());
        return coordinates.high();
    }
}

package org.idem.theory.output;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.design.Spectrum;

/**
 * Bound on |f_t − f_∞| for the exact f_t and the computed f_∞: the part of the error that t steps leave, and the
 * rounding of the limit itself, measured by the residuals of the equations that define it.
 *
 * <p>Infinite unless the rank is clear, and unless those residuals are as small as rounding makes them: a wrong limit
 * cannot excuse itself. The limit of training with weight decay is the subject of {@link RidgeError}. Source:
 * proofs/rounding.md, §7.
 */
public final class LimitError implements OutputErrors {
    private final Spectrum spectrum;
    private final boolean exampleSide;
    /** ‖X‖_F². */
    private final double squaredDesign;
    /** Bounds in each mode, rows × modes. */
    private final double[][] ofModes;
    /** Bounds that meet the length ‖x‖ of the test input, one for each row. */
    private final double[] ofParameters;
    /** Bounds that meet the length of the test input's coordinates, one for each row. */
    private final double[] ofLength;

    /**
     * A limit without decay, computed with a projector onto the range, when the slowest mode has lost all but a factor.
     *
     * @param problem in matrices
     * @param range projector with which the limit was computed
     * @param limit θ_∞, rows × d
     * @param slowest largest factor that the steps leave of any mode, at least 0
     */
    public LimitError(LeastSquares problem, RangeProjector range, DMatrixRMaj limit, double slowest) {
        spectrum = problem.spectrum();
        exampleSide = spectrum.exampleSide();
        squaredDesign = problem.squaredNorm();
        int rows = problem.rows();
        ofModes = new double[rows][spectrum.modes()];
        ofParameters = new double[rows];
        ofLength = new double[rows];
        if (range.rank() == 0) {
            return;
        }
        double lowest = lowestLearned();
        double outside = outside(problem, range, lowest - spectrum.error());
        DMatrixRMaj residuals = residuals(problem, limit);
        for (int row = 0; row < rows; row++) {
            double moved = movedNorm(problem.initial(), limit, row);
            double size = Rounding.rowNorm(limit, row);
            double kept = outside * moved + Rounding.accumulated(2) * size;
            double alongRange = alongRange(problem, residuals, row, lowest, size);
            ofParameters[row] = kept + slowest * (moved + kept + alongRange);
        }
        if (!isClear(problem, range)) {
            Arrays.fill(ofParameters, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * Whether the limit meets all targets, up to as much rounding as a factorisation may cause.
     *
     * @param problem in matrices
     * @param limit θ_∞, rows × d
     * @return whether it interpolates
     */
    public static boolean meetsTargets(LeastSquares problem, DMatrixRMaj limit) {
        DMatrixRMaj residuals = residuals(problem, limit);
        boolean met = true;
        for (int row = 0; row < residuals.numRows; row++) {
            double scale = Rounding.rowNorm(limit, row) * Math.sqrt(problem.squaredNorm())
                    + Rounding.rowNorm(problem.targets(), row);
            met &= Rounding.rowNorm(residuals, row) <= explained(problem) * scale;
        }
        return met;
    }

    /**
     * Whether the rank is known: as many eigenvalues stand clear of the rounding of the spectrum as the projector has
     * dimensions, and exact arithmetic finds no direction that both have missed.
     *
     * @param problem in matrices
     * @param range projector onto the range of its design
     * @return true if no direction can have been missed
     */
    public static boolean isClear(LeastSquares problem, RangeProjector range) {
        Spectrum spectrum = problem.spectrum();
        int clear = 0;
        for (double eigenvalue : spectrum.values()) {
            clear += spectrum.isClear(eigenvalue) ? 1 : 0;
        }
        return clear == range.rank() && range.isExact();
    }

    private double lowestLearned() {
        double lowest = Double.POSITIVE_INFINITY;
        for (double eigenvalue : spectrum.values()) {
            lowest = spectrum.isClear(eigenvalue) ? Math.min(lowest, eigenvalue) : lowest;
        }
        return lowest;
    }

    private double largestUnlearned(double lowest) {
        double largest = 0;
        for (double eigenvalue : spectrum.values()) {
            largest = eigenvalue < lowest ? Math.max(largest, eigenvalue) : largest;
        }
        return largest;
    }

    private static double movedNorm(DMatrixRMaj initial, DMatrixRMaj limit, int row) {
        double squares = 0;
        for (int column = 0; column < limit.numCols; column++) {
            double moved = limit.get(row, column) - initial.get(row, column);
            squares += moved * moved;
        }
        return Math.sqrt(squares);
    }

    /**
     * How far, relatively, a combination of the projector's basis may stick out of the exact range, rounding included.
     */
    private double outside(LeastSquares problem, RangeProjector range, double lowestEigenvalue) {
        int d = problem.design().numRows;
        int rank = range.rank();
        double root = Math.sqrt(rank);
        double designNorm = Math.sqrt(squaredDesign);
        double skewness = Rounding.accumulated(d) * rank;
        DMatrixRMaj skew = CommonOps_DDRM.multInner(range.basis(), null);
        for (int i = 0; i < rank; i++) {
            skew.add(i, i, -1);
        }
        skewness += NormOps_DDRM.normF(skew);
        double missed = NormOps_DDRM.normF(range.complement(problem.design()))
                + (Rounding.accumulated(d + rank + 2) * root) * (1 + skewness) * designNorm;
        double least = Math.sqrt(lowestEigenvalue) - missed;
        boolean explained = missed <= explained(problem) * designNorm && skewness < 0.5 && least > 0;
        return explained
                ? (1 + 2 * skewness) * (missed / least + Rounding.accumulated(rank + 4) * root)
                : Double.POSITIVE_INFINITY;
    }

    /** Relative residual that a Householder factorisation may leave. */
    private static double explained(LeastSquares problem) {
        int d = problem.design().numRows;
        int n = problem.design().numCols;
        return Rounding.accumulated(16 * (d + n)) * Math.min(d, n);
    }

    /** θX − Y in twice the precision, rows × n. */
    private static DMatrixRMaj residuals(LeastSquares problem, DMatrixRMaj parameters) {
        double[][] residuals = AccurateProduct.rows(problem.targets());
        for (double[] row : residuals) {
            for (int column = 0; column < row.length; column++) {
                row[column] = -row[column];
            }
        }
        AccurateProduct.add(residuals, AccurateProduct.rows(parameters), AccurateProduct.rows(problem.design()));
        return new DMatrixRMaj(residuals);
    }

    /** Fills in the bounds along the range from the residuals, rows × n, of one row, and returns their norm. */
    private double alongRange(
            LeastSquares problem, DMatrixRMaj residuals, int row, double lowest, double parameterNorm) {
        DMatrixRMaj residual = CommonOps_DDRM.extractRow(residuals, row, null);
        double residualNorm = NormOps_DDRM.normF(residual);
        double designNorm = Math.sqrt(squaredDesign);
        DMatrixRMaj gradient = CommonOps_DDRM.multTransB(residual, problem.design(), null);
        double gradientError = Rounding.accumulated(problem.design().numCols + 1) * residualNorm * designNorm;
        double gradientNorm = NormOps_DDRM.normF(gradient) + gradientError;
        double scale = parameterNorm * designNorm + Rounding.rowNorm(problem.targets(), row);
        if (!(gradientNorm <= explained(problem) * designNorm * scale)) {
            return Double.POSITIVE_INFINITY;
        }
        DMatrixRMaj onSide = exampleSide ? residual : gradient;
        double norm = exampleSide ? residualNorm : gradientNorm;
        double error = (Rounding.accumulated(spectrum.modes() + 1) + spectrum.skewness()) * norm
                + (exampleSide ? 0 : gradientError);
        DMatrixRMaj inModes = CommonOps_DDRM.mult(onSide, spectrum.basis(), null);
        double squares = 0;
        for (int mode = 0; mode < ofModes[row].length; mode++) {
            double eigenvalue = spectrum.values()[mode];
            if (eigenvalue >= lowest) {
                double bound = (Math.abs(inModes.get(0, mode)) + error) / eigenvalue;
                ofModes[row][mode] = bound;
                squares += bound * bound * (exampleSide ? eigenvalue + spectrum.error() : 1);
            }
        }
        // Wedin's bound for pseudo-inverses of equal rank, once the other modes are put to 0; its constant is the
        // golden
        // ratio
        double apart = spectrum.error() + largestUnlearned(lowest);
        ofLength[row] = 1.6181 * apart / ((lowest - spectrum.error()) * lowest) * norm;
        return Math.sqrt(squares) + ofLength[row] * (exampleSide ? designNorm : 1);
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, double[] norms, double[] unseenNorms) {
        DMatrixRMaj bounds = new DMatrixRMaj(ofModes.length, norms.length);
        for (int row = 0; row < ofModes.length; row++) {
            for (int test = 0; test < norms.length; test++) {
                double bound = norms[test] * ofParameters[row]
                        + tests.largestSum(test, ofModes[row])
                        + tests.lengthOnExamples(test) * ofLength[row];
                bounds.set(row, test, bound);
            }
        }
        return bounds;
    }
}

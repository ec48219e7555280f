package org.idem.theory.kernel.window;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.KernelSpectrum;

/**
 * How far the mean over infinitely wide, deep linear networks, as it is computed from their kernel, may lie from what
 * exact arithmetic makes of the one-layer problem in the soft window. Source: proofs/T7.linear-cnn.md.
 *
 * <p>All kernels are told in units of 4^{@link InfiniteKernel#tangentUnit} of the true one.
 */
public final class WindowBudget {
    private static final double UNIT = 0x1p-53;
    /** Products of errors, and the rounding of the bounds themselves. */
    private static final double MARGIN = 1.05;

    private final InfiniteKernel kernel;
    private final KernelSpectrum spectrum;
    private final double lossScale;
    private final LinearMethod method;
    private final int steps;
    private final double share;
    private final DMatrixRMaj targetsInModes;
    private final DMatrixRMaj dual;
    private final DMatrixRMaj dualSizes;
    private final double distance;
    private final double[][] slopes;

    /**
     * For one training set.
     *
     * @param kernel of the deep network at the training images
     * @param spectrum its spectrum
     * @param sizes the kernel of the absolute values of the training images, in the same unit
     * @param lossScale c
     * @param method in the kernel's unit; without decay, with ηcλmax at most 1
     * @param steps t
     * @param targets one row for each pixel
     */
    public WindowBudget(
            InfiniteKernel kernel,
            KernelSpectrum spectrum,
            DMatrixRMaj sizes,
            double lossScale,
            LinearMethod method,
            int steps,
            Array targets) {
        this.kernel = kernel;
        this.spectrum = spectrum;
        this.lossScale = lossScale;
        this.method = method;
        this.steps = steps;
        share = share(kernel);
        slopes = slopes();
        DMatrixRMaj vectors = spectrum.vectors();
        DMatrixRMaj y = DMatrixRMaj.wrap(targets.size(0), targets.size(1), targets.values());
        targetsInModes = CommonOps_DDRM.multTransA(vectors, y, null);
        double[] gains = gains();
        dual = product(vectors, gains, targetsInModes);
        DMatrixRMaj absolute = absolute(vectors);
        dualSizes = product(absolute, gains, CommonOps_DDRM.multTransA(absolute, absolute(y), null));
        distance = share * NormOps_DDRM.normF(sizes) + decompositionError();
    }

    /** γ: roundings of an entry of the deep kernel and of the one-layer one, relative to that of absolute values. */
    private static double share(InfiniteKernel kernel) {
        int depth = kernel.network().architecture().depth();
        int side = kernel.network().architecture().kernel();
        return MARGIN * UNIT * (32 + depth * (2.0 * side + 16));
    }

    private double[] gains() {
        double[] gains = new double[slopes.length];
        for (int mode = 0; mode < gains.length; mode++) {
            gains[mode] = new PolynomialSlopes(method, lossScale, steps).gain(spectrum.values()[mode]);
        }
        return gains;
    }

    private double[][] slopes() {
        double[] values = spectrum.values();
        PolynomialSlopes polynomial = new PolynomialSlopes(method, lossScale, steps);
        double[][] all = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j <= i; j++) {
                all[i][j] = polynomial.slope(values[i], values[j]);
                all[j][i] = all[i][j];
            }
        }
        return all;
    }

    /** A diag(g) B with |g|. */
    private static DMatrixRMaj product(DMatrixRMaj left, double[] gains, DMatrixRMaj right) {
        DMatrixRMaj scaled = right.copy();
        for (int i = 0; i < scaled.getNumElements(); i++) {
            scaled.data[i] *= gains[i / scaled.numCols];
        }
        return CommonOps_DDRM.mult(left, scaled, null);
    }

    private static DMatrixRMaj absolute(DMatrixRMaj matrix) {
        DMatrixRMaj sizes = matrix.copy();
        for (int i = 0; i < sizes.getNumElements(); i++) {
            sizes.data[i] = Math.abs(sizes.data[i]);
        }
        return sizes;
    }

    /**
     * ‖Θ − VΛVᵀ‖ and what V lacks of an orthogonal matrix, in the Frobenius norm: found by products in twice the
     * precision. What is left of rounding is that of VΛ, of norm √Σλ² at most.
     */
    private double decompositionError() {
        DMatrixRMaj vectors = spectrum.vectors();
        DMatrixRMaj scaled = vectors.copy();
        CommonOps_DDRM.multCols(scaled, spectrum.values());
        double[][] transposed = AccurateProduct.columns(vectors);
        double[][] again = AccurateProduct.rows(kernel.tangent());
        for (double[] row : again) {
            for (int i = 0; i < row.length; i++) {
                row[i] = -row[i];
            }
        }
        AccurateProduct.add(again, AccurateProduct.rows(scaled), transposed);
        double[][] square = new double[vectors.numCols][vectors.numCols];
        for (int i = 0; i < square.length; i++) {
            square[i][i] = -1;
        }
        AccurateProduct.add(square, transposed, AccurateProduct.rows(vectors));
        double all = 0;
        for (double value : spectrum.values()) {
            all += value;
        }
        return AccurateProduct.norm(again) + 3 * AccurateProduct.norm(square) * spectrum.largest() + 8 * UNIT * all;
    }

    /**
     * Bounds for the outputs at the sites of a block.
     *
     * @param block the kernel between inputs and training images
     * @param blockSizes the same of their absolute values
     * @return one row for each site, one column for each output
     */
    public DMatrixRMaj bounds(DMatrixRMaj block, DMatrixRMaj blockSizes) {
        int sites = dual.numRows;
        DMatrixRMaj entries = CommonOps_DDRM.mult(blockSizes, absolute(dual), null);
        DMatrixRMaj arithmetic = CommonOps_DDRM.mult(absolute(block), dualSizes, null);
        DMatrixRMaj inModes = CommonOps_DDRM.mult(block, spectrum.vectors(), null);
        DMatrixRMaj bounds = new DMatrixRMaj(block.numRows, dual.numCols);
        for (int row = 0; row < bounds.numRows; row++) {
            double norm = norm(block, row);
            for (int column = 0; column < bounds.numCols; column++) {
                double bound = share * entries.get(row, column)
                        + distance * moved(inModes, row, column)
                        + (3.0 * sites + 40) * UNIT * arithmetic.get(row, column)
                        + ofSecondOrder(norm, norm(blockSizes, row), column);
                bounds.set(row, column, MARGIN * bound);
            }
        }
        return bounds;
    }

    /** √Σ u_i²p[λ_i, λ_j]²w_j². */
    private double moved(DMatrixRMaj inModes, int row, int column) {
        double sum = 0;
        for (int i = 0; i < slopes.length; i++) {
            double part = 0;
            for (int j = 0; j < slopes.length; j++) {
                double term = slopes[i][j] * targetsInModes.get(j, column);
                part += term * term;
            }
            double share = inModes.get(row, i);
            sum += share * share * part;
        }
        return Math.sqrt(sum);
    }

    private double ofSecondOrder(double block, double blockSizes, int column) {
        double target = 0;
        for (int i = 0; i < targetsInModes.numRows; i++) {
            target += targetsInModes.get(i, column) * targetsInModes.get(i, column);
        }
        PolynomialSlopes polynomial = new PolynomialSlopes(method, lossScale, steps);
        return Math.sqrt(target)
                * distance
                * (block * distance * polynomial.largestCurvature() + share * blockSizes * polynomial.largestSlope());
    }

    private static double norm(DMatrixRMaj matrix, int row) {
        double sum = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            sum += matrix.get(row, column) * matrix.get(row, column);
        }
        return Math.sqrt(sum);
    }
}

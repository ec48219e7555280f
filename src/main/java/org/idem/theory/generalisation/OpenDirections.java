package org.idem.theory.generalisation;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.Design;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.RangeProjector;

/**
 * What the training patches of a CNN leave open: parts outside their span, of a test image's patches, of the initial
 * error w_0 − e and of its terms. Source: proofs/T2.rank-error.md.
 */
public final class OpenDirections {
    /** (I − Π)q, d × test patches. */
    private final DMatrixRMaj patches;
    /** Πq, d × test patches. */
    private final DMatrixRMaj spanned;
    /** (I − Π)w_c, d × channels. */
    private final DMatrixRMaj weights;
    /** (I − Π)e_c, d × channels. */
    private final DMatrixRMaj selectors;

    private final double patchScale;
    private final double weightScale;

    private OpenDirections(
            DMatrixRMaj patches,
            DMatrixRMaj spanned,
            DMatrixRMaj weights,
            DMatrixRMaj selectors,
            double patchScale,
            double weightScale) {
        this.patches = patches;
        this.spanned = spanned;
        this.weights = weights;
        this.selectors = selectors;
        this.patchScale = patchScale;
        this.weightScale = weightScale;
    }

    /**
     * Projects everything out of the span of the training patches.
     *
     * @param problem a CNN on the identity task, without bias
     * @param design of the problem's network and inputs
     * @param test images (m, C, H, W)
     * @return the open parts
     */
    public static OpenDirections of(LinearProblem problem, Design design, Array test) {
        Cnn cnn = (Cnn) problem.map();
        RangeProjector range = design.range();
        DMatrixRMaj columns = DesignMatrix.of(cnn, test);
        DMatrixRMaj initial = new DMatrixRMaj(cnn.fanIn(), cnn.outputs());
        for (int channel = 0; channel < cnn.outputs(); channel++) {
            for (int row = 0; row < cnn.fanIn(); row++) {
                initial.set(row, channel, problem.weights().values()[channel * cnn.fanIn() + row]);
            }
        }
        DMatrixRMaj open = range.complement(columns);
        return new OpenDirections(
                open,
                CommonOps_DDRM.subtract(columns, open, null),
                range.complement(initial),
                range.complement(OpenPatches.centreSelectors(cnn)),
                NormOps_DDRM.normF(columns),
                NormOps_DDRM.normF(initial) + Math.sqrt(cnn.channels()));
    }

    /**
     * Number of channels.
     *
     * @return C
     */
    public int channels() {
        return selectors.numCols;
    }

    /**
     * Largest squared norm of the open part of a test patch.
     *
     * @return max over q of ‖(I − Π)q‖²
     */
    public double largestPatch() {
        return OpenPatches.largestSquare(patches);
    }

    /**
     * The patch on which the first channel errs most for its length.
     *
     * @return (I − Π)(w_1 − e_1), d numbers in the order (channel, kernel row, kernel column)
     */
    public double[] worstPatch() {
        DMatrixRMaj difference = CommonOps_DDRM.subtract(weights, selectors, null);
        return CommonOps_DDRM.extractColumn(difference, 0, null).data;
    }

    /**
     * Largest squared norm of the spanned part of a test patch.
     *
     * @return max over q of ‖Πq‖²
     */
    public double largestSpannedPatch() {
        return OpenPatches.largestSquare(spanned);
    }

    /**
     * Squared norm of the open part of the initial error.
     *
     * @return Σ_c ‖(I − Π)(w_c − e_c)‖²
     */
    public double initialError() {
        return square(CommonOps_DDRM.subtract(weights, selectors, null));
    }

    /**
     * Squared norm of the open part of the initial weights.
     *
     * @return Σ_c ‖(I − Π)w_c‖²
     */
    public double initialWeights() {
        return square(weights);
    }

    /**
     * Squared norm of the open part of the identity filters.
     *
     * @return Σ_c ‖(I − Π)e_c‖²
     */
    public double selectorError() {
        return square(selectors);
    }

    /**
     * Bound on the rounding error of the root of {@code largestPatch · initialError}: the projector is applied by two
     * products of inner length at most d to vectors of the given norms.
     *
     * @return first-order bound
     */
    public double rounding() {
        return 8 * Rounding.accumulated(patches.numRows) * patchScale * weightScale;
    }

    /**
     * The same with one open direction, that of the largest patch, taken for spanned.
     *
     * @return empty if nothing is open
     */
    public Optional<OpenDirections> oneDirectionLess() {
        int at = 0;
        for (int pixel = 1; pixel < patches.numCols; pixel++) {
            at = OpenPatches.squareOfColumn(patches, pixel) > OpenPatches.squareOfColumn(patches, at) ? pixel : at;
        }
        double norm = Math.sqrt(OpenPatches.squareOfColumn(patches, at));
        if (norm == 0) {
            return Optional.empty();
        }
        DMatrixRMaj direction = CommonOps_DDRM.extractColumn(patches, at, null);
        CommonOps_DDRM.scale(1 / norm, direction);
        return Optional.of(new OpenDirections(
                without(direction, patches),
                spanned,
                without(direction, weights),
                without(direction, selectors),
                patchScale,
                weightScale));
    }

    private static DMatrixRMaj without(DMatrixRMaj direction, DMatrixRMaj columns) {
        DMatrixRMaj result = columns.copy();
        CommonOps_DDRM.multAdd(-1, direction, CommonOps_DDRM.multTransA(direction, columns, null), result);
        return result;
    }

    private static double square(DMatrixRMaj matrix) {
        double norm = NormOps_DDRM.normF(matrix);
        return norm * norm;
    }
}

package org.idem.theory.deep;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.path.ResidualPolynomial;

/**
 * The part of a layer's weights off the span of its inputs or patches, θΠ⊥, which gradients never reach. With a bias θ
 * has it as its last column, and a 1 is appended to every input. Source: proofs/T3.first-layer.md.
 */
public final class OffSpan {
    /** Euclidean norm of each coordinate over all inputs, d numbers, with bias d + 1. */
    private final double[] inputNorms;
    /** Π⊥, square, as large. */
    private final DMatrixRMaj projector;
    /** Norms of the columns of XᵀΠ⊥, as many. */
    private final double[] leak;

    private final int rank;

    private OffSpan(double[] inputNorms, DMatrixRMaj projector, double[] leak, int rank) {
        this.inputNorms = inputNorms;
        this.projector = projector;
        this.leak = leak;
        this.rank = rank;
    }

    /**
     * What the inputs of a layer leave open.
     *
     * @param map the layer
     * @param inputs (n, d) or (n, C, H, W)
     * @return with the projector onto the orthogonal complement of the inputs' or patches' span
     */
    public static OffSpan of(LinearMap map, Array inputs) {
        return of(DesignMatrix.of(map, inputs));
    }

    /**
     * The same for somebody who appends a 0 where a bias appends a 1.
     *
     * @param map the layer
     * @param inputs (n, d) or (n, C, H, W)
     * @return believes that no input reaches the bias
     */
    public static OffSpan withoutConstant(LinearMap map, Array inputs) {
        DMatrixRMaj design = DesignMatrix.of(map, inputs);
        if (map.bias()) {
            Arrays.fill(design.data, (design.numRows - 1) * design.numCols, design.numRows * design.numCols, 0);
        }
        return of(design);
    }

    private static OffSpan of(DMatrixRMaj design) {
        RangeProjector range = RangeProjector.of(design);
        DMatrixRMaj projector = range.complement(CommonOps_DDRM.identity(design.numRows));
        double[][] product = new double[design.numCols][design.numRows];
        AccurateProduct.add(product, AccurateProduct.columns(design), AccurateProduct.rows(projector));
        double[] norms = new double[design.numRows];
        for (int row = 0; row < norms.length; row++) {
            norms[row] = Rounding.rowNorm(design, row);
        }
        return new OffSpan(norms, projector, Rounding.columnNorms(new DMatrixRMaj(product)), range.rank());
    }

    /**
     * Span and complement confused.
     *
     * @return with I − Π⊥ in the place of Π⊥, and as sure as before that inputs are orthogonal to it
     */
    public OffSpan exchanged() {
        DMatrixRMaj other = CommonOps_DDRM.identity(projector.numRows);
        CommonOps_DDRM.subtractEquals(other, projector);
        return new OffSpan(inputNorms, other, leak, projector.numRows - rank);
    }

    /**
     * Whether the inputs span everything, so that nothing is left to speak about.
     *
     * @return true if the rank is d, or d + 1 with a bias
     */
    public boolean isNothing() {
        return rank == projector.numRows;
    }

    /** Euclidean norm of each coordinate over all inputs or patches, d numbers, with bias d + 1; live. */
    double[] inputNorms() {
        return inputNorms;
    }

    /** Norms of the columns of XᵀΠ⊥, which the computed projector leaves of the order of a rounding; live. */
    double[] leak() {
        return leak;
    }

    /** The projector, square; live. */
    DMatrixRMaj projector() {
        return projector;
    }

    /**
     * θΠ⊥.
     *
     * @param layer weights and bias
     * @return (k, d), with bias (k, d + 1), correct almost to the last bit
     */
    public Array of(StageParameters layer) {
        DMatrixRMaj rows = DeepForward.rows(layer);
        double[][] product = new double[rows.numRows][projector.numCols];
        AccurateProduct.add(product, AccurateProduct.rows(rows), AccurateProduct.rows(projector));
        Array part = Array.zeros(rows.numRows, projector.numCols);
        for (int row = 0; row < rows.numRows; row++) {
            System.arraycopy(product[row], 0, part.values(), row * projector.numCols, projector.numCols);
        }
        return part;
    }

    /**
     * What is left of the part after training: itself, but for weight decay.
     *
     * @param initial layer at the start
     * @param optimizer method
     * @param steps t ≥ 0
     * @return r_t(ω)·θ_0Π⊥ in the shape of {@link #of}, r_t the residual polynomial of the method
     */
    public Array remaining(StageParameters initial, LinearMethod optimizer, int steps) {
        double factor = new ResidualPolynomial(optimizer, steps).value(optimizer.weightDecay());
        Array part = of(initial);
        for (int i = 0; i < part.length(); i++) {
            part.values()[i] *= factor;
        }
        return part;
    }
}

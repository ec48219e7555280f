package org.idem.theory;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.network.TrainingProblem;

/**
 * Training on one example at a time, seen on the span of all examples: with an orthonormal basis Q of the span and Z =
 * QᵀX, the coordinates φ = θQ take the steps φ − ηc(φZ_i − Y_i)Z_iᵀ, i in cyclic order.
 *
 * <p>The basis is rounded, so QZ is not quite X; the difference is measured. Source: proofs/rounding.md, §8.
 */
final class CyclicModel {
    private final LeastSquares whole;
    private final RangeProjector range;
    private final List<DMatrixRMaj> designs = new ArrayList<>();
    private final List<DMatrixRMaj> columns = new ArrayList<>();
    private final List<DMatrixRMaj> targets = new ArrayList<>();
    private final double[] norms;
    private final double lossScale;
    private final double misfit;
    private final double skewness;

    CyclicModel(TrainingProblem problem, LeastSquares whole, Design all) {
        this.whole = whole;
        DMatrixRMaj design = whole.design();
        range = all.range();
        int examples = problem.examples();
        lossScale = problem.onlyExample(0).lossScale();
        norms = new double[examples];
        DMatrixRMaj onSpan = CommonOps_DDRM.multTransA(range.basis(), design, null);
        int block = design.numCols / examples;
        for (int example = 0; example < examples; example++) {
            int from = example * block;
            Design own = all.parts(examples).get(example);
            designs.add(own.matrix());
            columns.add(Design.columns(onSpan, from, block));
            targets.add(Design.columns(whole.targets(), from, block));
            Spectrum spectrum = own.spectrum();
            norms[example] = Math.sqrt(spectrum.largest() + spectrum.error());
        }
        int rank = range.rank();
        int d = design.numRows;
        double designNorm = Math.sqrt(whole.squaredNorm());
        DMatrixRMaj skew = CommonOps_DDRM.multInner(range.basis(), null);
        for (int i = 0; i < rank; i++) {
            skew.add(i, i, -1);
        }
        skewness = NormOps_DDRM.normF(skew) + Rounding.accumulated(d) * rank;
        misfit = NormOps_DDRM.normF(range.complement(design))
                + (Rounding.accumulated(d + rank + 2) * Math.sqrt(rank) * (1 + skewness) + skewness) * designNorm;
        for (int example = 0; example < examples; example++) {
            norms[example] += misfit;
        }
    }

    int examples() {
        return norms.length;
    }

    /** Loss scale c of one example alone. */
    double lossScale() {
        return lossScale;
    }

    RangeProjector range() {
        return range;
    }

    /** X_i, d × columns of one example; live. */
    DMatrixRMaj design(int example) {
        return designs.get(example);
    }

    /** Z_i, rank × columns of one example; live. */
    DMatrixRMaj columns(int example) {
        return columns.get(example);
    }

    /** Y_i, rows × columns of one example; live. */
    DMatrixRMaj targets(int example) {
        return targets.get(example);
    }

    /** Bound on the 2-norm of X_i and of Z_i. */
    double norm(int example) {
        return norms[example];
    }

    /** Bound on ‖X − QZ‖ with the orthonormal matrix closest to the basis. */
    double misfit() {
        return misfit;
    }

    /** Bound on the distance of the computed basis from that matrix. */
    double skewness() {
        return skewness;
    }

    /** Largest c‖X_i‖² over the examples. */
    double largestCurvature() {
        double largest = 0;
        for (double norm : norms) {
            largest = Math.max(largest, lossScale * norm * norm);
        }
        return largest;
    }

    /** ‖X_iX_iᵀ − QZ_i(QZ_i)ᵀ‖, by how much the operator of a step is misfitted. */
    double operatorMisfit(int example) {
        return misfit * (2 * norms[example] + misfit);
    }

    /** Whether every step with a learning rate is a contraction. */
    boolean contracts(double learningRate) {
        return learningRate * largestCurvature() <= 2;
    }

    /** Coordinates θ_0Q of the start, rows × rank. */
    DMatrixRMaj start() {
        return CommonOps_DDRM.mult(whole.initial(), range.basis(), null);
    }

    /** Steps of the examples before one, as one map. */
    AffinePower stepsBefore(int example, double learningRate) {
        AffinePower map = AffinePower.identity(whole.rows(), range.rank());
        for (int i = 0; i < example; i++) {
            map.step(learningRate * lossScale, columns.get(i), targets.get(i));
        }
        return map;
    }
}

package org.idem.theory.path;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearProblem;
import org.idem.theory.design.Design;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.MeasuredSpan;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.design.Spectrum;
import org.jspecify.annotations.Nullable;

/**
 * Training on one example at a time, seen on the span of all examples: with an orthonormal basis Q of the span and Z =
 * QᵀX, the coordinates φ = θQ take the steps φ − ηc(φZ_i − Y_i)Z_iᵀ, i in cyclic order.
 *
 * <p>The basis is rounded, so QZ is not quite X; the difference is measured. Source: proofs/rounding.md, §8.
 */
public final class CyclicModel {
    private final LeastSquares whole;
    private final MeasuredSpan span;
    /** X_i, Z_i and Y_i of every example. */
    private final List<DMatrixRMaj> designs = new ArrayList<>();

    private final List<DMatrixRMaj> columns = new ArrayList<>();
    private final List<DMatrixRMaj> targets = new ArrayList<>();
    private final @Nullable MeasuredSpan[] rows;
    /** Bound on ‖X_i‖, one for each example. */
    private final double[] norms;

    private final double lossScale;

    /**
     * A problem whose examples are trained one at a time, on the computed span of its inputs.
     *
     * @param problem with a network of one layer
     * @param whole the problem in matrices
     * @param all design of all examples
     */
    public CyclicModel(LinearProblem problem, LeastSquares whole, Design all) {
        this.whole = whole;
        DMatrixRMaj design = whole.design();
        span = MeasuredSpan.of(all.range(), design);
        int examples = problem.examples();
        rows = new MeasuredSpan[examples];
        lossScale = problem.onlyExample(0).lossScale();
        norms = new double[examples];
        int block = design.numCols / examples;
        for (int example = 0; example < examples; example++) {
            int from = example * block;
            Design own = all.parts(examples).get(example);
            designs.add(own.matrix());
            columns.add(Design.columns(span.coordinates(), from, block));
            targets.add(Design.columns(whole.targets(), from, block));
            Spectrum spectrum = own.spectrum();
            norms[example] = spectrum.designNorm() + span.misfit();
        }
    }

    /**
     * Number of examples, the steps of a cycle.
     *
     * @return at least 1
     */
    public int examples() {
        return norms.length;
    }

    /**
     * Loss scale c of one example alone.
     *
     * @return positive
     */
    public double lossScale() {
        return lossScale;
    }

    /**
     * Projector onto the span of all examples.
     *
     * @return live
     */
    public RangeProjector range() {
        return span.range();
    }

    /**
     * X_i, d × columns of one example; live.
     *
     * @param example i, from 0
     * @return d × columns
     */
    public DMatrixRMaj design(int example) {
        return designs.get(example);
    }

    /**
     * Z_i, rank × columns of one example; live.
     *
     * @param example i, from 0
     * @return rank × columns
     */
    public DMatrixRMaj columns(int example) {
        return columns.get(example);
    }

    /** Y_i, rows × columns of one example; live. */
    DMatrixRMaj targets(int example) {
        return targets.get(example);
    }

    /**
     * Bound on the 2-norm of X_i and of Z_i.
     *
     * @param example i, from 0
     * @return at least 0
     */
    public double norm(int example) {
        return norms[example];
    }

    /**
     * Bound on ‖X − QZ‖ with the orthonormal matrix closest to the basis.
     *
     * @return m, unit of the inputs
     */
    public double misfit() {
        return span.misfit();
    }

    /**
     * Bound on the distance of the computed basis from that matrix.
     *
     * @return in the operator norm
     */
    public double skewness() {
        return span.skewness();
    }

    /**
     * Largest c‖X_i‖² over the examples.
     *
     * @return at least 0
     */
    public double largestCurvature() {
        double largest = 0;
        for (double norm : norms) {
            largest = Math.max(largest, lossScale * norm * norm);
        }
        return largest;
    }

    /**
     * ‖X_iX_iᵀ − QZ_i(QZ_i)ᵀ‖, by how much the operator of a step is misfitted.
     *
     * @param example i, from 0
     * @return unit of the inputs²
     */
    public double operatorMisfit(int example) {
        return misfit(span, example);
    }

    /**
     * Z_iᵀ in coordinates of its span, of which there are no more than rank and columns.
     *
     * @param example i, from 0
     * @return coordinates with measured errors
     */
    public MeasuredSpan rows(int example) {
        MeasuredSpan known = rows[example];
        if (known == null) {
            DMatrixRMaj transposed = CommonOps_DDRM.transpose(columns.get(example), null);
            known = MeasuredSpan.of(RangeProjector.of(transposed), transposed);
            rows[example] = known;
        }
        return known;
    }

    /**
     * ‖Z_iZ_iᵀ − CᵀC‖ for those coordinates C.
     *
     * @param example i, from 0
     * @return unit of the inputs²
     */
    public double rowsMisfit(int example) {
        return misfit(rows(example), example);
    }

    private double misfit(MeasuredSpan span, int example) {
        return span.misfit() * (2 * norms[example] + span.misfit());
    }

    /**
     * Whether every step with a learning rate is a contraction.
     *
     * @param learningRate η, positive
     * @return true if no step enlarges an error
     */
    public boolean contracts(double learningRate) {
        return learningRate * largestCurvature() <= 2;
    }

    /**
     * Coordinates θ_0Q of the start, rows × rank.
     *
     * @return fresh
     */
    public DMatrixRMaj start() {
        return CommonOps_DDRM.mult(whole.initial(), range().basis(), null);
    }

    /**
     * Steps of the examples before one, as one map.
     *
     * @param example before whose step the map ends, from 0
     * @param learningRate η, positive
     * @return a map of coordinates, rows × rank
     */
    public AffinePower stepsBefore(int example, double learningRate) {
        AffinePower map = AffinePower.identity(whole.rows(), range().rank());
        for (int i = 0; i < example; i++) {
            map.step(learningRate * lossScale, columns.get(i), targets.get(i));
        }
        return map;
    }
}

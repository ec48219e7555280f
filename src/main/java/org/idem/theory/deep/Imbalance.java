package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;

/**
 * The imbalance of neighbouring layers of a deep linear network, B = UᵀU − VVᵀ, U above and V below, and its change by
 * gradient descent. With biases that of V is V's last column, that of U does not take part. Source:
 * proofs/T3.imbalance.md.
 */
public final class Imbalance {
    private Imbalance() {}

    /**
     * Change of the imbalance of all neighbours.
     *
     * @param before parameters of every stage
     * @param after parameters of every stage
     * @return B(after) − B(before) of the first two layers, then of the next two, and so on, row by row, correct almost
     *     to the last bit
     */
    public static Array change(List<StageParameters> before, List<StageParameters> after) {
        List<double[]> changes = new ArrayList<>();
        for (int below = 0; below + 1 < before.size(); below++) {
            DMatrixRMaj[] columns = {
                DeepForward.rows(weightsOf(after.get(below + 1))),
                transposed(DeepForward.rows(after.get(below))),
                DeepForward.rows(weightsOf(before.get(below + 1))),
                transposed(DeepForward.rows(before.get(below)))
            };
            DMatrixRMaj stacked = stacked(columns, 1, 1);
            double[][] product = new double[stacked.numCols][stacked.numCols];
            AccurateProduct.add(
                    product, AccurateProduct.columns(stacked(columns, -1, -1)), AccurateProduct.rows(stacked));
            changes.add(new DMatrixRMaj(product).data);
        }
        return joined(changes);
    }

    /** Layers above and below, after and before, below one another; signs make a product of two stacks the change. */
    private static DMatrixRMaj stacked(DMatrixRMaj[] blocks, double ofBelow, double ofBefore) {
        int rows = 0;
        for (DMatrixRMaj block : blocks) {
            rows += block.numRows;
        }
        DMatrixRMaj all = new DMatrixRMaj(rows, blocks[0].numCols);
        double[] signs = {1, ofBelow, ofBefore, ofBelow * ofBefore};
        int row = 0;
        for (int i = 0; i < blocks.length; i++) {
            CommonOps_DDRM.insert(scaled(signs[i], blocks[i]), all, row, 0);
            row += blocks[i].numRows;
        }
        return all;
    }

    /**
     * What the change has to be after some steps.
     *
     * @param gradients of every stage, before each step
     * @param learningRate η
     * @return η²Σ(G_UᵀG_U − G_VG_Vᵀ) in the order of {@link #change}
     */
    public static Array predicted(List<List<StageParameters>> gradients, double learningRate) {
        return sum(gradients, learningRate * learningRate, -learningRate * learningRate);
    }

    /**
     * The same with any factors.
     *
     * @param gradients of every stage, before each step, at least one step
     * @param above factor of G_UᵀG_U
     * @param below factor of G_VG_Vᵀ
     * @return their weighted sum over the steps
     */
    public static Array sum(List<List<StageParameters>> gradients, double above, double below) {
        List<double[]> sums = new ArrayList<>();
        for (int layer = 0; layer + 1 < gradients.get(0).size(); layer++) {
            int units = gradients.get(0).get(layer).weights().size(0);
            DMatrixRMaj sum = new DMatrixRMaj(units, units);
            for (List<StageParameters> step : gradients) {
                DMatrixRMaj upper = DeepForward.rows(weightsOf(step.get(layer + 1)));
                DMatrixRMaj lower = DeepForward.rows(step.get(layer));
                CommonOps_DDRM.multAddTransA(above, upper, upper, sum);
                CommonOps_DDRM.multAddTransB(below, lower, lower, sum);
            }
            sums.add(sum.data);
        }
        return joined(sums);
    }

    /**
     * Bounds the difference between {@link #change} and {@link #predicted}.
     *
     * @param problem data and network, in the training's precision
     * @param path parameters before each step and after the last
     * @param learningRate η
     * @param precision arithmetic of the training
     * @return in the order of {@link #change}. Source: proofs/rounding.md, section 12
     */
    public static Array budget(
            TrainingProblem problem, List<List<StageParameters>> path, double learningRate, Precision precision) {
        double unit = precision.unitRoundoff();
        List<DMatrixRMaj> bounds = new ArrayList<>();
        for (int layer = 0; layer + 1 < problem.network().depth(); layer++) {
            int units = problem.network().stages().get(layer).map().outputs();
            bounds.add(new DMatrixRMaj(units, units));
        }
        for (int step = 0; step + 1 < path.size(); step++) {
            SignalSizes sizes = SignalSizes.of(problem, path.get(step), precision);
            for (int layer = 0; layer < bounds.size(); layer++) {
                DMatrixRMaj bound = bounds.get(layer);
                // the exchange relation, rounded
                DMatrixRMaj exchange = CommonOps_DDRM.multTransB(sizes.gradient(layer), sizes.signal(layer), null);
                CommonOps_DDRM.scale(learningRate * sizes.exchangeRounding(layer), exchange);
                CommonOps_DDRM.addEquals(bound, exchange);
                CommonOps_DDRM.addEquals(bound, transposed(exchange));
                // new parameters, stored
                addSquares(bound, 2 * unit + unit * unit, layer, path.get(step + 1));
                // the term of second order: what is stored for exact gradients, and its sum in double precision
                double rounding =
                        2 * sizes.gradientRounding(layer) + Rounding.accumulated(sizes.terms(layer) * path.size());
                double factor = learningRate * learningRate * rounding;
                DMatrixRMaj upper = sizes.weightGradient(layer + 1, false);
                DMatrixRMaj lower = sizes.weightGradient(layer, true);
                CommonOps_DDRM.multAddTransA(factor, upper, upper, bound);
                CommonOps_DDRM.multAddTransB(factor, lower, lower, bound);
                CommonOps_DDRM.add(bound, Math.max(1, learningRate) * sizes.underflow(), bound);
            }
        }
        for (int layer = 0; layer < bounds.size(); layer++) {
            addSquares(bounds.get(layer), AccurateProduct.SECOND_ORDER, layer, path.get(0));
            addSquares(bounds.get(layer), AccurateProduct.SECOND_ORDER, layer, path.get(path.size() - 1));
        }
        return joined(bounds.stream().map(bound -> bound.data).toList());
    }

    /** Adds a multiple of |U|ᵀ|U| + |V||V|ᵀ. */
    private static void addSquares(DMatrixRMaj sum, double factor, int layer, List<StageParameters> parameters) {
        DMatrixRMaj upper = DeepForward.absolute(DeepForward.rows(weightsOf(parameters.get(layer + 1))));
        DMatrixRMaj lower = DeepForward.absolute(DeepForward.rows(parameters.get(layer)));
        CommonOps_DDRM.multAddTransA(factor, upper, upper, sum);
        CommonOps_DDRM.multAddTransB(factor, lower, lower, sum);
    }

    static StageParameters weightsOf(StageParameters stage) {
        return new StageParameters(stage.weights(), null);
    }

    private static DMatrixRMaj transposed(DMatrixRMaj matrix) {
        return CommonOps_DDRM.transpose(matrix, null);
    }

    private static DMatrixRMaj scaled(double factor, DMatrixRMaj matrix) {
        DMatrixRMaj result = matrix.copy();
        CommonOps_DDRM.scale(factor, result);
        return result;
    }

    private static Array joined(List<double[]> parts) {
        double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
        int next = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, next, part.length);
            next += part.length;
        }
        return Array.of(all, all.length);
    }
}

package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.theory.arithmetic.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Bounds, entry by entry, on what a deep linear network stores in one step: signals forward, gradients backward, one
 * column an example. Source: proofs/rounding.md, section 12.
 */
final class SignalSizes {
    private final List<DMatrixRMaj> signals = new ArrayList<>();
    private final List<DMatrixRMaj> gradients = new ArrayList<>();
    private final int examples;
    private final double unit;
    private final double smallest;

    private SignalSizes(int examples, Precision precision) {
        this.examples = examples;
        unit = precision.unitRoundoff();
        smallest = precision.smallestNormal();
    }

    static SignalSizes of(TrainingProblem problem, List<StageParameters> parameters, Precision precision) {
        SignalSizes sizes = new SignalSizes(problem.examples(), precision);
        DMatrixRMaj signal = DeepForward.absolute(columns(problem.inputs()));
        sizes.signals.add(signal);
        int operations = 0;
        for (StageParameters stage : parameters) {
            DMatrixRMaj rows = DeepForward.absolute(DeepForward.rows(stage));
            signal = CommonOps_DDRM.mult(rows, withOnes(signal, stage.bias()), null);
            operations += rows.numCols + rows.numRows + 2;
            sizes.signals.add(signal);
        }
        DeepForward outputs = DeepForward.of(problem.network(), parameters, problem.inputs(), precision);
        Array residual = Array.zeros(problem.targets().shape());
        // factors and enlargements that the sizes themselves would have to carry, all in one
        double enlarged = 1 + Rounding.accumulated(2 * operations + 8, sizes.unit);
        double scale = problem.loss().scale(residual.length()) * enlarged;
        for (int i = 0; i < residual.length(); i++) {
            double difference =
                    Math.abs(outputs.values().values()[i] - problem.targets().values()[i]);
            residual.values()[i] = scale * (difference + outputs.errors().values()[i]);
        }
        DMatrixRMaj gradient = columns(residual);
        sizes.gradients.add(gradient);
        for (int layer = parameters.size() - 1; layer > 0; layer--) {
            DMatrixRMaj rows = DeepForward.absolute(DeepForward.rows(Imbalance.weightsOf(parameters.get(layer))));
            gradient = CommonOps_DDRM.multTransA(rows, gradient, null);
            sizes.gradients.add(0, gradient);
        }
        return sizes;
    }

    private static DMatrixRMaj columns(Array examples) {
        DMatrixRMaj rows = DMatrixRMaj.wrap(examples.size(0), examples.size(1), examples.values());
        return CommonOps_DDRM.transpose(rows, null);
    }

    private static DMatrixRMaj withOnes(DMatrixRMaj signal, @Nullable Array bias) {
        if (bias == null) {
            return signal;
        }
        DMatrixRMaj extended = new DMatrixRMaj(signal.numRows + 1, signal.numCols);
        CommonOps_DDRM.insert(signal, extended, 0, 0);
        for (int column = 0; column < signal.numCols; column++) {
            extended.set(signal.numRows, column, 1);
        }
        return extended;
    }

    /** |outputs| of a layer, units × examples. */
    DMatrixRMaj signal(int layer) {
        return signals.get(layer + 1);
    }

    /** |gradient| with respect to the outputs of a layer, units × examples. */
    DMatrixRMaj gradient(int layer) {
        return gradients.get(layer);
    }

    /**
     * |gradient| with respect to the weights of a layer, outputs × inputs, and to its bias in a last column where asked
     * for.
     */
    DMatrixRMaj weightGradient(int layer, boolean withBias) {
        DMatrixRMaj inputs = signals.get(layer);
        Array ones = withBias ? Array.zeros(1) : null;
        return CommonOps_DDRM.multTransB(gradients.get(layer), withOnes(inputs, ones), null);
    }

    /** Relative rounding of UᵀG_U − G_VVᵀ, V the given layer. */
    double exchangeRounding(int layer) {
        double sums = 2 * Rounding.accumulated(examples + 1, unit)
                + Rounding.accumulated(gradients.get(layer + 1).numRows, unit)
                + Rounding.accumulated(signals.get(layer).numRows + 1, unit);
        return sums * enlargement();
    }

    /** Relative difference of two stored gradients of either layer, one recorded, one used. */
    double gradientRounding(int layer) {
        int operations = examples + 1;
        for (int above = layer + 1; above < gradients.size(); above++) {
            operations += gradients.get(above).numRows;
        }
        return 2 * Rounding.accumulated(operations, unit) * enlargement();
    }

    /** Terms in an entry of G_UᵀG_U − G_VG_Vᵀ, and a few operations more. */
    int terms(int layer) {
        return gradients.get(layer + 1).numRows + signals.get(layer).numRows + 8;
    }

    /** Second-order terms: products of a few of the errors above. */
    private double enlargement() {
        int operations = examples + 4;
        for (DMatrixRMaj signal : signals) {
            operations += 2 * signal.numRows + 2;
        }
        double enlarged = 1 + Rounding.accumulated(operations, unit);
        return enlarged * enlarged;
    }

    /** What results below the smallest normal number may add to an entry. */
    double underflow() {
        double sizes = 1;
        int operations = 0;
        for (DMatrixRMaj part : signals) {
            sizes += CommonOps_DDRM.elementSumAbs(part);
            operations += part.getNumElements();
        }
        for (DMatrixRMaj part : gradients) {
            sizes += CommonOps_DDRM.elementSumAbs(part);
            operations += part.getNumElements();
        }
        return smallest * operations * sizes * sizes;
    }
}

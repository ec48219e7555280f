package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.theory.arithmetic.AccurateProduct;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;

/**
 * Outputs of a network of any depth, each stage as one product with its design matrix, and how far the same forward
 * pass in another precision can be from them.
 *
 * @param values outputs in double precision, (n, k) or (n, C, H, W)
 * @param errors bounds in the shape of the values on the distance between the values and the outputs of a training
 *     engine; source: proofs/rounding.md, section 10
 */
public record DeepForward(Array values, Array errors) {
    /**
     * Runs a network.
     *
     * @param network architecture
     * @param parameters of every stage, as the engine has stored them
     * @param inputs (n, d) or (n, C, H, W), representable in the engine's precision
     * @param precision of the engine
     * @return outputs of the last stage
     */
    public static DeepForward of(Network network, List<StageParameters> parameters, Array inputs, Precision precision) {
        return signals(network, parameters, inputs, precision).get(network.depth());
    }

    /** The inputs, then the outputs of every stage. */
    static List<DeepForward> signals(
            Network network, List<StageParameters> parameters, Array inputs, Precision precision) {
        List<DeepForward> signals = new ArrayList<>(List.of(new DeepForward(inputs, Array.zeros(inputs.shape()))));
        for (int i = 0; i < network.depth(); i++) {
            signals.add(signals.get(i).through(network.stages().get(i), parameters.get(i), precision));
        }
        return signals;
    }

    private DeepForward through(Stage stage, StageParameters parameters, Precision precision) {
        LinearMap map = stage.map();
        DMatrixRMaj rows = rows(parameters);
        DMatrixRMaj columns = DesignMatrix.of(map, values);
        double[][] sums = new double[rows.numRows][columns.numCols];
        AccurateProduct.add(sums, AccurateProduct.rows(rows), AccurateProduct.rows(columns));
        DMatrixRMaj sizes = CommonOps_DDRM.mult(absolute(rows), absolute(columns), null);
        DMatrixRMaj weights = rows(new StageParameters(parameters.weights(), null));
        DMatrixRMaj inherited = DesignMatrix.of(withoutBias(map), errors);
        DMatrixRMaj spread = CommonOps_DDRM.mult(absolute(weights), inherited, null);
        int[] terms = terms(columns, inherited);
        double unit = precision.unitRoundoff();
        double underflow = precision.smallestNormal();
        Array outputs = Array.zeros(map.outputShape(values.shape()));
        Array bounds = Array.zeros(outputs.shape());
        int plane = outputs.length() / (outputs.size(0) * outputs.size(1));
        for (int i = 0; i < outputs.length(); i++) {
            int output = i / plane % outputs.size(1);
            int site = i / (plane * outputs.size(1)) * plane + i % plane;
            double sum = sums[output][site];
            double size = sizes.get(output, site);
            double relative = Rounding.accumulated(terms[site], unit);
            // every partial sum lies between that of the negative and that of the positive terms
            double partial = terms[site] * (size + Math.abs(sum)) / 2;
            double error = spread.get(output, site) * (1 + Rounding.accumulated(terms[site] + 2, unit))
                    + unit * (1 + 2 * relative) * (size + partial)
                    + Rounding.UNIT * Math.abs(sum)
                    + AccurateProduct.SECOND_ORDER * size
                    + (terms[site] + 2) * underflow;
            double value = Slope.value(stage.activation(), sum);
            error = activated(stage.activation(), sum, value, error, precision);
            if (stage.residual()) {
                value += values.values()[i];
                error += errors.values()[i];
                error += (unit + Rounding.UNIT) * (Math.abs(value) + error);
            }
            outputs.values()[i] = value;
            bounds.values()[i] = error;
        }
        return new DeepForward(outputs, bounds);
    }

    /** Error of the value of an activation at a sum with such an error, its own rounding in the engine included. */
    private static double activated(
            Activation activation, double sum, double value, double error, Precision precision) {
        double inherited = error * Slope.largest(activation, sum, error);
        double rounding = Slope.rounding(activation);
        if (rounding == 0) {
            return inherited;
        }
        double unit = precision.unitRoundoff();
        double size = Math.abs(value) + inherited;
        return inherited
                + ((unit + 2 * rounding) * size + Slope.offset(activation) * (1 + unit) + precision.smallestNormal());
    }

    /** Terms in the sums of each column that the engine may find not to be zero. */
    private static int[] terms(DMatrixRMaj columns, DMatrixRMaj errors) {
        int[] terms = new int[columns.numCols];
        for (int i = 0; i < columns.getNumElements(); i += columns.numCols) {
            boolean exact = i >= errors.getNumElements();
            for (int site = 0; site < columns.numCols; site++) {
                boolean zero = columns.data[i + site] == 0 && (exact || errors.data[i + site] == 0);
                terms[site] += zero ? 0 : 1;
            }
        }
        return terms;
    }

    /** One row per output: weights, then the bias if there is one. */
    static DMatrixRMaj rows(StageParameters parameters) {
        Array weights = parameters.weights();
        Array bias = parameters.bias();
        int outputs = weights.size(0);
        int inputs = weights.length() / outputs;
        DMatrixRMaj rows = new DMatrixRMaj(outputs, inputs + (bias == null ? 0 : 1));
        for (int row = 0; row < outputs; row++) {
            System.arraycopy(weights.values(), row * inputs, rows.data, row * rows.numCols, inputs);
            if (bias != null) {
                rows.set(row, inputs, bias.values()[row]);
            }
        }
        return rows;
    }

    /** Absolute values, a fresh matrix of the same shape. */
    static DMatrixRMaj absolute(DMatrixRMaj matrix) {
        DMatrixRMaj sizes = matrix.copy();
        for (int i = 0; i < sizes.getNumElements(); i++) {
            sizes.data[i] = Math.abs(sizes.data[i]);
        }
        return sizes;
    }

    private static LinearMap withoutBias(LinearMap map) {
        return map instanceof Cnn cnn
                ? new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), cnn.padding(), false)
                : new Fcn(map.fanIn(), map.outputs(), false);
    }
}

package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.theory.arithmetic.Rounding;

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
        Array outputs = Array.zeros(stage.map().outputShape(values.shape()));
        DeepForward next = new DeepForward(outputs, Array.zeros(outputs.shape()));
        StageSums sums = new StageSums(stage.map(), parameters, this);
        int plane = outputs.length() / (outputs.size(0) * outputs.size(1));
        int sites = outputs.size(0) * plane;
        for (int from = 0; from < sites; from += sums.most()) {
            int count = Math.min(sums.most(), sites - from);
            sums.take(from, count);
            for (int output = 0; output < outputs.size(1); output++) {
                for (int site = 0; site < count; site++) {
                    int image = (from + site) / plane;
                    int at = (image * outputs.size(1) + output) * plane + (from + site) % plane;
                    next.set(at, stage, this, sums.sum(output, site), sums.error(output, site, precision), precision);
                }
            }
        }
        return next;
    }

    /** Sets an output from its sum and a bound on the sum's error. */
    private void set(int at, Stage stage, DeepForward inputs, double sum, double ofSum, Precision precision) {
        double value = Slope.value(stage.activation(), sum);
        double error = activated(stage.activation(), sum, value, ofSum, precision);
        if (stage.residual()) {
            value += inputs.values.values()[at];
            error += inputs.errors.values()[at];
            error += (precision.unitRoundoff() + Rounding.UNIT) * (Math.abs(value) + error);
        }
        values.values()[at] = value;
        errors.values()[at] = error;
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
}

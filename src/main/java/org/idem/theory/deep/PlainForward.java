package org.idem.theory.deep;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.theory.design.DesignMatrix;

/**
 * Outputs of a network of any depth in double precision, without bounds on their rounding: many times faster than
 * {@link DeepForward}, for what is compared up to more than rounding.
 */
public final class PlainForward {
    private PlainForward() {}

    /**
     * Runs a network.
     *
     * @param network architecture
     * @param parameters of every stage
     * @param inputs (n, d) or (n, C, H, W)
     * @return outputs of the last stage, (n, k) or (n, C_out, H′, W′)
     */
    public static Array of(Network network, List<StageParameters> parameters, Array inputs) {
        Array signal = inputs;
        for (int i = 0; i < network.depth(); i++) {
            signal = through(network.stages().get(i), parameters.get(i), signal);
        }
        return signal;
    }

    private static Array through(Stage stage, StageParameters parameters, Array signal) {
        DMatrixRMaj sums =
                CommonOps_DDRM.mult(DeepForward.rows(parameters), DesignMatrix.of(stage.map(), signal), null);
        Array outputs = Array.zeros(stage.map().outputShape(signal.shape()));
        int channels = outputs.size(1);
        int plane = outputs.length() / (outputs.size(0) * channels);
        for (int i = 0; i < outputs.length(); i++) {
            int site = i / (plane * channels) * plane + i % plane;
            double value = Slope.value(stage.activation(), sums.get(i / plane % channels, site));
            outputs.values()[i] = stage.residual() ? value + signal.values()[i] : value;
        }
        return outputs;
    }
}

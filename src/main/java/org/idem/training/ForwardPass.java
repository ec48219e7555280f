package org.idem.training;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Layer;
import org.idem.training.layer.Batch;
import org.idem.training.layer.Parameters;

/** Outputs of deep networks, layer after layer on native memory. */
public final class ForwardPass {
    private ForwardPass() {}

    /**
     * Runs a network.
     *
     * @param layers first to last, each fitting the outputs of the one before
     * @param inputs (n, d) or (n, C, H, W), rounded to the precision here
     * @param precision arithmetic of every layer
     * @return outputs of the last layer
     */
    public static Array outputs(List<Layer> layers, Array inputs, Precision precision) {
        Array signals = inputs.rounded(precision);
        for (Layer layer : layers) {
            Batch batch = new Batch(layer.network(), signals, precision);
            Parameters parameters = new Parameters(layer.network(), precision);
            parameters.write(layer.weights(), new double[0]);
            signals = batch.fromPassOrder(batch.forward(parameters));
            if (layer.rectified()) {
                double[] values = signals.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.max(0, values[i]);
                }
            }
        }
        return signals;
    }
}

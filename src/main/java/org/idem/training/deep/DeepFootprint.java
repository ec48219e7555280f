package org.idem.training.deep;

import java.util.List;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Stage;
import org.idem.training.convolution.Convolutions;
import org.idem.training.run.Footprint;
import org.idem.training.update.Update;

/** Memory of trainings of several layers, for plans. */
public final class DeepFootprint {
    private DeepFootprint() {}

    /**
     * Counts what a training needs at most, without making it.
     *
     * @param network to be trained
     * @param rule how gradients move parameters
     * @param batches (n, d) or (n, C, H, W) of the examples of a step, one for each number of them that occurs
     * @param probes shapes of inputs on which it is looked at
     * @param precision arithmetic of every step
     * @param threads to share large convolutions among
     * @return numbers of the precision, and bytes of Java's own memory
     */
    public static Footprint of(
            Network network,
            Optimizer rule,
            List<int[]> batches,
            List<int[]> probes,
            Precision precision,
            int threads) {
        Footprint all = new Footprint();
        Convolutions convolutions = Convolutions.fastest(precision, threads);
        boolean[] reordered = new boolean[network.depth()];
        for (int[] shape : batches) {
            Footprint pass = DeepPass.count(network, shape, true, convolutions, reordered, all);
            all.add(pass.numbers());
            all.addHeap(pass.heapBytes());
        }
        DeepParameters.count(network, reordered, all);
        for (Stage stage : network.stages()) {
            int count = DeepParameters.count(stage.map());
            all.share("gradient", count);
            Update.count(rule, count, precision, all);
        }
        for (int[] shape : probes) {
            Footprint pass = DeepPass.count(network, shape, false, convolutions, reordered, all);
            all.share("probes", pass.numbers());
            all.shareHeap("for a moment", pass.heapBytes());
        }
        return all;
    }
}

package org.idem.training.deep;

import java.util.List;
import java.util.function.BiFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.training.convolution.Convolutions;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.MemoryScope;
import org.idem.training.run.Footprint;

/** Forward passes of networks that are not trained. Their memory is freed before they return. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Outputs of a network by plain sums of products.
     *
     * @param model network and parameters, rounded to the precision here
     * @param inputs (n, d) or (n, C, H, W), rounded to the precision here
     * @param precision arithmetic of every stage
     * @return (n, k) or (n, C_out, H', W')
     */
    public static Array outputs(Model model, Array inputs, Precision precision) {
        return MemoryScope.within(
                () -> passed(model, inputs, precision, Convolutions.ofPlainSums(precision), (pass, parameters) -> {
                    pass.forward(parameters);
                    return pass.copiedOutputs();
                }));
    }

    /**
     * Outputs of every stage of a network by the fastest passes of one thread, with the bits that a training of it
     * shows before its first step.
     *
     * @param model network and parameters, rounded to the precision here
     * @param inputs (n, d) or (n, C, H, W), rounded to the precision here
     * @param precision arithmetic of every stage
     * @return first stage first
     */
    public static List<Array> signals(Model model, Array inputs, Precision precision) {
        return MemoryScope.within(
                () -> passed(model, inputs, precision, Convolutions.fastest(precision, 1), DeepPass::signals));
    }

    /**
     * Counts what {@link #signals} needs, without making it.
     *
     * @param network any
     * @param inputs (n, d) or (n, C, H, W)
     * @param precision arithmetic of every stage
     * @return numbers of the precision, and bytes of Java's own memory
     */
    public static Footprint footprint(Network network, int[] inputs, Precision precision) {
        Footprint all = new Footprint();
        boolean[] reordered = new boolean[network.depth()];
        Footprint pass = DeepPass.count(network, inputs, false, Convolutions.fastest(precision, 1), reordered, all);
        all.add(pass.numbers());
        all.addHeap(pass.heapBytes());
        DeepParameters.count(network, reordered, all);
        return all;
    }

    private static <T> T passed(
            Model model,
            Array inputs,
            Precision precision,
            Convolutions convolutions,
            BiFunction<DeepPass, DeepParameters, T> work) {
        List<WeightOrder> orders = DeepPass.orders(model.network(), inputs.shape(), convolutions);
        DeepParameters parameters = new DeepParameters(model.network(), precision, orders);
        parameters.write(model.parameters());
        DeepPass pass = new DeepPass(model.network(), inputs.shape(), precision, false, convolutions, orders);
        pass.read(inputs);
        return work.apply(pass, parameters);
    }
}

package org.idem.training.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.training.convolution.Convolutions;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.Layout;
import org.idem.training.memory.Memory;
import org.idem.training.run.Footprint;

/** A deep network on batches of one size: signals forward, gradients backward. */
final class DeepPass {
    private final Network network;
    private final List<int[]> shapes;
    private final Memory inputs;
    private final List<StagePass> stages = new ArrayList<>();

    /**
     * With respect to the outputs of each stage; every other one shares its memory, since only two are needed at once.
     */
    private final List<Memory> gradients = new ArrayList<>();

    /**
     * Allocates all memory of the pass.
     *
     * @param network of any depth
     * @param inputShape (n, d) or (n, C, H, W) of every batch
     * @param precision arithmetic of every stage
     * @param trains whether gradients will be asked for
     * @param convolutions of passes that never run at the same time
     * @param orders in which each stage's weights are stored
     */
    DeepPass(
            Network network,
            int[] inputShape,
            Precision precision,
            boolean trains,
            Convolutions convolutions,
            List<WeightOrder> orders) {
        this.network = network;
        shapes = network.signalShapes(inputShape);
        inputs = Memory.allocate(Array.lengthOf(inputShape), precision);
        PassMemory memory = new PassMemory(network, shapes, precision, trains);
        for (int i = 0; i < network.depth(); i++) {
            Stage stage = network.stages().get(i);
            stages.add(StagePass.of(stage, i, shapes.get(i), memory, convolutions, orders.get(i)));
        }
        int longest =
                trains ? stages.stream().mapToInt(StagePass::outputLength).max().orElse(0) : 0;
        Memory[] alternating = {Memory.allocate(longest, precision), Memory.allocate(longest, precision)};
        for (int i = 0; i < network.depth(); i++) {
            gradients.add(alternating[i % 2].part(0, trains ? stages.get(i).outputLength() : 0));
        }
    }

    /**
     * The orders in which weights should be stored for batches of a shape.
     *
     * @param network of any depth
     * @param inputShape (n, d) or (n, C, H, W)
     * @param convolutions that will be used
     * @return one for each stage
     */
    static List<WeightOrder> orders(Network network, int[] inputShape, Convolutions convolutions) {
        List<int[]> shapes = network.signalShapes(inputShape);
        return IntStream.range(0, network.depth())
                .mapToObj(i -> StagePass.order(network.stages().get(i), shapes.get(i), convolutions))
                .toList();
    }

    /**
     * Counts the memory of a pass, without making it.
     *
     * @param network of any depth
     * @param inputShape (n, d) or (n, C, H, W) of every batch
     * @param trains whether gradients will be asked for
     * @param convolutions that will be used
     * @param reordered for each stage whether its weights are in the order of a library, which the first pass that is
     *     counted decides
     * @param all gets what lives as long as the network
     * @return what is freed with the pass
     */
    static Footprint count(
            Network network,
            int[] inputShape,
            boolean trains,
            Convolutions convolutions,
            boolean[] reordered,
            Footprint all) {
        Footprint pass = new Footprint();
        List<int[]> shapes = network.signalShapes(inputShape);
        pass.add(length(inputShape));
        for (int i = 0; i < network.depth(); i++) {
            Stage stage = network.stages().get(i);
            double length = length(shapes.get(i + 1));
            pass.share("ones", stage.map().bias() ? length / stage.map().outputs() : 0);
            // gradients, or the signals that take turns
            pass.share("even", length);
            pass.share("odd", network.depth() > 1 ? length : 0);
            if (trains) {
                pass.add(stage.residual() ? 3 * length : length);
            } else {
                pass.share("beside shortcut", stage.residual() ? length : 0);
            }
            if (stage.map() instanceof Cnn cnn) {
                boolean library =
                        ConvolvedPass.count(cnn, shapes.get(i), convolutions, trains, reordered[i], pass, all);
                reordered[i] |= trains && library;
            }
        }
        return pass;
    }

    private static double length(int[] shape) {
        return IntStream.of(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    /**
     * Takes the inputs of the next forward passes.
     *
     * @param array in the input shape; copied and rounded to the precision
     */
    void read(Array array) {
        inputs.write(Layout.channelsLast(array));
    }

    /**
     * Runs the network on its inputs.
     *
     * @param parameters of the network, in the precision of the pass
     * @return live outputs (n, k) or (n, H, W, C), overwritten by the next forward pass
     */
    Memory forward(DeepParameters parameters) {
        return forward(parameters, stage -> {});
    }

    /** @param passed told the number of each stage whose outputs are there */
    private Memory forward(DeepParameters parameters, IntConsumer passed) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).forward(parameters.weights(i), parameters.bias(i), signal(i));
            passed.accept(i);
        }
        return outputs();
    }

    /** Input of stage i, or the outputs of the last one. */
    private Memory signal(int i) {
        return i == 0 ? inputs : stages.get(i - 1).outputs();
    }

    Memory outputs() {
        return signal(stages.size());
    }

    /**
     * Number of outputs.
     *
     * @return n·k or n·H·W·C
     */
    int outputLength() {
        return stages.get(stages.size() - 1).outputLength();
    }

    /**
     * Memory into which the caller puts the gradient with respect to the outputs before a backward pass.
     *
     * @return live memory in the order of the outputs; a backward pass overwrites it
     */
    Memory outputGradient() {
        return gradients.get(stages.size() - 1);
    }

    /**
     * Turns the gradient with respect to the outputs into that with respect to the parameters, after a forward pass.
     *
     * @param parameters as given to {@link #forward}
     * @param gradient overwritten
     * @param passed told the number of each stage whose gradient is there and whose parameters are needed no more
     */
    void backward(DeepParameters parameters, DeepParameters gradient, IntConsumer passed) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i)
                    .backward(
                            parameters.weights(i),
                            signal(i),
                            gradients.get(i),
                            gradient.weights(i),
                            gradient.bias(i),
                            i == 0 ? null : gradients.get(i - 1));
            passed.accept(i);
        }
    }

    /**
     * Whether {@link #move} can run.
     *
     * @return true for a fully connected network on a single example
     */
    boolean isSingleDenseExample() {
        return stages.stream().allMatch(stage -> stage instanceof DensePass && stage.sites() == 1);
    }

    /**
     * Backward pass and one step in one, after a forward pass.
     *
     * @param parameters as given to {@link #forward}; moved
     * @param step how they move
     */
    void move(DeepParameters parameters, DenseStep step) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            Memory inputGradient = i == 0 ? null : gradients.get(i - 1);
            DensePass stage = (DensePass) stages.get(i);
            Memory delta = stage.mapGradient(gradients.get(i));
            stage.move(step, i, parameters.weights(i), signal(i), delta, inputGradient);
            if (network.stages().get(i).map().bias()) {
                int length = stage.outputLength();
                step.bias(i, parameters.count(i) - length, parameters.bias(i), delta, length);
            }
            stage.addShortcut(gradients.get(i), inputGradient);
        }
    }

    /**
     * Runs the network on its inputs.
     *
     * @param parameters of the network, in the precision of the pass
     * @return outputs (n, d) or (n, C, H, W) of each stage, first stage first; copies
     */
    List<Array> signals(DeepParameters parameters) {
        List<Array> signals = new ArrayList<>();
        forward(parameters, stage -> signals.add(copied(stage + 1)));
        return signals;
    }

    /**
     * Outputs of the last stage in the last forward pass.
     *
     * @return (n, k) or (n, C, H, W), a copy
     */
    Array copiedOutputs() {
        return copied(stages.size());
    }

    private Array copied(int signal) {
        double[] values = new double[Array.lengthOf(shapes.get(signal))];
        signal(signal).read(values);
        return Layout.channelsFirst(values, shapes.get(signal));
    }
}

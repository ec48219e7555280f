package org.idem.training.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.training.convolution.WinogradScratch;
import org.idem.training.memory.Layout;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/** A deep network on batches of one size: signals forward, gradients backward. */
public final class DeepPass {
    private final Network network;
    private final List<int[]> shapes;
    private final Memory inputs;
    private final List<StagePass> stages = new ArrayList<>();
    private final List<Memory> gradients = new ArrayList<>();

    /**
     * @param trains whether gradients will be asked for
     * @param scratch shared by passes that never run at the same time; null if no convolution may use Winograd's
     *     transforms
     */
    public DeepPass(
            Network network,
            int[] inputShape,
            Precision precision,
            boolean trains,
            @Nullable Supplier<WinogradScratch> scratch) {
        this.network = network;
        shapes = network.signalShapes(inputShape);
        inputs = Memory.allocate(Array.lengthOf(inputShape), precision);
        for (int i = 0; i < network.depth(); i++) {
            StagePass pass = StagePass.of(network.stages().get(i), shapes.get(i), precision, scratch);
            stages.add(pass);
            gradients.add(Memory.allocate(trains ? pass.outputLength() : 0, precision));
        }
    }

    public void read(Array array) {
        inputs.write(Layout.channelsLast(array));
    }

    /** Runs the network and returns the memory of its outputs. */
    public Memory forward(DeepParameters parameters) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).forward(parameters.weights(i), parameters.bias(i), signal(i));
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

    public int outputLength() {
        return stages.get(stages.size() - 1).outputLength();
    }

    /** Memory into which the caller puts the gradient with respect to the outputs before a backward pass. */
    public Memory outputGradient() {
        return gradients.get(stages.size() - 1);
    }

    public void backward(DeepParameters parameters, DeepParameters gradient) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i)
                    .backward(
                            parameters.weights(i),
                            signal(i),
                            gradients.get(i),
                            gradient.weights(i),
                            gradient.bias(i),
                            i == 0 ? null : gradients.get(i - 1));
        }
    }

    /** Whether {@link #descend} can run. */
    public boolean isSingleDenseExample() {
        return stages.stream().allMatch(stage -> stage instanceof DensePass && stage.sites() == 1);
    }

    /** Backward pass and one step of plain gradient descent in one. */
    public void descend(DeepParameters parameters, double rate) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            Memory inputGradient = i == 0 ? null : gradients.get(i - 1);
            DensePass stage = (DensePass) stages.get(i);
            Memory delta = stage.mapGradient(gradients.get(i));
            stage.descend(rate, parameters.weights(i), signal(i), delta, inputGradient);
            if (network.stages().get(i).map().bias()) {
                parameters.bias(i).add(stage.outputLength(), -rate, delta);
            }
            stage.addShortcut(gradients.get(i), inputGradient);
        }
    }

    /** Outputs of every stage in the last forward pass, (n, d) or (n, C, H, W). */
    public List<Array> signals() {
        List<Array> signals = new ArrayList<>();
        for (int i = 1; i < shapes.size(); i++) {
            double[] values = new double[Array.lengthOf(shapes.get(i))];
            signal(i).read(values);
            signals.add(Layout.channelsFirst(values, shapes.get(i)));
        }
        return signals;
    }
}

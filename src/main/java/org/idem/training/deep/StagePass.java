package org.idem.training.deep;

import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Stage;
import org.idem.training.convolution.Convolutions;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * One stage on batches of one size, forward and backward, with all memory that it needs. Signals are stored (example,
 * unit), or (image, row, column, channel).
 */
abstract class StagePass {
    private final Stage stage;
    private final int units;
    private final int sites;
    private final Memory ones;
    private final Memory activated;
    private final Memory outputs;
    private final Memory slopes;

    /** @param number of the stage in its network, from 0 */
    StagePass(Stage stage, int number, int[] outputShape, PassMemory memory) {
        this.stage = stage;
        units = stage.map().outputs();
        sites = Array.lengthOf(outputShape) / units;
        ones = memory.ones();
        outputs = memory.outputs(number, outputLength());
        activated = stage.residual() ? memory.besideShortcut(outputLength()) : outputs;
        slopes = stage.residual() && memory.trains() ? Memory.allocate(outputLength(), memory.precision()) : activated;
    }

    static StagePass of(
            Stage stage,
            int number,
            int[] inputShape,
            PassMemory memory,
            Convolutions convolutions,
            WeightOrder order) {
        return stage.map() instanceof Cnn cnn
                ? new ConvolvedPass(stage, number, cnn, inputShape, memory, convolutions, order)
                : new DensePass(stage, number, inputShape, memory);
    }

    /** The order in which the stage's weights should be stored for batches of a shape. */
    static WeightOrder order(Stage stage, int[] inputShape, Convolutions convolutions) {
        return stage.map() instanceof Cnn cnn ? ConvolvedPass.order(cnn, inputShape, convolutions) : WeightOrder.PLAIN;
    }

    /** Linear map without bias, overwriting the outputs. */
    abstract void map(Memory weights, Memory inputs, Memory outputs);

    /** Gradients of the linear map, overwritten, after {@link #map} of the same weights and inputs. */
    abstract void differentiate(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient);

    int sites() {
        return sites;
    }

    final int outputLength() {
        return sites * units;
    }

    /** Outputs of the last forward pass. */
    final Memory outputs() {
        return outputs;
    }

    final void forward(Memory weights, Memory bias, Memory inputs) {
        map(weights, inputs, activated);
        if (stage.map().bias()) {
            activated.addOuter(sites, units, 1, ones, bias);
        }
        Elementwise.activate(stage.activation(), activated, outputLength());
        if (stage.residual()) {
            outputs.copy(outputLength(), activated);
            outputs.add(outputLength(), 1, inputs);
        }
    }

    /** Turns the gradient with respect to the outputs into gradients of parameters and, unless null, inputs. */
    final void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            Memory biasGradient,
            @Nullable Memory inputGradient) {
        Memory delta = mapGradient(outputGradient);
        differentiate(weights, inputs, delta, weightGradient, inputGradient);
        if (stage.map().bias()) {
            biasGradient.multiplyVector(true, sites, units, 1, delta, ones, 0);
        }
        addShortcut(outputGradient, inputGradient);
    }

    /** The gradient with respect to the linear map's outputs; overwrites that of the stage unless it is residual. */
    final Memory mapGradient(Memory outputGradient) {
        Memory delta = outputGradient;
        if (stage.residual()) {
            delta = slopes;
            delta.copy(outputLength(), outputGradient);
        }
        Elementwise.differentiate(stage.activation(), activated, delta, outputLength());
        return delta;
    }

    final void addShortcut(Memory outputGradient, @Nullable Memory inputGradient) {
        if (stage.residual() && inputGradient != null) {
            inputGradient.add(outputLength(), 1, outputGradient);
        }
    }
}

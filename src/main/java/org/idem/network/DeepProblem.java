package org.idem.network;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;

/**
 * Everything that the training of a deep network starts from, except the update rule. Arrays are shared, not copied;
 * nobody writes to them.
 *
 * @param network the architecture
 * @param inputs examples first: (n, d) or (n, C, H, W)
 * @param targets in the shape of the network's outputs on the inputs
 * @param initial weights and biases of every stage
 * @param loss normalisation of the squared loss
 */
public record DeepProblem(DeepNetwork network, Array inputs, Array targets, List<StageParameters> initial, Loss loss) {
    /** Checks that there are examples and that all shapes fit. */
    public DeepProblem {
        initial = List.copyOf(initial);
        int[] outputs = network.outputShape(inputs.shape());
        if (outputs[0] == 0) {
            throw new IllegalArgumentException("a training problem needs at least one example, got none");
        }
        require("targets", outputs, targets);
        if (initial.size() != network.depth()) {
            throw new IllegalArgumentException(
                    "every stage needs parameters, got " + initial.size() + " for " + network.depth() + " stages");
        }
        for (int i = 0; i < initial.size(); i++) {
            Network map = network.stages().get(i).map();
            require(
                    "weights of stage " + (i + 1),
                    map.weightShape(),
                    initial.get(i).weights());
            Array bias = initial.get(i).bias();
            if (map.bias() != (bias != null)) {
                throw new IllegalArgumentException("stage " + (i + 1)
                        + " must have a bias exactly if its map has one, got " + (bias == null ? "none" : "one"));
            }
            if (bias != null) {
                require("bias of stage " + (i + 1), new int[] {map.outputs()}, bias);
            }
        }
    }

    private static void require(String name, int[] shape, Array array) {
        if (!Arrays.equals(shape, array.shape())) {
            throw new IllegalArgumentException(
                    name + " must have shape " + Arrays.toString(shape) + ", got " + Arrays.toString(array.shape()));
        }
    }

    /**
     * A problem of one linear layer.
     *
     * @param problem the same for one layer
     * @return the network of a single stage
     */
    public static DeepProblem of(TrainingProblem problem) {
        return new DeepProblem(
                DeepNetwork.of(problem.network()),
                problem.inputs(),
                problem.targets(),
                List.of(new StageParameters(problem.weights(), problem.initialBias())),
                problem.loss());
    }

    /**
     * Number of training examples or images.
     *
     * @return n, at least 1
     */
    public int examples() {
        return inputs.size(0);
    }

    /**
     * The problem with every number rounded to a precision.
     *
     * @param precision float32 or float64
     * @return a copy of exactly representable numbers
     */
    public DeepProblem rounded(Precision precision) {
        return new DeepProblem(
                network,
                inputs.rounded(precision),
                targets.rounded(precision),
                initial.stream().map(part -> part.rounded(precision)).toList(),
                loss);
    }
}

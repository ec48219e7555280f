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
public record TrainingProblem(Network network, Array inputs, Array targets, List<StageParameters> initial, Loss loss) {
    /** Checks that there are examples and that all shapes fit. */
    public TrainingProblem {
        initial = List.copyOf(initial);
        int[] outputs = network.outputShape(inputs.shape());
        if (outputs[0] == 0) {
            throw new IllegalArgumentException("a training problem needs at least one example, got none");
        }
        if (!Arrays.equals(outputs, targets.shape())) {
            throw new IllegalArgumentException("targets must have the shape of the outputs " + Arrays.toString(outputs)
                    + ", got " + Arrays.toString(targets.shape()));
        }
        new Model(network, initial);
    }

    /**
     * The training of one linear map as that of a network.
     *
     * @param problem of one map
     * @return the same for a network of a single stage without activation
     */
    public static TrainingProblem of(LinearProblem problem) {
        return new TrainingProblem(
                Network.of(problem.map()),
                problem.inputs(),
                problem.targets(),
                List.of(new StageParameters(problem.weights(), problem.initialBias())),
                problem.loss());
    }

    /**
     * Targets of the identity task: the inputs, under valid padding their central crop.
     *
     * @param network the architecture, with as many outputs as inputs
     * @param inputs (n, d) or (n, C, H, W)
     * @return targets in the shape of the outputs
     */
    public static Array identityTargets(Network network, Array inputs) {
        int[] shape = network.outputShape(inputs.shape());
        int[] given = inputs.shape();
        if (given[1] != shape[1]) {
            throw new IllegalArgumentException(
                    "the identity task needs as many outputs as inputs, got " + shape[1] + " and " + given[1]);
        }
        if (Arrays.equals(shape, given)) {
            return inputs;
        }
        int dropRows = (given[2] - shape[2]) / 2;
        int dropColumns = (given[3] - shape[3]) / 2;
        double[] crop = new double[Array.zeros(shape).length()];
        int next = 0;
        for (int plane = 0; plane < given[0] * given[1]; plane++) {
            for (int row = 0; row < shape[2]; row++) {
                int from = (plane * given[2] + row + dropRows) * given[3] + dropColumns;
                System.arraycopy(inputs.values(), from, crop, next, shape[3]);
                next += shape[3];
            }
        }
        return Array.of(crop, shape);
    }

    /**
     * Where training starts.
     *
     * @return the network with its initial parameters
     */
    public Model start() {
        return new Model(network, initial);
    }

    /**
     * The same task from other initial parameters.
     *
     * @param parameters of every stage
     * @return a copy
     */
    public TrainingProblem withInitial(List<StageParameters> parameters) {
        return new TrainingProblem(network, inputs, targets, parameters, loss);
    }

    /**
     * The same training with other targets.
     *
     * @param other in the shape of the outputs
     * @return a copy
     */
    public TrainingProblem withTargets(Array other) {
        return new TrainingProblem(network, inputs, other, initial, loss);
    }

    /**
     * The same training of another network.
     *
     * @param other whose stages have parameters of the same shapes
     * @return a copy
     */
    public TrainingProblem withNetwork(Network other) {
        return new TrainingProblem(other, inputs, targets, initial, loss);
    }

    /**
     * The same training on other examples.
     *
     * @param others inputs, examples first
     * @param theirs targets in the shape of the outputs
     * @return a copy
     */
    public TrainingProblem withExamples(Array others, Array theirs) {
        return new TrainingProblem(network, others, theirs, initial, loss);
    }

    /**
     * The same training with another normalisation of the loss.
     *
     * @param other which
     * @return a copy
     */
    public TrainingProblem withLoss(Loss other) {
        return new TrainingProblem(network, inputs, targets, initial, other);
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
    public TrainingProblem rounded(Precision precision) {
        return new TrainingProblem(
                network,
                inputs.rounded(precision),
                targets.rounded(precision),
                start().rounded(precision).parameters(),
                loss);
    }
}

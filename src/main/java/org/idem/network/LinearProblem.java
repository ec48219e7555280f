package org.idem.network;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the training of one linear map starts from, except the optimiser. It is a {@link TrainingProblem} of
 * depth 1 without activation, for which closed forms exist. Arrays are shared, not copied; nobody writes to them.
 *
 * @param map what is trained
 * @param inputs examples first: (n, d) or (n, C, H, W)
 * @param targets in the shape of the network's outputs on the inputs
 * @param weights initial weights in the network's weight shape
 * @param initialBias initial bias of shape (outputs), null exactly if the network has none
 * @param loss normalisation of the loss
 */
public record LinearProblem(
        LinearMap map,
        Array inputs,
        Array targets,
        Array weights,
        @Nullable Array initialBias,
        Loss loss) {
    /** Checks that there are examples and that all shapes fit. */
    public LinearProblem {
        int[] outputs = map.outputShape(inputs.shape());
        if (outputs[0] == 0) {
            throw new IllegalArgumentException("a training problem needs at least one example, got none");
        }
        if (!Arrays.equals(outputs, targets.shape())) {
            throw new IllegalArgumentException("targets must have the shape of the outputs " + Arrays.toString(outputs)
                    + ", got " + Arrays.toString(targets.shape()));
        }
        if (!Arrays.equals(map.weightShape(), weights.shape())) {
            throw new IllegalArgumentException("weights must have shape " + Arrays.toString(map.weightShape())
                    + ", got " + Arrays.toString(weights.shape()));
        }
        if (map.bias() != (initialBias != null)) {
            throw new IllegalArgumentException(
                    "a bias must be given exactly if the map has one, got " + (initialBias == null ? "none" : "one"));
        }
        if (initialBias != null && !Arrays.equals(new int[] {map.outputs()}, initialBias.shape())) {
            throw new IllegalArgumentException(
                    "bias must have shape [" + map.outputs() + "], got " + Arrays.toString(initialBias.shape()));
        }
    }

    /**
     * The view of a network that is one linear map.
     *
     * @param problem of a network of depth 1 with linear activation and without a residual connection
     * @return the same for its map
     * @throws IllegalArgumentException if the network is another
     */
    public static LinearProblem of(TrainingProblem problem) {
        if (!problem.network().isLinearMap()) {
            throw new IllegalArgumentException(
                    "the network must be one linear map without activation, got " + problem.network());
        }
        StageParameters initial = problem.initial().get(0);
        return new LinearProblem(
                problem.network().stages().get(0).map(),
                problem.inputs(),
                problem.targets(),
                initial.weights(),
                initial.bias(),
                problem.loss());
    }

    /**
     * The same training of another map.
     *
     * @param other with weights of the same shape, and a bias if this one has one
     * @return a copy
     */
    public LinearProblem withMap(LinearMap other) {
        return new LinearProblem(other, inputs, targets, weights, initialBias, loss);
    }

    /**
     * The same training on other examples.
     *
     * @param others inputs, examples first
     * @param theirs targets in the shape of the outputs
     * @return a copy
     */
    public LinearProblem withExamples(Array others, Array theirs) {
        return new LinearProblem(map, others, theirs, weights, initialBias, loss);
    }

    /**
     * The same training with other targets.
     *
     * @param other in the shape of the outputs
     * @return a copy
     */
    public LinearProblem withTargets(Array other) {
        return withExamples(inputs, other);
    }

    /**
     * The same training from other initial weights.
     *
     * @param initial in the shape of the map's weights
     * @param bias of shape (outputs), null exactly if the map has none
     * @return a copy
     */
    public LinearProblem withInitial(Array initial, @Nullable Array bias) {
        return new LinearProblem(map, inputs, targets, initial, bias, loss);
    }

    /**
     * The same training from other initial weights and the same bias.
     *
     * @param initial in the shape of the map's weights
     * @return a copy
     */
    public LinearProblem withWeights(Array initial) {
        return withInitial(initial, initialBias);
    }

    /**
     * The same training with another normalisation of the loss.
     *
     * @param other which
     * @return a copy
     */
    public LinearProblem withLoss(Loss other) {
        return new LinearProblem(map, inputs, targets, weights, initialBias, other);
    }

    /**
     * Factor c of the loss when all examples are used at once.
     *
     * @return 1 for half-sum, 2 / (number of residuals) for mean, 2 for sum
     */
    public double lossScale() {
        return loss.scale(targets.length());
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
     * The problem that contains only one of the examples.
     *
     * @param index which, from 0
     * @return the problem with n = 1; its mean loss averages over that example alone
     */
    public LinearProblem onlyExample(int index) {
        return withExamples(inputs.slices(index, index + 1), targets.slices(index, index + 1));
    }

    /**
     * The problem with every number rounded to a precision.
     *
     * @param precision float32 or float64
     * @return a copy of exactly representable numbers
     */
    public LinearProblem rounded(Precision precision) {
        return new LinearProblem(
                map,
                inputs.rounded(precision),
                targets.rounded(precision),
                weights.rounded(precision),
                initialBias == null ? null : initialBias.rounded(precision),
                loss);
    }

    /**
     * Targets of the identity task: the inputs, under valid padding their central crop.
     *
     * @param network the architecture, with as many outputs as inputs
     * @param inputs (n, d) or (n, C, H, W)
     * @return targets in the shape of the outputs
     */
    public static Array identityTargets(LinearMap network, Array inputs) {
        return TrainingProblem.identityTargets(Network.of(network), inputs);
    }
}

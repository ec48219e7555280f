package org.idem.network.exact;

import java.util.Arrays;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;

/**
 * Everything that exact training starts from, except the optimiser.
 *
 * @param network the architecture
 * @param inputs examples first: (n, d) or (n, C, H, W)
 * @param targets in the shape of the network's outputs on the inputs
 * @param initial parameters before the first step; a bias exactly if the network has one
 * @param loss normalisation of the loss
 */
public record RationalProblem(
        LinearMap network, RationalArray inputs, RationalArray targets, RationalParameters initial, Loss loss) {
    /** Checks that all shapes fit. */
    public RationalProblem {
        requireShape("targets", network.outputShape(inputs.shape()), targets);
        requireShape("weights", network.weightShape(), initial.weights());
        RationalArray bias = initial.bias();
        if (network.bias() != (bias != null)) {
            throw new IllegalArgumentException("a bias must be given exactly if the network has one");
        }
        if (bias != null) {
            requireShape("bias", new int[] {network.outputs()}, bias);
        }
    }

    private static void requireShape(String name, int[] shape, RationalArray array) {
        if (!Arrays.equals(shape, array.shape())) {
            throw new IllegalArgumentException(
                    name + " must have shape " + Arrays.toString(shape) + ", got " + Arrays.toString(array.shape()));
        }
    }

    /**
     * The exact twin of a problem in floating point.
     *
     * @param problem finite numbers
     * @return the same numbers as fractions
     */
    public static RationalProblem of(LinearProblem problem) {
        return new RationalProblem(
                problem.map(),
                RationalArray.of(problem.inputs()),
                RationalArray.of(problem.targets()),
                new RationalParameters(
                        RationalArray.of(problem.weights()),
                        problem.initialBias() == null ? null : RationalArray.of(problem.initialBias())),
                problem.loss());
    }

    /**
     * The same problem with other initial parameters.
     *
     * @param parameters of the same network
     * @return a copy
     */
    public RationalProblem startingFrom(RationalParameters parameters) {
        return new RationalProblem(network, inputs, targets, parameters, loss);
    }

    /**
     * The same problem with another normalisation of the loss.
     *
     * @param other normalisation
     * @return a copy
     */
    public RationalProblem withLoss(Loss other) {
        return new RationalProblem(network, inputs, targets, initial, other);
    }

    /**
     * The problem that contains only some consecutive examples.
     *
     * @param from first example
     * @param to one past the last example
     * @return a copy; its mean loss averages over these examples alone
     */
    public RationalProblem onlyExamples(int from, int to) {
        return new RationalProblem(network, inputs.slices(from, to), targets.slices(from, to), initial, loss);
    }

    /**
     * Number of training examples or images.
     *
     * @return n, at least 1
     */
    public int examples() {
        return inputs.size(0);
    }
}

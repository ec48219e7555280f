package org.idem.network;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;

/**
 * A network with numbers for all its weights and biases. Arrays are shared, not copied; nobody writes to them.
 *
 * @param network the architecture
 * @param parameters weights and biases of every stage, first stage first
 */
public record Model(Network network, List<StageParameters> parameters) {
    /** Checks that all shapes fit. */
    public Model {
        parameters = List.copyOf(parameters);
        if (parameters.size() != network.depth()) {
            throw new IllegalArgumentException(
                    "every stage needs parameters, got " + parameters.size() + " for " + network.depth() + " stages");
        }
        for (int i = 0; i < parameters.size(); i++) {
            LinearMap map = network.stages().get(i).map();
            require("weights", i, map.weightShape(), parameters.get(i).weights());
            Array bias = parameters.get(i).bias();
            if (map.bias() != (bias != null)) {
                throw new IllegalArgumentException("stage " + (i + 1)
                        + " must have a bias exactly if its map has one, got " + (bias == null ? "none" : "one"));
            }
            if (bias != null) {
                require("bias", i, new int[] {map.outputs()}, bias);
            }
        }
    }

    private static void require(String name, int stage, int[] shape, Array array) {
        if (!Arrays.equals(shape, array.shape())) {
            throw new IllegalArgumentException(name + " of stage " + (stage + 1) + " must have shape "
                    + Arrays.toString(shape) + ", got " + Arrays.toString(array.shape()));
        }
    }

    /**
     * The model with other parameters of one stage.
     *
     * @param stage which, from 0
     * @param other in the shapes of the stage
     * @return a copy
     */
    public Model with(int stage, StageParameters other) {
        StageParameters[] changed = parameters.toArray(StageParameters[]::new);
        changed[stage] = other;
        return new Model(network, List.of(changed));
    }

    /**
     * The model with every number rounded to a precision.
     *
     * @param precision float32 or float64
     * @return a copy of exactly representable numbers
     */
    public Model rounded(Precision precision) {
        return new Model(
                network,
                parameters.stream().map(part -> part.rounded(precision)).toList());
    }
}

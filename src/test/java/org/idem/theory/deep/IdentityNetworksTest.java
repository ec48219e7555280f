package org.idem.theory.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.Layer;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalParameters;
import org.idem.training.exact.ExactForwardPass;
import org.junit.jupiter.api.Test;

class IdentityNetworksTest {
    private static Array distinct(int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = i % 2 == 0 ? i + 1 : -i - 1;
        }
        return array;
    }

    private static RationalArray outputs(List<Layer> layers, Array inputs) {
        return ExactForwardPass.outputs(
                layers.stream()
                        .map(layer -> new RationalLayer(
                                layer.network(),
                                new RationalParameters(RationalArray.of(layer.weights()), null),
                                layer.rectified()))
                        .toList(),
                RationalArray.of(inputs));
    }

    @Test
    void fullyConnectedNetworksReturnTheirInput() {
        Array inputs = distinct(2, 3);
        for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(3), List.of(7, 6, 9))) {
            assertEquals(RationalArray.of(inputs), outputs(IdentityNetworks.fcn(3, hidden, false), inputs));
        }
        for (List<Integer> hidden : List.of(List.of(6), List.of(8, 6, 7))) {
            List<Layer> layers = IdentityNetworks.fcn(3, hidden, true);
            assertEquals(RationalArray.of(inputs), outputs(layers, inputs));
            assertEquals(hidden.size(), layers.stream().filter(Layer::rectified).count());
        }
    }

    @Test
    void convolutionsReturnTheirImage() {
        Array images = distinct(2, 2, 5, 6);
        for (Padding padding : Padding.values()) {
            RationalArray one = RationalArray.of(images);
            RationalArray kept = padding == Padding.VALID ? one.cropped(2) : one;
            assertEquals(kept, outputs(IdentityNetworks.cnn(2, List.of(5), true, 3, padding), images));
            assertEquals(kept, outputs(IdentityNetworks.cnn(2, List.of(3), false, 3, padding), images));
        }
    }

    @Test
    void layersThatAreTooNarrowAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> IdentityNetworks.fcn(3, List.of(), true));
        assertEquals(
                "hidden widths must be at least 6 for 3 rectified signals, got [6, 5]",
                assertThrows(IllegalArgumentException.class, () -> IdentityNetworks.fcn(3, List.of(6, 5), true))
                        .getMessage());
        assertEquals(
                "hidden widths must be at least 3 for 3 linear signals, got [2]",
                assertThrows(IllegalArgumentException.class, () -> IdentityNetworks.fcn(3, List.of(2), false))
                        .getMessage());
    }
}

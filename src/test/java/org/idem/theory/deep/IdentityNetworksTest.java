package org.idem.theory.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Model;
import org.idem.network.Padding;
import org.idem.network.Stage;
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

    private static RationalArray outputs(Model model, Array inputs) {
        List<RationalLayer> layers = new ArrayList<>();
        for (int i = 0; i < model.network().depth(); i++) {
            Stage stage = model.network().stages().get(i);
            layers.add(new RationalLayer(
                    stage.map(),
                    new RationalParameters(
                            RationalArray.of(model.parameters().get(i).weights()), null),
                    stage.activation() == Activation.RELU));
        }
        return ExactForwardPass.outputs(layers, RationalArray.of(inputs));
    }

    @Test
    void fullyConnectedNetworksReturnTheirInput() {
        Array inputs = distinct(2, 3);
        for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(3), List.of(7, 6, 9))) {
            assertEquals(RationalArray.of(inputs), outputs(IdentityNetworks.fcn(3, hidden, false), inputs));
        }
        for (List<Integer> hidden : List.of(List.of(6), List.of(8, 6, 7))) {
            Model model = IdentityNetworks.fcn(3, hidden, true);
            assertEquals(RationalArray.of(inputs), outputs(model, inputs));
            assertEquals(
                    hidden.size(),
                    model.network().stages().stream()
                            .filter(stage -> stage.activation() == Activation.RELU)
                            .count());
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

package org.idem.theorem.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalParameters;

/** Networks that fall short of the identity in one respect each. */
final class ConstructionVariants {
    private ConstructionVariants() {}

    static List<ExactVariant> list() {
        return List.of(
                new ExactVariant.OfConstruction(
                        "ReLU without storing −x",
                        layers -> relu(layers)
                                ? Optional.of(withFirst(layers, withoutNegative(layers)))
                                : Optional.empty()),
                new ExactVariant.OfConstruction(
                        "ReLU left out", layers -> relu(layers) ? Optional.of(linear(layers)) : Optional.empty()),
                new ExactVariant.OfConstruction(
                        "taps beside the centre",
                        layers -> taps(layers) > 1
                                ? Optional.of(withFirst(layers, shifted(layers.get(0))))
                                : Optional.empty()));
    }

    private static boolean relu(List<RationalLayer> layers) {
        return layers.get(0).relu();
    }

    private static int taps(List<RationalLayer> layers) {
        int[] shape = layers.get(0).network().weightShape();
        return shape.length == 2 ? 1 : shape[2] * shape[3];
    }

    private static List<RationalLayer> withFirst(List<RationalLayer> layers, RationalLayer first) {
        List<RationalLayer> changed = new ArrayList<>(layers);
        changed.set(0, first);
        return changed;
    }

    private static RationalLayer withoutNegative(List<RationalLayer> layers) {
        RationalLayer first = layers.get(0);
        RationalArray weights = first.parameters().weights();
        BigInteger[] kept = new BigInteger[weights.length()];
        Arrays.setAll(kept, i -> weights.numerator(i).max(BigInteger.ZERO));
        return with(first, kept);
    }

    private static RationalLayer shifted(RationalLayer layer) {
        RationalArray weights = layer.parameters().weights();
        BigInteger[] moved = new BigInteger[weights.length()];
        Arrays.setAll(moved, i -> weights.numerator((i + 1) % moved.length));
        return with(layer, moved);
    }

    private static RationalLayer with(RationalLayer layer, BigInteger[] weights) {
        RationalArray array =
                RationalArray.over(weights, BigInteger.ONE, layer.network().weightShape());
        return new RationalLayer(layer.network(), new RationalParameters(array, null), layer.relu());
    }

    private static List<RationalLayer> linear(List<RationalLayer> layers) {
        return layers.stream()
                .map(layer -> new RationalLayer(layer.network(), layer.parameters(), false))
                .toList();
    }
}

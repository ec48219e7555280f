package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.idem.network.Activation;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** Moments of outputs and of residual networks, against numbers of other software and against sums over all signs. */
class MomentsTest {
    private static final double ROUNDING = 0x1p-45;

    private static void close(double expected, double actual) {
        assertEquals(expected, actual, ROUNDING * Math.abs(expected));
    }

    /**
     * Python 3 with fractions: for p = 1 … 4, sum(comb(7, b)/2**7 * prod(b + 2*i for i in range(p)) for b in range(8)).
     */
    @Test
    void momentsOfThinnedLayers() {
        RandomLayer layer = new RandomLayer(7, 1, 0, true);
        close(3.5, OutputMoments.moment(layer, 1));
        close(21, OutputMoments.moment(layer, 2));
        close(173.25, OutputMoments.moment(layer, 3));
        close(1806, OutputMoments.moment(layer, 4));
        RandomLayer plain = new RandomLayer(3, 1, 0, false);
        close(3.0 * 5 * 7 * 9, OutputMoments.moment(plain, 4));
        assertThrows(IllegalArgumentException.class, () -> OutputMoments.moment(plain, 5));
        assertThrows(IllegalArgumentException.class, () -> OutputMoments.moment(plain, 0));
    }

    @Test
    void kurtosisGrowsByTwoOrFiveOverN() {
        for (boolean relu : new boolean[] {false, true}) {
            RandomFcn network = RandomFcn.of(relu, new double[] {0.5, 2, 0.25}, 4, 10, 3);
            double square = OutputMoments.meanSquare(network, 1.5) / 3;
            double factor = relu ? (1 + 5 / 4.0) * (1 + 5 / 10.0) : (1 + 2 / 4.0) * (1 + 2 / 10.0);
            close(3 * square * square * factor, OutputMoments.fourth(network, 1.5));
            close(OutputMoments.meanSquaredSquare(network, 1.5), OutputMoments.meanPower(network, 1.5, 2));
            close(OutputMoments.meanSquare(network, 1.5), OutputMoments.meanPower(network, 1.5, 1));
        }
    }

    /**
     * numpy 2.4.6: ReLU 2 → 3 → 2 → 1, σ² = 0.7, 0.5, 0.6, σ_b² = 0.2, 0, 0.3, ‖x‖² = 1.25. By hand: q_1 = ½·3·(0.875 +
     * 0.2) = 1.6125, q_2 = ½·2·0.80625, E f² = 0.6·0.80625 + 0.3.
     */
    @Test
    void biasesAdd() {
        RandomFcn network = new RandomFcn(List.of(
                new RandomLayer(3, 0.7, 0.2, true),
                new RandomLayer(2, 0.5, 0, true),
                new RandomLayer(1, 0.6, 0.3, false)));
        close(0.78375, OutputMoments.meanSquare(network, 1.25));
        // E s² = 1.155625, times 6, 0.25·3.5, 0.36·, and so on
        double first = 6 * (0.49 * 1.5625 + 2 * 0.7 * 0.2 * 1.25 + 0.04);
        double second = 3.5 * 0.25 * first;
        close(3 * (0.36 * second + 2 * 0.6 * 0.3 * 0.80625 + 0.09), OutputMoments.meanSquaredSquare(network, 1.25));
        assertThrows(IllegalArgumentException.class, () -> OutputMoments.fourth(network, 1));
    }

    @Test
    void pyTorchShrinksSquareLinearNetworksByThirds() {
        Network network = Network.fcn(Activation.LINEAR, false, 8, 8, 8, 8, 8);
        RandomFcn layers = RandomFcn.of(network, Initialization.of(Initializer.PYTORCH));
        close(Math.pow(3, -4), OutputMoments.meanSquare(layers, 1));
    }

    /**
     * All 2⁸ sign matrices of two stages of width 2 have the mean; their kurtosis is 1, so their mean square lies
     * below.
     */
    @Test
    void residualNetworksOfSigns() {
        double gain = 0.5;
        double sum = 0;
        double squares = 0;
        for (int signs = 0; signs < 256; signs++) {
            double[] h = {1, 0.5};
            for (int stage = 0; stage < 2; stage++) {
                double[] w = new double[4];
                for (int i = 0; i < 4; i++) {
                    w[i] = ((signs >> (4 * stage + i)) & 1) == 0 ? Math.sqrt(gain / 2) : -Math.sqrt(gain / 2);
                }
                h = new double[] {h[0] + w[0] * h[0] + w[1] * h[1], h[1] + w[2] * h[0] + w[3] * h[1]};
            }
            double moved = ((h[0] - 1) * (h[0] - 1) + (h[1] - 0.5) * (h[1] - 0.5)) / 1.25;
            sum += moved;
            squares += moved * moved;
        }
        ResidualMoments moments = ResidualMoments.of(new double[] {gain, gain}, 2);
        close(1.25, moments.mean());
        close(1.25, sum / 256);
        assertEquals(true, squares / 256 < moments.meanSquare());
    }

    /** numpy 2.4.6, 200,000 draws each: 22.75 ± 0.35, 2.0878 ± 0.0121, 57.38 ± 1.14; one stage by hand. */
    @Test
    void residualMeanSquares() {
        close(23.375, ResidualMoments.of(new double[] {0.5, 0.5, 0.5}, 2).meanSquare());
        close(
                2.088364199936,
                ResidualMoments.of(new double[] {0.2, 0.2, 0.2, 0.2}, 5).meanSquare());
        close(57, ResidualMoments.of(new double[] {1, 1}, 1).meanSquare());
        ResidualMoments one = ResidualMoments.of(new double[] {2}, 4);
        close(2, one.mean());
        close(2.0 * 4 / 4, one.variance());
    }

    @Test
    void residualRefusals() {
        assertThrows(IllegalArgumentException.class, () -> ResidualMoments.of(new double[] {1}, 0));
        assertThrows(IllegalArgumentException.class, () -> ResidualMoments.of(new double[] {Double.NaN}, 1));
        assertEquals(0, ResidualMoments.of(new double[0], 3).variance());
    }

    @Test
    void onlyFullyConnectedNetworksOfIndependentWeights() {
        Initialization he = Initialization.of(Initializer.HE);
        Network cnn = Network.cnn(Activation.RELU, false, 3, Padding.SAME, 1, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> RandomFcn.of(cnn, he));
        Network tanh = Network.fcn(Activation.TANH, false, 1, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> RandomFcn.of(tanh, he));
        Network relu = Network.fcn(Activation.RELU, true, 4, 2, 1);
        assertThrows(
                IllegalArgumentException.class, () -> RandomFcn.of(relu, Initialization.of(Initializer.ORTHOGONAL)));
        RandomFcn network = RandomFcn.of(relu, new Initialization(Initializer.HE, 0.5, 0.25));
        assertEquals(new RandomLayer(2, 0.125, 0.25, true), network.hidden().get(0));
        assertEquals(new RandomLayer(1, 0.25, 0.25, false), network.last());
        assertEquals(true, network.hasBiases());
    }
}

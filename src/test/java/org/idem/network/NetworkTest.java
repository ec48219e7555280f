package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What descriptions of networks say of themselves, and what they refuse. */
class NetworkTest {
    private static void refused(String part, Executable wrong) {
        String message = assertThrows(IllegalArgumentException.class, wrong).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void optimizersRefuseWhatNoMethodAllows() {
        refused("learning rate must be positive and finite, got 0.0", () -> new Optimizer(0, 0, false, 0));
        refused("got NaN", () -> new Optimizer(Double.NaN, 0, false, 0));
        refused("got Infinity", () -> new Optimizer(Double.POSITIVE_INFINITY, 0, false, 0));
        refused("momentum must lie in [0, 1), got 1.0", () -> new Optimizer(1, 1, false, 0));
        refused("momentum must lie in [0, 1), got -0.5", () -> new Optimizer(1, -0.5, false, 0));
        refused("momentum must lie in [0, 1), got NaN", () -> new Optimizer(1, Double.NaN, false, 0));
        refused("weight decay must be at least 0 and finite, got -1.0", () -> new Optimizer(1, 0, false, -1));
        refused("got Infinity", () -> new Optimizer(1, 0, false, Double.POSITIVE_INFINITY));
        refused("nesterov needs a momentum", () -> new Optimizer(1, 0, true, 0));
    }

    @Test
    void stableRangesEndWhereARootReachesMinusOne() {
        assertEquals(2, Optimizer.gradientDescent(1).stableProduct());
        // heavy ball with β = 1/2: z² − (3/2 − m)z + 1/2 has the root −1 at m = 3
        assertEquals(3, new Optimizer(1, 0.5, false, 0).stableProduct());
        // Nesterov with β = 1/2: z² − (3/2)(1 − m)z + (1 − m)/2 has the root −1 at m = 3/2
        assertEquals(1.5, new Optimizer(1, 0.5, true, 0).stableProduct());
        assertEquals(new Optimizer(0.25, 0.5, true, 0.125), new Optimizer(1, 0.5, true, 0.125).withLearningRate(0.25));
    }

    @Test
    void fullyConnectedShapes() {
        Fcn fcn = new Fcn(3, 2, true);
        assertEquals(3, fcn.fanIn());
        assertArrayEquals(new int[] {2, 3}, fcn.weightShape());
        assertArrayEquals(new int[] {5, 2}, fcn.outputShape(new int[] {5, 3}));
        refused("at least one input and output, got 0 and 2", () -> new Fcn(0, 2, false));
        refused("got 3 and 0", () -> new Fcn(3, 0, false));
        refused("inputs must have shape (n, 3), got [5, 4]", () -> fcn.outputShape(new int[] {5, 4}));
        refused("got [3]", () -> fcn.outputShape(new int[] {3}));
    }

    @Test
    void convolutionalShapes() {
        Cnn cnn = new Cnn(2, 4, 3, Padding.VALID, false);
        assertEquals(18, cnn.fanIn());
        assertArrayEquals(new int[] {4, 2, 3, 3}, cnn.weightShape());
        assertArrayEquals(new int[] {7, 4, 3, 4}, cnn.outputShape(new int[] {7, 2, 5, 6}));
        assertArrayEquals(
                new int[] {7, 4, 5, 6}, new Cnn(2, 4, 3, Padding.SAME, false).outputShape(new int[] {7, 2, 5, 6}));
        refused("the kernel must be odd and positive, got 4", () -> new Cnn(1, 1, 4, Padding.SAME, false));
        refused("got -1", () -> new Cnn(1, 1, -1, Padding.SAME, false));
        refused("at least one channel on each side, got 0 and 1", () -> new Cnn(0, 1, 3, Padding.SAME, false));
        refused("got 1 and 0", () -> new Cnn(1, 0, 3, Padding.SAME, false));
        refused("inputs must have shape (n, 2, H, W)", () -> cnn.outputShape(new int[] {7, 3, 5, 6}));
        refused("got [7, 2, 5]", () -> cnn.outputShape(new int[] {7, 2, 5}));
        refused("got an image of 2 x 6", () -> cnn.outputShape(new int[] {7, 2, 2, 6}));
        refused("got an image of 6 x 2", () -> cnn.outputShape(new int[] {7, 2, 6, 2}));
        assertEquals("valid", Padding.VALID.toString());
    }

    @Test
    void lossesCountResiduals() {
        assertEquals(1, Loss.HALF_SUM.scale(10));
        assertEquals(0.25, Loss.MEAN.scale(8));
        assertEquals("half-sum", Loss.HALF_SUM.toString());
        refused("steps must be at least 0, got -1", () -> new Horizon.Steps(-1));
        assertEquals(0, new Horizon.Steps(0).count());
    }

    private static TrainingProblem problem(Network network, Array inputs, Array targets, Array weights, Array bias) {
        return new TrainingProblem(network, inputs, targets, weights, bias, Loss.MEAN);
    }

    @Test
    void problemsRefuseWhatDoesNotFit() {
        Fcn fcn = new Fcn(2, 2, false);
        Fcn biased = new Fcn(2, 2, true);
        Array x = Array.zeros(3, 2);
        Array w = Array.zeros(2, 2);
        assertEquals(2.0 / 6, problem(fcn, x, x, w, null).lossScale());
        assertEquals(3, problem(fcn, x, x, w, null).examples());
        assertEquals(1, problem(fcn, x, x, w, null).onlyExample(2).examples());
        refused("targets must have the shape of the outputs [3, 2], got [2, 2]", () -> problem(fcn, x, w, w, null));
        refused("weights must have shape [2, 2], got [3, 2]", () -> problem(fcn, x, x, x, null));
        refused("a bias must be given exactly if", () -> problem(fcn, x, x, w, Array.zeros(2)));
        refused("a bias must be given exactly if", () -> problem(biased, x, x, w, null));
        refused("bias must have shape [2], got [3]", () -> problem(biased, x, x, w, Array.zeros(3)));
    }

    @Test
    void theTargetOfValidPaddingIsTheCentralCrop() {
        Array image = Array.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 1, 1, 3, 5);
        Array crop = TrainingProblem.identityTargets(new Cnn(1, 1, 3, Padding.VALID, false), image);
        assertEquals(Array.of(new double[] {7, 8, 9}, 1, 1, 1, 3), crop);
        assertEquals(image, TrainingProblem.identityTargets(new Cnn(1, 1, 3, Padding.CIRCULAR, false), image));
        refused(
                "as many outputs as inputs, got 2 and 1",
                () -> TrainingProblem.identityTargets(new Cnn(1, 2, 3, Padding.SAME, false), image));
    }

    @Test
    void layersHaveNoBiasAndFittingWeights() {
        assertEquals(
                2,
                new Layer(new Fcn(3, 2, false), Array.zeros(2, 3), true)
                        .network()
                        .outputs());
        refused("have no bias", () -> new Layer(new Fcn(3, 2, true), Array.zeros(2, 3), true));
        refused(
                "weights must have shape [2, 3], got [3, 2]",
                () -> new Layer(new Fcn(3, 2, false), Array.zeros(3, 2), true));
    }
}

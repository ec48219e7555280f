package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

/** Shapes of fully connected and convolutional layers. */
class ArchitecturesTest {
    @Test
    void sizesOfAnFcn() {
        Fcn fcn = new Fcn(3, 2, true);
        assertEquals(3, fcn.fanIn());
        assertEquals(2, fcn.fanOut());
        assertArrayEquals(new int[] {2, 3}, fcn.weightShape());
        assertArrayEquals(new int[] {7, 2}, fcn.outputShape(new int[] {7, 3}));
    }

    @Test
    void anFcnRefusesEmptySidesAndForeignInputs() {
        Refusal.says("an FCN needs at least one input and output, got 0 and 2", () -> new Fcn(0, 2, false));
        Refusal.says("an FCN needs at least one input and output, got 2 and -1", () -> new Fcn(2, -1, false));
        Fcn fcn = new Fcn(3, 2, false);
        Refusal.says("inputs must have shape (n, 3), got [7, 4]", () -> fcn.outputShape(new int[] {7, 4}));
        Refusal.says("inputs must have shape (n, 3), got [7, 3, 1]", () -> fcn.outputShape(new int[] {7, 3, 1}));
    }

    @Test
    void sizesOfACnn() {
        int[] images = {7, 2, 5, 9};
        for (Padding padding : new Padding[] {Padding.SAME, Padding.CIRCULAR}) {
            Cnn cnn = new Cnn(2, 4, 3, padding, false);
            assertEquals(18, cnn.fanIn());
            assertEquals(36, cnn.fanOut());
            assertArrayEquals(new int[] {4, 2, 3, 3}, cnn.weightShape());
            assertArrayEquals(new int[] {7, 4, 5, 9}, cnn.outputShape(images));
        }
        assertArrayEquals(new int[] {7, 4, 3, 7}, new Cnn(2, 4, 3, Padding.VALID, false).outputShape(images));
        // the largest kernel that fits leaves one row
        assertArrayEquals(new int[] {7, 4, 1, 5}, new Cnn(2, 4, 5, Padding.VALID, false).outputShape(images));
    }

    @Test
    void aCnnRefusesEmptySidesEvenKernelsAndForeignImages() {
        Refusal.says(
                "a CNN needs at least one channel on each side, got 0 and 1",
                () -> new Cnn(0, 1, 3, Padding.SAME, false));
        Refusal.says(
                "a CNN needs at least one channel on each side, got 1 and 0",
                () -> new Cnn(1, 0, 3, Padding.SAME, false));
        for (int kernel : new int[] {-1, 0, 4}) {
            Refusal.says(
                    "the kernel must be odd and positive, got " + kernel,
                    () -> new Cnn(1, 1, kernel, Padding.SAME, false));
        }
        Cnn cnn = new Cnn(2, 2, 5, Padding.VALID, false);
        Refusal.says(
                "inputs must have shape (n, 2, H, W), got [1, 3, 5, 5]", () -> cnn.outputShape(new int[] {1, 3, 5, 5}));
        Refusal.says("inputs must have shape (n, 2, H, W), got [2, 5, 5]", () -> cnn.outputShape(new int[] {2, 5, 5}));
        for (int[] small : new int[][] {{1, 2, 4, 9}, {1, 2, 9, 4}}) {
            Refusal.says(
                    "with valid padding a kernel of side 5 must fit into the image, got an image of " + small[2] + " x "
                            + small[3],
                    () -> cnn.outputShape(small));
        }
    }

    @Test
    void paddingsSayWhereTheKernelBegins() {
        for (Padding padding : new Padding[] {Padding.SAME, Padding.CIRCULAR}) {
            assertEquals(0, padding.firstOffset(1));
            assertEquals(-2, padding.firstOffset(5));
            assertEquals(3, padding.outputSize(3, 5));
        }
        assertEquals(0, Padding.VALID.firstOffset(5));
        assertEquals(1, Padding.VALID.outputSize(5, 5));
        assertEquals(-1, Padding.VALID.outputSize(3, 5));
        assertEquals("circular", Padding.CIRCULAR.toString());
    }

    @Test
    void modelsHaveFittingParameters() {
        Network network = Network.fcn(Activation.RELU, true, 3, 2, 1);
        StageParameters first = new StageParameters(Array.zeros(2, 3), Array.zeros(2));
        StageParameters second = new StageParameters(Array.zeros(1, 2), Array.zeros(1));
        Model model = new Model(network, List.of(first, second));
        StageParameters other = new StageParameters(Array.of(new double[] {1, 2}, 1, 2), Array.zeros(1));
        assertEquals(List.of(first, other), model.with(1, other).parameters());
        Refusal.says("every stage needs parameters, got 1 for 2 stages", () -> new Model(network, List.of(first)));
        Refusal.says("weights of stage 2 must have shape [1, 2], got [2, 3]", () -> model.with(1, first));
        Refusal.says(
                "bias of stage 1 must have shape [2], got [1]",
                () -> model.with(0, new StageParameters(Array.zeros(2, 3), Array.zeros(1))));
        Refusal.says(
                "stage 1 must have a bias exactly if its map has one, got none",
                () -> model.with(0, new StageParameters(Array.zeros(2, 3), null)));
    }

    @Test
    void residualStagesKeepTheirShape() {
        String rule = "a residual stage must have outputs of the shape of its inputs, got ";
        for (LinearMap map : new LinearMap[] {
            new Fcn(3, 2, true), new Cnn(2, 1, 3, Padding.SAME, false), new Cnn(2, 2, 3, Padding.VALID, false)
        }) {
            Refusal.says(rule + map, () -> new Stage(map, Activation.RELU, true));
            assertFalse(new Stage(map, Activation.RELU, false).residual());
        }
        for (LinearMap map : new LinearMap[] {
            new Fcn(3, 3, true), new Cnn(2, 2, 5, Padding.CIRCULAR, false), new Cnn(2, 2, 1, Padding.VALID, false)
        }) {
            assertTrue(new Stage(map, Activation.RELU, true).residual());
        }
    }

    @Test
    void onlyRectifiersHaveAKink() {
        assertArrayEquals(
                new Activation[] {Activation.RELU, Activation.LEAKY_RELU},
                Arrays.stream(Activation.values())
                        .filter(activation -> !activation.isSmooth())
                        .toArray());
    }
}

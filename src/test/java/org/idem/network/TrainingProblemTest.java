package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;

/** What fits together into a training problem, and what the identity task asks for. */
class TrainingProblemTest {
    /** Numbers 0, 1, 2, … in a shape. */
    private static Array counted(int... shape) {
        return Array.of(
                IntStream.range(0, Array.lengthOf(shape)).asDoubleStream().toArray(), shape);
    }

    private static TrainingProblem problem(Array inputs, Array targets, Array weights, Array bias, Loss loss) {
        return new TrainingProblem(new Fcn(2, 3, bias != null), inputs, targets, weights, bias, loss);
    }

    @Test
    void everyShapeMustFit() {
        Array inputs = counted(4, 2);
        Array targets = counted(4, 3);
        Array weights = counted(3, 2);
        Refusal.says(
                "inputs must have shape (n, 2), got [4, 3]", () -> problem(targets, targets, weights, null, Loss.MEAN));
        Refusal.says(
                "targets must have the shape of the outputs [4, 3], got [4, 2]",
                () -> problem(inputs, inputs, weights, null, Loss.MEAN));
        Refusal.says(
                "weights must have shape [3, 2], got [4, 2]", () -> problem(inputs, targets, inputs, null, Loss.MEAN));
        Refusal.says(
                "bias must have shape [3], got [3, 1]",
                () -> problem(inputs, targets, weights, counted(3, 1), Loss.MEAN));
        Refusal.says(
                "a bias must be given exactly if the network has one, got none",
                () -> new TrainingProblem(new Fcn(2, 3, true), inputs, targets, weights, null, Loss.MEAN));
        Refusal.says(
                "a bias must be given exactly if the network has one, got one",
                () -> new TrainingProblem(new Fcn(2, 3, false), inputs, targets, weights, counted(3), Loss.MEAN));
        Refusal.says(
                "a training problem needs at least one example, got none",
                () -> problem(Array.zeros(0, 2), Array.zeros(0, 3), weights, null, Loss.MEAN));
    }

    @Test
    void theMeanCountsExamplesAndOutputs() {
        Array bias = counted(3);
        assertEquals(
                1,
                problem(counted(4, 2), counted(4, 3), counted(3, 2), bias, Loss.HALF_SUM)
                        .lossScale());
        TrainingProblem mean = problem(counted(4, 2), counted(4, 3), counted(3, 2), bias, Loss.MEAN);
        assertEquals(2.0 / 12, mean.lossScale());
        assertEquals(4, mean.examples());
        // one example of three outputs
        assertEquals(2.0 / 3, mean.onlyExample(2).lossScale());
        assertEquals(Array.of(new double[] {4, 5}, 1, 2), mean.onlyExample(2).inputs());
        assertEquals(Array.of(new double[] {6, 7, 8}, 1, 3), mean.onlyExample(2).targets());
        assertSame(bias, mean.onlyExample(2).initialBias());
    }

    @Test
    void lossesAreNamedAsOnTheCommandLine() {
        assertEquals("half-sum", Loss.HALF_SUM.toString());
        assertEquals("mean", Loss.MEAN.toString());
        assertEquals("sum", Loss.SUM.toString());
        assertEquals(2, Loss.SUM.scale(12));
    }

    @Test
    void roundingReachesEveryNumber() {
        double fine = 1 + 0x1p-30;
        Array one = Array.of(new double[] {1}, 1, 1);
        Array fineOne = Array.of(new double[] {fine}, 1, 1);
        for (boolean withBias : new boolean[] {false, true}) {
            TrainingProblem problem = new TrainingProblem(
                    new Fcn(1, 1, withBias),
                    fineOne,
                    fineOne,
                    fineOne,
                    withBias ? fineOne.reshape(1) : null,
                    Loss.MEAN);
            assertEquals(problem, problem.rounded(Precision.FLOAT64));
            assertEquals(
                    new TrainingProblem(
                            new Fcn(1, 1, withBias), one, one, one, withBias ? one.reshape(1) : null, Loss.MEAN),
                    problem.rounded(Precision.FLOAT32));
        }
    }

    @Test
    void theIdentityAsksForTheInputs() {
        Array vectors = counted(3, 2);
        assertSame(vectors, TrainingProblem.identityTargets(new Fcn(2, 2, true), vectors));
        Array images = counted(2, 1, 3, 4);
        for (Padding padding : new Padding[] {Padding.SAME, Padding.CIRCULAR}) {
            assertSame(images, TrainingProblem.identityTargets(new Cnn(1, 1, 3, padding, false), images));
        }
    }

    @Test
    void underValidPaddingTheIdentityAsksForTheCentralCrop() {
        // rows of 5: the crop of a kernel of side 3 loses one row and one column on each side
        Array images = counted(1, 2, 4, 5);
        Array crop = TrainingProblem.identityTargets(new Cnn(2, 2, 3, Padding.VALID, false), images);
        assertArrayEquals(new int[] {1, 2, 2, 3}, crop.shape());
        assertArrayEquals(new double[] {6, 7, 8, 11, 12, 13, 26, 27, 28, 31, 32, 33}, crop.values());
        // a kernel as large as the image leaves the central pixel
        Array pixel = TrainingProblem.identityTargets(new Cnn(1, 1, 5, Padding.VALID, false), counted(2, 1, 5, 5));
        assertArrayEquals(new double[] {12, 37}, pixel.values());
    }

    @Test
    void theIdentityNeedsAsManyOutputsAsInputs() {
        Refusal.says(
                "the identity task needs as many outputs as inputs, got 3 and 2",
                () -> TrainingProblem.identityTargets(new Fcn(2, 3, false), counted(1, 2)));
        Refusal.says(
                "the identity task needs as many outputs as inputs, got 1 and 2",
                () -> TrainingProblem.identityTargets(new Cnn(2, 1, 1, Padding.SAME, false), counted(1, 2, 3, 3)));
    }

    @Test
    void horizonsCountFromZero() {
        assertEquals(0, new Horizon.Steps(0).count());
        Refusal.says("steps must be at least 0, got -1", () -> new Horizon.Steps(-1));
    }
}

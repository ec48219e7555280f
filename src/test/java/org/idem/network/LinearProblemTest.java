package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;

/** What fits together into a training problem, and what the identity task asks for. */
class LinearProblemTest {
    /** Numbers 0, 1, 2, … in a shape. */
    private static Array counted(int... shape) {
        return Array.of(
                IntStream.range(0, Array.lengthOf(shape)).asDoubleStream().toArray(), shape);
    }

    private static LinearProblem problem(Array inputs, Array targets, Array weights, Array bias, Loss loss) {
        return new LinearProblem(new Fcn(2, 3, bias != null), inputs, targets, weights, bias, loss);
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
                "a bias must be given exactly if the map has one, got none",
                () -> new LinearProblem(new Fcn(2, 3, true), inputs, targets, weights, null, Loss.MEAN));
        Refusal.says(
                "a bias must be given exactly if the map has one, got one",
                () -> new LinearProblem(new Fcn(2, 3, false), inputs, targets, weights, counted(3), Loss.MEAN));
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
        LinearProblem mean = problem(counted(4, 2), counted(4, 3), counted(3, 2), bias, Loss.MEAN);
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
            LinearProblem problem = new LinearProblem(
                    new Fcn(1, 1, withBias),
                    fineOne,
                    fineOne,
                    fineOne,
                    withBias ? fineOne.reshape(1) : null,
                    Loss.MEAN);
            assertEquals(problem, problem.rounded(Precision.FLOAT64));
            assertEquals(
                    new LinearProblem(
                            new Fcn(1, 1, withBias), one, one, one, withBias ? one.reshape(1) : null, Loss.MEAN),
                    problem.rounded(Precision.FLOAT32));
        }
    }

    @Test
    void theIdentityAsksForTheInputs() {
        Array vectors = counted(3, 2);
        assertSame(vectors, LinearProblem.identityTargets(new Fcn(2, 2, true), vectors));
        Array images = counted(2, 1, 3, 4);
        for (Padding padding : new Padding[] {Padding.SAME, Padding.CIRCULAR}) {
            assertSame(images, LinearProblem.identityTargets(new Cnn(1, 1, 3, padding, false), images));
        }
    }

    @Test
    void underValidPaddingTheIdentityAsksForTheCentralCrop() {
        // rows of 5: the crop of a kernel of side 3 loses one row and one column on each side
        Array images = counted(1, 2, 4, 5);
        Array crop = LinearProblem.identityTargets(new Cnn(2, 2, 3, Padding.VALID, false), images);
        assertArrayEquals(new int[] {1, 2, 2, 3}, crop.shape());
        assertArrayEquals(new double[] {6, 7, 8, 11, 12, 13, 26, 27, 28, 31, 32, 33}, crop.values());
        // a kernel as large as the image leaves the central pixel
        Array pixel = LinearProblem.identityTargets(new Cnn(1, 1, 5, Padding.VALID, false), counted(2, 1, 5, 5));
        assertArrayEquals(new double[] {12, 37}, pixel.values());
    }

    @Test
    void theIdentityNeedsAsManyOutputsAsInputs() {
        Refusal.says(
                "the identity task needs as many outputs as inputs, got 3 and 2",
                () -> LinearProblem.identityTargets(new Fcn(2, 3, false), counted(1, 2)));
        Refusal.says(
                "the identity task needs as many outputs as inputs, got 1 and 2",
                () -> LinearProblem.identityTargets(new Cnn(2, 1, 1, Padding.SAME, false), counted(1, 2, 3, 3)));
    }

    @Test
    void horizonsCountFromZero() {
        assertEquals(0, new Horizon.Steps(0).count());
        Refusal.says("steps must be at least 0, got -1", () -> new Horizon.Steps(-1));
    }

    /** A network of one stage is the same training as its map; deeper or curved ones have no such view. */
    @Test
    void onlyOneLinearMapHasTheView() {
        for (Array bias : new Array[] {null, counted(3)}) {
            LinearProblem given = problem(counted(4, 2), counted(4, 3), counted(3, 2), bias, Loss.SUM);
            assertEquals(given, LinearProblem.of(TrainingProblem.of(given)));
        }
        LinearProblem square =
                new LinearProblem(new Fcn(2, 2, false), counted(1, 2), counted(1, 2), counted(2, 2), null, Loss.MEAN);
        TrainingProblem linear = TrainingProblem.of(square);
        StageParameters stage = linear.initial().get(0);
        Network curved = new Network(List.of(new Stage(square.map(), Activation.RELU, false)));
        Network residual = new Network(List.of(new Stage(square.map(), Activation.LINEAR, true)));
        Network deep = Network.fcn(Activation.LINEAR, false, 2, 2, 2);
        for (TrainingProblem other : List.of(
                linear.withNetwork(curved),
                linear.withNetwork(residual),
                new TrainingProblem(deep, linear.inputs(), linear.targets(), List.of(stage, stage), Loss.MEAN))) {
            Refusal.says(
                    "the network must be one linear map without activation, got " + other.network(),
                    () -> LinearProblem.of(other));
        }
    }

    @Test
    void changesLeaveTheRestAlone() {
        LinearProblem given = problem(counted(4, 2), counted(4, 3), counted(3, 2), counted(3), Loss.SUM);
        Array weights = Array.zeros(3, 2);
        assertEquals(
                new LinearProblem(given.map(), given.inputs(), given.targets(), weights, counted(3), Loss.SUM),
                given.withWeights(weights));
        assertSame(given.inputs(), given.withTargets(Array.zeros(4, 3)).inputs());
        assertEquals(Loss.MEAN, given.withLoss(Loss.MEAN).loss());
        TrainingProblem deep = TrainingProblem.of(given);
        assertEquals(TrainingProblem.of(given.withLoss(Loss.MEAN)), deep.withLoss(Loss.MEAN));
        assertEquals(TrainingProblem.of(given.withTargets(noTargets())), deep.withTargets(noTargets()));
        assertEquals(
                TrainingProblem.of(given.withExamples(counted(1, 2), counted(1, 3))),
                deep.withExamples(counted(1, 2), counted(1, 3)));
        assertEquals(
                TrainingProblem.of(given.withWeights(weights)),
                deep.withInitial(List.of(new StageParameters(weights, counted(3)))));
        assertEquals(deep.initial(), deep.start().parameters());
    }

    private static Array noTargets() {
        return Array.zeros(4, 3);
    }
}

package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.UpdateRule;
import org.idem.theory.ClosedForm;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds without settings, on networks that are really trained. */
class InvariantsTest {
    private static final int STEPS = 200;
    private static final Premise UNSTATED = new Premise(Invariants.USUAL_STEPS, null, null, false);
    private static final Premise STATED = new Premise(Invariants.USUAL_STEPS, UpdateRule.SGD, null, false);

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int at = 0; at < array.length(); at++) {
            array.values()[at] = 2 * random.nextDouble() - 1;
        }
        return array;
    }

    private static LinearProblem problem(LinearMap network, Array inputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new LinearProblem(
                network,
                inputs,
                uniform(random, network.outputShape(inputs.shape())),
                uniform(random, network.weightShape()),
                network.bias() ? uniform(random, network.outputs()) : null,
                Loss.MEAN);
    }

    private static Account trained(LinearProblem problem, LinearMethod optimizer, int steps, Precision precision) {
        LinearProblem stored = problem.rounded(precision);
        Outcome.Trained end = (Outcome.Trained)
                new LayerTrainer(stored, precision, false).train(optimizer, new Horizon.Steps(steps), stored.inputs());
        return new Account(stored, end.weights(), end.bias(), optimizer, new Horizon.Steps(steps));
    }

    /** A share of the largest stable rate. */
    private static LinearMethod optimizer(
            LinearProblem problem, double share, double momentum, boolean nesterov, double decay) {
        double curvature = new ClosedForm(problem).largestCurvature();
        LinearMethod unit = new LinearMethod(1, (float) momentum, nesterov, (float) (decay * curvature));
        return unit.withLearningRate((float) (share * unit.stableProduct() / curvature / (1 + decay)));
    }

    /** Columns of a basis that share the rows of dead pixels. */
    private static Array withDeadPixels(Array inputs, int... dead) {
        Array copy = Array.of(inputs.values().clone(), inputs.shape());
        int length = copy.length() / copy.size(0);
        for (int example = 0; example < copy.size(0); example++) {
            for (int pixel : dead) {
                copy.values()[example * length + pixel] = 0;
            }
        }
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void honestTrainingIsNeverRefuted(Precision precision) {
        SplittableRandom random = new SplittableRandom(12);
        int d = 6;
        for (int examples : new int[] {1, 3, d - 1, d, d + 1, 3 * d}) {
            for (boolean dead : new boolean[] {false, true}) {
                Array inputs = uniform(random, examples, d);
                LinearProblem problem = problem(
                        new Fcn(d, 4, examples % 2 == 0),
                        dead ? withDeadPixels(inputs, 0, 4) : inputs,
                        random.nextLong());
                honest(problem, precision);
            }
        }
        for (Padding padding : Padding.values()) {
            Array images = uniform(random, 1, 2, 5, 4);
            honest(problem(new Cnn(2, 2, 3, padding, true), images, random.nextLong()), precision);
        }
    }

    /** Every share with some momentum, every momentum with some share. */
    private static void honest(LinearProblem problem, Precision precision) {
        List<LinearMethod> methods = List.of(
                optimizer(problem, 0.9, 0, false, 0),
                optimizer(problem, 0.5, 0.9, false, 0),
                optimizer(problem, 0.1, 0.9, true, 0),
                optimizer(problem, 0.9, 0.99, false, 0),
                optimizer(problem, 0.5, 0.99, true, 0));
        for (LinearMethod method : methods) {
            Account account = trained(problem, method, STEPS, precision);
            CheckResult result = Invariants.check(account, precision, STATED);
            assertNotEquals(Verdict.REFUTED, result.verdict(), result.toString());
            assertTrue(result.parts().get(0).ratio() <= 1, result.toString());
        }
    }

    @Test
    void nothingIsLeftAloneWhereTheDataSpanEverything() {
        LinearProblem problem = problem(new Fcn(3, 3, false), uniform(new SplittableRandom(2), 5, 3), 3);
        LinearMethod method = optimizer(problem, 0.5, 0.9, false, 0);
        Account early = trained(problem, method, 20, Precision.FLOAT64);
        CheckResult result = Invariants.check(early, Precision.FLOAT64, STATED);
        assertEquals(Verdict.UNDECIDED, result.verdict(), result.toString());
        assertEquals(0, result.parts().get(0).deviation());
        assertTrue(result.reason().contains("span everything"), result.reason());
        Account late = trained(problem, method, 9_000, Precision.FLOAT64);
        assertEquals(
                Verdict.CONFIRMED,
                Invariants.check(late, Precision.FLOAT64, STATED).verdict());
    }

    @ParameterizedTest
    @EnumSource
    void aChangeRefutesOnlyWhereAMethodIsStated(Precision precision) {
        LinearProblem problem = problem(new Fcn(9, 9, false), uniform(new SplittableRandom(3), 4, 9), 5);
        Account decayed = trained(problem, optimizer(problem, 0.25, 0, false, 1e-3), 60, precision);
        CheckResult unstated = Invariants.check(decayed, precision, UNSTATED);
        assertEquals(Verdict.UNDECIDED, unstated.verdict(), unstated.toString());
        assertTrue(unstated.reason().contains("Adam"), unstated.reason());
        Premise momentum = new Premise(1000, null, 0.0, false);
        CheckResult stated = Invariants.check(decayed, precision, momentum);
        assertEquals(Verdict.REFUTED, stated.verdict(), stated.toString());
        assertEquals("weight-decay", stated.cause().kind());
        for (UpdateRule rule : UpdateRule.values()) {
            Verdict expected = rule == UpdateRule.SGD ? Verdict.REFUTED : Verdict.UNDECIDED;
            Premise premise = new Premise(1000, rule, 0.0, false);
            assertEquals(expected, Invariants.check(decayed, precision, premise).verdict());
        }
        Premise withDecay = new Premise(1000, UpdateRule.SGD, 0.0, true);
        assertEquals(
                Verdict.UNDECIDED,
                Invariants.check(decayed, precision, withDecay).verdict());
    }

    /** One weight that moves beside the span by a thousand times the budget. */
    @ParameterizedTest
    @EnumSource
    void aSingleChangedEntryIsSeen(Precision precision) {
        LinearProblem problem = problem(new Fcn(9, 9, false), uniform(new SplittableRandom(3), 4, 9), 5);
        Account account = trained(problem, optimizer(problem, 0.25, 0.9, false, 0), 60, precision);
        Premise premise = new Premise(60, null, 0.9, false);
        CheckResult before = Invariants.check(account, precision, premise);
        assertNotEquals(Verdict.REFUTED, before.verdict());
        double[] values = account.trained().values().clone();
        CheckResult.Part untouched = before.parts().get(0);
        // a norm over the largest ratio of its entries: at least the smallest budget of an entry
        double change = 1000 * untouched.deviation() / untouched.ratio();
        values[13] = precision.round(values[13] + change);
        Account changed = account.between(problem.rounded(precision).weights(), Array.of(values, 9, 9));
        CheckResult result = Invariants.check(changed, precision, premise);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertTrue(result.place().startsWith("weight[1, "), result.place());
    }

    @Test
    void theLimitIsRecognisedInEitherPrecision() {
        LinearProblem problem = problem(new Fcn(9, 9, false), uniform(new SplittableRandom(3), 4, 9), 5);
        for (Precision precision : Precision.values()) {
            Account arrived = trained(problem, optimizer(problem, 0.25, 0.9, true, 0), 9_000, precision);
            CheckResult result = Invariants.check(arrived, precision, UNSTATED);
            assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
            Account early = trained(problem, optimizer(problem, 0.25, 0, false, 0), 60, precision);
            assertEquals(
                    Verdict.UNDECIDED,
                    Invariants.check(early, precision, UNSTATED).verdict());
        }
    }

    /** A rank that rounding hides: nothing is known about the complement. */
    @Test
    void anUncertainRankDecidesNothing() {
        Array inputs = Array.of(new double[] {1, 2, 3, 1, 2, Math.nextUp(3.0)}, 2, 3);
        LinearProblem problem = problem(new Fcn(3, 2, false), inputs, 4);
        Account account = trained(problem, optimizer(problem, 0.25, 0, false, 0), 30, Precision.FLOAT64);
        CheckResult result = Invariants.check(account, Precision.FLOAT64, STATED);
        assertEquals(Verdict.UNDECIDED, result.verdict(), result.toString());
        assertTrue(result.reason().contains("rounding hides"), result.reason());
    }
}

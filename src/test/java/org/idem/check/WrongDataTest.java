package org.idem.check;

import static org.idem.check.Trained.STEPS;
import static org.idem.check.Trained.changed;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.optimizer;
import static org.idem.check.Trained.plain;
import static org.idem.check.Trained.problem;
import static org.idem.check.Trained.refuted;
import static org.idem.check.Trained.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** Weights, padding, bias and targets that are told wrongly are named. */
class WrongDataTest {
    @Test
    void aWrongArrayOrPaddingIsNamedBesideAWrongSetting() {
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        LinearProblem given = cnn.problem();
        Account padded = cnn.with(new LinearProblem(
                new Cnn(2, 2, 3, Padding.CIRCULAR, false),
                given.inputs(),
                given.targets(),
                given.weights(),
                null,
                given.loss()));
        refuted("padding and steps", padded.with(new Horizon.Steps(STEPS + 2)));
        Account fcn = plain(fcn(false), Precision.FLOAT64);
        Account exchanged = fcn.between(fcn.trained(), fcn.problem().weights());
        double rate = fcn.optimizer().learningRate();
        refuted("exchanged and learning-rate", exchanged.with(LinearMethod.gradientDescent((float) (0.3 * rate))));
    }

    private static Array transposed(Array square) {
        int side = square.size(0);
        return changed(square, values -> {
            double[] other = new double[values.length];
            for (int at = 0; at < values.length; at++) {
                other[at % side * side + at / side] = values[at];
            }
            return other;
        });
    }

    @Test
    void wrongArraysAreNamed() {
        Account fcn = plain(fcn(false), Precision.FLOAT64);
        Array initial = fcn.problem().weights();
        refuted("transposed", fcn.between(initial, transposed(fcn.trained())));
        refuted("transposed", fcn.between(transposed(initial), fcn.trained()));
        refuted("exchanged", fcn.between(fcn.trained(), initial));
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        UnaryOperator<double[]> flip = values -> {
            double[] other = new double[values.length];
            for (int at = 0; at < values.length; at++) {
                other[at / 9 * 9 + 8 - at % 9] = values[at];
            }
            return other;
        };
        refuted("flipped", cnn.between(cnn.problem().weights(), changed(cnn.trained(), flip)));
        refuted("flipped", cnn.between(changed(cnn.problem().weights(), flip), changed(cnn.trained(), flip)));
    }

    @Test
    void wrongPaddingBiasAndTargetsAreNamed() {
        Account cnn = plain(cnn(false), Precision.FLOAT64);
        LinearProblem given = cnn.problem();
        refuted(
                "padding",
                cnn.with(new LinearProblem(
                        new Cnn(2, 2, 3, Padding.CIRCULAR, false),
                        given.inputs(),
                        given.targets(),
                        given.weights(),
                        null,
                        given.loss())));
        Account biased = plain(fcn(true), Precision.FLOAT64);
        LinearProblem whole = biased.problem();
        Account silent = new Account(
                new LinearProblem(
                        new Fcn(9, 9, false), whole.inputs(), whole.targets(), whole.weights(), null, whole.loss()),
                biased.trained(),
                null,
                biased.optimizer(),
                biased.horizon());
        refuted("bias", silent);
        Account without = plain(fcn(false), Precision.FLOAT64);
        LinearProblem bare = without.problem();
        Account claimed = new Account(
                new LinearProblem(
                        new Fcn(9, 9, true),
                        bare.inputs(),
                        bare.targets(),
                        bare.weights(),
                        Array.zeros(9),
                        bare.loss()),
                without.trained(),
                Array.zeros(9),
                without.optimizer(),
                without.horizon());
        refuted("bias", claimed);
        Account other = plain(
                without.withTargets(uniform(new SplittableRandom(4), 4, 9)).problem(), Precision.FLOAT64);
        Account wrong = other.withTargets(changed(other.problem().targets(), values -> {
            values[2 * 9 + 4] += 0.01;
            return values;
        }));
        refuted("targets", wrong);
        assertTrue(Checker.check(wrong, Precision.FLOAT64).cause().words().contains("example 2"));
    }

    /** One mode, and a change along it that differs from output to output: a fitted bias would explain any such. */
    @Test
    void aBiasThatWouldExplainAnythingIsNotOffered() {
        LinearProblem problem = problem(new Fcn(4, 4, false), 11, 1, 4);
        Array moved = Array.of(problem.weights().values().clone(), 4, 4);
        double[] change = {1, -2, 0.5, 3};
        for (int at = 0; at < moved.length(); at++) {
            moved.values()[at] += change[at / 4] * problem.inputs().values()[at % 4];
        }
        Account account = new Account(problem, moved, null, optimizer(problem, 0, false, 0), new Horizon.Steps(STEPS));
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertTrue(result.cause() == null || !result.cause().kind().contains("bias"), result.toString());
    }

    /** The biases before and after training are exchanged, so that the bias moved. */
    @Test
    void aBiasThatMovedWasTrained() {
        Account told = plain(fcn(true), Precision.FLOAT64);
        LinearProblem p = told.problem();
        Account exchanged = new Account(
                new LinearProblem(p.map(), p.inputs(), p.targets(), p.weights(), told.trainedBias(), p.loss()),
                told.trained(),
                p.initialBias(),
                told.optimizer(),
                told.horizon());
        CheckResult result = Checker.check(exchanged, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertTrue(!String.valueOf(result.cause()).contains("the bias was not trained"), result.toString());
    }

    private static Array swapped(Array rows, int first, int second) {
        return changed(rows, values -> {
            int length = values.length / rows.size(0);
            double[] other = values.clone();
            System.arraycopy(values, first * length, other, second * length, length);
            System.arraycopy(values, second * length, other, first * length, length);
            return other;
        });
    }

    private static Account account(Account of, Array initial, Array initialBias, Array end, Array endBias) {
        LinearProblem p = of.problem();
        return new Account(
                new LinearProblem(p.map(), p.inputs(), p.targets(), initial, initialBias, p.loss()),
                end,
                endBias,
                of.optimizer(),
                of.horizon());
    }

    @Test
    void exchangedBiasesAreNamed() {
        Account told = plain(fcn(true), Precision.FLOAT64);
        LinearProblem p = told.problem();
        refuted("exchanged", account(told, p.weights(), told.trainedBias(), told.trained(), p.initialBias()));
        refuted("exchanged", account(told, told.trained(), told.trainedBias(), p.weights(), p.initialBias()));
    }

    @Test
    void outputsInAnotherOrderAreNamed() {
        for (LinearProblem p : List.of(fcn(true), cnn(true))) {
            Account told = plain(p, Precision.FLOAT64);
            LinearProblem q = told.problem();
            Array end = told.trained();
            Array bias = told.trainedBias();
            refuted("permuted", account(told, q.weights(), q.initialBias(), swapped(end, 0, 1), swapped(bias, 0, 1)));
            refuted("permuted", account(told, swapped(q.weights(), 0, 1), swapped(q.initialBias(), 0, 1), end, bias));
            refuted("permuted", account(told, q.weights(), q.initialBias(), end, swapped(bias, 0, 1)));
        }
        Array drawn = uniform(new SplittableRandom(4), 4, 9);
        Account told =
                plain(plain(fcn(true), Precision.FLOAT64).withTargets(drawn).problem(), Precision.FLOAT64);
        Array targets = transposed(9, 4, swapped(transposed(4, 9, told.problem().targets()), 2, 7));
        refuted("permuted", told.withTargets(targets));
    }

    private static Array transposed(int rows, int columns, Array matrix) {
        double[] values = new double[rows * columns];
        for (int at = 0; at < values.length; at++) {
            values[at % columns * rows + at / columns] = matrix.values()[at];
        }
        return Array.of(values, columns, rows);
    }
}

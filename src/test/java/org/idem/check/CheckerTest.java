package org.idem.check;

import static org.idem.check.Trained.STEPS;
import static org.idem.check.Trained.account;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.optimizer;
import static org.idem.check.Trained.plain;
import static org.idem.check.Trained.refuted;
import static org.idem.check.Trained.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verdicts on networks that are really trained. */
class CheckerTest {
    @ParameterizedTest
    @EnumSource
    void trueAccountsAreConfirmed(Precision precision) {
        for (LinearProblem problem : List.of(fcn(false), fcn(true), cnn(false), cnn(true))) {
            for (LinearMethod optimizer : List.of(
                    optimizer(problem, 0, false, 0),
                    optimizer(problem, 0.9, false, 0),
                    optimizer(problem, 0.9, true, 0),
                    optimizer(problem, 0.5, true, 1e-3))) {
                for (Loss loss : Loss.values()) {
                    Account shape = new Account(
                                    problem, problem.weights(), problem.initialBias(), optimizer, new Horizon.Steps(1))
                            .with(loss);
                    double scale = problem.lossScale() / shape.problem().lossScale();
                    LinearMethod scaled = new LinearMethod(
                            (float) (optimizer.learningRate() * scale),
                            optimizer.momentum(),
                            optimizer.nesterov(),
                            (float) (optimizer.weightDecay() / scale));
                    Account told = account(shape.problem(), scaled, STEPS, precision);
                    CheckResult result = Checker.check(told, precision);
                    assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
                    // a budget that hides a step of sixty would say nothing
                    Comparison longer = Comparison.of(
                            told.with(new Horizon.Steps(STEPS + 1)), new ClosedForm(told.problem()), precision);
                    assertTrue(longer.largest() > 1, longer.toString());
                }
            }
        }
    }

    /** Training keeps the weights of dead pixels to the bit; the prediction rounds them. */
    @Test
    void weightsOfDeadPixelsAreConfirmed() {
        SplittableRandom random = new SplittableRandom(6);
        Array inputs = uniform(random, 55, 20);
        for (int at = 0; at < inputs.length(); at++) {
            inputs.values()[at] *= at % 20 % 5 < 2 ? 0 : 1;
        }
        LinearProblem problem = new LinearProblem(
                new Fcn(20, 20, true), inputs, inputs, uniform(random, 20, 20), uniform(random, 20), Loss.HALF_SUM);
        for (Precision precision : Precision.values()) {
            Account told = account(problem, optimizer(problem, 0, false, 0), 247, precision);
            CheckResult result = Checker.check(told, precision);
            assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
        }
    }

    @Test
    void limitsAreCheckedAndEarlyStopsNoticed() {
        LinearProblem problem = fcn(false);
        Account long_ = account(problem, optimizer(problem, 0, false, 0), 20_000, Precision.FLOAT64);
        CheckResult result = Checker.check(long_.with(new Horizon.Limit()), Precision.FLOAT64);
        assertEquals(Verdict.CONFIRMED, result.verdict(), result.toString());
        refuted("steps", plain(problem, Precision.FLOAT64).with(new Horizon.Limit()));
    }

    @Test
    void whatCannotBeDecidedIsNot() {
        LinearProblem problem = fcn(false);
        Account untrained = new Account(
                problem.rounded(Precision.FLOAT32),
                problem.rounded(Precision.FLOAT32).weights(),
                null,
                LinearMethod.gradientDescent(1e-12f),
                new Horizon.Steps(10));
        assertEquals(
                Verdict.UNDECIDED, Checker.check(untrained, Precision.FLOAT32).verdict());
        // ten thousand unknown steps later
        Account still = untrained.with(new Horizon.Steps(0));
        assertEquals(Verdict.CONFIRMED, Checker.check(still, Precision.FLOAT32).verdict());
    }

    @Test
    void nonsenseHasNoCause() {
        Account account = plain(fcn(false), Precision.FLOAT64);
        Array noise = uniform(new SplittableRandom(8), 9, 9);
        CheckResult result = Checker.check(account.between(account.problem().weights(), noise), Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict());
        assertNull(result.cause(), result.toString());
        assertTrue(result.notes().get(0).startsWith("tried, alone and in pairs: targets, bias,"), result.toString());
    }

    @Test
    void shapesHaveToFit() {
        Account account = plain(fcn(false), Precision.FLOAT64);
        Array wrong = Array.zeros(9, 8);
        assertThrows(
                IllegalArgumentException.class,
                () -> account.between(account.problem().weights(), wrong));
    }
}

package org.idem.check;

import static org.idem.check.Trained.STEPS;
import static org.idem.check.Trained.account;
import static org.idem.check.Trained.cnn;
import static org.idem.check.Trained.fcn;
import static org.idem.check.Trained.optimizer;
import static org.idem.check.Trained.plain;
import static org.idem.check.Trained.problem;
import static org.idem.check.Trained.refuted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that are told wrongly are named. */
class WrongSettingsTest {
    static Stream<LinearProblem> problems() {
        return Stream.of(fcn(true), cnn(true));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void wrongSettingsAreNamed(LinearProblem problem) {
        Account plain = plain(problem, Precision.FLOAT64);
        LinearMethod method = plain.optimizer();
        refuted("loss", plain.with(Loss.HALF_SUM));
        refuted("loss", plain.with(Loss.SUM));
        refuted("steps", plain.with(new Horizon.Steps(STEPS + 1)));
        refuted("steps", plain.with(new Horizon.Steps(STEPS - 23)));
        refuted("learning-rate", plain.with(method.withLearningRate(method.learningRate() / 1.37)));
        refuted("learning-rate", plain.with(method.withLearningRate(10 * method.learningRate())));
        refuted("momentum", plain.with(new LinearMethod(method.learningRate(), 0.9, false, 0)));
        refuted("weight-decay", plain.with(new LinearMethod(method.learningRate(), 0, false, 1e-3)));
        Account heavy = account(problem, optimizer(problem, 0.5, false, 0), STEPS, Precision.FLOAT64);
        refuted("nesterov", heavy.with(new LinearMethod(heavy.optimizer().learningRate(), 0.5, true, 0)));
        refuted("momentum", heavy.with(new LinearMethod(heavy.optimizer().learningRate(), 0, false, 0)));
        refuted("momentum", heavy.with(new LinearMethod(heavy.optimizer().learningRate(), 0.61, false, 0)));
        Account decayed = account(problem, optimizer(problem, 0, false, 2.3e-3), STEPS, Precision.FLOAT64);
        refuted(
                "weight-decay",
                decayed.with(LinearMethod.gradientDescent(decayed.optimizer().learningRate())));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void twoWrongSettingsAreNamedTogether(LinearProblem problem) {
        Account heavy = account(problem, optimizer(problem, 0.5, false, 0), STEPS, Precision.FLOAT64);
        double rate = heavy.optimizer().learningRate();
        LinearMethod plainMethod = LinearMethod.gradientDescent(rate);
        refuted("steps and momentum", heavy.with(plainMethod).with(new Horizon.Steps(STEPS + 1)));
        refuted("loss and momentum", heavy.with(plainMethod).with(Loss.HALF_SUM));
        refuted("momentum and weight-decay", heavy.with(new LinearMethod(rate, 0.9, false, 1e-3)));
        refuted("steps and momentum", heavy.with(plainMethod).with(new Horizon.Limit()));
        Account nesterov = account(problem, optimizer(problem, 0.5, true, 0), STEPS, Precision.FLOAT64);
        refuted("steps and nesterov", nesterov.with(heavy.optimizer()).with(new Horizon.Steps(STEPS - 7)));
    }

    /** Rate 5 diverges; that training went on to its limit would explain nothing. */
    @Test
    void aCauseThatCannotBeIsNotOffered() {
        LinearProblem problem = fcn(true);
        double curvature = new ClosedForm(problem).largestCurvature();
        Account account = account(problem, LinearMethod.gradientDescent(0.5 / curvature), 50, Precision.FLOAT64);
        Account told = account.with(LinearMethod.gradientDescent(5 / curvature)).with(new Horizon.Steps(20));
        CheckResult result = Checker.check(told, Precision.FLOAT64);
        assertEquals("steps and learning-rate", result.cause().kind(), result.toString());
        assertTrue(result.cause().words().contains("there were 50 steps"), result.toString());
        assertTrue(result.causes().stream().allMatch(CheckResult.Cause::explains), result.toString());
    }

    /** Under another loss this rate diverges so fast that squares overflow: the search goes on beside it. */
    @Test
    void aLossUnderWhichTrainingWouldDivergeDoesNotEndTheSearch() {
        LinearProblem problem = problem(new Fcn(40, 40, false), 7, 60, 40);
        double rate = optimizer(problem, 0, false, 0).learningRate();
        Account account = account(problem, new LinearMethod(rate, 0.5f, true, 0), 150, Precision.FLOAT64);
        CheckResult result = Checker.check(
                account.with(new LinearMethod(rate, 0.25f, false, 0)).with(new Horizon.Steps(149)), Precision.FLOAT64);
        assertEquals(CheckResult.Verdict.REFUTED, result.verdict(), result.toString());
    }
}

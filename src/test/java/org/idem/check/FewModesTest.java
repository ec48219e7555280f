package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.ParameterModes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where data show no more numbers than are fitted, a fit explains anything and is no evidence. */
class FewModesTest {
    private static final int STEPS = 40;

    /** Inputs of unit length, so that curvatures are of order one; orthogonal ones share their curvature. */
    private static LinearProblem problem(int examples, boolean orthogonal) {
        SplittableRandom random = new SplittableRandom(17);
        Array inputs = Array.zeros(examples, 6);
        for (int at = 0; at < inputs.length(); at++) {
            inputs.values()[at] = orthogonal ? (at % 7 == 0 ? 1 : 0) : random.nextDouble() - 0.5;
        }
        Array weights = Array.zeros(3, 6);
        Array targets = Array.zeros(examples, 3);
        for (Array array : new Array[] {weights, targets}) {
            for (int at = 0; at < array.length(); at++) {
                array.values()[at] = 2 * random.nextDouble() - 1;
            }
        }
        return new LinearProblem(new Fcn(6, 3, false), inputs, targets, weights, null, Loss.SUM);
    }

    /** Parameters of which training has left the given share of the error in each mode, told as gradient descent. */
    private static Account leaving(LinearProblem problem, double... shares) {
        ClosedForm form = new ClosedForm(problem);
        ParameterModes modes = form.modes();
        assertEquals(shares.length, modes.count());
        LinearMethod method = LinearMethod.gradientDescent((float) (0.1 / form.largestCurvature()));
        Account told = new Account(problem, problem.weights(), null, method, new Horizon.Steps(STEPS));
        DMatrixRMaj start = told.start();
        DMatrixRMaj within = modes.coordinates(start);
        for (int row = 0; row < start.numRows; row++) {
            for (int mode = 0; mode < shares.length; mode++) {
                double limit = modes.pulls().get(row, mode) / modes.curvature(mode);
                within.set(row, mode, (1 - shares[mode]) * (limit - within.get(row, mode)));
            }
        }
        CommonOps_DDRM.multAddTransB(within, modes.vectors(), start);
        return told.between(problem.weights(), Array.of(start.data, 3, 6));
    }

    private static void speaksForNothing(Account account) {
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertEquals(Verdict.REFUTED, result.verdict(), result.toString());
        assertNull(result.cause(), result.toString());
    }

    /** Each of these shares is what some rate leaves, and what some momentum leaves; none was trained. */
    @ParameterizedTest
    @ValueSource(doubles = {0.777, 0.31415926, 0.0271828})
    void oneFittedNumberExplainsOneMode(double share) {
        Account account = leaving(problem(1, false), share);
        speaksForNothing(account);
        CheckResult result = Checker.check(account, Precision.FLOAT64);
        assertTrue(
                result.untested().stream().anyMatch(cause -> cause.kind().equals("learning-rate")), result.toString());
        assertTrue(result.untested().stream().allMatch(CheckResult.Cause::explains), result.toString());
    }

    /** The faster mode comes first where shares grow with it. */
    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.97, 1.1})
    void twoFittedNumbersExplainTwoModes(double bent) {
        LinearProblem problem = problem(2, false);
        ParameterModes modes = new ClosedForm(problem).modes();
        double[] shares = IntStream.range(0, 2)
                .mapToDouble(mode -> Math.exp(-1.7 * Math.pow(modes.curvature(mode) / modes.curvature(0), bent)))
                .toArray();
        speaksForNothing(leaving(problem, shares));
    }

    /** Three modes that share their curvature show one number. */
    @ParameterizedTest
    @ValueSource(doubles = {0.777, 0.31415926})
    void equalCurvaturesShowOneNumber(double share) {
        speaksForNothing(leaving(problem(3, true), share, share, share));
    }

    /**
     * Two of three modes have arrived at their limit, whatever the rate was: ten thousand times the slow one's
     * curvature.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.777, 0.31415926})
    void modesThatHaveArrivedShowNothing(double share) {
        LinearProblem flat = problem(3, false);
        double[] inputs = flat.inputs().values().clone();
        for (int at = 0; at < 2 * 6; at++) {
            inputs[at] *= 100;
        }
        LinearProblem steep = new LinearProblem(
                flat.map(), Array.of(inputs, 3, 6), flat.targets(), flat.weights(), null, flat.loss());
        ParameterModes modes = new ClosedForm(steep).modes();
        int slowest = IntStream.range(0, 3)
                .reduce((a, b) -> modes.curvature(a) < modes.curvature(b) ? a : b)
                .orElseThrow();
        double[] shares = new double[3];
        shares[slowest] = share;
        speaksForNothing(leaving(steep, shares).with(new Horizon.Steps(500_000)));
    }
}

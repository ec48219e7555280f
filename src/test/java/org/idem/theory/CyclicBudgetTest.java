package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.junit.jupiter.api.Test;

/** One weight ½ and the examples 2 ↦ 3 and −1 ↦ 1, η = ⅛: 1, ¾, 9/8 by hand, with residuals −2, −2 and −3/2. */
class CyclicBudgetTest {
    private static final double RATE = 0.125;
    private static final double[] INPUTS = {2, -1, 2};
    private static final double[] PATH = {0.5, 1, 0.75, 1.125};
    private static final double[] RESIDUALS = {2, 2, 1.5};
    private static final Optimizer OPTIMIZER = Optimizer.gradientDescent(RATE);

    private final TrainingProblem problem = new TrainingProblem(
            new Fcn(1, 1, false),
            Array.of(new double[] {2, -1}, 2, 1),
            Array.of(new double[] {3, 1}, 2, 1),
            Array.of(new double[] {0.5}, 1, 1),
            null,
            Loss.HALF_SUM);
    private final Design design = Design.of(problem.network(), problem.inputs());
    private final LeastSquares whole = LeastSquares.of(problem, design);
    private final CyclicModel model = new CyclicModel(problem, whole, design);

    private static double gamma(int operations) {
        return operations * 0x1p-53 / (1 - operations * 0x1p-53);
    }

    /** The basis is ±1; what is not measured is the rounding of the measurement. */
    @Test
    void theModelMeasuresItsBasis() {
        double skewness = gamma(1);
        assertNear(skewness, model.skewness());
        double misfit = (gamma(4) * (1 + skewness) + skewness) * Math.sqrt(5);
        assertNear(misfit, model.misfit());
        for (int example = 0; example < 2; example++) {
            double size = Math.abs(INPUTS[example]);
            assertEquals(size + misfit, model.norm(example), Math.ulp(size));
            assertNear(misfit * (2 * model.norm(example) + misfit), model.operatorMisfit(example));
        }
        assertEquals(model.norm(0) * model.norm(0), model.largestCurvature());
        CyclicPath path = new CyclicPath(model, RATE, whole.movingInitial());
        double pull = RATE * model.norm(0) * 3;
        double expected =
                (gamma(2) + 2 * skewness) * 0.5 + 3 * gamma(20) * (4 * 7 + 2 * Math.max(pull, RATE * model.norm(1)));
        assertNear(expected, path.evaluationError(0, 3, 7));
    }

    @Test
    void theSumOverTheStepsByHand() {
        for (Precision precision : Precision.values()) {
            for (boolean fromComputedSpan : new boolean[] {true, false}) {
                check(precision, fromComputedSpan);
            }
        }
    }

    private void check(Precision precision, boolean fromComputedSpan) {
        LocalErrors[] local = new LocalErrors[2];
        for (int i = 0; i < 2; i++) {
            local[i] = new LocalErrors(OPTIMIZER, 1, precision, model.design(i), false, model.norm(i));
        }
        double[] ofParameters = new double[3];
        double[] ofResiduals = new double[3];
        double growths = 0;
        double bent = 0;
        double sum = 0;
        for (int step = 0; step < 3; step++) {
            int example = step % 2;
            double norm = model.norm(example);
            double residual = RESIDUALS[step] + PATH[step] * model.misfit();
            LocalErrors.Step errors =
                    local[example].at(new LocalErrors.State(PATH[step], PATH[step + 1], residual, 0, 0, 0));
            double misfit = RATE * model.misfit() * (residual + PATH[step] * (norm + model.misfit()));
            ofParameters[step] = errors.storage() + errors.gradientStep() + (fromComputedSpan ? misfit : 0);
            ofResiduals[step] = errors.residual();
            bent += fromComputedSpan ? 0 : misfit;
            sum += ofParameters[step] + RATE * norm * errors.residual();
            LocalErrors.Step growth = local[example].growth();
            growths += growth.storage()
                    + growth.gradientStep()
                    + RATE * (norm * growth.residual() + model.operatorMisfit(example));
        }
        CyclicPath path = new CyclicPath(model, RATE, whole.movingInitial());
        double unseen = path.evaluationError(0, 3, 1.125) + bent;
        double stray = (sum + growths * unseen) / (1 - growths) + unseen;
        CyclicBudget budget = new CyclicBudget(model, whole, OPTIMIZER, 3, precision, fromComputedSpan);
        assertNear(stray, budget.stray(0));
        // the response of the test input 4, followed back from the end: 4, 4·½, 2·⅞
        double[] responses = {1.75, 2, 4};
        double expected = 0;
        for (int step = 0; step < 3; step++) {
            int example = step % 2;
            LocalErrors.Step growth = local[example].growth();
            double error = gamma(2) + 2 * model.skewness() + 4 * (3 - step) * gamma(20);
            double gradient = growth.gradientStep() + RATE * model.operatorMisfit(example);
            expected +=
                    (ofParameters[step] + (growth.storage() + gradient) * stray) * (responses[step] + 2 * error * 4);
            expected += (ofResiduals[step] + growth.residual() * stray)
                    * RATE
                    * (Math.abs(INPUTS[step]) * responses[step] + model.norm(example) * 2 * error * 4);
        }
        DMatrixRMaj tests = TinyProblem.matrix(4);
        DMatrixRMaj bounds = budget.ofOutputs(new TestDirections(whole, tests, true), tests);
        assertNear(expected, bounds.get(0, 0));
    }

    /** Where too many test inputs would have to be followed, the worst direction is assumed. */
    @Test
    void manyTestInputsMeetTheStray() {
        DMatrixRMaj tests = new DMatrixRMaj(1, 1 + (1 << 22) / 3);
        tests.data[0] = 4;
        tests.data[1] = -0.5;
        CyclicBudget budget = new CyclicBudget(model, whole, OPTIMIZER, 3, Precision.FLOAT32, true);
        DMatrixRMaj bounds = budget.ofOutputs(new TestDirections(whole, tests, false), tests);
        assertEquals(4 * budget.stray(0), bounds.get(0, 0));
        assertEquals(0.5 * budget.stray(0), bounds.get(0, 1));
        assertEquals(0, bounds.get(0, 2));
    }

    @Test
    void stepsThatAreTooLongBoundNothing() {
        CyclicBudget budget =
                new CyclicBudget(model, whole, Optimizer.gradientDescent(0.6), 3, Precision.FLOAT32, true);
        assertEquals(Double.POSITIVE_INFINITY, budget.stray(0));
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 0x1p-45 * expected);
    }
}

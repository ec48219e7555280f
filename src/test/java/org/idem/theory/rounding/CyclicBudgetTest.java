package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.CyclicForm;
import org.idem.theory.design.Design;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.output.TestDirections;
import org.idem.theory.path.CyclicModel;
import org.idem.theory.path.CyclicPath;
import org.junit.jupiter.api.Test;

/**
 * The model of single examples and the edges of its budget. That no roundings leave the budget, and that half of it
 * would not do, is tried by {@link WorstRoundingsTest}.
 */
class CyclicBudgetTest {
    private static final double RATE = 0.125;
    private static final double[] INPUTS = {2, -1};
    private static final LinearMethod OPTIMIZER = LinearMethod.gradientDescent(RATE);

    private final LinearProblem problem = new LinearProblem(
            new Fcn(1, 1, false),
            Array.of(new double[] {2, -1}, 2, 1),
            Array.of(new double[] {3, 1}, 2, 1),
            Array.of(new double[] {0.5}, 1, 1),
            null,
            Loss.HALF_SUM);
    private final Design design = Design.of(problem.map(), problem.inputs());
    private final LeastSquares whole = LeastSquares.of(problem, design);
    private final CyclicModel model = new CyclicModel(problem, whole, design);

    /** The basis of one weight is ±1: norms and misfits are those of numbers without error, rounded upwards. */
    @Test
    void theModelBoundsWhatItMeasures() {
        // all is measured by sums of one or two products; a hundred roundings would be a mistake
        double few = 100 * 0x1p-53;
        assertTrue(model.skewness() >= 0 && model.skewness() < few, "skewness " + model.skewness());
        assertTrue(model.misfit() >= 0 && model.misfit() < few, "misfit " + model.misfit());
        for (int example = 0; example < 2; example++) {
            double size = Math.abs(INPUTS[example]);
            assertTrue(model.norm(example) >= size && model.norm(example) < size * (1 + few));
            // ‖a aᵀ − x xᵀ‖ for any a that is off by the misfit
            double misfit = model.misfit();
            assertTrue(model.operatorMisfit(example) >= misfit * (2 * size + misfit));
            assertTrue(model.operatorMisfit(example) < size * size * few);
        }
        assertTrue(model.largestCurvature() >= 4 && model.largestCurvature() < 4 * (1 + few));
    }

    /** Weights 0.5, 1, 0.75, 1.125 by hand, with residuals −2, −2 and −3/2; powers of two round nothing. */
    @Test
    void thePathOfTheSpanIsThatOfTheTraining() {
        CyclicPath path = new CyclicPath(model, RATE, whole.movingInitial());
        assertTrue(path.evaluationError(0, 3, 1.125) < 1000 * 0x1p-53);
        CyclicForm form = new CyclicForm(problem);
        double[] weights = {0.5, 1, 0.75, 1.125};
        for (int step = 0; step < weights.length; step++) {
            double predicted =
                    form.parameters(OPTIMIZER, new Horizon.Steps(step)).get(0, 0);
            assertEquals(weights[step], predicted, path.evaluationError(0, Math.max(1, step), 1.125));
        }
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
                new CyclicBudget(model, whole, LinearMethod.gradientDescent(0.6), 3, Precision.FLOAT32, true);
        assertEquals(Double.POSITIVE_INFINITY, budget.stray(0));
    }
}

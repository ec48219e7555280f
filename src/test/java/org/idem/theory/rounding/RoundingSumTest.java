package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.TestDirections;
import org.junit.jupiter.api.Test;

/** Proofs/rounding.md, §5, for one mode whose eigenvalue is wrong and one test input: Σ e_iN_i, nothing lost. */
class RoundingSumTest {
    private static final int STEPS = 5;
    private static final double SCALE = 1.5;

    private static LeastSquares example() {
        return TinyProblem.distorted(
                new DMatrixRMaj(new double[][] {{3}, {4}}),
                TinyProblem.matrix(2),
                TinyProblem.matrix(1, -2),
                SCALE,
                0x1p-10,
                0);
    }

    @Test
    void oneExampleAndOneWeight() {
        LeastSquares weight = TinyProblem.scalar(5, 6, 1, SCALE, 0x1p-10, 0);
        DMatrixRMaj input = new DMatrixRMaj(new double[][] {{2}, {-1}});
        for (LinearMethod optimizer : new LinearMethod[] {
            new LinearMethod(0.01, 0, false, 0),
            new LinearMethod(0.01, 0.5, false, 0),
            new LinearMethod(0.01, 0.5, true, 0.25)
        }) {
            for (boolean computed : new boolean[] {true, false}) {
                check(example(), input, optimizer, computed);
                check(weight, TinyProblem.matrix(2), optimizer, computed);
            }
        }
    }

    private static void check(LeastSquares problem, DMatrixRMaj input, LinearMethod optimizer, boolean computed) {
        Spectrum spectrum = problem.spectrum();
        boolean tall = spectrum.exampleSide();
        double error = spectrum.error();
        double norm = Math.sqrt(spectrum.largest() + error);
        double scale = optimizer.learningRate() * SCALE;
        LocalErrors local = new LocalErrors(optimizer, SCALE, Precision.FLOAT32, problem.design(), false, norm);
        LocalErrors.Step growth = local.growth();
        ResponseSums sums = new ResponseSums(optimizer, SCALE, spectrum, STEPS);
        ModeCoordinates start = ModeCoordinates.of(problem, false);
        List<ModePathsTest.Taken> path = ModePathsTest.steps(problem, optimizer, start, 0, STEPS);
        double[] storage = new double[STEPS];
        double[] gradient = new double[STEPS];
        double[] residual = new double[STEPS];
        double mostState = 0;
        double mostResidual = 0;
        double mostNorm = start.startNorms()[0];
        double mostCoordinates = 0;
        for (int step = 0; step < STEPS; step++) {
            ModePathsTest.Taken taken = path.get(step);
            LocalErrors.Step here = local.at(taken.state());
            double coordinates = taken.coordinates();
            storage[step] = here.storage();
            gradient[step] = here.gradientStep() + (computed && !tall ? scale * error * coordinates : 0);
            residual[step] = here.residual() + (computed && tall ? error * coordinates : 0);
            mostState = Math.max(mostState, storage[step] + gradient[step]);
            mostResidual = Math.max(mostResidual, residual[step]);
            mostCoordinates = Math.max(mostCoordinates, coordinates);
            mostNorm = Math.max(mostNorm, taken.state().parametersAfter());
            mostNorm = Math.max(mostNorm, taken.state().velocityStepAfter());
        }
        ResponseSums.Stray evaluation = PathEvaluation.error(start, 0, problem, optimizer, mostNorm, sums);
        double unseen = evaluation.state();
        double unseenLift = evaluation.lift();
        if (!computed) {
            ResponseSums.Stray bent = tall
                    ? sums.firstOrder(0, error * mostCoordinates)
                    : sums.firstOrder(scale * error * mostCoordinates, 0);
            unseen += bent.state();
            unseenLift += bent.lift();
        }
        double extra = tall ? 0 : scale * error;
        double everyStep = growth.storage() + growth.gradientStep() + extra;
        ResponseSums.Stray closure = sums.smallGain(
                mostState + everyStep * unseen,
                mostResidual + growth.residual() * unseen + (tall ? error * unseenLift : 0),
                growth,
                extra);
        double stray = closure.state() + unseen;
        double lift = closure.lift() + unseenLift;
        RoundingBudget budget = new RoundingBudget(problem, optimizer, STEPS, Precision.FLOAT32, computed);
        assertEquals(stray, budget.stray(0), 0x1p-48 * stray);
        TestDirections tests = new TestDirections(problem, input, true);
        ModeResponses responses = new ModeResponses(optimizer, SCALE, spectrum, 1);
        LagWeights response = new LagWeights(spectrum, 1);
        double expected = 0;
        double sizes = 0;
        for (int step = STEPS - 1; step >= 0; step--) {
            double ofStorage = storage[step] + growth.storage() * stray;
            double ofGradient = gradient[step] + (growth.gradientStep() + extra) * stray;
            double ofResidual = residual[step] + growth.residual() * stray + (tall ? error * lift : 0);
            responses.advance(1);
            response.ofParameters(responses.storage(), 1);
            expected += ofStorage * response.typical(tests)[0];
            response.ofParameters(responses.gradient(), 1);
            expected += ofGradient * response.typical(tests)[0];
            response.ofResidual(responses.gradient(), scale, 1);
            expected += ofResidual * response.typical(tests)[0];
            sizes += ofStorage + ofGradient + ofResidual * scale * norm;
        }
        expected += sums.evaluationError() * sizes * tests.norm(0);
        double bound = budget.ofOutputs(tests, input).get(0, 0);
        // the forms carry their rounding, γ of a few hundred operations
        assertEquals(expected, bound, 0x1p-42 * expected);
    }

    /**
     * Rows do not interact: in company each has the budget that it has alone, but for the order of a product of few
     * terms.
     */
    @Test
    void everyRowHasABudgetOfItsOwn() {
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{3, 1}, {4, -2}, {0.5, 1}});
        DMatrixRMaj targets = new DMatrixRMaj(new double[][] {{2, 1}, {-30, 7}});
        DMatrixRMaj initial = new DMatrixRMaj(new double[][] {{1, -2, 0.5}, {40, 5, -6}});
        DMatrixRMaj input = new DMatrixRMaj(new double[][] {{2, 1}, {-1, 3}, {1, 0}});
        LinearMethod optimizer = new LinearMethod(0.01, 0.5, true, 0.25);
        LeastSquares both = TinyProblem.distorted(design, targets, initial, SCALE, 0, 0);
        DMatrixRMaj together = outputs(both, optimizer, input);
        for (int row = 0; row < 2; row++) {
            LeastSquares one = TinyProblem.distorted(
                    design,
                    CommonOps_DDRM.extractRow(targets, row, null),
                    CommonOps_DDRM.extractRow(initial, row, null),
                    SCALE,
                    0,
                    0);
            DMatrixRMaj alone = outputs(one, optimizer, input);
            for (int test = 0; test < 2; test++) {
                assertEquals(alone.get(0, test), together.get(row, test), 0x1p-40 * alone.get(0, test));
            }
        }
    }

    private static DMatrixRMaj outputs(LeastSquares problem, LinearMethod optimizer, DMatrixRMaj input) {
        return new RoundingBudget(problem, optimizer, STEPS, Precision.FLOAT32, true)
                .ofOutputs(new TestDirections(problem, input, true), input);
    }
}

package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.output.LimitError;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.RidgeError;
import org.idem.theory.output.TestDirections;
import org.idem.theory.path.Coefficients;
import org.idem.theory.rounding.RoundingBudget;
import org.idem.theory.rounding.SlowestFactor;
import org.junit.jupiter.api.Test;

/**
 * Bounds have the units of what they bound. Outputs, inputs and loss are measured in other units, powers of two so that
 * nothing is rounded: the learning rate is measured in inverse curvatures, and every bound changes like an output.
 */
class UnitsTest {
    private static final double OUTPUTS = 0x1p7;
    private static final double INPUTS = 0x1p3;
    private static final double LOSS = 0x1p5;
    private static final double CURVATURES = LOSS * INPUTS * INPUTS;
    private static final int STEPS = 7;
    private static final DMatrixRMaj TESTS = new DMatrixRMaj(new double[][] {{1, 0.5}, {-1, 2}, {0.75, 0.25}});

    private static LinearMethod inUnits(LinearMethod optimizer) {
        return new LinearMethod(
                optimizer.learningRate() / CURVATURES,
                optimizer.momentum(),
                optimizer.nesterov(),
                optimizer.weightDecay() * CURVATURES);
    }

    private static List<LinearMethod> optimizers() {
        List<LinearMethod> all = new ArrayList<>();
        for (double decay : new double[] {0, 0.3}) {
            all.add(new LinearMethod(0.01, 0, false, decay));
            all.add(new LinearMethod(0.01, 0.6, false, decay));
            all.add(new LinearMethod(0.01, 0.6, true, decay));
        }
        return all;
    }

    private static void assertScaled(DMatrixRMaj plain, DMatrixRMaj inUnits, double factor, String what) {
        for (int i = 0; i < plain.getNumElements(); i++) {
            assertScaled(plain.data[i], inUnits.data[i], factor, what);
        }
    }

    private static void assertScaled(double plain, double inUnits, double factor, String what) {
        assertTrue(plain > 0 && plain < Double.POSITIVE_INFINITY, what + ": " + plain);
        // powers of two round nothing; only underflow knows an absolute size, and it is below 10⁻²⁰ of these bounds
        assertEquals(plain * factor, inUnits, 8 * Math.ulp(plain * factor), what);
    }

    private interface Bounds {
        OutputErrors of(LeastSquares problem, LinearMethod optimizer, double unitOfParameters);
    }

    private static void check(LeastSquares problem, LinearMethod optimizer, Bounds bounds, String what) {
        LeastSquares other = TinyProblem.inUnits(problem, OUTPUTS, INPUTS, LOSS);
        DMatrixRMaj tests = rows(problem.design().numRows);
        DMatrixRMaj otherTests = TinyProblem.times(tests, INPUTS);
        for (boolean exact : new boolean[] {true, false}) {
            double[] norms = Rounding.columnNorms(tests);
            double[] otherNorms = Rounding.columnNorms(otherTests);
            assertScaled(
                    bounds.of(problem, optimizer, 1).ofOutputs(new TestDirections(problem, tests, exact), norms, norms),
                    bounds.of(other, inUnits(optimizer), OUTPUTS / INPUTS)
                            .ofOutputs(new TestDirections(other, otherTests, exact), otherNorms, otherNorms),
                    OUTPUTS,
                    what + " " + optimizer + " exact " + exact);
        }
    }

    private static DMatrixRMaj rows(int count) {
        DMatrixRMaj part = new DMatrixRMaj(count, TESTS.numCols);
        System.arraycopy(TESTS.data, 0, part.data, 0, part.getNumElements());
        return part;
    }

    private static List<LeastSquares> problems() {
        List<LeastSquares> all = new ArrayList<>();
        for (boolean tall : new boolean[] {true, false}) {
            all.add(TinyProblem.of(tall, 2, 0x1p-20, 0x1p-22));
            all.add(TinyProblem.of(tall, 2, 0, 0));
        }
        return all;
    }

    @Test
    void roundingsOfTheTraining() {
        for (LeastSquares problem : problems()) {
            for (LinearMethod optimizer : optimizers()) {
                for (Precision precision : Precision.values()) {
                    for (boolean computed : new boolean[] {true, false}) {
                        check(
                                problem,
                                optimizer,
                                (own, method, unit) -> (tests, norms, unseen) -> new RoundingBudget(
                                                own, method, STEPS, precision, computed)
                                        .ofOutputs(tests, new DMatrixRMaj(0, 0)),
                                "training");
                        LeastSquares other = TinyProblem.inUnits(problem, OUTPUTS, INPUTS, LOSS);
                        assertScaled(
                                new RoundingBudget(problem, optimizer, STEPS, precision, computed).stray(1),
                                new RoundingBudget(other, inUnits(optimizer), STEPS, precision, computed).stray(1),
                                OUTPUTS / INPUTS,
                                "stray");
                    }
                }
            }
        }
    }

    @Test
    void errorsOfThePrediction() {
        for (LeastSquares problem : problems()) {
            for (LinearMethod optimizer : optimizers()) {
                check(
                        problem,
                        optimizer,
                        (own, method, unit) -> TinyProblem.prediction(own, Coefficients.afterSteps(own, method, STEPS)),
                        "steps");
                check(
                        problem,
                        optimizer,
                        (own, method, unit) ->
                                TinyProblem.prediction(own, Coefficients.flow(own, STEPS * method.learningRate())),
                        "flow");
                LeastSquares other = TinyProblem.inUnits(problem, OUTPUTS, INPUTS, LOSS);
                assertScaled(
                        TinyProblem.prediction(problem, Coefficients.afterSteps(problem, optimizer, STEPS))
                                .norm(1, problem.spectrum()),
                        TinyProblem.prediction(other, Coefficients.afterSteps(other, inUnits(optimizer), STEPS))
                                .norm(1, other.spectrum()),
                        OUTPUTS / INPUTS,
                        "norm");
                if (optimizer.weightDecay() > 0) {
                    check(
                            problem,
                            optimizer,
                            (own, method, unit) -> new RidgeError(
                                    own,
                                    ModeCoordinates.of(own, false),
                                    TinyProblem.times(own.initial(), 0.75),
                                    method.weightDecay(),
                                    SlowestFactor.of(own, method, STEPS, 0)),
                            "ridge");
                }
            }
        }
    }

    @Test
    void errorsOfTheLimit() {
        for (LeastSquares problem : problems()) {
            DMatrixRMaj limit = limit(problem);
            check(
                    problem,
                    LinearMethod.gradientDescent(0.01),
                    (own, method, unit) ->
                            new LimitError(own, RangeProjector.of(own.design()), TinyProblem.times(limit, unit), 0.125),
                    "limit");
            LeastSquares other = TinyProblem.inUnits(problem, OUTPUTS, INPUTS, LOSS);
            for (LinearMethod optimizer : optimizers()) {
                assertScaled(
                        SlowestFactor.of(problem, optimizer, STEPS, 0),
                        SlowestFactor.of(other, inUnits(optimizer), STEPS, 0),
                        1,
                        "slowest");
            }
        }
    }

    /** θ_0 + (Y − θ_0X)X⁺ by way of the normal equations; exact enough for a bound to accept it. */
    private static DMatrixRMaj limit(LeastSquares problem) {
        Array inputs = transposed(problem.design());
        LinearProblem training = new LinearProblem(
                new Fcn(problem.design().numRows, 2, false),
                inputs,
                transposed(problem.targets()),
                Array.of(problem.initial().data.clone(), 2, problem.design().numRows),
                null,
                Loss.HALF_SUM);
        return new ClosedForm(training).parameters(LinearMethod.gradientDescent(1), new Horizon.Limit());
    }

    private static Array transposed(DMatrixRMaj matrix) {
        double[] values = new double[matrix.getNumElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(i % matrix.numRows, i / matrix.numRows);
        }
        return Array.of(values, matrix.numCols, matrix.numRows);
    }

    @Test
    void oneExampleAtATime() {
        double[] inputs = {1, 0.5, -0.25, 0.75, -1, 0.5};
        double[] weights = {0.5, -1, 0.25, 1, 0.125, -0.75};
        LinearProblem plain = problem(inputs, weights, 1, 1);
        LinearProblem other = problem(inputs, weights, OUTPUTS, INPUTS);
        Array tests = Array.of(new double[] {1, -1, 0.75, 0.5, 2, 0.25}, 2, 3);
        Array otherTests = scaled(tests, INPUTS);
        LinearMethod optimizer = LinearMethod.gradientDescent(0.3);
        LinearMethod otherOptimizer = LinearMethod.gradientDescent(0.3 / (INPUTS * INPUTS));
        for (Precision precision : Precision.values()) {
            assertScaled(
                    new CyclicForm(plain).budget(optimizer, 5, precision, tests),
                    new CyclicForm(other).budget(otherOptimizer, 5, precision, otherTests));
            assertScaled(
                    new CyclicForm(plain).limitBudget(optimizer, 5, precision, tests),
                    new CyclicForm(other).limitBudget(otherOptimizer, 5, precision, otherTests));
            assertScaled(
                    new FlowForm(plain).budget(0.5, 4, 3, precision, tests),
                    new FlowForm(other).budget(0.5 / (INPUTS * INPUTS), 4, 3, precision, otherTests));
        }
        assertScaled(
                new CyclicForm(plain).truncation(optimizer, 5, tests),
                new CyclicForm(other).truncation(otherOptimizer, 5, otherTests));
    }

    private static LinearProblem problem(double[] inputs, double[] weights, double outputs, double unit) {
        return new LinearProblem(
                new Fcn(3, 2, false),
                scaled(Array.of(inputs.clone(), 2, 3), unit),
                scaled(Array.of(new double[] {1, 2, -0.5, 0.25}, 2, 2), outputs),
                scaled(Array.of(weights.clone(), 2, 3), outputs / unit),
                null,
                Loss.HALF_SUM);
    }

    private static Array scaled(Array array, double factor) {
        double[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Array.of(values, array.shape());
    }

    private static void assertScaled(Array plain, Array inUnits) {
        for (int i = 0; i < plain.length(); i++) {
            assertScaled(plain.values()[i], inUnits.values()[i], OUTPUTS, "output " + i);
        }
    }
}

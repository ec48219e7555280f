package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.idem.Implementations;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every prediction and every budget promises besides its number. */
class PredictionBatteryTest {
    private static final int STEPS = 8;

    /** Far inside the range of every problem here. */
    private static final LinearMethod PLAIN = LinearMethod.gradientDescent(0x1p-12);

    private static final LinearMethod NESTEROV = new LinearMethod(0x1p-12, 0.5, true, 0.25);

    /** One kind of answer: values first; where two arrays are given, the second bounds the error of the first. */
    private enum Front {
        STEPS_OF_ALL(ClosedForm.class, problem -> {
            ClosedForm form = new ClosedForm(problem);
            return tests -> pair(form.afterSteps(NESTEROV, STEPS, Precision.FLOAT32, tests));
        }),
        LIMIT(ClosedForm.class, problem -> {
            ClosedForm form = new ClosedForm(problem);
            return tests -> pair(form.inTheLimit(PLAIN, STEPS, Precision.FLOAT64, tests));
        }),
        TRUNCATION(ClosedForm.class, problem -> {
            ClosedForm form = new ClosedForm(problem);
            DMatrixRMaj limit = form.parameters(NESTEROV, new Horizon.Limit());
            return tests -> List.of(form.outputs(limit, tests), form.truncation(NESTEROV, STEPS, tests));
        }),
        PARAMETERS(ClosedForm.class, problem -> {
            ClosedForm form = new ClosedForm(problem);
            Horizon horizon = new Horizon.Steps(STEPS);
            return tests -> List.of(
                    live(form.parameters(PLAIN, horizon)),
                    live(form.parameterBudget(PLAIN, horizon, STEPS, Precision.FLOAT32, 1e-3)));
        }),
        SPECTRUM(ClosedForm.class, problem -> {
            ClosedForm form = new ClosedForm(problem);
            return tests -> List.of(live(form.complement().projector()));
        }),
        STEPS_OF_ONE(CyclicForm.class, problem -> {
            CyclicForm form = new CyclicForm(problem);
            return tests -> List.of(
                    form.outputs(form.parameters(PLAIN, new Horizon.Steps(STEPS)), tests),
                    form.budget(PLAIN, STEPS, Precision.FLOAT32, tests));
        }),
        LIMIT_OF_ONE(CyclicForm.class, problem -> {
            CyclicForm form = new CyclicForm(problem);
            return tests -> {
                DMatrixRMaj limit = form.parameters(PLAIN, new Horizon.Limit());
                Array outputs = form.outputs(limit, tests);
                // the caller's own copy
                limit.zero();
                return List.of(outputs);
            };
        }),
        FLOW(FlowForm.class, problem -> {
            FlowForm form = new FlowForm(problem);
            double time = STEPS * PLAIN.learningRate();
            return tests -> List.of(form.outputs(time, tests), form.budget(time, STEPS, 3, Precision.FLOAT64, tests));
        }),
        LOSS(LossTrajectory.class, problem -> {
            LossTrajectory form = new LossTrajectory(problem);
            return tests -> List.of(Array.of(new double[] {form.loss(PLAIN, STEPS)}, 1));
        });

        final Class<?> type;
        final Function<LinearProblem, Function<Array, List<Array>>> maker;

        Front(Class<?> type, Function<LinearProblem, Function<Array, List<Array>>> maker) {
            this.type = type;
            this.maker = maker;
        }

        Function<Array, List<Array>> of(LinearProblem problem) {
            return maker.apply(problem);
        }

        private static List<Array> pair(BoundedOutputs outputs) {
            return List.of(outputs.values(), outputs.budget());
        }

        /** Shares the matrix' storage. */
        private static Array live(DMatrixRMaj matrix) {
            return Array.of(matrix.data, matrix.numRows, matrix.numCols);
        }

        boolean answersTests() {
            return this != PARAMETERS && this != SPECTRUM && this != LOSS;
        }
    }

    private record Case(Front front, DrawnProblem drawn) {
        LinearProblem problem() {
            return drawn.problem();
        }

        @Override
        public String toString() {
            return front + ", " + problem().map();
        }
    }

    /** Dense and convolutional problems, with bias and without. */
    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Front front : Front.values()) {
            for (long seed = 0; seed < 8; seed++) {
                cases.add(new Case(front, DrawnProblem.of(seed, true)));
            }
        }
        return cases.stream();
    }

    private static List<double[]> numbers(LinearProblem problem, Array tests) {
        List<Array> arrays = new ArrayList<>(List.of(problem.inputs(), problem.targets(), problem.weights(), tests));
        if (problem.initialBias() != null) {
            arrays.add(problem.initialBias());
        }
        return arrays.stream().map(array -> array.values().clone()).toList();
    }

    @Test
    void everyFrontIsHere() {
        TreeSet<String> tried = new TreeSet<>();
        Stream.of(Front.values()).forEach(front -> tried.add(front.type.getSimpleName()));
        assertEquals(Implementations.inPackage("org.idem.theory", PredictionBatteryTest::isFront), tried);
    }

    private static boolean isFront(Class<?> type) {
        return type.getPackageName().equals("org.idem.theory")
                && Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(maker ->
                                Arrays.equals(maker.getParameterTypes(), new Class<?>[] {LinearProblem.class}));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesProblemAndTestsAlone(Case given) {
        Array tests = given.drawn().tests();
        List<double[]> before = numbers(given.problem(), tests);
        given.front().of(given.problem()).apply(tests);
        List<double[]> after = numbers(given.problem(), tests);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i));
        }
    }

    /** Other questions in between, and whatever a caller does to an answer, leave no trace. */
    @ParameterizedTest
    @MethodSource("cases")
    void canBeAskedAgain(Case given) {
        Array tests = given.drawn().tests();
        Function<Array, List<Array>> form = given.front().of(given.problem());
        List<Array> first = form.apply(tests);
        List<double[]> kept =
                first.stream().map(answer -> answer.values().clone()).toList();
        first.forEach(answer -> Arrays.fill(answer.values(), Double.NaN));
        form.apply(given.problem().inputs());
        List<Array> again = form.apply(tests);
        List<Array> fresh = given.front().of(given.problem()).apply(tests);
        for (int i = 0; i < kept.size(); i++) {
            assertArrayEquals(kept.get(i), again.get(i).values());
            assertArrayEquals(kept.get(i), fresh.get(i).values());
        }
    }

    /** Training inputs may be asked about, as the same array or as a copy. */
    @ParameterizedTest
    @MethodSource("cases")
    void testsMayBeTheTrainingInputs(Case given) {
        Array inputs = given.problem().inputs();
        Array copy = Array.of(inputs.values().clone(), inputs.shape());
        assertEquals(
                given.front().of(given.problem()).apply(copy),
                given.front().of(given.problem()).apply(inputs));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersNoTestsWithNothing(Case given) {
        int[] none = given.drawn().tests().shape();
        none[0] = 0;
        int[] expected = given.problem().map().outputShape(none);
        for (Array answer : given.front().of(given.problem()).apply(Array.zeros(none))) {
            if (given.front().answersTests()) {
                assertArrayEquals(expected, answer.shape());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAreNumbersAndBudgetsBoundThem(Case given) {
        List<Array> answers =
                given.front().of(given.problem()).apply(given.drawn().tests());
        assertTrue(answers.get(0).firstNonFinite() < 0);
        if (answers.size() > 1) {
            Array budget = answers.get(1);
            assertArrayEquals(answers.get(0).shape(), budget.shape());
            assertTrue(Arrays.stream(budget.values()).allMatch(bound -> bound >= 0));
        }
    }

    /** Inputs of zeros have no modes, targets of zeros no pull: what is left is the start. */
    @ParameterizedTest
    @EnumSource(Front.class)
    void silenceIsNoSpecialCase(Front front) {
        for (long seed = 0; seed < 8; seed++) {
            DrawnProblem drawn = DrawnProblem.of(seed, true);
            LinearProblem problem = drawn.problem();
            LinearProblem silent = problem.withExamples(
                    Array.zeros(problem.inputs().shape()),
                    Array.zeros(problem.targets().shape()));
            List<Array> answers = front.of(silent).apply(drawn.tests());
            assertTrue(answers.get(0).firstNonFinite() < 0, "seed " + seed);
            for (Array answer : answers) {
                assertTrue(Arrays.stream(answer.values()).noneMatch(Double::isNaN), "seed " + seed);
            }
        }
    }
}

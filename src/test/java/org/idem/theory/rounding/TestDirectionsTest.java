package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.output.TestDirections;
import org.junit.jupiter.api.Test;

/** One example x = (3, 4), whose eigenvalue is wrong by 25·2⁻⁶ and whose eigenvector is too long by 2⁻¹⁰. */
class TestDirectionsTest {
    private static final double STRETCH = 1 + 0x1p-10;
    private static final LeastSquares EXAMPLE = TinyProblem.distorted(
            new DMatrixRMaj(new double[][] {{3}, {4}}),
            TinyProblem.matrix(2),
            TinyProblem.matrix(1, -2),
            1,
            0x1p-6,
            0x1p-10);
    private static final LeastSquares PARAMETER = TinyProblem.scalar(3, 1, 1, 1, 0x1p-6, 0x1p-10);
    /** Norms 5 and 13; products with x 24 and 63. */
    private static final DMatrixRMaj TESTS = new DMatrixRMaj(new double[][] {{4, 5}, {3, 12}});

    private static double gamma(int operations) {
        return operations * 0x1p-53 / (1 - operations * 0x1p-53);
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 0x1p-49 * Math.abs(expected));
    }

    @Test
    void coordinatesCarryTheErrorOfTheBasis() {
        TestDirections tests = new TestDirections(EXAMPLE, TESTS, true);
        double skewness = EXAMPLE.spectrum().skewness();
        double[] norms = {5, 13};
        double[] coordinates = {24 * STRETCH, 63 * STRETCH};
        double mean = 0;
        assertEquals(2, tests.count());
        for (int test = 0; test < 2; test++) {
            double error = 5 * (gamma(5) + 2 * skewness) * norms[test];
            double square = coordinates[test] * coordinates[test];
            mean += (square + error * error) / 2;
            assertEquals(norms[test], tests.norm(test));
            double slack = 0.75 * error * (2 * coordinates[test] + error);
            double own = 3 * norms[test] * norms[test];
            double size = own + 0.75 * square;
            double[] weights = {0.5};
            double[] sizes = {0.75};
            assertNear(
                    own + 0.5 * square + slack + gamma(7 + 1 + 16) * size,
                    tests.largestForm(test, 3, weights, sizes, 7));
            // a form that would be negative is at least 0
            assertNear(
                    slack + gamma(7 + 1 + 16) * 0.75 * square,
                    tests.largestForm(test, 0, new double[] {-0.5}, sizes, 7));
            assertNear(0.5 * (coordinates[test] + error), tests.largestSum(test, weights));
            assertNear(coordinates[test] + error, tests.lengthOnExamples(test));
        }
        assertNear((25 + 169) / 2.0, tests.meanSquare());
        assertNear(mean, tests.meanSquare(0));
    }

    @Test
    void withoutCoordinatesTheWorstDirectionIsAssumed() {
        double largest = EXAMPLE.spectrum().values()[0] + EXAMPLE.spectrum().error();
        TestDirections tests = new TestDirections(EXAMPLE, TESTS, false);
        double[] sizes = {0.75};
        double[] weights = {0.5};
        assertNear(
                169 * (3 * (1 + gamma(24)) + largest * (0.5 + 0.75 * gamma(24))),
                tests.largestForm(1, 3, weights, sizes, 7));
        assertNear(169 * largest * 0.75 * gamma(24), tests.largestForm(1, 0, new double[] {-0.5}, sizes, 7));
        assertNear(13 * 0.5 * Math.sqrt(largest), tests.largestSum(1, weights));
        assertNear(13 * Math.sqrt(largest), tests.lengthOnExamples(1));
        assertNear(97, tests.meanSquare());
        assertNear(97 * EXAMPLE.spectrum().values()[0] / 2, tests.meanSquare(0));
    }

    @Test
    void onTheSideOfTheParametersCoordinatesAreThoseOfTheInput() {
        double skewness = PARAMETER.spectrum().skewness();
        DMatrixRMaj input = TinyProblem.matrix(-2);
        TestDirections exact = new TestDirections(PARAMETER, input, true);
        double error = (gamma(4) + 2 * skewness) * 2;
        assertNear(0.5 * (2 * STRETCH + error), exact.largestSum(0, new double[] {0.5}));
        assertNear(2 * STRETCH + error, exact.lengthOnExamples(0));
        TestDirections norms = new TestDirections(PARAMETER, input, false);
        assertNear(0.5 * 2, norms.largestSum(0, new double[] {0.5}));
        assertNear(2, norms.lengthOnExamples(0));
        assertNear(4, norms.meanSquare(0));
        assertNear(4 * (0.5 + 0.75 * gamma(24)), norms.largestForm(0, 0, new double[] {0.5}, new double[] {0.75}, 7));
    }

    /** For a single test input Cauchy–Schwarz loses nothing: Σ e_iN_i, and the evaluation's share of Σ e_i·size. */
    @Test
    void sumsOverErrorsAreAttained() {
        TestDirections tests = new TestDirections(PARAMETER, TinyProblem.matrix(-2), false);
        ModeResponses responses = new ModeResponses(LinearMethod.gradientDescent(0.01), 1, PARAMETER.spectrum(), 3);
        ErrorSums sums = new ErrorSums(PARAMETER.spectrum(), 3);
        LagWeights ofStorage = new LagWeights(PARAMETER.spectrum(), 3);
        LagWeights ofResidual = new LagWeights(PARAMETER.spectrum(), 3);
        double lambda = PARAMETER.spectrum().values()[0];
        double size = 0.01 * Math.sqrt(lambda + PARAMETER.spectrum().error());
        responses.advance(3);
        ofStorage.ofParameters(responses.storage(), 3);
        ofResidual.ofResidual(responses.gradient(), 0.01, 3);
        double expected = 0;
        for (int lag = 0; lag < 3; lag++) {
            double value = Math.pow(1 - 0.01 * lambda, lag);
            assertNear(2 * value, ofStorage.typical(tests)[lag]);
            assertNear(2 * size * value, ofResidual.typical(tests)[lag]);
            expected += 2 * ((3 + lag) * value + 5 * size * value);
        }
        sums.add(ofStorage, new double[] {9, 5, 4, 3, 9}, 3, ofStorage.typical(tests), 1);
        sums.add(ofResidual, new double[] {5, 5, 5}, 2, ofResidual.typical(tests), 7);
        // six terms: the form's rounding is γ of 8·6 + 17, its root half of it
        double rounded = expected * Math.sqrt(1 + gamma(8 * 6 + 17));
        assertEquals(rounded, sums.at(tests, 0, 0), 0x1p-49 * expected);
        assertEquals(rounded + 0x1p-9 * (12 + 15 * 7) * 2, sums.at(tests, 0, 0x1p-9), 0x1p-49 * expected);
    }

    /** The lift of an error is negative here; the form's own rounding is counted from the sizes of its terms. */
    @Test
    void liftsOfBothSignsAreSummedWithTheirSizes() {
        TestDirections tests = new TestDirections(EXAMPLE, TESTS, true);
        ModeResponses responses = new ModeResponses(LinearMethod.gradientDescent(0.01), 1, EXAMPLE.spectrum(), 2);
        responses.advance(2);
        LagWeights weights = new LagWeights(EXAMPLE.spectrum(), 2);
        weights.ofParameters(responses.storage(), 2);
        double weight = weights.modeWeights(0)[1];
        assertTrue(weight < 0);
        double typical = weights.typical(tests)[1];
        ErrorSums sums = new ErrorSums(EXAMPLE.spectrum(), 2);
        // the error of the first step, one step before the end; the last step errs in nothing
        sums.add(weights, new double[] {3, 0}, 1, weights.typical(tests), 1);
        double divided = 3 / typical;
        double form = tests.largestForm(
                1,
                divided * weights.lengthWeights()[1],
                new double[] {divided * weight},
                new double[] {divided * -weight},
                8 * 2);
        assertEquals(Math.sqrt(3 * typical * form), sums.at(tests, 1, 0));
    }
}

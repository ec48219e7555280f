package org.idem.theory.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.DoubleDouble;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.path.Coefficients;
import org.idem.theory.path.ResidualPolynomial;
import org.junit.jupiter.api.Test;

/** Proofs/rounding.md, §6, on one mode whose eigenvector is too long by 2⁻¹⁰. */
class PredictionErrorTest {
    private static final double SCALE = 1.5;
    private static final double TIME = 0.03;
    private static final double STRETCH = 1 + 0x1p-10;
    private static final double UNIT = 0x1p-53;

    private static double gamma(int operations) {
        return operations * UNIT / (1 - operations * UNIT);
    }

    private static double bound(LeastSquares problem, PredictionError errors, DMatrixRMaj test, double unseen) {
        double[] norms = Rounding.columnNorms(test);
        return errors.ofOutputs(new TestDirections(problem, test, false), norms, new double[] {unseen})
                .get(0, 0);
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 0x1p-46 * expected);
    }

    /** X = 2, Y = 6, θ_0 = 1: coordinates θ_0 = 1 and YX = 12. */
    @Test
    void oneWeight() {
        LeastSquares problem = TinyProblem.scalar(2, 6, 1, SCALE, 0x1p-10, 0x1p-10);
        double lambda = problem.spectrum().values()[0];
        double skewness = problem.spectrum().skewness();
        double factor = -Math.expm1(-TIME * SCALE * lambda) / (SCALE * lambda);
        PredictionError flow = TinyProblem.prediction(problem, Coefficients.flow(problem, TIME));
        check(problem, flow, SCALE * factor, gamma(8) * factor, SCALE * factor, gamma(8) * factor, 1, 0, lambda);
        double inverse = 1 / (SCALE * lambda + 0.5);
        PredictionError ridge = TinyProblem.prediction(problem, Coefficients.ridge(problem, 0.5));
        check(problem, ridge, 0, 0, SCALE * inverse, gamma(4) * inverse, 0, 0, lambda);
        LinearMethod decaying = new LinearMethod(0.1, 0, false, 0.5);
        ResidualPolynomial polynomial = new ResidualPolynomial(decaying, 1);
        Bounded keep = polynomial.at(DoubleDouble.of(0.5));
        DoubleDouble curvature = problem.curvature(lambda, 0.5);
        Bounded start = polynomial.difference(curvature, DoubleDouble.of(0.5));
        Bounded target = polynomial.difference(curvature, DoubleDouble.of(0));
        check(
                problem,
                TinyProblem.prediction(problem, Coefficients.afterSteps(problem, decaying, 1)),
                SCALE * Math.abs(start.value()),
                start.error(),
                SCALE * Math.abs(target.value()),
                target.error(),
                keep.value(),
                keep.error(),
                lambda);
        assertEquals(true, skewness > 0x1p-11);
    }

    private static void check(
            LeastSquares problem,
            PredictionError errors,
            double ofStart,
            double startFactorError,
            double ofTarget,
            double targetFactorError,
            double keep,
            double keepError,
            double lambda) {
        double skewness = problem.spectrum().skewness();
        double startError = gamma(1) + skewness;
        double targetError = (2 * gamma(1) + skewness) * 6 * 2;
        double size = ofStart * lambda * STRETCH + ofTarget * 12 * STRETCH;
        double ofMode = ofStart * lambda * startError
                + ofTarget * targetError
                + SCALE * lambda * startFactorError * (STRETCH + startError)
                + SCALE * targetFactorError * (12 * STRETCH + targetError)
                + gamma(5) * size;
        double back = (gamma(1) + skewness) * size;
        double change = size + back;
        double kept = keep == 1 ? 0 : UNIT * keep;
        double ofParameters = keepError + kept + Math.min(UNIT * (keep + change), change) + back;
        assertNear(ofMode + ofParameters, errors.norm(0, problem.spectrum()));
        assertNear(5 * (ofMode + ofParameters) + 3 * ofMode, bound(problem, errors, TinyProblem.matrix(5), 3));
    }

    /** x = (3, 4), Y = 2, θ_0 = (1, −2): coordinates θ_0x = −5 and 2. */
    @Test
    void oneExample() {
        LeastSquares problem = TinyProblem.distorted(
                new DMatrixRMaj(new double[][] {{3}, {4}}),
                TinyProblem.matrix(2),
                TinyProblem.matrix(1, -2),
                SCALE,
                0x1p-10,
                0x1p-10);
        double lambda = problem.spectrum().values()[0];
        double skewness = problem.spectrum().skewness();
        double largest = Math.sqrt(lambda + problem.spectrum().error());
        double factor = -Math.expm1(-TIME * SCALE * lambda) / (SCALE * lambda);
        double turn = gamma(1) + skewness;
        double startError = (gamma(2) + turn) * Math.sqrt(5) * 5;
        double targetError = turn * 2;
        double size = SCALE * factor * 7 * STRETCH;
        double ofMode = SCALE * factor * (startError + targetError)
                + SCALE * gamma(8) * factor * (7 * STRETCH + startError + targetError)
                + gamma(5) * size;
        double back = turn * size;
        double change = (size + back) * 5;
        double ofParameters = Math.min(UNIT * (Math.sqrt(5) + change), change) + gamma(1) * change;
        PredictionError errors = TinyProblem.prediction(problem, Coefficients.flow(problem, TIME));
        assertNear(ofMode * largest + ofParameters + back * largest, errors.norm(0, problem.spectrum()));
        DMatrixRMaj test = new DMatrixRMaj(new double[][] {{3}, {4}});
        assertNear(5 * (ofMode * largest + ofParameters + back * largest), bound(problem, errors, test, 3));
    }
}

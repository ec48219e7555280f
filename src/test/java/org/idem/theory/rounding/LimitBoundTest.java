package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.output.LimitError;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.PredictionError;
import org.idem.theory.output.RidgeError;
import org.idem.theory.output.TestDirections;
import org.idem.theory.path.Coefficients;
import org.idem.theory.path.ResidualPolynomial;
import org.junit.jupiter.api.Test;

/** The bounds of proofs/rounding.md, §7, on one weight or one example, with a spectrum that is wrong on purpose. */
class LimitBoundTest {
    private static final double WRONG = 0x1p-46;

    private static double gamma(int operations) {
        return operations * 0x1p-53 / (1 - operations * 0x1p-53);
    }

    private static double bound(LeastSquares problem, OutputErrors errors, DMatrixRMaj test) {
        double[] norms = Rounding.columnNorms(test);
        return errors.ofOutputs(new TestDirections(problem, test, false), norms, new double[norms.length])
                .get(0, 0);
    }

    /** X = 2, Y = 6, θ_0 = 1, the limit 3 computed as 3 + 2⁻⁴⁶: its residual is 2⁻⁴⁵, its gradient 2⁻⁴⁴. */
    @Test
    void oneWeight() {
        for (double slowest : new double[] {0, 0x1p-50, 0.5}) {
            LeastSquares problem = TinyProblem.scalar(2, 6, 1, 1, 0x1p-10, 0);
            double error = problem.spectrum().error();
            double lambda = 4 + 0x1p-8;
            double missed = gamma(4) * (1 + gamma(1)) * 2;
            double outside = (1 + 2 * gamma(1)) * (missed / (Math.sqrt(lambda - error) - missed) + gamma(5));
            double kept = outside * (2 + WRONG) + gamma(2) * (3 + WRONG);
            double ofGradient = gamma(2) * 2 * WRONG * 2;
            double norm = 4 * WRONG + ofGradient;
            double ofMode = (4 * WRONG + (gamma(2) + problem.spectrum().skewness()) * norm + ofGradient) / lambda;
            double ofLength = 1.6181 * error / ((lambda - error) * lambda) * norm;
            double along = ofMode + ofLength;
            double expected = 5 * (kept + slowest * (2 + WRONG + kept + along)) + 5 * ofMode + 5 * ofLength;
            LimitError errors = new LimitError(
                    problem, RangeProjector.of(problem.design()), TinyProblem.matrix(3 + WRONG), slowest);
            assertEquals(expected, bound(problem, errors, TinyProblem.matrix(5)), 0x1p-50 * expected);
        }
    }

    /** x = (3, 0), Y = 6, θ_0 = (1, 7), the limit (2, 7) computed as (2 + 2⁻⁴⁶, 7): its residual is 3·2⁻⁴⁶. */
    @Test
    void oneExample() {
        LeastSquares problem = TinyProblem.distorted(
                new DMatrixRMaj(new double[][] {{3}, {0}}),
                TinyProblem.matrix(6),
                TinyProblem.matrix(1, 7),
                1,
                0x1p-10,
                0);
        double error = problem.spectrum().error();
        double lambda = problem.spectrum().values()[0];
        double skewness = gamma(2);
        double missed = gamma(5) * (1 + skewness) * 3;
        double outside = (1 + 2 * skewness) * (missed / (Math.sqrt(lambda - error) - missed) + gamma(5));
        double kept = outside * (1 + WRONG) + gamma(2) * Math.hypot(2 + WRONG, 7);
        double norm = 3 * WRONG;
        double ofMode = norm * (1 + gamma(2) + problem.spectrum().skewness()) / lambda;
        double ofLength = 1.6181 * error / ((lambda - error) * lambda) * norm;
        double root = Math.sqrt(lambda + error);
        double slowest = 0x1p-50;
        double along = ofMode * root + ofLength * 3;
        double expected = 5 * (kept + slowest * (1 + WRONG + kept + along)) + 5 * root * (ofMode + ofLength);
        LimitError errors =
                new LimitError(problem, RangeProjector.of(problem.design()), TinyProblem.matrix(2 + WRONG, 7), slowest);
        DMatrixRMaj test = new DMatrixRMaj(new double[][] {{3}, {4}});
        assertEquals(expected, bound(problem, errors, test), 0x1p-50 * expected);
    }

    /** A start that is the computed limit moves nowhere: what is left is what the limit itself lost. */
    @Test
    void withoutAWayToGoOnlyTheLimitErrs() {
        LeastSquares weight = TinyProblem.scalar(2, 6, 3 + WRONG, 1, 0x1p-10, 0);
        double error = weight.spectrum().error();
        double lambda = 4 + 0x1p-8;
        double ofGradient = gamma(2) * 2 * WRONG * 2;
        double norm = 4 * WRONG + ofGradient;
        double ofMode = (4 * WRONG + (gamma(2) + weight.spectrum().skewness()) * norm + ofGradient) / lambda;
        double ofLength = 1.6181 * error / ((lambda - error) * lambda) * norm;
        double kept = gamma(2) * (3 + WRONG);
        double expected = 5 * (kept + 0.5 * (kept + ofMode + ofLength)) + 5 * (ofMode + ofLength);
        LimitError ofWeight = new LimitError(weight, RangeProjector.of(weight.design()), weight.initial(), 0.5);
        assertEquals(expected, bound(weight, ofWeight, TinyProblem.matrix(5)), 0x1p-50 * expected);

        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{3}, {0}});
        DMatrixRMaj limit = TinyProblem.matrix(2 + WRONG, 7);
        LeastSquares example = TinyProblem.distorted(design, TinyProblem.matrix(6), limit, 1, 0x1p-10, 0);
        double wrong = example.spectrum().error();
        double value = example.spectrum().values()[0];
        double root = Math.sqrt(value + wrong);
        double inMode = 3 * WRONG * (1 + gamma(2) + example.spectrum().skewness()) / value;
        double inLength = 1.6181 * wrong / ((value - wrong) * value) * 3 * WRONG;
        double size = gamma(2) * Math.hypot(2 + WRONG, 7);
        double along = inMode * root + inLength * 3;
        double sum = 5 * (size + 0.5 * (size + along)) + 5 * root * (inMode + inLength);
        LimitError ofExample = new LimitError(example, RangeProjector.of(design), limit, 0.5);
        DMatrixRMaj test = new DMatrixRMaj(new double[][] {{3}, {4}});
        assertEquals(sum, bound(example, ofExample, test), 0x1p-50 * sum);
    }

    /** X = diag(4, 2), met exactly: only the measurement of the basis, of rank 2, is left. */
    @Test
    void twoWeightsThatAreMet() {
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{4, 0}, {0, 2}});
        DMatrixRMaj limit = TinyProblem.matrix(1, 1);
        LeastSquares problem =
                TinyProblem.distorted(design, TinyProblem.matrix(4, 2), TinyProblem.matrix(0, 0), 1, 0x1p-10, 0);
        double error = problem.spectrum().error();
        // gamma of d + r + 2 operations in each of √2 columns, against the smaller singular value, 2 but for ε
        double missed = gamma(6) * Math.sqrt(2) * Math.sqrt(20);
        double least = Math.sqrt(4 * (1 + 0x1p-10) - error);
        double outside = missed / least + gamma(6) * Math.sqrt(2);
        double kept = outside * Math.sqrt(2) + gamma(2) * Math.sqrt(2);
        LimitError errors = new LimitError(problem, RangeProjector.of(design), limit, 0);
        DMatrixRMaj test = new DMatrixRMaj(new double[][] {{3}, {4}});
        // left out are products of two roundings
        assertEquals(5 * kept, bound(problem, errors, test), 0x1p-46 * kept);
    }

    /** A residual that rounding does not explain, and a rank that the spectrum does not confirm. */
    @Test
    void aWrongLimitIsNotExcused() {
        LeastSquares problem = TinyProblem.scalar(2, 6, 1, 1, 0, 0);
        DMatrixRMaj test = TinyProblem.matrix(5);
        RangeProjector range = RangeProjector.of(problem.design());
        // γ_32·2·(3·2 + 6) of a gradient 4δ: up to 192 units of roundoff
        assertTrue(bound(problem, new LimitError(problem, range, TinyProblem.matrix(3 + 0x1.8p-46), 0), test) < 1);
        LimitError wrong = new LimitError(problem, range, TinyProblem.matrix(3 + 0x1p-45), 0.5);
        assertEquals(Double.POSITIVE_INFINITY, bound(problem, wrong, test));
        assertTrue(LimitError.meetsTargets(problem, TinyProblem.matrix(3 + 0x1.8p-46)));
        // a residual 2δ may reach γ_32·(3·2 + 6), 192 units of roundoff
        assertFalse(LimitError.meetsTargets(problem, TinyProblem.matrix(3 + 0x1p-45)));
        LeastSquares two = TinyProblem.of(false, 1, 0, 0);
        RangeProjector one = RangeProjector.of(new DMatrixRMaj(new double[][] {{1}, {0}}));
        assertFalse(LimitError.isClear(two, one));
        assertTrue(LimitError.isClear(two, RangeProjector.of(two.design())));
        // nothing learned, nothing lost
        LeastSquares blank = TinyProblem.scalar(0, 0, 1, 1, 0, 0);
        LimitError none = new LimitError(blank, RangeProjector.of(blank.design()), TinyProblem.matrix(1), 1);
        assertEquals(0, bound(blank, none, test));
    }

    /** X = 2, Y = 6, θ_0 = 1, c = 3/2, ω = ½ and a limit 0.75 that is only asked how far training moved. */
    @Test
    void ridgeRegressionOfOneWeight() {
        LinearMethod optimizer = new LinearMethod(0.01, 0, false, 0.5);
        LeastSquares problem = TinyProblem.scalar(2, 6, 1, 1.5, 0x1p-10, 0);
        double error = problem.spectrum().error();
        double inverse = 1 / (1.5 * (4 + 0x1p-8) + 0.5);
        PredictionError prediction = TinyProblem.prediction(problem, Coefficients.ridge(problem, 0.5));
        double own = prediction.norm(0, problem.spectrum());
        double slowest = SlowestFactor.of(problem, optimizer, 5, 0);
        double relative = 1.5 * error / 0.5;
        double ofResponse = 1.5 * error * (1.5 * inverse * 12 + own) / (1 - relative);
        double ofParameters = slowest * (0.25 + own + ofResponse / 0.5);
        DMatrixRMaj test = TinyProblem.matrix(5);
        double expected = bound(problem, prediction, test)
                + ofResponse * 5 * inverse * Math.sqrt(1 + gamma(8 + 1 + 16))
                + ofParameters * 5;
        RidgeError errors =
                new RidgeError(problem, ModeCoordinates.of(problem, false), TinyProblem.matrix(0.75), 0.5, slowest);
        assertEquals(expected, bound(problem, errors, test), 0x1p-46 * expected);
        // cε ≥ ω: the response could grow without limit
        LeastSquares hopeless = TinyProblem.scalar(2, 6, 1, 1.5, 0.25, 0);
        RidgeError unknown =
                new RidgeError(hopeless, ModeCoordinates.of(hopeless, false), TinyProblem.matrix(0.75), 0.5, slowest);
        assertEquals(Double.POSITIVE_INFINITY, bound(hopeless, unknown, test));
    }

    /** The error of a curvature moves (1 − ημ)⁵ as §7 says, step by step. */
    @Test
    void theSlowestFactorCoversAWrongCurvature() {
        LeastSquares problem = TinyProblem.scalar(2, 6, 1, 1, 0x1p-16, 0);
        double rate = 0.1;
        double curvature = 4 * (1 + 0x1p-16);
        double q = 1 - rate * curvature;
        double ofValue = rate * problem.spectrum().error() + 8 * 0x1p-53 * rate * curvature;
        double moved = 0;
        double gain = 0;
        for (int step = 0; step < 5; step++) {
            double response = Math.pow(q, 4 - step);
            double bySize = (8 * 0x1p-53 + ofValue) * response;
            double byVelocity = 16 * 0x1p-53 * response;
            double velocityBefore = step == 0 ? 0 : rate * curvature * Math.pow(q, step - 1);
            double velocity = Math.max(velocityBefore, rate * curvature * Math.pow(q, step));
            moved += bySize * Math.pow(q, step) + byVelocity * velocity;
            gain += 8 * (bySize + byVelocity);
        }
        double expected = Math.pow(q, 5) + moved + 2 * gain * gain;
        double bound = SlowestFactor.of(problem, LinearMethod.gradientDescent(rate), 5, 0);
        assertEquals(expected, bound, 0x1p-49);
        assertTrue(bound >= Math.pow(1 - rate * 4, 5));
        // eigenvalues up to the threshold are not learned
        assertEquals(0, SlowestFactor.of(problem, LinearMethod.gradientDescent(rate), 5, 5));
        LeastSquares hopeless = TinyProblem.scalar(2, 6, 1, 1, 0.25, 0);
        assertEquals(Double.POSITIVE_INFINITY, SlowestFactor.of(hopeless, LinearMethod.gradientDescent(rate), 5, 0));
    }

    /** With momentum the exact |r_t| is met but for roundings, and the null mode of weight decay counts. */
    @Test
    void theSlowestFactorIsTheLargestResidualPolynomial() {
        LeastSquares problem = TinyProblem.of(true, 1.5, 0, 0);
        for (LinearMethod optimizer : ModeResponsesTest.optimizers()) {
            double decay = optimizer.weightDecay();
            ResidualPolynomial polynomial = new ResidualPolynomial(optimizer, 6);
            double largest = decay > 0 ? Math.abs(polynomial.value(decay)) : 0;
            for (double lambda : problem.spectrum().values()) {
                largest = Math.max(largest, Math.abs(polynomial.value(1.5 * lambda + decay)));
            }
            assertEquals(largest, SlowestFactor.of(problem, optimizer, 6, 0), 0x1p-42);
        }
    }
}

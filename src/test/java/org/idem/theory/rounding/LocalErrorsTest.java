package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.junit.jupiter.api.Test;

/** Against proofs/rounding.md, §2, on the design [[3, 0], [4, 2]]: row norms 3 and √20, column norms 5 and 2. */
class LocalErrorsTest {
    private static final DMatrixRMaj DESIGN = new DMatrixRMaj(new double[][] {{3, 0}, {4, 2}});
    private static final double UNIT = 0x1p-24;
    private static final LocalErrors.State STATE = new LocalErrors.State(2, 3, 5, 7, 11, 13);

    private static double gamma(int operations) {
        return operations * UNIT / (1 - operations * UNIT);
    }

    /** Relative errors in a row, ⊕ of the proof. */
    private static double inARow(double... errors) {
        double product = 1;
        for (double error : errors) {
            product *= 1 + error;
        }
        return product - 1;
    }

    /** ζ: relative error of a scalar that is rounded to float32. */
    private static double scalar(double value) {
        return value == 0 ? 0 : Math.abs((float) value - value) / value;
    }

    /** Γ_r² = γ_2²·5² + γ_1²·2². */
    private static double ofResidual() {
        return Math.sqrt(Math.pow(gamma(2) * 5, 2) + Math.pow(gamma(1) * 2, 2));
    }

    /** Γ_g² = χ_1²·3² + χ_2²·20 for q = 1 and 2 terms, with the given number of further roundings. */
    private static double ofGradient(int first, int second, double... scalars) {
        double one = inARow(gamma(first), inARow(scalars));
        double two = inARow(gamma(second), inARow(scalars));
        return Math.sqrt(one * one * 9 + two * two * 20);
    }

    private static void assertStep(double storage, double gradient, double residual, LocalErrors.Step step) {
        // relative errors near 2⁻²⁴ are computed here as differences from 1
        assertEquals(storage, step.storage(), 0x1p-26 * storage);
        assertEquals(gradient, step.gradientStep(), 0x1p-26 * gradient);
        assertEquals(residual, step.residual(), 0x1p-26 * residual);
    }

    private static LocalErrors errors(LinearMethod optimizer, double lossScale, boolean bias) {
        return new LocalErrors(optimizer, lossScale, Precision.FLOAT32, DESIGN, bias, 6);
    }

    @Test
    void gradientDescent() {
        double rate = 0.1;
        double residual = ofResidual() * 2;
        double gradient = ofGradient(2, 3, scalar(rate), UNIT);
        LocalErrors plain = errors(LinearMethod.gradientDescent(rate), 1, false);
        assertStep(3 * UNIT, rate * gradient * (5 + residual), residual, plain.at(STATE));
        // a bias adds its inputs of 1 without multiplying them
        double biased = ofGradient(2, 2, scalar(rate), UNIT);
        LocalErrors withBias = errors(LinearMethod.gradientDescent(rate), 1, true);
        assertStep(3 * UNIT, rate * biased * (5 + residual), residual, withBias.at(STATE));
    }

    @Test
    void lossScaleAndDecayAddRoundings() {
        double rate = 0.1;
        double scale = 1.0 / 3;
        double decay = 0.3;
        double residual = ofResidual() * 2;
        double gradient = ofGradient(4, 5, scalar(scale), scalar(rate), UNIT);
        double ofDecay = inARow(scalar(decay), gamma(2), scalar(rate), UNIT);
        LocalErrors errors = errors(new LinearMethod(rate, 0, false, decay), scale, false);
        assertStep(
                3 * UNIT, rate * (scale * gradient * (5 + residual) + decay * ofDecay * 2), residual, errors.at(STATE));
    }

    @Test
    void heavyBall() {
        double rate = 0.1;
        double momentum = 0.7;
        double decay = 0.3;
        double residual = ofResidual() * 2;
        // the product with the learning rate comes after the velocity, in other frameworks before it
        double gradient = ofGradient(3, 4);
        double ofDecay = inARow(scalar(decay), gamma(2));
        double velocity = inARow(scalar(momentum), UNIT) * momentum * 11 + UNIT * 13;
        LocalErrors errors = errors(new LinearMethod(rate, momentum, false, decay), 1, false);
        double ofGradient = rate * (gradient * (5 + residual) + decay * ofDecay * 2);
        double computed = 7 + ofGradient + rate * 6 * residual;
        assertStep(
                3 * UNIT + inARow(scalar(rate), UNIT) * 13,
                ofGradient + velocity + inARow(scalar(rate), UNIT) * computed,
                residual,
                errors.at(STATE));
    }

    @Test
    void nesterov() {
        double rate = 0.1;
        double momentum = 0.7;
        double scale = 1.0 / 3;
        double residual = ofResidual() * 2;
        double gradient = rate * scale * ofGradient(3, 4, scalar(scale)) * (5 + residual);
        double velocity = inARow(scalar(momentum), UNIT) * momentum * 11 + UNIT * 13;
        double look = momentum * 13;
        double ofLook = inARow(scalar(rate * momentum), 0x1p-53, UNIT);
        double computed = 7 + gradient + rate * scale * 6 * residual;
        LocalErrors errors = errors(new LinearMethod(rate, momentum, true, 0), scale, false);
        assertStep(
                velocity
                        + inARow(scalar(rate), UNIT) * computed
                        + ofLook * look
                        + UNIT * 3
                        + UNIT * ((1 + UNIT) * 3 + (1 + ofLook) * look)
                        // where the gradient and the look-ahead are added before they meet the rate
                        + inARow(scalar(momentum), UNIT) * look
                        + UNIT * computed
                        + inARow(scalar(rate), UNIT) * look,
                gradient + velocity + inARow(scalar(rate), UNIT) * computed,
                residual,
                errors.at(STATE));
    }

    /** Where nothing has a size, every operation may still underflow: 8√d, η(2n + 8)√d and (2p + 2)√n of them. */
    @Test
    void underflowIsCounted() {
        LocalErrors.State zero = new LocalErrors.State(0, 0, 0, 0, 0, 0);
        double normal = 0x1p-126;
        LocalErrors.Step step =
                errors(LinearMethod.gradientDescent(0.5), 1, false).at(zero);
        double root = Math.sqrt(2);
        assertEquals(8 * root * normal, step.storage(), 0x1p-176);
        assertEquals(0.5 * 12 * root * normal, step.gradientStep(), 0x1p-176);
        assertEquals(6 * root * normal, step.residual(), 0x1p-176);
        LocalErrors.Step twice =
                new LocalErrors(LinearMethod.gradientDescent(0.5), 1, Precision.FLOAT64, DESIGN, false, 6).at(zero);
        assertEquals(6 * root * Double.MIN_NORMAL, twice.residual());
        // a blank design computes nothing
        LocalErrors blank = new LocalErrors(
                LinearMethod.gradientDescent(0.5), 1, Precision.FLOAT32, new DMatrixRMaj(2, 2), false, 0);
        assertEquals(new LocalErrors.Step(0, 0, 0), blank.at(zero));
    }

    /** The growth is the error at the state (1, 1, σ, η(cσ² + ω), 1, 1), without what underflows. */
    @Test
    void growthIsThatOfAUnitStray() {
        double rate = 0.1;
        double scale = 0.75;
        for (boolean nesterov : new boolean[] {false, true}) {
            LocalErrors errors = errors(new LinearMethod(rate, 0.7, nesterov, 0.3), scale, false);
            LocalErrors.Step expected = errors.at(new LocalErrors.State(1, 1, 6, rate * (scale * 36 + 0.3), 1, 1));
            assertStep(expected.storage(), expected.gradientStep(), expected.residual(), errors.growth());
        }
    }
}

package org.idem.theory.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.DoubleDouble;
import org.junit.jupiter.api.Test;

/** Against the recursion of one mode in decimal arithmetic of 400 digits. */
class ResidualPolynomialTest {
    private static final MathContext DIGITS = new MathContext(400);

    private static BigDecimal recursion(LinearMethod optimizer, BigDecimal curvature, int steps) {
        BigDecimal rate = new BigDecimal(optimizer.learningRate());
        BigDecimal momentum = new BigDecimal(optimizer.momentum());
        BigDecimal error = BigDecimal.ONE;
        BigDecimal velocity = BigDecimal.ZERO;
        for (int step = 0; step < steps; step++) {
            BigDecimal gradient = curvature.multiply(error, DIGITS);
            velocity = momentum.multiply(velocity, DIGITS).add(gradient, DIGITS);
            BigDecimal move =
                    optimizer.nesterov() ? gradient.add(momentum.multiply(velocity, DIGITS), DIGITS) : velocity;
            error = error.subtract(rate.multiply(move, DIGITS), DIGITS);
        }
        return error;
    }

    @Test
    void valuesAndDividedDifferencesKeepTheirBounds() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double momentum = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            LinearMethod optimizer =
                    new LinearMethod(0.1 + random.nextDouble(), momentum, momentum > 0 && random.nextBoolean(), 0);
            double a = random.nextDouble() * optimizer.stableProduct() / optimizer.learningRate();
            double b = random.nextInt(3) == 0 ? 0 : random.nextDouble() / 4;
            int steps = random.nextInt(300);
            ResidualPolynomial polynomial = new ResidualPolynomial(optimizer, steps);
            Bounded value = polynomial.at(DoubleDouble.of(a));
            BigDecimal exact = recursion(optimizer, new BigDecimal(a), steps);
            BigDecimal difference = exact.subtract(recursion(optimizer, new BigDecimal(b), steps), DIGITS)
                    .divide(new BigDecimal(a).subtract(new BigDecimal(b)), DIGITS);
            check(exact, value, "value, seed " + seed);
            check(
                    difference,
                    polynomial.difference(DoubleDouble.of(a), DoubleDouble.of(b)),
                    "difference, seed " + seed);
        }
    }

    private static void check(BigDecimal exact, Bounded bounded, String what) {
        BigDecimal error =
                exact.subtract(new BigDecimal(bounded.value()), DIGITS).abs();
        assertTrue(error.compareTo(new BigDecimal(bounded.error())) <= 0, what + ": " + bounded);
        // the bound is that of one rounding, as long as nothing cancels
        double size = Math.max(Math.abs(bounded.value()), 0x1p-40);
        assertTrue(bounded.error() <= 2 * 0x1p-53 * size, what + ": " + bounded);
    }

    @Test
    void noCurvatureLeavesTheErrorExactly() {
        ResidualPolynomial polynomial = new ResidualPolynomial(new LinearMethod(0.5, 0.5, true, 0), 1000);
        assertEquals(1, polynomial.value(0));
        assertEquals(new Bounded(1, 0), polynomial.at(DoubleDouble.of(0)));
    }
}

package org.idem.theory.exact;

import static org.idem.theory.exact.RowReductionTest.random;
import static org.idem.theory.exact.RowReductionTest.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.junit.jupiter.api.Test;

class ExactClosedFormTest {
    private static final BigFraction THIRD = BigFraction.ONE_THIRD;

    private static RationalProblem problem(RationalMatrix inputs, RationalMatrix targets, RationalMatrix weights) {
        return new RationalProblem(
                new Fcn(inputs.columns(), targets.columns(), false),
                inputs.entries(),
                targets.entries(),
                new RationalParameters(weights.entries(), null),
                Loss.HALF_SUM);
    }

    @Test
    void oneExampleMovesTheWeightsAlongItself() {
        // W∞ = W0 + (y − W0 x) xᵀ/s with x = (1, 2), s = 5, W0 x = 3, y = 8
        RationalProblem problem = problem(whole(1, 2, 1, 2), whole(1, 1, 8), whole(1, 2, 1, 1));
        ExactClosedForm form = new ExactClosedForm(problem);
        assertEquals(whole(1, 2, 2, 3).entries(), form.limit(BigFraction.ZERO).weights());
        // αs = ½: one step goes half of the way, two steps three quarters
        RationalOptimizer optimizer = RationalOptimizer.gradientDescent(new BigFraction(1, 10));
        assertEquals(
                whole(1, 2, 3, 4).times(BigFraction.ONE_HALF).entries(),
                form.after(optimizer, 1).weights());
        assertEquals(
                whole(1, 2, 7, 10).times(BigFraction.ONE_QUARTER).entries(),
                form.after(optimizer, 2).weights());
        assertEquals(new BigFraction(5), form.curvatureBound());
        assertEquals(1, form.rank());
    }

    @Test
    void decayEndsAtRidgeRegressionWhateverTheStart() {
        // c Y Xᵀ/(s + ω) with ω = 3
        RationalProblem problem = problem(whole(1, 2, 1, 2), whole(1, 1, 8), whole(1, 2, 7, -9));
        assertEquals(
                whole(1, 2, 1, 2).entries(),
                new ExactClosedForm(problem).limit(new BigFraction(3)).weights());
    }

    @Test
    void theLimitSolvesTheNormalEquationsAndKeepsTheComplement() {
        SplittableRandom random = new SplittableRandom(3);
        int inconsistent = 0;
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(1, 6);
            int examples = random.nextInt(1, 5);
            RationalMatrix inputs = random(random, examples, size);
            RationalMatrix targets = random(random, examples, 2);
            RationalMatrix weights = random(random, 2, size);
            ExactClosedForm form = new ExactClosedForm(problem(inputs, targets, weights));
            RationalMatrix limit =
                    new RationalMatrix(form.limit(BigFraction.ZERO).weights());
            RationalMatrix residuals = limit.times(inputs.transposed()).minus(targets.transposed());
            assertEquals(new RationalMatrix(RationalArray.zeros(2, size)), residuals.times(inputs));
            // rows of the change are combinations of the examples: they add nothing to the rank
            RationalMatrix changed =
                    inputs.transposed().beside(limit.minus(weights).transposed());
            assertEquals(form.rank(), RowReduction.of(changed).rank());
            inconsistent += residuals.equals(residuals.times(BigFraction.ZERO)) ? 0 : 1;
        }
        assertTrue(inconsistent > 20);
    }

    @Test
    void theResidualPolynomialIsTheCornerOfTheBlockCompanionMatrix() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 60; trial++) {
            RationalMatrix root = random(random, 3, 2);
            RationalMatrix curvature = root.times(root.transposed());
            BigFraction momentum = trial % 3 == 0 ? BigFraction.ZERO : new BigFraction(2, 5);
            boolean nesterov = trial % 3 == 2;
            int steps = random.nextInt(0, 8);
            RationalMatrix unit = RationalMatrix.identity(3);
            BigFraction look = nesterov ? momentum.add(1) : BigFraction.ONE;
            BigFraction carry = nesterov ? momentum.multiply(momentum) : momentum;
            RationalMatrix companion = RationalMatrix.blocks(
                    unit.minus(curvature.times(THIRD.multiply(look))),
                    unit.times(THIRD.multiply(carry).negate()),
                    curvature,
                    unit.times(momentum));
            RationalMatrix corner =
                    companion.power(steps).rows(0, 3).transposed().rows(0, 3).transposed();
            ExactResidual residual =
                    ExactResidual.of(RationalOptimizer.gradientDescent(THIRD).withMomentum(momentum, nesterov), steps);
            assertEquals(corner, residual.applied(unit, curvature));
            assertEquals(BigFraction.ONE, residual.coefficients().get(0));
            assertTrue(residual.coefficients().size() <= steps + 1);
        }
    }

    @Test
    void leadingZerosAreNoPartOfAPolynomial() {
        ExactResidual one = new ExactResidual(List.of(BigFraction.ONE));
        assertEquals(one, new ExactResidual(List.of(BigFraction.ONE, BigFraction.ZERO, BigFraction.ZERO)));
        ExactResidual nothing = new ExactResidual(List.of(BigFraction.ZERO, BigFraction.ZERO));
        assertEquals(List.of(BigFraction.ZERO), nothing.coefficients());
    }

    @Test
    void patchesStandInTheOrderOfTheWeights() {
        RationalArray image = whole(4, 1, 1, 2, 3, 4).entries().reshaped(1, 1, 2, 2);
        RationalMatrix same =
                ExactDesign.of(new Cnn(1, 1, 3, Padding.SAME, true), image).transposed();
        assertEquals(whole(1, 10, 0, 0, 0, 0, 1, 2, 0, 3, 4, 1), same.rows(0, 1));
        assertEquals(whole(1, 10, 1, 2, 0, 3, 4, 0, 0, 0, 0, 1), same.rows(3, 4));
        RationalMatrix circular =
                ExactDesign.of(new Cnn(1, 1, 3, Padding.CIRCULAR, false), image).transposed();
        assertEquals(whole(1, 9, 4, 3, 4, 2, 1, 2, 4, 3, 4), circular.rows(0, 1));
        RationalArray channels =
                whole(18, 1, IntStream.range(0, 18).toArray()).entries().reshaped(1, 2, 3, 3);
        assertEquals(
                whole(18, 1, IntStream.range(0, 18).toArray()),
                ExactDesign.of(new Cnn(2, 1, 3, Padding.VALID, false), channels));
    }

    @Test
    void contradictoryExamplesPullInTurn() {
        // f(2) = 3 and f(−1) = 1 from the weight ½, learning rate ⅛: 1, ¾, 9/8 as computed by hand for the trainer
        RationalProblem problem = problem(whole(2, 1, 2, -1), whole(2, 1, 3, 1), whole(1, 1, 1));
        ExactClosedForm form =
                new ExactClosedForm(problem.startingFrom(problem.initial().times(BigFraction.ONE_HALF)));
        RationalOptimizer optimizer = RationalOptimizer.gradientDescent(new BigFraction(1, 8));
        int[] eighths = {4, 8, 6, 9};
        for (int steps = 0; steps < eighths.length; steps++) {
            assertEquals(
                    new BigFraction(eighths[steps], 8),
                    form.afterOneAtATime(optimizer, steps).weights().at(0));
        }
    }

    @Test
    void constructionsThatAreTooNarrowAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> IdentityConstruction.fcn(3, 2, 2, false));
        assertThrows(IllegalArgumentException.class, () -> IdentityConstruction.fcn(3, 5, 2, true));
        assertThrows(IllegalArgumentException.class, () -> IdentityConstruction.cnn(1, 2, 3, Padding.SAME, 1, true));
        assertEquals(
                List.of(whole(4, 2, 1, 0, 0, 1, -1, 0, 0, -1), whole(2, 4, 1, 0, -1, 0, 0, 1, 0, -1)),
                IdentityConstruction.fcn(2, 4, 2, true).stream()
                        .map(layer -> new RationalMatrix(layer.parameters().weights()))
                        .toList());
    }
}

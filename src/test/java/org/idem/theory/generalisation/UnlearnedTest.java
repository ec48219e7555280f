package org.idem.theory.generalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.Design;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.law.QuadraticFormLaw;
import org.junit.jupiter.api.Test;

/** What training leaves open, by hand, where one direction is seen: η = ⅜ and λ = 4 give the factor −½ in one step. */
class UnlearnedTest {
    private static final LinearMethod OPTIMIZER = LinearMethod.gradientDescent(0.375);
    /** Two channels and one tap: a pixel is a patch of two numbers. */
    private static final Cnn CNN = new Cnn(2, 2, 1, Padding.VALID, false);

    private static final double VARIANCE = 0.25;
    private static final double FAILURE = 0.05;

    private static Array image(double... channels) {
        return Array.of(channels, 1, 2, 1, channels.length / 2);
    }

    /** The training image has a first channel of 2 and a second of 0. */
    private static Unlearned limit() {
        return Unlearned.inTheLimit(DesignMatrix.of(CNN, image(2, 0)));
    }

    private static void assertDiagonal(DMatrixRMaj matrix, double... diagonal) {
        for (int row = 0; row < diagonal.length; row++) {
            for (int column = 0; column < diagonal.length; column++) {
                // a few roundings of numbers of size one
                assertEquals(row == column ? diagonal[row] : 0, matrix.get(row, column), 0x1p-50);
            }
        }
    }

    @Test
    void oneExampleInThreeDimensions() {
        // once seen, and seen twice with an eigenvalue of 0 beside it
        for (double[][] design : new double[][][] {{{2}, {0}, {0}}, {{Math.sqrt(2), Math.sqrt(2)}, {0, 0}, {0, 0}}}) {
            Unlearned limit = Unlearned.inTheLimit(new DMatrixRMaj(design));
            DMatrixRMaj unit = CommonOps_DDRM.identity(3);
            assertEquals(1, limit.rank());
            assertEquals(4, limit.largestEigenvalue(), 0x1p-48);
            assertArrayEquals(new double[] {0, 1, 1}, limit.factors());
            assertDiagonal(limit.of(unit), 0, 1, 1);
            assertDiagonal(limit.rootOf(unit), 0, 1, 1);
            assertDiagonal(limit.signOf(unit), 0, 1, 1);
            Unlearned once = limit.after(1, OPTIMIZER, 1);
            assertEquals(2.5, once.factors()[0] + once.factors()[1] + once.factors()[2], 0x1p-48);
            assertDiagonal(once.of(unit), -0.5, 1, 1);
            assertDiagonal(once.rootOf(unit), Math.sqrt(0.5), 1, 1);
            assertDiagonal(once.signOf(unit), -1, 1, 1);
            assertDiagonal(limit.after(0.5, OPTIMIZER, 2).of(unit), 0.0625, 1, 1);
        }
    }

    @Test
    void moreExamplesThanDimensions() {
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{2, 0, 0}, {0, 1, 0}});
        Unlearned once = Unlearned.inTheLimit(design).after(1, OPTIMIZER, 1);
        DMatrixRMaj unit = CommonOps_DDRM.identity(2);
        assertDiagonal(once.of(unit), -0.5, 0.625);
        assertDiagonal(once.signOf(unit), -1, 1);
        assertEquals(1.125, once.factors()[0] + once.factors()[1], 0x1p-48);
        assertEquals(2, once.rank());
        LinearMethod decaying = new LinearMethod(0.1, 0, false, 0.1);
        assertThrows(IllegalArgumentException.class, () -> once.after(1, decaying, 1));
    }

    /** Σ_c w_cᵀRw_c is σ²χ²_2, whose quantiles are −2σ² log δ; of the selectors only the second is open. */
    @Test
    void theBallOfTwoChannels() {
        UnlearnedBall ball = UnlearnedBall.of(limit(), CNN);
        double radius = Math.sqrt(-VARIANCE * Math.log(FAILURE));
        // a quantile is settled to 10⁻¹¹ in the logarithm of the probability
        assertEquals(radius, ball.weightRadius(VARIANCE, FAILURE), 1e-11);
        assertEquals(Math.sqrt(0.5), ball.selectorRadius(), 0x1p-52);
        assertEquals(radius + Math.sqrt(0.5), ball.radius(VARIANCE, FAILURE), 1e-11);
        assertEquals(1, ball.directions());
        assertEquals(1, ball.largestFactor());
        assertEquals(16, UnlearnedBall.largestPatch(limit(), CNN, image(3, 3, 4, -2)));
        UnlearnedBall less = ball.oneDirectionLess();
        assertEquals(0, less.directions());
        assertEquals(0, less.largestFactor());
        assertEquals(0, less.weightRadius(VARIANCE, FAILURE));
        assertEquals(0, less.selectorRadius());
        assertEquals(0, less.bound(Sight.atMost(16), VARIANCE, FAILURE));
        UnlearnedBall once = UnlearnedBall.of(limit().after(1, OPTIMIZER, 1), CNN);
        assertEquals(1.5, once.directions(), 0x1p-50);
        assertEquals(1, once.largestFactor());
        assertEquals(Math.sqrt(0.75), once.selectorRadius(), 0x1p-50);
    }

    private static double deviations(double failure) {
        return Math.sqrt(-2 * Math.log(failure));
    }

    /** Mean length of the longest combination: of a normal vector of some variance beside a fixed part. */
    private static double norm(double variance, double stretch, double crossed) {
        return Math.sqrt(variance + stretch + 2 * Math.sqrt(variance * crossed));
    }

    /** At the pixel (3, 4) the channels err by 4w and 4(v − 1): the error is 2·χ²_2(0 + 4) for σ² = ¼, its mean 12. */
    @Test
    void theBoundsOfOnePixel() {
        KernelBounds bounds = KernelBounds.of(limit(), CNN, image(3, 4), VARIANCE, FAILURE, 3);
        double squaredRadius = Math.pow(Math.sqrt(-VARIANCE * Math.log(FAILURE)) + Math.sqrt(0.5), 2);
        assertEquals(1, bounds.patchRank());
        assertEquals(2, bounds.unknowns());
        assertEquals(12, bounds.meanError(), 0x1p-48);
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {2, 2}, new double[] {0, 4});
        assertEquals(law.upperQuantile(FAILURE), bounds.quantile(), 1e-9);
        assertEquals(16 * squaredRadius, bounds.imageBound(), 1e-9);
        // the law of ¼(χ²_1 + χ²_1(4))/2, without the triangle inequality; squares of both channels share it
        QuadraticFormLaw ball = QuadraticFormLaw.of(new double[] {0.125, 0.125}, new double[] {0, 4});
        double quarter = FAILURE / 4;
        double byNorm = Math.pow(norm(0.25, 1, 1) + 0.5 * (Math.sqrt(2) + deviations(quarter)), 2);
        double together = Math.min(2 * ball.upperQuantile(quarter), byNorm);
        // ¼χ²_2 of the weights alone, beside the missing identity of the second channel: in one direction they add up
        double ofWeights = -0.5 * Math.log(quarter);
        double ownNorm = Math.pow(norm(0.25, 0, 0) + 0.5 * (Math.sqrt(2) + deviations(quarter)), 2);
        double apart = Math.pow(Math.sqrt(Math.min(ofWeights, ownNorm)) + 1, 2);
        assertEquals(16 * Math.min(together, apart) / 2, bounds.allImagesBound(), 1e-9);
        assertTrue(bounds.allImagesBound() < bounds.imageBound());
        // E|w| and E|v − 1| for σ = ½
        double half = 0.5 * Math.sqrt(2 / Math.PI);
        double sums = Math.pow(half, 2) + Math.pow(half * Math.exp(-2) + Erf.erf(Math.sqrt(2)), 2) + 2 * 0.5;
        double bySums = Math.pow(Math.sqrt(sums) + Math.sqrt(0.5) * deviations(FAILURE), 2) / 2;
        double bySize = 2 * ball.upperQuantile(FAILURE);
        byNorm = Math.pow(norm(0.25, 1, 1) + 0.5 * (Math.sqrt(2) + deviations(FAILURE)), 2);
        assertEquals(9 * Math.min(bySums, Math.min(bySize, byNorm)), bounds.uniformBound(), 1e-9);
        double last = 0.5 + (1 + 0.5 * deviations(FAILURE)) / Math.sqrt(2);
        assertEquals(9 * 2 * last * last, bounds.paperBound(), 1e-9);
        Cnn biased = new Cnn(2, 2, 1, Padding.VALID, true);
        assertThrows(
                IllegalArgumentException.class,
                () -> KernelBounds.of(limit(), biased, image(3, 4), VARIANCE, FAILURE, 3));
    }

    @Test
    void patchesAndSelectorsStandInTheirPlaces() {
        OpenPatches open = OpenPatches.of(limit(), CNN, image(3, 3, 4, -2));
        assertEquals(2, open.pixels());
        assertEquals(2, open.channels());
        assertFalse(open.complete());
        assertEquals(16, OpenPatches.largestForm(limit(), CNN, image(3, 3, 4, -2)));
        assertEquals(20, OpenPatches.sumOfSquares(open.patches()));
        // the second channel's filter returns what is open, 4 and −2
        assertArrayEquals(new double[] {0, 0, 4, -2}, open.centreErrors().data);
        assertEquals((2 * 0.25 * 20 + 20) / 4, open.meanError(0.25));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> open.meanError(bad));
        }
        DMatrixRMaj selectors = OpenPatches.centreSelectors(new Cnn(2, 2, 3, Padding.SAME, true));
        assertEquals(19, selectors.numRows);
        assertEquals(2, OpenPatches.sumOfSquares(selectors));
        assertEquals(1, selectors.get(4, 0));
        assertEquals(1, selectors.get(13, 1));
        Cnn wider = new Cnn(2, 3, 1, Padding.VALID, false);
        assertThrows(IllegalArgumentException.class, () -> OpenPatches.centreSelectors(wider));
        Unlearned all = Unlearned.inTheLimit(CommonOps_DDRM.identity(2));
        assertTrue(OpenPatches.of(all, CNN, image(3, 4)).complete());
        assertEquals(0, OpenPatches.of(all, CNN, image(3, 4)).meanError(1));
    }

    /** Weights (1, 2) and (3, 4): open are 2 and 4, of the initial error 2 and 4 − 1. */
    @Test
    void openDirectionsOfTwoChannels() {
        LinearProblem problem = new LinearProblem(
                CNN, image(2, 0), image(2, 0), Array.of(new double[] {1, 2, 3, 4}, 2, 2, 1, 1), null, Loss.HALF_SUM);
        OpenDirections open = OpenDirections.of(problem, Design.of(problem.map(), problem.inputs()), image(5, 3, 1, 4));
        assertEquals(2, open.channels());
        assertEquals(16, open.largestPatch());
        assertEquals(25, open.largestSpannedPatch(), 0x1p-46);
        assertEquals(13, open.initialError(), 0x1p-48);
        assertEquals(20, open.initialWeights(), 0x1p-48);
        assertEquals(1, open.selectorError());
        assertArrayEquals(new double[] {0, 2}, open.worstPatch());
        double expected = 8 * Rounding.accumulated(2) * Math.sqrt(51) * (Math.sqrt(30) + Math.sqrt(2));
        assertEquals(expected, open.rounding(), 0x1p-48 * expected);
        OpenDirections less = open.oneDirectionLess().orElseThrow();
        assertEquals(0, less.largestPatch());
        assertEquals(0, less.initialError());
        assertEquals(0, less.initialWeights());
        assertEquals(0, less.selectorError());
        assertEquals(25, less.largestSpannedPatch(), 0x1p-46);
        assertEquals(open.rounding(), less.rounding());
        assertTrue(less.oneDirectionLess().isEmpty());
    }
}

package org.idem.theory.generalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.theory.design.DesignMatrix;
import org.junit.jupiter.api.Test;

class ErrorMomentsTest {
    private static final Array TRAIN = Array.of(new double[] {0.5, -1, 0.25, 2, 1, -0.5, 0, 0.75, 1}, 1, 1, 3, 3);
    private static final Array TEST = Array.of(new double[] {1, 0.5, -0.25, 1, 0, 2, -1, 0.5, 0.125}, 1, 1, 3, 3);
    private static final Cnn CNN = new Cnn(1, 1, 3, Padding.VALID, false);

    private static Unlearned unlearned() {
        return Unlearned.inTheLimit(DesignMatrix.of(CNN, TRAIN));
    }

    @Test
    void normalWeightsHaveTheMomentsOfTheirLaw() {
        ErrorMoments moments = ErrorMoments.of(unlearned(), CNN, TEST, 0.7, true);
        ErrorLaw law = ErrorLaw.of(unlearned(), CNN, TEST, 0.7);
        // the same numbers by way of a spectrum: a few dozen roundings
        assertEquals(law.mean(), moments.mean(), 100 * Math.ulp(law.mean()));
        assertEquals(
                law.law().variance(), moments.spread(), 100 * Math.ulp(law.law().variance()));
        assertEquals(moments.mean(), ErrorMoments.mean(unlearned(), CNN, TEST, 0.7), 10 * Math.ulp(moments.mean()));
    }

    @Test
    void oneWeightIsDoneByHand() {
        // K = 1, nothing learned, one pixel 2: MSE = 4(w − 1)², mean 4(σ² + 1), variance 16(2σ⁴ + 4σ²), scale 8σ²
        Cnn one = new Cnn(1, 1, 1, Padding.VALID, false);
        Array pixel = Array.of(new double[] {2}, 1, 1, 1, 1);
        Unlearned all = Unlearned.inTheLimit(DesignMatrix.of(one, Array.zeros(1, 1, 1, 1)));
        ErrorMoments normal = ErrorMoments.of(all, one, pixel, 0.25, true);
        assertEquals(new ErrorMoments(5, 18, 2), normal);
        assertEquals(new ErrorMoments(5, 18, 2), ErrorMoments.of(all, one, pixel, 0.25, false));
        assertEquals(4.25 / 3, ErrorMoments.of(all, one, pixel, 0.0625, false).scale());
    }

    @Test
    void uniformWeightsVaryLessThanTheSpread() {
        // the fourth moment of a uniform w is 9/5 σ⁴: Var(w − 1)² = 0.8σ⁴ + 4σ², exactly 1.2σ⁴ below that of a normal
        double variance = 0.5;
        double exact = 0.8 * variance * variance + 4 * variance;
        Cnn one = new Cnn(1, 1, 1, Padding.VALID, false);
        Array pixel = Array.of(new double[] {1}, 1, 1, 1, 1);
        Unlearned all = Unlearned.inTheLimit(DesignMatrix.of(one, Array.zeros(1, 1, 1, 1)));
        assertTrue(ErrorMoments.of(all, one, pixel, variance, false).spread() >= exact);
    }

    @Test
    void biasesAreRefused() {
        Cnn biased = new Cnn(1, 1, 3, Padding.VALID, true);
        assertThrows(IllegalArgumentException.class, () -> ErrorMoments.of(unlearned(), biased, TEST, 1, true));
    }
}

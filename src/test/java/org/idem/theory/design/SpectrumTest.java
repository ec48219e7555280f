package org.idem.theory.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.TinyProblem;
import org.idem.theory.arithmetic.Rounding;
import org.junit.jupiter.api.Test;

/** Spectra that are wrong by a known amount, against Lemma 3 of proofs/rounding.md. */
class SpectrumTest {
    private static double skewness(double w) {
        return w / (1 + Math.sqrt(1 - w));
    }

    @Test
    void anEigenvalueThatIsTooLargeIsTheWholeError() {
        for (boolean tall : new boolean[] {true, false}) {
            Spectrum right = TinyProblem.of(tall, 1, 0, 0).spectrum();
            assertEquals(tall, right.exampleSide());
            assertTrue(right.error() < 0x1p-48 && right.skewness() < 0x1p-49);
            Spectrum wrong = TinyProblem.of(tall, 1, 0x1p-10, 0).spectrum();
            double squares = Arrays.stream(right.values()).map(v -> v * v).sum();
            assertEquals(0x1p-10 * Math.sqrt(squares), wrong.error(), 0x1p-46);
        }
    }

    /** P̃ = 1 + s: W = 2s + s², A − P̃ΛP̃ᵀ = −9W and ‖ΛW‖ = 9W. */
    @Test
    void aVectorThatIsTooLongIsSkewed() {
        double s = 0x1p-8;
        double w = 2 * s + s * s;
        Spectrum spectrum = TinyProblem.scalar(3, 1, 1, 1, 0, s).spectrum();
        assertEquals(skewness(w), spectrum.skewness(), 0x1p-50);
        assertEquals(9 * w + (1 + 2 * skewness(w)) * 9 * w, spectrum.error(), 0x1p-46);
        Spectrum hopeless = TinyProblem.scalar(3, 1, 1, 1, 0, 0.25).spectrum();
        assertEquals(Double.POSITIVE_INFINITY, hopeless.error());
        assertEquals(Double.POSITIVE_INFINITY, hopeless.skewness());
    }

    /** X = diag(3, 1) with P̃ = [[1, t], [0, 1]]: W = [[0, t], [t, t²]], A − P̃ΛP̃ᵀ = −[[t², t], [t, 0]]·λ_2. */
    @Test
    void vectorsThatLeanAreSkewed() {
        Spectrum spectrum = new Spectrum(new DMatrixRMaj(new double[][] {{3, 0}, {0, 1}}));
        double t = 0x1p-8;
        boolean largeFirst = spectrum.values()[0] > 5;
        double first = largeFirst ? 9 : 1;
        double second = largeFirst ? 1 : 9;
        double[][] basis = largeFirst ? new double[][] {{1, t}, {0, 1}} : new double[][] {{0, 1}, {1, t}};
        spectrum.basis().setTo(new DMatrixRMaj(basis));
        spectrum.values()[0] = first;
        spectrum.values()[1] = second;
        double w = Math.sqrt(2 * t * t + t * t * t * t);
        double ofBasis = Math.hypot(first * t, second * Math.hypot(t, t * t));
        double missing = second * Math.sqrt(t * t * t * t + 2 * t * t);
        assertEquals(skewness(w), spectrum.skewness(), 0x1p-50);
        assertEquals(missing + ofBasis * (1 + 2 * skewness(w)), spectrum.error(), 0x1p-46);
    }

    /** A row of 4095 ones is too long for the accurate check: γ of the lengths of its sums times 4095. */
    @Test
    void longSumsAreCheckedInPlainArithmetic() {
        DMatrixRMaj ones = new DMatrixRMaj(1, 4095);
        CommonOps_DDRM.fill(ones, 1);
        Spectrum spectrum = new Spectrum(ones);
        double w = Rounding.accumulated(2);
        double expected = Rounding.accumulated(2 + 4095 + 4) * 4095 + 4095 * w * (1 + 2 * skewness(w));
        assertEquals(4095, spectrum.largest());
        assertEquals(expected, spectrum.error(), 0x1p-40 * expected);
        assertEquals(skewness(w), spectrum.skewness(), 0x1p-90);
        spectrum = new Spectrum(ones);
        spectrum.values()[0] = 4096;
        assertEquals(1, spectrum.error(), 2 * expected);
        DMatrixRMaj shorter = new DMatrixRMaj(1, 4093);
        CommonOps_DDRM.fill(shorter, 1);
        assertTrue(new Spectrum(shorter).error() < 0x1p-60);
    }

    /** All entries equal: one eigenvalue n·d·a², which some decompositions miss. */
    @Test
    void constantDesignsAreDecomposed() {
        for (int size = 1; size < 40; size++) {
            DMatrixRMaj design = new DMatrixRMaj(size + 1, size);
            CommonOps_DDRM.fill(design, 0.75);
            Spectrum spectrum = new Spectrum(design);
            double largest = 0.5625 * size * (size + 1);
            assertEquals(largest, spectrum.largest(), 64 * Math.ulp(largest));
            assertTrue(spectrum.error() < 0x1p-40 * largest, "size " + size);
            assertTrue(spectrum.skewness() < 0x1p-40, "size " + size);
        }
    }

    @Test
    void aSquareDesignHasItsModesOnTheSideOfTheParameters() {
        assertFalse(new Spectrum(new DMatrixRMaj(new double[][] {{3, 0}, {0, 1}})).exampleSide());
        assertEquals(0, new Spectrum(new DMatrixRMaj(2, 3)).largest());
    }

    /** λ = 25 of X = (3, 4)ᵀ; a value that is too large by 25·2⁻¹⁰ makes ε = 25·2⁻¹⁰. */
    @Test
    void zeroIsWhatRoundingLeavesAndClearIsTwiceTheError() {
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{3}, {4}});
        assertEquals(2 * 0x1p-53 * 25, new Spectrum(design).zero(), 0x1p-100);
        Spectrum wrong = TinyProblem.distorted(design, TinyProblem.matrix(1), TinyProblem.matrix(1, 2), 1, 0x1p-10, 0)
                .spectrum();
        assertEquals(25 * 0x1p-10, wrong.error(), 0x1p-46);
        assertFalse(wrong.isClear(49 * 0x1p-10));
        assertTrue(wrong.isClear(51 * 0x1p-10));
        assertEquals(Math.sqrt(25 * (1 + 0x1p-10) + 25 * 0x1p-10), wrong.designNorm(), 0x1p-46);
    }
}

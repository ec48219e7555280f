package org.idem.theory.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.Coefficients;
import org.idem.theory.path.ModeParameters;
import org.junit.jupiter.api.Test;

/** Long sums: predictions against gradient descent in exact decimal arithmetic, within bounds of a few roundings. */
class TwicePreciseTest {
    private static final int STEPS = 3;
    private static final double SCALE = 0.5;

    private static DMatrixRMaj uniform(SplittableRandom random, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int at = 0; at < matrix.getNumElements(); at++) {
            matrix.data[at] = random.nextDouble();
        }
        return matrix;
    }

    /** One row of parameters after some steps of plain gradient descent, rounded once. */
    private static double[] exactly(LeastSquares problem, double rate) {
        int d = problem.design().numRows;
        int n = problem.design().numCols;
        BigDecimal step = new BigDecimal(rate).multiply(new BigDecimal(SCALE));
        BigDecimal[] theta = new BigDecimal[d];
        for (int i = 0; i < d; i++) {
            theta[i] = new BigDecimal(problem.initial().get(0, i));
        }
        for (int t = 0; t < STEPS; t++) {
            BigDecimal[] residuals = new BigDecimal[n];
            for (int s = 0; s < n; s++) {
                residuals[s] = new BigDecimal(problem.targets().get(0, s)).negate();
                for (int i = 0; i < d; i++) {
                    residuals[s] = residuals[s].add(
                            theta[i].multiply(new BigDecimal(problem.design().get(i, s))));
                }
            }
            for (int i = 0; i < d; i++) {
                BigDecimal pull = BigDecimal.ZERO;
                for (int s = 0; s < n; s++) {
                    pull = pull.add(residuals[s].multiply(
                            new BigDecimal(problem.design().get(i, s))));
                }
                theta[i] = theta[i].subtract(step.multiply(pull));
            }
        }
        double[] rounded = new double[d];
        for (int i = 0; i < d; i++) {
            rounded[i] = theta[i].doubleValue();
        }
        return rounded;
    }

    /** Eigenvectors that are 2⁻³⁰ too long are no harm: what is wrong with them is known to 2⁻⁵². */
    @Test
    void predictionsOfLongSumsAreNearlyExact() {
        for (boolean exampleSide : new boolean[] {true, false}) {
            for (double stretch : new double[] {0, 0x1p-30}) {
                SplittableRandom random = new SplittableRandom(5);
                int d = exampleSide ? 70 : 50;
                int n = exampleSide ? 50 : 70;
                LeastSquares problem = TinyProblem.distorted(
                        uniform(random, d, n), uniform(random, 1, n), uniform(random, 1, d), SCALE, 0, stretch);
                assertTrue(problem.isTwicePrecise());
                Spectrum spectrum = problem.spectrum();
                assertEquals(exampleSide, spectrum.exampleSide());
                LinearMethod optimizer = LinearMethod.gradientDescent(1 / (SCALE * spectrum.largest()));
                double[] exact = exactly(problem, optimizer.learningRate());
                Coefficients coefficients = Coefficients.afterSteps(problem, optimizer, STEPS);
                DMatrixRMaj predicted = ModeParameters.of(problem, ModeCoordinates.of(problem, false), coefficients);
                double squares = 0;
                double size = 0;
                for (int i = 0; i < d; i++) {
                    squares += Math.pow(predicted.get(0, i) - exact[i], 2);
                    size += exact[i] * exact[i];
                }
                double bound = TinyProblem.prediction(problem, coefficients).norm(0, spectrum);
                // the spectrum's own error, met in every later step: η c ε ‖θ_t − …‖, at most ‖θ‖ and ‖Y‖/‖X‖ each
                // (stretched vectors have the same nearest orthogonal ones)
                double error = new Spectrum(problem.design()).error();
                double ofSpectrum = STEPS
                        * STEPS
                        * optimizer.learningRate()
                        * SCALE
                        * error
                        * (2 * Math.sqrt(size) + 2 * Math.sqrt(n) / Math.sqrt(spectrum.largest()));
                double rounding = 0x1p-53 * Math.sqrt(size);
                double off = Math.sqrt(squares);
                String told = exampleSide + " " + stretch + ": " + off + ", bounds " + bound + " and " + ofSpectrum;
                assertTrue(off <= bound + ofSpectrum + rounding, told);
                // d + n = 120 roundings at least, without twice the precision
                assertTrue(stretch > 0 || bound <= 24 * rounding, told);
            }
        }
    }

    /** What a QR algorithm leaves is some hundred roundings for a matrix of this size. */
    @Test
    void refinedSpectraAreOffByAFewRoundings() {
        SplittableRandom random = new SplittableRandom(6);
        for (int size : new int[] {48, 150, 250}) {
            Spectrum spectrum = new Spectrum(uniform(random, size, size + 30));
            assertTrue(spectrum.error() <= 8 * Rounding.UNIT * spectrum.largest(), size + ": " + spectrum.error());
            assertTrue(spectrum.skewness() <= size * Rounding.UNIT, size + ": " + spectrum.skewness());
        }
        // equal eigenvalues have no eigenvectors of their own, which is no harm either
        DMatrixRMaj equal = new DMatrixRMaj(60, 60);
        for (int i = 0; i < 60; i++) {
            equal.set(i, (i + 7) % 60, i < 40 ? 1 : 3);
        }
        assertTrue(new Spectrum(equal).error() <= 8 * Rounding.UNIT * 9);
    }

    @Test
    void operatorNormsAreBoundedFromAbove() {
        SplittableRandom random = new SplittableRandom(7);
        for (int size : new int[] {3, 48, 100}) {
            double[][] diagonal = new double[size][size];
            double[][] noise = new double[size][size];
            for (int i = 0; i < size; i++) {
                diagonal[i][i] = Math.scalb(1.0 + i, -300);
                for (int j = 0; j < size; j++) {
                    noise[i][j] = random.nextBoolean() ? 1 : -1;
                }
            }
            double most = OperatorNorm.atMost(diagonal);
            assertTrue(most >= Math.scalb(1.0 * size, -300) && most <= AccurateProduct.norm(diagonal));
            double ofNoise = OperatorNorm.atMost(noise);
            // signs: at least √n, as every row has that norm; far below the Frobenius norm n
            assertTrue(ofNoise >= Math.sqrt(size) && ofNoise <= size * (1 + 0x1p-30));
            assertTrue(size < 48 || ofNoise < 4 * Math.sqrt(size), size + ": " + ofNoise);
        }
        assertEquals(0, OperatorNorm.atMost(new double[50][50]));
    }
}

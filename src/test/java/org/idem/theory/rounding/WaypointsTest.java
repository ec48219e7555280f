package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.junit.jupiter.api.Test;

/** Proofs/rounding.md, §13, against a training of the parameters themselves, with sums of 70 terms. */
class WaypointsTest {
    private static final double SCALE = 0.75;
    private static final double UNIT = 0x1p-24;
    private static final int LONG = 70;
    /** More than two blocks. */
    private static final int STEPS = 150;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static double gamma(int operations) {
        return operations * UNIT / (1 - operations * UNIT);
    }

    private DMatrixRMaj drawn(int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int at = 0; at < matrix.getNumElements(); at++) {
            matrix.data[at] = random.nextInt(5) == 0 ? 0 : (float) (random.nextDouble() - 0.25);
        }
        return matrix;
    }

    /** u|θ||X| + u(p − 1)(1 + 2γ_p)(|θ||X| + |θX|)/2 in each column, or the same of a gradient. */
    private static double error(DMatrixRMaj row, DMatrixRMaj matrix, double[] ofTerms, double[] ofAdditions) {
        double squares = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            double sum = 0;
            double size = 0;
            for (int i = 0; i < matrix.numRows; i++) {
                sum += row.get(i) * matrix.get(i, column);
                size += Math.abs(row.get(i) * matrix.get(i, column));
            }
            squares += Math.pow(ofTerms[column] * size + ofAdditions[column] * (size + Math.abs(sum)) / 2, 2);
        }
        return Math.sqrt(squares);
    }

    private static int[] terms(DMatrixRMaj matrix) {
        int[] terms = new int[matrix.numCols];
        for (int at = 0; at < matrix.getNumElements(); at++) {
            terms[at % matrix.numCols] += matrix.data[at] == 0 ? 0 : 1;
        }
        return terms;
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        return NormOps_DDRM.normF(CommonOps_DDRM.subtract(a, b, null));
    }

    private void check(int d, int n, LinearMethod method) {
        DMatrixRMaj design = drawn(d, n);
        DMatrixRMaj targets = drawn(2, n);
        DMatrixRMaj initial = drawn(2, d);
        LeastSquares problem = new LeastSquares(design, targets, initial, SCALE, false, new Spectrum(design));
        double largest = problem.spectrum().largest();
        LinearMethod optimizer =
                method.withLearningRate(0.75 * method.stableProduct() / (SCALE * largest + method.weightDecay()));
        LocalErrors local =
                new LocalErrors(optimizer, SCALE, Precision.FLOAT32, design, false, Math.sqrt(largest * (1 + 0x1p-30)));
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        List<Double> residuals = new ArrayList<>();
        List<Double> gradients = new ArrayList<>();
        ModePaths paths = new ModePaths(problem, optimizer, start, STEPS);
        paths.measuring(Waypoints.of(problem, start, local, optimizer, STEPS).orElseThrow());
        paths.walk((row, first, count, norms) -> {
            for (int step = 0; row == 1 && step < count; step++) {
                residuals.add(norms.ofResiduals[step]);
                gradients.add(norms.ofGradients[step]);
            }
        });
        // of each sum: what its terms carry besides additions, and what additions do
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(design, null);
        int[] inColumn = terms(design);
        int[] inRow = terms(transposed);
        double[] one = new double[n];
        double[] sums = new double[n];
        for (int column = 0; column < n; column++) {
            one[column] = UNIT;
            sums[column] = UNIT * (inColumn[column] - 1) * (1 + 2 * gamma(inColumn[column]));
        }
        double[] ofTerms = new double[d];
        double[] ofSums = new double[d];
        double rate = optimizer.learningRate();
        double scalars = optimizer.momentum() > 0 ? 0 : Rounding.both(Math.abs((float) rate - rate) / rate, UNIT);
        int others = 3 + (optimizer.weightDecay() > 0 ? 1 : 0);
        for (int row = 0; row < d; row++) {
            ofTerms[row] = Rounding.both(gamma(others), scalars);
            double all = Rounding.both(gamma(others + inRow[row] - 1), scalars);
            ofSums[row] = UNIT * (inRow[row] - 1) * (1 + 4 * all);
        }
        DMatrixRMaj parameters = CommonOps_DDRM.extractRow(initial, 1, null);
        DMatrixRMaj target = CommonOps_DDRM.extractRow(targets, 1, null);
        DMatrixRMaj velocity = new DMatrixRMaj(1, d);
        DMatrixRMaj lastParameters = parameters;
        DMatrixRMaj lastResidual = target;
        int next = 0;
        for (int step = 0; step < STEPS; step++) {
            DMatrixRMaj residual = CommonOps_DDRM.subtract(CommonOps_DDRM.mult(parameters, design, null), target, null);
            if (step == next) {
                lastParameters = parameters;
                lastResidual = residual;
                next += Math.max(1, step / 8);
            }
            String where = d + " × " + n + ", " + optimizer + ", step " + step + ", seed " + seed;
            double moved = local.residualFactor() * distance(parameters, lastParameters);
            double residualMoved = local.gradientFactor() * distance(residual, lastResidual);
            // where θ_0 is forgotten beside a lift, the two ways are bounded one by one
            if (d <= n || optimizer.weightDecay() == 0) {
                assertNear(error(lastParameters, design, one, sums) + moved, residuals.get(step), where);
                double ofGradient = error(lastResidual, transposed, ofTerms, ofSums);
                assertNear(ofGradient + residualMoved, gradients.get(step), where);
            }
            assertCovers(error(parameters, design, one, sums), residuals.get(step), where);
            assertCovers(error(residual, transposed, ofTerms, ofSums), gradients.get(step), where);
            DMatrixRMaj gradient = CommonOps_DDRM.multTransB(residual, design, null);
            CommonOps_DDRM.scale(SCALE, gradient);
            gradient = CommonOps_DDRM.add(1, gradient, optimizer.weightDecay(), parameters, null);
            velocity = CommonOps_DDRM.add(1, gradient, optimizer.momentum(), velocity, null);
            DMatrixRMaj change = optimizer.nesterov()
                    ? CommonOps_DDRM.add(1, gradient, optimizer.momentum(), velocity, null)
                    : velocity;
            parameters = CommonOps_DDRM.add(1, parameters, -rate, change, null);
        }
    }

    private static void assertNear(double expected, double actual, String where) {
        assertEquals(expected, actual, slack(expected), where);
    }

    private static void assertCovers(double error, double bound, String where) {
        assertTrue(bound >= error - slack(error), where + ": " + error + " > " + bound);
    }

    /** Either side computes the path in double precision: γ of some hundred roundings, times a few hundred units. */
    private static double slack(double expected) {
        return 0x1p-20 * expected + 0x1p-26 * UNIT;
    }

    @Test
    void sumsAreBoundedByTheSizesOfTheirTerms() {
        for (double decay : new double[] {0, 0.5}) {
            for (int form = 0; form < 3; form++) {
                LinearMethod method = new LinearMethod(1, form == 0 ? 0 : 0.75, form == 2, decay);
                check(5, LONG * 5 / 3, method);
                check(LONG * 5 / 3, 3, method);
            }
        }
    }

    @Test
    void shortSumsAreNotWorthIt() {
        DMatrixRMaj design = new DMatrixRMaj(5, SumRoundings.LONG - 1);
        CommonOps_DDRM.fill(design, 1);
        LeastSquares problem = new LeastSquares(
                design, new DMatrixRMaj(1, design.numCols), new DMatrixRMaj(1, 5), 1, false, new Spectrum(design));
        LinearMethod optimizer = LinearMethod.gradientDescent(0x1p-9);
        LocalErrors local = new LocalErrors(optimizer, 1, Precision.FLOAT32, design, false, 20);
        ModeCoordinates start = ModeCoordinates.of(problem, true);
        assertTrue(Waypoints.of(problem, start, local, optimizer, 10).isEmpty());
    }
}

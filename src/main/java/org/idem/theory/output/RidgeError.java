package org.idem.theory.output;

import org.ejml.data.DMatrixRMaj;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.Coefficients;

/**
 * Bound on |f_t − f_∞| for training with weight decay, whose limit is ridge regression: the part of the error that t
 * steps leave, and the rounding of the limit. Source: proofs/rounding.md, §7.
 */
public final class RidgeError implements OutputErrors {
    private final PredictionError prediction;
    /** (cλ_j + ω)⁻², one for each mode. */
    private final double[] inverseSquares;
    /** One for each row: what meets the response of the regression to the test input. */
    private final double[] ofResponse;
    /** One for each row: what meets the norm of the test input. */
    private final double[] ofParameters;

    /**
     * When the slowest mode has lost all but a factor.
     *
     * @param problem in matrices
     * @param coordinates of all parameters in the modes
     * @param limit ridge regression, rows × d
     * @param decay weight decay ω, positive
     * @param slowest largest factor that the steps leave of any mode, at least 0
     */
    public RidgeError(
            LeastSquares problem, ModeCoordinates coordinates, DMatrixRMaj limit, double decay, double slowest) {
        Spectrum spectrum = problem.spectrum();
        double scale = problem.lossScale();
        inverseSquares = new double[spectrum.modes()];
        for (int mode = 0; mode < inverseSquares.length; mode++) {
            inverseSquares[mode] = Math.pow(scale * spectrum.values()[mode] + decay, -2);
        }
        prediction = new PredictionError(problem, coordinates, Coefficients.ridge(problem, decay));
        double relative = scale * spectrum.error() / decay;
        double designNorm = spectrum.exampleSide() ? spectrum.designNorm() : 1;
        ofResponse = new double[problem.rows()];
        ofParameters = new double[problem.rows()];
        for (int row = 0; row < ofResponse.length; row++) {
            double squares = 0;
            double moved = 0;
            for (int mode = 0; mode < inverseSquares.length; mode++) {
                double target = coordinates.targets().get(row, mode);
                squares += scale * scale * inverseSquares[mode] * target * target;
            }
            for (int column = 0; column < limit.numCols; column++) {
                moved += Math.pow(limit.get(row, column) - problem.initial().get(row, column), 2);
            }
            double own = prediction.norm(row, spectrum);
            // of a zero design there are no coefficients
            double ownCoefficients = own == 0 ? 0 : own / designNorm;
            // coefficients carry the same relative errors as the prediction's own
            ofResponse[row] = relative < 1
                    ? scale * spectrum.error() * (Math.sqrt(squares) + ownCoefficients) / (1 - relative)
                    : Double.POSITIVE_INFINITY;
            ofParameters[row] = slowest * (Math.sqrt(moved) + own + ofResponse[row] * designNorm / decay);
        }
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, double[] norms, double[] unseenNorms) {
        DMatrixRMaj bounds = prediction.ofOutputs(tests, norms, unseenNorms);
        for (int row = 0; row < bounds.numRows; row++) {
            for (int test = 0; test < norms.length; test++) {
                double bound =
                        ofResponse[row] * Math.sqrt(tests.largestForm(test, 0, inverseSquares, inverseSquares, 8))
                                + ofParameters[row] * norms[test];
                bounds.add(row, test, bound);
            }
        }
        return bounds;
    }
}

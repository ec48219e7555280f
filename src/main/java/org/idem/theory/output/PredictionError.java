package org.idem.theory.output;

import org.ejml.data.DMatrixRMaj;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.arithmetic.TwicePrecise;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.Coefficients;

/**
 * Bound on the rounding error of parameters that {@code theory.ClosedForm} computes in double precision, that of the
 * spectrum excepted. Source: proofs/rounding.md, §6.
 */
public final class PredictionError implements OutputErrors {
    /** Bounds on the coefficients' errors in each mode, rows × modes. */
    private final double[][] ofModes;
    /** Bounds on errors in the space of examples, per row; 0 on the parameter side. */
    private final double[] ofExamples;
    /** Bounds on errors of the parameters themselves, per row. */
    private final double[] ofParameters;

    private final LeastSquares problem;
    private final Coefficients coefficients;
    private final ModeCoordinates coordinates;
    private final boolean exampleSide;
    /** ‖X‖_F. */
    private final double designNorm;
    /** Whether the products are taken in twice the precision. */
    private final boolean twice;
    /** What these miss, relative to the sizes that are summed; 0 if they are not taken. */
    private final double ofSizes;

    /**
     * Of parameters with some coefficients; the coordinates of the problem are those of all parameters.
     *
     * @param problem in matrices
     * @param coordinates of all parameters in the modes
     * @param coefficients with which they were computed
     */
    public PredictionError(LeastSquares problem, ModeCoordinates coordinates, Coefficients coefficients) {
        this.problem = problem;
        this.coordinates = coordinates;
        this.coefficients = coefficients;
        Spectrum spectrum = problem.spectrum();
        exampleSide = spectrum.exampleSide();
        designNorm = Math.sqrt(problem.squaredNorm());
        twice = problem.isTwicePrecise();
        ofSizes = twice ? 4 * TwicePrecise.ERROR + 2 * spectrum.turnError() : 0;
        int rows = problem.rows();
        ofModes = new double[rows][spectrum.modes()];
        ofExamples = new double[rows];
        ofParameters = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] sizes = setModes(row);
            setWayBack(row, sizes);
        }
    }

    /** Sets the errors of the coefficients in each mode, and returns the sizes of what is added up in each. */
    private double[] setModes(int row) {
        Spectrum spectrum = problem.spectrum();
        double scale = problem.lossScale();
        double startSize = coordinates.startNorms()[row] * (exampleSide ? designNorm : 1);
        double targetSize = coordinates.targetNorms()[row] * (exampleSide ? 1 : designNorm);
        double turn = Rounding.accumulated(spectrum.modes()) + spectrum.skewness();
        double ofStartSum = Rounding.accumulated(exampleSide ? problem.design().numRows : 0) + turn;
        double ofTargetSum = Rounding.accumulated(exampleSide ? 0 : problem.design().numCols) + turn;
        double[] sizes = new double[spectrum.modes()];
        for (int mode = 0; mode < sizes.length; mode++) {
            Bounded ofStart = coefficients.ofStart()[mode];
            Bounded ofTargets = coefficients.ofTargets()[mode];
            double lambda = exampleSide ? 1 : spectrum.values()[mode];
            double startFactor = scale * lambda * Math.abs(ofStart.value());
            double targetFactor = scale * Math.abs(ofTargets.value());
            double fromStart = Math.abs(coordinates.start().get(row, mode));
            double fromTarget = Math.abs(coordinates.targets().get(row, mode));
            double startError = coordinateError(fromStart, startSize, ofStartSum);
            double targetError = coordinateError(fromTarget, targetSize, ofTargetSum);
            sizes[mode] = startFactor * fromStart + targetFactor * fromTarget;
            ofModes[row][mode] = startFactor * startError
                    + targetFactor * targetError
                    + scale * lambda * ofStart.error() * (fromStart + startError)
                    + scale * ofTargets.error() * (fromTarget + targetError)
                    + Rounding.accumulated(5) * sizes[mode];
        }
        return sizes;
    }

    /** Error of a coordinate of some size that was summed from so large a row, with that of a plain sum. */
    private double coordinateError(double coordinate, double rowSize, double ofPlainSum) {
        return twice ? 2 * Rounding.UNIT * coordinate + ofSizes * rowSize : ofPlainSum * rowSize;
    }

    /** Sets the errors of the way from the modes back to the parameters, and of the sum with the start. */
    private void setWayBack(int row, double[] sizes) {
        double sum = 0;
        double squares = 0;
        for (double size : sizes) {
            sum += size;
            squares += size * size;
        }
        double skewness = problem.spectrum().skewness();
        double start = coordinates.startNorms()[row];
        double back = twice ? ofSizes * sum : Rounding.accumulated(sizes.length) * sum + skewness * Math.sqrt(squares);
        // adding a change to θ_0 rounds by no more than the change itself
        double change = (Math.sqrt(squares) + back) * (exampleSide ? designNorm : 1);
        Bounded kept = coefficients.kept();
        double ofProduct = kept.value() == 1 ? 0 : Rounding.UNIT * Math.abs(kept.value());
        double ofSum = (twice ? 2 : 1) * Rounding.UNIT * (Math.abs(kept.value()) * start + change);
        ofParameters[row] = (kept.error() + ofProduct) * start + Math.min(ofSum, (twice ? 2 : 1) * change);
        if (exampleSide) {
            ofExamples[row] = back;
            ofParameters[row] +=
                    twice ? ofSizes * sum * designNorm : Rounding.accumulated(problem.design().numCols) * change;
        } else {
            ofParameters[row] += back;
        }
    }

    /**
     * Bound on the norm of a row's error.
     *
     * @param row which, from 0
     * @param spectrum of the problem
     * @return at least 0
     */
    public double norm(int row, Spectrum spectrum) {
        double squares = 0;
        for (int mode = 0; mode < ofModes[row].length; mode++) {
            double error = ofModes[row][mode];
            squares += error * error * (exampleSide ? spectrum.values()[mode] + spectrum.error() : 1);
        }
        return Math.sqrt(squares) + ofParameters[row] + ofExamples[row] * spectrum.designNorm();
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, double[] norms, double[] unseenNorms) {
        DMatrixRMaj bounds = new DMatrixRMaj(ofModes.length, norms.length);
        for (int row = 0; row < ofModes.length; row++) {
            double squares = 0;
            for (double error : ofModes[row]) {
                squares += error * error;
            }
            double unseen = exampleSide ? 0 : Math.sqrt(squares);
            for (int test = 0; test < norms.length; test++) {
                double bound = tests.largestSum(test, ofModes[row])
                        + ofParameters[row] * norms[test]
                        + unseen * unseenNorms[test]
                        + ofExamples[row] * tests.lengthOnExamples(test);
                bounds.set(row, test, bound);
            }
        }
        return bounds;
    }
}

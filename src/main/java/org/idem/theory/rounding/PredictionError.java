package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.idem.theory.ClosedForm;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.arithmetic.TwicePrecise;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.path.Coefficients;

/**
 * Bound on the rounding error of parameters that {@link ClosedForm} computes in double precision, that of the spectrum
 * excepted. Source: proofs/rounding.md, §6.
 */
public final class PredictionError implements OutputErrors {
    /** Bounds on the coefficients' errors in each mode, rows × modes. */
    private final double[][] ofModes;
    /** Bounds on errors in the space of examples, per row; 0 on the parameter side. */
    private final double[] ofExamples;
    /** Bounds on errors of the parameters themselves, per row. */
    private final double[] ofParameters;

    private final boolean exampleSide;

    /** Of parameters with some coefficients; the coordinates of the problem are those of all parameters. */
    public PredictionError(LeastSquares problem, ModeCoordinates coordinates, Coefficients coefficients) {
        Bounded keep = coefficients.kept();
        Bounded[] ofStart = coefficients.ofStart();
        Bounded[] ofTargets = coefficients.ofTargets();
        int rows = problem.rows();
        Spectrum spectrum = problem.spectrum();
        int modes = spectrum.modes();
        int d = problem.design().numRows;
        int n = problem.design().numCols;
        exampleSide = spectrum.exampleSide();
        double scale = problem.lossScale();
        double designNorm = Math.sqrt(problem.squaredNorm());
        double skewness = spectrum.skewness();
        double turn = Rounding.accumulated(modes) + skewness;
        boolean twice = problem.isTwicePrecise();
        // of coordinates, and of the way back: relative to the sizes that are summed, and to the result
        double ofSizes = twice ? 4 * TwicePrecise.ERROR + 2 * spectrum.turnError() : 0;
        ofModes = new double[rows][modes];
        ofExamples = new double[rows];
        ofParameters = new double[rows];
        for (int row = 0; row < rows; row++) {
            double start = coordinates.startNorms()[row];
            double target = coordinates.targetNorms()[row];
            double startSize = start * (exampleSide ? designNorm : 1);
            double targetSize = target * (exampleSide ? 1 : designNorm);
            double ofStartSum = Rounding.accumulated(exampleSide ? d : 0) + turn;
            double ofTargetSum = Rounding.accumulated(exampleSide ? 0 : n) + turn;
            double sum = 0;
            double squares = 0;
            for (int mode = 0; mode < modes; mode++) {
                double lambda = exampleSide ? 1 : spectrum.values()[mode];
                double startFactor = scale * lambda * Math.abs(ofStart[mode].value());
                double targetFactor = scale * Math.abs(ofTargets[mode].value());
                double fromStart = Math.abs(coordinates.start().get(row, mode));
                double fromTarget = Math.abs(coordinates.targets().get(row, mode));
                double startError =
                        twice ? 2 * Rounding.UNIT * fromStart + ofSizes * startSize : ofStartSum * startSize;
                double targetError =
                        twice ? 2 * Rounding.UNIT * fromTarget + ofSizes * targetSize : ofTargetSum * targetSize;
                double size = startFactor * fromStart + targetFactor * fromTarget;
                ofModes[row][mode] = startFactor * startError
                        + targetFactor * targetError
                        + scale * lambda * ofStart[mode].error() * (fromStart + startError)
                        + scale * ofTargets[mode].error() * (fromTarget + targetError)
                        + Rounding.accumulated(5) * size;
                sum += size;
                squares += size * size;
            }
            double back = twice ? ofSizes * sum : Rounding.accumulated(modes) * sum + skewness * Math.sqrt(squares);
            // adding a change to θ_0 rounds by no more than the change itself
            double change = (Math.sqrt(squares) + back) * (exampleSide ? designNorm : 1);
            double kept = keep.value() == 1 ? 0 : Rounding.UNIT * Math.abs(keep.value());
            double sums = (twice ? 2 : 1) * Rounding.UNIT * (Math.abs(keep.value()) * start + change);
            ofParameters[row] = (keep.error() + kept) * start + Math.min(sums, (twice ? 2 : 1) * change);
            if (exampleSide) {
                ofExamples[row] = back;
                ofParameters[row] += twice ? ofSizes * sum * designNorm : Rounding.accumulated(n) * change;
            } else {
                ofParameters[row] += back;
            }
        }
    }

    /** Bound on the norm of a row's error. */
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

package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.idem.network.Optimizer;

/**
 * Bound on the rounding error of parameters that {@link ClosedForm} computes in double precision, that of the spectrum
 * excepted. Source: proofs/rounding.md, §6.
 */
final class PredictionError implements OutputErrors {
    /** Bounds on the coefficients' errors in each mode, rows × modes. */
    private final double[][] ofModes;
    /** Bounds on errors in the space of examples, per row; 0 on the parameter side. */
    private final double[] ofExamples;
    /** Bounds on errors of the parameters themselves, per row. */
    private final double[] ofParameters;

    private final boolean exampleSide;

    /** Parameters keep·θ_0 + Σ modes (c·ofStart·θ_0XXᵀ − c·ofTargets·YXᵀ), each factor with its own error. */
    private PredictionError(
            LeastSquares problem,
            ResidualPolynomial.Bounded keep,
            ResidualPolynomial.Bounded[] ofStart,
            ResidualPolynomial.Bounded[] ofTargets) {
        int rows = problem.rows();
        ModeCoordinates coordinates = ModeCoordinates.of(problem, false);
        Spectrum spectrum = problem.spectrum();
        int modes = spectrum.modes();
        int d = problem.design().numRows;
        int n = problem.design().numCols;
        exampleSide = spectrum.exampleSide();
        double scale = problem.lossScale();
        double designNorm = Math.sqrt(problem.squaredNorm());
        double skewness = spectrum.skewness();
        double turn = Rounding.accumulated(modes) + skewness;
        ofModes = new double[rows][modes];
        ofExamples = new double[rows];
        ofParameters = new double[rows];
        for (int row = 0; row < rows; row++) {
            double start = coordinates.startNorms()[row];
            double target = coordinates.targetNorms()[row];
            double startError = exampleSide
                    ? Rounding.accumulated(d) * start * designNorm + turn * start * designNorm
                    : turn * start;
            double targetError = exampleSide ? turn * target : (Rounding.accumulated(n) + turn) * target * designNorm;
            double sum = 0;
            double squares = 0;
            for (int mode = 0; mode < modes; mode++) {
                double lambda = exampleSide ? 1 : spectrum.values()[mode];
                double startFactor = scale * lambda * Math.abs(ofStart[mode].value());
                double targetFactor = scale * Math.abs(ofTargets[mode].value());
                double fromStart = Math.abs(coordinates.start().get(row, mode));
                double fromTarget = Math.abs(coordinates.targets().get(row, mode));
                double size = startFactor * fromStart + targetFactor * fromTarget;
                ofModes[row][mode] = startFactor * startError
                        + targetFactor * targetError
                        + scale * lambda * ofStart[mode].error() * (fromStart + startError)
                        + scale * ofTargets[mode].error() * (fromTarget + targetError)
                        + Rounding.accumulated(5) * size;
                sum += size;
                squares += size * size;
            }
            double back = Rounding.accumulated(modes) * sum + skewness * Math.sqrt(squares);
            // adding a change to θ_0 rounds by no more than the change itself
            double change = (Math.sqrt(squares) + back) * (exampleSide ? designNorm : 1);
            double kept = keep.value() == 1 ? 0 : Rounding.UNIT * Math.abs(keep.value());
            ofParameters[row] = (keep.error() + kept) * start
                    + Math.min(Rounding.UNIT * (Math.abs(keep.value()) * start + change), change);
            if (exampleSide) {
                ofExamples[row] = back;
                ofParameters[row] += Rounding.accumulated(n) * change;
            } else {
                ofParameters[row] += back;
            }
        }
    }

    /** After some steps of an optimiser. */
    static PredictionError afterSteps(LeastSquares problem, Optimizer optimizer, int steps) {
        double decay = optimizer.weightDecay();
        int modes = problem.spectrum().modes();
        ResidualPolynomial polynomial = new ResidualPolynomial(optimizer, steps);
        ResidualPolynomial.Bounded[] ofStart = new ResidualPolynomial.Bounded[modes];
        ResidualPolynomial.Bounded[] ofTargets = new ResidualPolynomial.Bounded[modes];
        for (int mode = 0; mode < modes; mode++) {
            DoubleDouble curvature = problem.curvature(problem.spectrum().values()[mode], decay);
            ofStart[mode] = polynomial.difference(curvature, DoubleDouble.of(decay));
            ofTargets[mode] = decay == 0 ? ofStart[mode] : polynomial.difference(curvature, DoubleDouble.of(0));
        }
        return new PredictionError(problem, polynomial.at(DoubleDouble.of(decay)), ofStart, ofTargets);
    }

    /** After gradient flow for a time, without decay: both coefficients are c(exp(−τcλ) − 1)/(cλ). */
    static PredictionError flow(LeastSquares problem, double time) {
        ResidualPolynomial.Bounded[] factors =
                new ResidualPolynomial.Bounded[problem.spectrum().modes()];
        for (int mode = 0; mode < factors.length; mode++) {
            double factor = FlowForm.factor(
                    time, problem.lossScale() * problem.spectrum().values()[mode]);
            // x ↦ (exp(−x) − 1)/x changes relatively at most as its argument does, and expm1 is within an ulp
            factors[mode] = new ResidualPolynomial.Bounded(factor, Rounding.accumulated(8) * Math.abs(factor));
        }
        return new PredictionError(problem, new ResidualPolynomial.Bounded(1, 0), factors, factors);
    }

    /** In the limit of training with weight decay ω, whose coefficients are c/(cλ + ω). */
    static PredictionError ridge(LeastSquares problem, double decay) {
        int modes = problem.spectrum().modes();
        ResidualPolynomial.Bounded none = new ResidualPolynomial.Bounded(0, 0);
        ResidualPolynomial.Bounded[] ofStart = new ResidualPolynomial.Bounded[modes];
        ResidualPolynomial.Bounded[] ofTargets = new ResidualPolynomial.Bounded[modes];
        for (int mode = 0; mode < modes; mode++) {
            double inverse = 1 / (problem.lossScale() * problem.spectrum().values()[mode] + decay);
            ofStart[mode] = none;
            ofTargets[mode] = new ResidualPolynomial.Bounded(inverse, Rounding.accumulated(4) * inverse);
        }
        return new PredictionError(problem, none, ofStart, ofTargets);
    }

    /** Bound on the norm of a row's error. */
    double norm(int row, Spectrum spectrum) {
        double squares = 0;
        for (int mode = 0; mode < ofModes[row].length; mode++) {
            double error = ofModes[row][mode];
            squares += error * error * (exampleSide ? spectrum.values()[mode] + spectrum.error() : 1);
        }
        return Math.sqrt(squares)
                + ofParameters[row]
                + ofExamples[row] * Math.sqrt(spectrum.largest() + spectrum.error());
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

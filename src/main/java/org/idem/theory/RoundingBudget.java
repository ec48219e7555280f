package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.Optimizer;

/**
 * A-priori bound on how far trained outputs stray from a least-squares trajectory by the roundings of every step.
 *
 * <p>Each step's errors are bounded from the norms of the exact path; their responses at the end are summed over the
 * steps in the direction of each test input; a small-gain argument covers errors of errors, and where it fails the
 * bound is infinite. Source: proofs/rounding.md.
 */
final class RoundingBudget implements TrainingErrors {
    /** Memory for the errors of single steps: beyond so many numbers all rows share the largest. */
    private static final int MOST_NUMBERS = 1 << 22;

    private final Optimizer optimizer;
    private final int steps;
    private final LeastSquares problem;
    private final Spectrum spectrum;
    private final LocalErrors local;
    private final ResponseSums sums;
    private final double[][] storage;
    private final double[][] gradient;
    private final double[][] residual;
    private final double[] strays;
    private final boolean fromComputedSpectrum;

    /** Errors counted from the trajectory of the computed spectrum, or from the exact one. */
    RoundingBudget(
            LeastSquares problem, Optimizer optimizer, int steps, Precision precision, boolean fromComputedSpectrum) {
        this.fromComputedSpectrum = fromComputedSpectrum;
        this.problem = problem;
        this.optimizer = optimizer;
        this.steps = steps;
        spectrum = problem.spectrum();
        double designNorm = Math.sqrt(spectrum.largest() + spectrum.error());
        local = new LocalErrors(
                optimizer, problem.lossScale(), precision, problem.design(), problem.bias(), designNorm);
        sums = new ResponseSums(optimizer, problem.lossScale(), spectrum, steps);
        int rows = problem.rows();
        int groups = (long) rows * steps > MOST_NUMBERS ? 1 : rows;
        storage = new double[groups][steps];
        gradient = new double[groups][steps];
        residual = new double[groups][steps];
        strays = new double[rows];
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        for (int row = 0; row < rows; row++) {
            follow(row, row % groups, start);
        }
    }

    /** Bounds the errors of one row's steps, errors of errors included. */
    private void follow(int row, int group, ModeCoordinates start) {
        ModePath path = start.path(row, problem, optimizer);
        boolean exampleSide = spectrum.exampleSide();
        double spectrumError = spectrum.error();
        double spectrumStep = optimizer.learningRate() * problem.lossScale() * spectrumError;
        LocalErrors.Step[] errors = new LocalErrors.Step[steps];
        double largestState = 0;
        double largestResidual = 0;
        double largestNorm = path.parametersNorm();
        double largestCoordinates = 0;
        for (int step = 0; step < steps; step++) {
            ModePath.Step taken = path.advance();
            LocalErrors.Step here = local.at(taken.state());
            double coordinates = taken.coordinates();
            if (fromComputedSpectrum) {
                here = new LocalErrors.Step(
                        here.storage(),
                        here.gradientStep() + (exampleSide ? 0 : spectrumStep * coordinates),
                        here.residual() + (exampleSide ? spectrumError * coordinates : 0));
            }
            errors[step] = here;
            largestCoordinates = Math.max(largestCoordinates, coordinates);
            largestState = Math.max(largestState, here.storage() + here.gradientStep());
            largestResidual = Math.max(largestResidual, here.residual());
            largestNorm = Math.max(
                    largestNorm, Math.max(path.parametersNorm(), taken.state().velocityStepAfter()));
        }
        LocalErrors.Step growth = local.growth();
        double extra = exampleSide ? 0 : spectrumStep;
        ResponseSums.Closure unseen = start.evaluationError(row, problem, optimizer, largestNorm, sums);
        if (!fromComputedSpectrum) {
            ResponseSums.Closure bent = exampleSide
                    ? sums.stray(0, spectrumError * largestCoordinates)
                    : sums.stray(spectrumStep * largestCoordinates, 0);
            unseen = new ResponseSums.Closure(unseen.state() + bent.state(), unseen.lift() + bent.lift());
        }
        ResponseSums.Closure closure = sums.close(
                largestState + (growth.storage() + growth.gradientStep() + extra) * unseen.state(),
                largestResidual
                        + growth.residual() * unseen.state()
                        + (exampleSide ? spectrumError * unseen.lift() : 0),
                growth,
                extra);
        double stray = closure.state() + unseen.state();
        double lift = closure.lift() + unseen.lift();
        strays[row] = Math.max(strays[row], stray);
        for (int step = 0; step < steps; step++) {
            LocalErrors.Step here = errors[step];
            storage[group][step] = Math.max(storage[group][step], here.storage() + growth.storage() * stray);
            gradient[group][step] =
                    Math.max(gradient[group][step], here.gradientStep() + (growth.gradientStep() + extra) * stray);
            residual[group][step] = Math.max(
                    residual[group][step],
                    here.residual() + growth.residual() * stray + (exampleSide ? spectrumError * lift : 0));
        }
    }

    @Override
    public double stray(int row) {
        return strays[row];
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns) {
        int groups = storage.length;
        ErrorSums[] total = new ErrorSums[groups];
        for (int group = 0; group < groups; group++) {
            total[group] = new ErrorSums(spectrum);
        }
        double scale = optimizer.learningRate() * problem.lossScale();
        LagWeights ofStorage = new LagWeights(spectrum);
        LagWeights ofGradient = new LagWeights(spectrum);
        LagWeights ofResidual = new LagWeights(spectrum);
        ModeResponses responses = new ModeResponses(optimizer, problem.lossScale(), spectrum);
        double designNorm = Math.sqrt(spectrum.largest() + spectrum.error());
        for (int lag = 0; lag < steps; lag++) {
            ofStorage.ofParameters(responses.storage());
            ofGradient.ofParameters(responses.gradient());
            ofResidual.ofResidual(responses.gradient(), scale);
            double typicalStorage = ofStorage.typical(tests);
            double typicalGradient = ofGradient.typical(tests);
            double typicalResidual = ofResidual.typical(tests);
            int step = steps - 1 - lag;
            for (int group = 0; group < groups; group++) {
                total[group].add(ofStorage, storage[group][step], typicalStorage, 1);
                total[group].add(ofGradient, gradient[group][step], typicalGradient, 1);
                total[group].add(ofResidual, residual[group][step], typicalResidual, scale * designNorm);
            }
            responses.advance();
        }
        DMatrixRMaj bounds = new DMatrixRMaj(problem.rows(), tests.count());
        for (int row = 0; row < bounds.numRows; row++) {
            ErrorSums sum = total[row % groups];
            for (int test = 0; test < bounds.numCols; test++) {
                bounds.set(row, test, sum.at(tests, test, sums.evaluationError()));
            }
        }
        return bounds;
    }
}

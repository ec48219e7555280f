package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;

/**
 * A-priori bound on how far trained outputs stray from a least-squares trajectory by the roundings of every step.
 *
 * <p>Each step's errors are bounded from the norms of the exact path; their responses at the end are summed over the
 * steps in the direction of each test input; a small-gain argument covers errors of errors, and where it fails the
 * bound is infinite. Source: proofs/rounding.md.
 */
public final class RoundingBudget implements TrainingErrors {
    /** Memory for the errors of single steps: beyond so many numbers all rows share the largest. */
    private static final int MOST_NUMBERS = 1 << 22;

    /** Steps up to which the paths of small problems are walked, and steps of all modes of all rows; seconds. */
    private static final int MOST_WALKED = 1 << 20;

    private static final double AFFORDABLE = 0x1p27;

    private final LinearMethod optimizer;
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
    /** Whether steps are bounded all at once: the bound then is that on the norm of a row's error. */
    private final boolean longRun;

    /** Errors counted from the trajectory of the computed spectrum, or from the exact one. */
    public RoundingBudget(
            LeastSquares problem,
            LinearMethod optimizer,
            int steps,
            Precision precision,
            boolean fromComputedSpectrum) {
        this.fromComputedSpectrum = fromComputedSpectrum;
        this.problem = problem;
        this.optimizer = optimizer;
        this.steps = steps;
        spectrum = problem.spectrum();
        double designNorm = Math.sqrt(spectrum.largest() + spectrum.error());
        local = new LocalErrors(
                optimizer, problem.lossScale(), precision, problem.design(), problem.bias(), designNorm);
        int rows = problem.rows();
        longRun = steps > ResponseSums.EXACT
                && (steps > MOST_WALKED || (double) steps * rows * spectrum.modes() > AFFORDABLE);
        sums = new ResponseSums(optimizer, problem.lossScale(), spectrum, steps);
        int kept = longRun ? 0 : steps;
        int groups = (long) rows * kept > MOST_NUMBERS ? 1 : rows;
        storage = new double[groups][kept];
        gradient = new double[groups][kept];
        residual = new double[groups][kept];
        strays = new double[rows];
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        Largest[] largest = longRun ? largestInLongRun(start) : largestOnPaths(start);
        double[] lifts = new double[groups];
        double[] most = new double[groups];
        for (int row = 0; row < rows; row++) {
            ResponseSums.Closure closure = strays(row, largest[row], start);
            strays[row] = closure.state();
            most[row % groups] = Math.max(most[row % groups], closure.state());
            lifts[row % groups] = Math.max(lifts[row % groups], closure.lift());
        }
        LocalErrors.Step growth = local.growth();
        boolean exampleSide = spectrum.exampleSide();
        for (int group = 0; group < groups; group++) {
            double moreStorage = growth.storage() * most[group];
            double moreGradient = (growth.gradientStep() + extraGrowth()) * most[group];
            double moreResidual = growth.residual() * most[group] + (exampleSide ? spectrum.error() * lifts[group] : 0);
            for (int step = 0; step < kept; step++) {
                storage[group][step] += moreStorage;
                gradient[group][step] += moreGradient;
                residual[group][step] += moreResidual;
            }
        }
    }

    /** Growth of a gradient's error by the error of the spectrum, where that is not one of the residuals. */
    private double extraGrowth() {
        return spectrum.exampleSide() ? 0 : optimizer.learningRate() * problem.lossScale() * spectrum.error();
    }

    /** Largest numbers of one row on its exact path. */
    private static final class Largest {
        private double stateError;
        private double residualError;
        private double norm;
        private double coordinates;

        private void include(PathNorms path, StepErrors errors, int steps) {
            for (int step = 0; step < steps; step++) {
                stateError = larger(errors.storage[step] + errors.gradientStep[step], stateError);
                residualError = larger(errors.residual[step], residualError);
                norm = larger(path.parameters[step + 1], norm);
                norm = larger(path.velocitySteps[step + 1], norm);
                coordinates = larger(path.coordinates[step], coordinates);
            }
        }

        /** A branch that is seldom taken is cheaper than a maximum; NaN stays in the errors of its step. */
        private static double larger(double number, double than) {
            return number <= than ? than : number;
        }
    }

    /** Errors of every step on the exact paths, and the largest of each row. */
    private Largest[] largestOnPaths(ModeCoordinates start) {
        double extra = fromComputedSpectrum ? extraGrowth() : 0;
        double ofResidual = fromComputedSpectrum && spectrum.exampleSide() ? spectrum.error() : 0;
        Largest[] largest = new Largest[strays.length];
        for (int row = 0; row < largest.length; row++) {
            largest[row] = new Largest();
            largest[row].norm = start.startNorms()[row];
        }
        StepErrors here = new StepErrors(ModeRun.block(steps));
        ModePaths paths = new ModePaths(problem, optimizer, start, steps);
        Waypoints.of(problem, start, local, optimizer, steps).ifPresent(paths::measuring);
        paths.walk((row, first, count, norms) -> {
            local.along(norms, count, here);
            for (int step = 0; step < count; step++) {
                here.gradientStep[step] += extra * norms.coordinates[step];
                here.residual[step] += ofResidual * norms.coordinates[step];
            }
            largest[row].include(norms, here, count);
            int group = row % storage.length;
            raise(storage[group], first, here.storage, count);
            raise(gradient[group], first, here.gradientStep, count);
            raise(residual[group], first, here.residual, count);
        });
        return largest;
    }

    /** The same without walking: largest numbers of all steps from sums of the responses to constant forces. */
    private Largest[] largestInLongRun(ModeCoordinates start) {
        double decay = optimizer.weightDecay();
        double rate = optimizer.learningRate();
        double scale = problem.lossScale();
        boolean exampleSide = spectrum.exampleSide();
        double designNorm = Math.sqrt(spectrum.largest() + spectrum.error());
        LongTail tail = new LongTail(optimizer, steps);
        double keeps = tail.largest(rate * decay, 1, 0);
        Largest[] largest = new Largest[strays.length];
        for (int row = 0; row < largest.length; row++) {
            double moved = 0;
            double coordinates = 0;
            for (int mode = 0; mode < spectrum.modes(); mode++) {
                double lambda = spectrum.values()[mode];
                double from = start.start().get(row, mode);
                double to = start.targets().get(row, mode);
                double pull = exampleSide
                        ? scale * (keeps * Math.abs(from) + Math.abs(to))
                        : Math.abs(scale * (lambda * from - to) + decay * from);
                double way = rate * pull * sums.sumOfMode(mode);
                coordinates += way * way;
                moved += (exampleSide ? lambda + spectrum.error() : 1) * (way * way);
            }
            double norm = (exampleSide ? keeps : 1) * start.startNorms()[row] + Math.sqrt(moved);
            double misfit = designNorm * norm + start.targetNorms()[row];
            double gradientStep = rate * (scale * designNorm * misfit + decay * norm);
            LocalErrors.Step errors = local.at(new LocalErrors.State(norm, norm, misfit, gradientStep, norm, norm));
            double met = exampleSide ? Math.sqrt(coordinates) : norm;
            largest[row] = new Largest();
            largest[row].norm = norm;
            largest[row].coordinates = met;
            double computed = fromComputedSpectrum ? met : 0;
            largest[row].stateError = errors.storage() + errors.gradientStep() + extraGrowth() * computed;
            largest[row].residualError = errors.residual() + (exampleSide ? spectrum.error() * computed : 0);
        }
        return largest;
    }

    /** Replaces some numbers by larger ones. */
    private static void raise(double[] numbers, int first, double[] least, int count) {
        for (int i = 0; i < count; i++) {
            numbers[first + i] = Math.max(numbers[first + i], least[i]);
        }
    }

    /** Bounds on how far a row strays, and its coordinates in the space of examples, errors of errors included. */
    private ResponseSums.Closure strays(int row, Largest largest, ModeCoordinates start) {
        boolean exampleSide = spectrum.exampleSide();
        double extra = extraGrowth();
        ResponseSums.Closure unseen = PathEvaluation.error(start, row, problem, optimizer, largest.norm, sums);
        if (!fromComputedSpectrum) {
            double bend = (exampleSide ? spectrum.error() : extra) * largest.coordinates;
            ResponseSums.Closure bent = exampleSide ? sums.stray(0, bend) : sums.stray(bend, 0);
            unseen = new ResponseSums.Closure(unseen.state() + bent.state(), unseen.lift() + bent.lift());
        }
        LocalErrors.Step growth = local.growth();
        ResponseSums.Closure closure = sums.close(
                largest.stateError + (growth.storage() + growth.gradientStep() + extra) * unseen.state(),
                largest.residualError
                        + growth.residual() * unseen.state()
                        + (exampleSide ? spectrum.error() * unseen.lift() : 0),
                growth,
                extra);
        return new ResponseSums.Closure(closure.state() + unseen.state(), closure.lift() + unseen.lift());
    }

    @Override
    public double stray(int row) {
        return strays[row];
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns) {
        if (longRun) {
            DMatrixRMaj bounds = new DMatrixRMaj(problem.rows(), tests.count());
            for (int row = 0; row < bounds.numRows; row++) {
                for (int test = 0; test < bounds.numCols; test++) {
                    bounds.set(row, test, strays[row] * tests.norm(test));
                }
            }
            return bounds;
        }
        int groups = storage.length;
        int block = ModeRun.block(steps);
        ErrorSums[] total = new ErrorSums[groups];
        for (int group = 0; group < groups; group++) {
            total[group] = new ErrorSums(spectrum, block);
        }
        double scale = optimizer.learningRate() * problem.lossScale();
        LagWeights ofStorage = new LagWeights(spectrum, block);
        LagWeights ofResidual = new LagWeights(spectrum, block);
        boolean oneBlock = block == steps;
        ModeResponses responses =
                oneBlock ? sums.responses() : new ModeResponses(optimizer, problem.lossScale(), spectrum, block);
        boolean alike = responses.gradient() == responses.storage();
        LagWeights ofGradient = alike ? ofStorage : new LagWeights(spectrum, block);
        double designNorm = Math.sqrt(spectrum.largest() + spectrum.error());
        for (int from = 0; from < steps; from += block) {
            int count = Math.min(block, steps - from);
            if (!oneBlock) {
                responses.advance(count);
            }
            ofStorage.ofParameters(responses.storage(), count);
            if (!alike) {
                ofGradient.ofParameters(responses.gradient(), count);
            }
            ofResidual.ofResidual(responses.gradient(), scale, count);
            double[] typicalStorage = ofStorage.typical(tests);
            double[] typicalGradient = alike ? typicalStorage : ofGradient.typical(tests);
            double[] typicalResidual = ofResidual.typical(tests);
            int last = steps - 1 - from;
            for (int group = 0; group < groups; group++) {
                total[group].add(ofStorage, storage[group], last, typicalStorage, 1);
                total[group].add(ofGradient, gradient[group], last, typicalGradient, 1);
                total[group].add(ofResidual, residual[group], last, typicalResidual, scale * designNorm);
            }
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

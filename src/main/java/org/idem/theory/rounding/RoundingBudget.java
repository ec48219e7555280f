package org.idem.theory.rounding;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.TestDirections;
import org.idem.theory.output.TrainingErrors;

/**
 * A-priori bound on how far trained outputs stray from a least-squares trajectory by the roundings of every step.
 *
 * <p>Each step's errors are bounded from the norms of the exact path; a small-gain argument covers errors of errors,
 * and where it fails the bound is infinite; what the errors of all steps have become at the end is summed in the
 * direction of each test input. Source: proofs/rounding.md, §§2 to 5.
 */
public final class RoundingBudget implements TrainingErrors {
    /** Steps up to which the paths of small problems are walked, and steps of all modes of all rows; seconds. */
    private static final int MOST_WALKED = 1 << 20;

    private static final double AFFORDABLE = 0x1p27;

    private final LinearMethod optimizer;
    private final int steps;
    private final LeastSquares problem;
    private final Spectrum spectrum;
    private final boolean exampleSide;
    private final boolean fromComputedSpectrum;
    private final LocalErrors local;
    private final ResponseSums sums;
    /** Whether steps are bounded all at once: the bound then is that on the norm of a row's error. */
    private final boolean longRun;
    /** Of every step; of no step in a long run. */
    private final ErrorTable errors;
    /** ξ and B of each row. */
    private final ResponseSums.Stray[] strays;

    /**
     * Errors counted from the trajectory of the computed spectrum, or from the exact one.
     *
     * @param problem in matrices
     * @param optimizer whose steps they are
     * @param steps number of steps, at least 0
     * @param precision arithmetic of the training
     * @param fromComputedSpectrum whether the prediction uses the computed spectrum, whose error then counts
     */
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
        exampleSide = spectrum.exampleSide();
        local = new LocalErrors(
                optimizer, problem.lossScale(), precision, problem.design(), problem.bias(), spectrum.designNorm());
        sums = new ResponseSums(optimizer, problem.lossScale(), spectrum, steps);
        longRun = steps > ResponseSums.EXACT
                && (steps > MOST_WALKED || (double) steps * problem.rows() * spectrum.modes() > AFFORDABLE);
        errors = new ErrorTable(problem.rows(), longRun ? 0 : steps);
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        PathMaxima[] maxima = longRun ? boundPaths(start) : walkPaths(start);
        strays = new ResponseSums.Stray[problem.rows()];
        for (int row = 0; row < strays.length; row++) {
            strays[row] = strayOf(row, maxima[row], start);
        }
        addErrorsOfErrors();
    }

    /** Walks the exact paths: sets the errors of every step, and returns the largest numbers of each row. */
    private PathMaxima[] walkPaths(ModeCoordinates start) {
        double ofGradient = fromComputedSpectrum ? gradientPrice() : 0;
        double ofResidual = fromComputedSpectrum && exampleSide ? spectrum.error() : 0;
        PathMaxima[] maxima = new PathMaxima[problem.rows()];
        Arrays.setAll(maxima, row -> new PathMaxima(start.startNorms()[row]));
        StepErrors here = new StepErrors(ModeRun.block(steps));
        ModePaths paths = new ModePaths(problem, optimizer, start, steps);
        Waypoints.of(problem, start, local, optimizer, steps).ifPresent(paths::measuring);
        paths.walk((row, first, count, norms) -> {
            local.along(norms, count, here);
            for (int step = 0; step < count; step++) {
                here.gradientStep[step] += ofGradient * norms.coordinates[step];
                here.residual[step] += ofResidual * norms.coordinates[step];
            }
            maxima[row].include(norms, here, count);
            errors.raise(row, first, count, here);
        });
        return maxima;
    }

    /** The largest numbers of each row in a long run, without walking. */
    private PathMaxima[] boundPaths(ModeCoordinates start) {
        LongRunPath path = new LongRunPath(problem, optimizer, start, steps, sums);
        PathMaxima[] maxima = new PathMaxima[problem.rows()];
        for (int row = 0; row < maxima.length; row++) {
            LongRunPath.Bound bound = path.of(row);
            LocalErrors.Step worst = local.at(bound.state());
            double computed = fromComputedSpectrum ? bound.coordinates() : 0;
            maxima[row] = new PathMaxima(
                    worst.storage() + worst.gradientStep() + gradientPrice() * computed,
                    worst.residual() + residualPrice(computed),
                    bound.state().parameters(),
                    bound.coordinates());
        }
        return maxima;
    }

    /** What the error of the spectrum adds to the gradient's error for every unit of the parameters. */
    private double gradientPrice() {
        return exampleSide ? 0 : optimizer.learningRate() * problem.lossScale() * spectrum.error();
    }

    /** What the error of the spectrum adds to the residual's error for coordinates of such a norm. */
    private double residualPrice(double coordinates) {
        return exampleSide ? spectrum.error() * coordinates : 0;
    }

    /** Bounds on how far a row strays, and its lift, errors of errors included. */
    private ResponseSums.Stray strayOf(int row, PathMaxima maxima, ModeCoordinates start) {
        ResponseSums.Stray unseen = unseen(row, maxima, start);
        LocalErrors.Step growth = local.growth();
        double stateError =
                maxima.stateError() + (growth.storage() + growth.gradientStep() + gradientPrice()) * unseen.state();
        double residualError =
                maxima.residualError() + growth.residual() * unseen.state() + residualPrice(unseen.lift());
        return sums.smallGain(stateError, residualError, growth, gradientPrice())
                .plus(unseen);
    }

    /**
     * How far the path that was followed lies from the one that errors are counted from: by its own rounding, and where
     * errors are counted from the exact path, by the error of the spectrum.
     */
    private ResponseSums.Stray unseen(int row, PathMaxima maxima, ModeCoordinates start) {
        ResponseSums.Stray evaluation = PathEvaluation.error(start, row, problem, optimizer, maxima.norm(), sums);
        if (fromComputedSpectrum) {
            return evaluation;
        }
        double bend = (exampleSide ? spectrum.error() : gradientPrice()) * maxima.coordinates();
        return evaluation.plus(exampleSide ? sums.firstOrder(0, bend) : sums.firstOrder(bend, 0));
    }

    /** Puts the strays back into the errors of every step. */
    private void addErrorsOfErrors() {
        LocalErrors.Step growth = local.growth();
        double[] states = new double[errors.groups()];
        double[] lifts = new double[errors.groups()];
        for (int row = 0; row < strays.length; row++) {
            int group = errors.groupOf(row);
            states[group] = Math.max(states[group], strays[row].state());
            lifts[group] = Math.max(lifts[group], strays[row].lift());
        }
        for (int group = 0; group < states.length; group++) {
            errors.addToAll(
                    group,
                    new LocalErrors.Step(
                            growth.storage() * states[group],
                            (growth.gradientStep() + gradientPrice()) * states[group],
                            growth.residual() * states[group] + residualPrice(lifts[group])));
        }
    }

    @Override
    public double stray(int row) {
        return strays[row].state();
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns) {
        return longRun ? inWorstDirection(tests) : inTheirDirections(tests);
    }

    /** ξ‖x‖, rows × tests. */
    private DMatrixRMaj inWorstDirection(TestDirections tests) {
        DMatrixRMaj bounds = new DMatrixRMaj(problem.rows(), tests.count());
        for (int row = 0; row < bounds.numRows; row++) {
            for (int test = 0; test < bounds.numCols; test++) {
                bounds.set(row, test, strays[row].state() * tests.norm(test));
            }
        }
        return bounds;
    }

    /** Σ e_i·N_i(x), rows × tests. */
    private DMatrixRMaj inTheirDirections(TestDirections tests) {
        ErrorSums[] ofGroups = ErrorPropagation.sums(problem, optimizer, errors, tests, steps);
        DMatrixRMaj bounds = new DMatrixRMaj(problem.rows(), tests.count());
        for (int row = 0; row < bounds.numRows; row++) {
            ErrorSums sum = ofGroups[errors.groupOf(row)];
            for (int test = 0; test < bounds.numCols; test++) {
                bounds.set(row, test, sum.at(tests, test, sums.evaluationError()));
            }
        }
        return bounds;
    }
}

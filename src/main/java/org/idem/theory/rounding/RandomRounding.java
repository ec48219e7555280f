package org.idem.theory.rounding;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.ParameterModes;
import org.idem.theory.design.Spectrum;

/**
 * Bound on the rounding of each parameter if the rounding errors of one step are independent and of mean zero; nothing
 * is assumed about errors of different steps. To first order in the unit roundoff. Source: proofs/check.md.
 */
public final class RandomRounding {
    /** Roundings of a residual that its whole column shares: taking off the target, and a loss scale that meets it. */
    private static final double ROUNDINGS_OF_RESIDUAL = Math.sqrt(2);
    /** Lags of one block differ by so much at most. */
    private static final double BLOCK_GROWTH = 1.15;

    private final LeastSquares problem;
    private final LinearMethod optimizer;
    private final int steps;
    private final double unit;
    private final double tiny;
    /** Largest size of each parameter along the path, rows × d. */
    private final DMatrixRMaj largest;

    private final double multiple;
    private final int rows;
    private final int d;
    private final int modes;
    /** Share of each mode in each unit vector, d × (modes + 1), the last for what lies outside all modes. */
    private final double[][] shares;

    /** One for each mode, and 0 for what lies outside all modes. */
    private final double[] eigenvalues;
    /** First lag of each block, then the number of steps. */
    private final int[] starts;

    /**
     * Prepares the modes.
     *
     * @param problem in matrices
     * @param optimizer whose steps they are
     * @param steps number of steps, at least 0
     * @param precision arithmetic of the training
     * @param largest bound on the size of each parameter along the path, rows × d, see {@link PathSizes}
     * @param multiple standard deviations that a parameter may stray
     */
    public RandomRounding(
            LeastSquares problem,
            LinearMethod optimizer,
            int steps,
            Precision precision,
            DMatrixRMaj largest,
            double multiple) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.steps = steps;
        this.largest = largest;
        this.multiple = multiple;
        unit = precision.unitRoundoff();
        tiny = precision.smallestNormal();
        rows = problem.rows();
        d = problem.design().numRows;
        Spectrum spectrum = problem.spectrum();
        modes = spectrum.modes();
        eigenvalues = Arrays.copyOf(spectrum.values(), modes + 1);
        shares = shares(problem);
        starts = blockStarts(steps);
    }

    /** First lags, or times, of blocks that grow in proportion, and their number at the end. */
    static int[] blockStarts(int steps) {
        int[] starts = new int[steps + 1];
        int count = 0;
        for (int lag = 0; lag < steps; lag = Math.max(lag + 1, (int) (lag * BLOCK_GROWTH))) {
            starts[count++] = lag;
        }
        starts[count] = steps;
        return Arrays.copyOf(starts, count + 1);
    }

    /** u_ij², d × (modes + 1). */
    private static double[][] shares(LeastSquares problem) {
        ParameterModes seen = ParameterModes.of(problem);
        Spectrum spectrum = problem.spectrum();
        double[][] shares = new double[problem.design().numRows][spectrum.modes() + 1];
        double zero = spectrum.zero();
        for (int entry = 0; entry < shares.length; entry++) {
            double rest = 1;
            int next = 0;
            for (int mode = 0; mode < spectrum.modes(); mode++) {
                if (spectrum.values()[mode] > zero) {
                    double coordinate = seen.vectors().get(entry, next++);
                    shares[entry][mode] = coordinate * coordinate;
                    rest -= coordinate * coordinate;
                }
            }
            shares[entry][spectrum.modes()] = Math.max(0, rest);
        }
        return shares;
    }

    /**
     * Bounds u(C_j + λΣσ) on the rounding of each parameter, fresh rows × d.
     *
     * @return rows × d, at least 0
     */
    public DMatrixRMaj bounds() {
        LagSums sums = sumsOverLags();
        double effectiveStep = optimizer.learningRate() * problem.lossScale();
        DMatrixRMaj bounds = new DMatrixRMaj(rows, d);
        for (int row = 0; row < rows; row++) {
            double largestOfRow = 0;
            for (int entry = 0; entry < d; entry++) {
                largestOfRow = Math.max(largestOfRow, largest.get(row, entry));
            }
            double residual = effectiveStep * residualSize(row);
            for (int entry = 0; entry < d; entry++) {
                double certain = sums.certain(row, entry, largest.get(row, entry));
                double random = sums.random(row, entry, largestOfRow, residual, effectiveStep);
                bounds.set(row, entry, unit * (certain + multiple * random) + sums.underflow(entry));
            }
        }
        return bounds;
    }

    /** Adds up the responses of every parameter, block of lags by block of lags. */
    private LagSums sumsOverLags() {
        int blocks = starts.length - 1;
        double[][] residuals = new double[rows][blocks];
        double[][] moved = new double[rows][blocks];
        followPaths(residuals, moved);
        double[] gradientSizes = gradientSizes();
        double largestGradient = Arrays.stream(gradientSizes).max().orElse(0);
        LagSums sums = new LagSums();
        BlockResponses responses = new BlockResponses();
        for (int block = 0; block < blocks; block++) {
            responses.advanceTo(starts[block + 1]);
            int lags = starts[block + 1] - starts[block];
            for (int entry = 0; entry < d; entry++) {
                Seen seen = responses.seenBy(shares[entry]);
                sums.add(entry, lags, seen);
                double gradient = seen.ownGradient * gradientSizes[entry]
                        + seen.otherGradient * largestGradient
                        + seen.residual * ROUNDINGS_OF_RESIDUAL;
                double step = Math.max(seen.ownStorage + seen.otherStorage, seen.ownGradient + seen.otherGradient);
                for (int row = 0; row < rows; row++) {
                    sums.ofGradient.data[row * d + entry] += gradient * residuals[row][block];
                    sums.ofStep.data[row * d + entry] += step * moved[row][block];
                }
            }
        }
        return sums;
    }

    /**
     * Sums over all lags, from which the bound of each parameter is put together: the items of proofs/check.md, §2.
     * Arrays have one number for each of the d parameters of a row, matrices are rows × d.
     */
    private final class LagSums {
        private final double[] ownStorage = new double[d];
        private final double[] otherStorage = new double[d];
        private final double[] ownGradient = new double[d];
        private final double[] otherGradient = new double[d];
        private final double[] ofResidual = new double[d];
        private final DMatrixRMaj ofGradient = new DMatrixRMaj(rows, d);
        private final DMatrixRMaj ofStep = new DMatrixRMaj(rows, d);
        /** Roundings of a stored parameter in a step. */
        private final double stored = optimizer.nesterov() ? 2 : 1;
        /** Roundings of weight decay in a step, times ηω. */
        private final double decayed = 3 * optimizer.learningRate() * optimizer.weightDecay();

        void add(int entry, int lags, Seen seen) {
            ownStorage[entry] += lags * seen.ownStorage;
            otherStorage[entry] += lags * seen.otherStorage;
            ownGradient[entry] += lags * seen.ownGradient;
            otherGradient[entry] += lags * seen.otherGradient;
            ofResidual[entry] += lags * seen.residual;
        }

        /** C_j: roundings that may always err in the same direction; own is the parameter's size. */
        double certain(int row, int entry, double own) {
            return stored * ownStorage[entry] * own
                    + roundingsOfStep() * ofStep.get(row, entry)
                    + decayed * ownGradient[entry] * own;
        }

        /** What results below the smallest normal number are off by more: 8√d, η(2n + 8)√d and (2d + 2)√n of them. */
        double underflow(int entry) {
            int columns = problem.design().numCols;
            double rate = optimizer.learningRate();
            double responses = ownStorage[entry] + otherStorage[entry] + ownGradient[entry] + otherGradient[entry];
            double ofResiduals = (2.0 * d + 2) * Math.sqrt(columns) * rate * problem.lossScale() * ofResidual[entry];
            return tiny * ((8 + rate * (2.0 * columns + 8)) * Math.sqrt(d) * responses + ofResiduals);
        }

        /** Σσ_t(j): roundings of mean zero. */
        double random(int row, int entry, double largestOfRow, double residual, double effectiveStep) {
            return stored * otherStorage[entry] * largestOfRow
                    + decayed * otherGradient[entry] * largestOfRow
                    + residual * ofResidual[entry]
                    + effectiveStep * ofGradient.get(row, entry);
        }
    }

    /**
     * Roundings of a step relative to the longer of η times gradient and η times velocity: products with loss scale,
     * rate and momentum, each scalar rounded as well, and sums.
     */
    private int roundingsOfStep() {
        int ofDecay = optimizer.weightDecay() > 0 ? 1 : 0;
        return ofDecay + (optimizer.momentum() == 0 ? 4 : optimizer.nesterov() ? 20 : 9);
    }

    /**
     * Sums, over the steps of each block of lags, of the norms of residuals and of steps on the exact path.
     *
     * @param residuals rows × blocks, filled in
     * @param moved rows × blocks, filled in
     */
    private void followPaths(double[][] residuals, double[][] moved) {
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        int[] blocks = new int[rows];
        Arrays.fill(blocks, starts.length - 2);
        new ModePaths(problem, optimizer, start, steps).walk((row, first, count, norms) -> {
            for (int step = 0; step < count; step++) {
                while (steps - 1 - first - step < starts[blocks[row]]) {
                    blocks[row]--;
                }
                residuals[row][blocks[row]] += norms.residuals[step];
                moved[row][blocks[row]] += Math.max(norms.gradientSteps[step], norms.velocitySteps[step + 1]);
            }
        });
    }

    /** √(number of additions) times the norm of each row of X. */
    private double[] gradientSizes() {
        DMatrixRMaj design = problem.design();
        double[] sizes = new double[d];
        for (int row = 0; row < d; row++) {
            int terms = 0;
            for (int column = 0; column < design.numCols; column++) {
                terms += design.get(row, column) != 0 ? 1 : 0;
            }
            sizes[row] = Math.sqrt(terms) * Rounding.rowNorm(design, row);
        }
        return sizes;
    }

    /** Largest √p·Σ|θ_i||x_is| over the columns x_s with p entries that are not zero. */
    private double residualSize(int row) {
        DMatrixRMaj design = problem.design();
        double[] sums = new double[design.numCols];
        int[] terms = new int[design.numCols];
        for (int entry = 0; entry < d; entry++) {
            double size = largest.get(row, entry);
            for (int column = 0; column < sums.length; column++) {
                double value = design.data[entry * sums.length + column];
                sums[column] += size * Math.abs(value);
                terms[column] += value != 0 ? 1 : 0;
            }
        }
        double most = 0;
        for (int column = 0; column < sums.length; column++) {
            most = Math.max(most, Math.sqrt(terms[column]) * sums[column]);
        }
        return most;
    }

    /**
     * Bounds on what one parameter e_j sees of errors that are made in a block of lags.
     *
     * @param ownStorage |α|: of its own stored number
     * @param otherStorage ‖(R_k − αI)e_j‖: of those of the others
     * @param ownGradient |β|: of its own gradient
     * @param otherGradient ‖(G_k − βI)e_j‖: of those of the others
     * @param residual ‖XᵀG_ke_j‖
     */
    private record Seen(
            double ownStorage, double otherStorage, double ownGradient, double otherGradient, double residual) {}

    /** Responses over one block of lags: the range of each mode, and what follows for one parameter. */
    private final class BlockResponses {
        private final ModeResponses responses =
                new ModeResponses(optimizer, problem.lossScale(), problem.spectrum(), ModeRun.block(steps));
        private final Range storage = new Range();
        private final Range gradient = new Range();
        private int lag;

        void advanceTo(int end) {
            storage.clear();
            gradient.clear();
            while (lag < end) {
                int count = ModeRun.block(end - lag);
                responses.advance(count);
                storage.include(responses.storage(), count);
                gradient.include(responses.gradient(), count);
                lag += count;
            }
        }

        /** By the parameter with these shares in the modes. */
        Seen seenBy(double[] share) {
            double squares = 0;
            for (int mode = 0; mode < modes; mode++) {
                double size = Math.abs(gradient.middle(mode)) + gradient.halfWidth(mode);
                squares += eigenvalues[mode] * size * size * share[mode];
            }
            return new Seen(
                    Math.abs(storage.mean(share)),
                    storage.other(share),
                    Math.abs(gradient.mean(share)),
                    gradient.other(share),
                    Math.sqrt(squares));
        }
    }

    /** Smallest and largest response of each mode, the last one for what lies outside. */
    private final class Range {
        private final double[] low = new double[modes + 1];
        private final double[] high = new double[modes + 1];

        void clear() {
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
        }

        void include(ModeResponses.Response response, int lags) {
            for (int mode = 0; mode <= modes; mode++) {
                double[] responses = mode < modes ? response.inMode(mode) : response.kept();
                for (int lag = 0; lag < lags; lag++) {
                    low[mode] = Math.min(low[mode], responses[lag]);
                    high[mode] = Math.max(high[mode], responses[lag]);
                }
            }
        }

        double middle(int mode) {
            return (low[mode] + high[mode]) / 2;
        }

        double halfWidth(int mode) {
            return (high[mode] - low[mode]) / 2;
        }

        /** α = e_jᵀRe_j with the middle of the responses. */
        double mean(double[] share) {
            double mean = 0;
            for (int mode = 0; mode <= modes; mode++) {
                mean += share[mode] * middle(mode);
            }
            return mean;
        }

        /** Largest ‖(R_k − αI)e_j‖ over the block. */
        double other(double[] share) {
            double mean = mean(share);
            double squares = 0;
            for (int mode = 0; mode <= modes; mode++) {
                double size = Math.abs(middle(mode) - mean) + halfWidth(mode);
                squares += share[mode] * size * size;
            }
            return Math.sqrt(squares);
        }
    }
}

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
 * is assumed about errors of different steps. Source: proofs/check.md, §2.
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

    /** λ, standard deviations that a parameter may stray at the end. */
    private final double multiple;
    /** The same at all times together. */
    private final double alongMultiple;

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
     * @param failure probability p with which some bound may fail, in (0, 1)
     */
    public RandomRounding(
            LeastSquares problem,
            LinearMethod optimizer,
            int steps,
            Precision precision,
            DMatrixRMaj largest,
            double failure) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.steps = steps;
        this.largest = largest;
        unit = precision.unitRoundoff();
        tiny = precision.smallestNormal();
        rows = problem.rows();
        d = problem.design().numRows;
        // half of the probability for the end, half for every time before and after storing
        double entries = (double) rows * d;
        multiple = Math.sqrt(2 * Math.log(4 * entries / failure));
        alongMultiple = Math.sqrt(2 * Math.log(8 * entries * Math.max(1, steps) / failure));
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
     * Bounds on the rounding of each parameter, errors of errors included.
     *
     * @return fresh rows × d, at least 0, infinite where errors feed themselves
     */
    public DMatrixRMaj bounds() {
        LagSums sums = sumsOverLags();
        DMatrixRMaj bounds = firstOrder(sums);
        double outward = 1 + RandomStray.PRODUCTS * unit / (1 - optimizer.momentum());
        for (int row = 0; row < rows; row++) {
            double[] more = new RandomStray(problem, optimizer, sums, unit, tiny, alongMultiple).of(sizes(sums, row));
            for (int entry = 0; entry < d; entry++) {
                bounds.set(row, entry, outward * (bounds.get(row, entry) + more[entry]));
            }
        }
        return bounds;
    }

    /** Bounds u(C_j + λΣσ), the sizes of all errors taken from the exact path; fresh rows × d. */
    DMatrixRMaj firstOrder() {
        return firstOrder(sumsOverLags());
    }

    private DMatrixRMaj firstOrder(LagSums sums) {
        DMatrixRMaj bounds = new DMatrixRMaj(rows, d);
        for (int row = 0; row < rows; row++) {
            LagSums.Sizes sizes = sizes(sums, row);
            for (int entry = 0; entry < d; entry++) {
                double certain = sums.certain(entry, sizes.own()[entry]) + sums.ofSteps(row, entry);
                double random = sums.random(entry, sizes.largest(), sizes.outputs()) + sums.ofGradients(row, entry);
                bounds.set(row, entry, unit * (certain + multiple * random) + tiny * sums.underflow(entry));
            }
        }
        return bounds;
    }

    private LagSums.Sizes sizes(LagSums sums, int row) {
        double[] own = new double[d];
        double squares = 0;
        double most = 0;
        for (int entry = 0; entry < d; entry++) {
            own[entry] = largest.get(row, entry);
            squares += own[entry] * own[entry];
            most = Math.max(most, own[entry]);
        }
        double outputs = LagSums.outputs(problem.design(), own);
        return new LagSums.Sizes(
                own, most, Math.sqrt(squares), outputs, sums.largestResidual[row], sums.largestMove[row]);
    }

    /** Adds up the responses of every parameter, block of lags by block of lags. */
    private LagSums sumsOverLags() {
        int blocks = starts.length - 1;
        double[][] residuals = new double[rows][blocks];
        double[][] moved = new double[rows][blocks];
        LagSums sums = new LagSums(problem, optimizer);
        followPaths(residuals, moved, sums);
        double[] gradientSizes = gradientSizes();
        double largestGradient = Arrays.stream(gradientSizes).max().orElse(0);
        BlockResponses responses = new BlockResponses();
        for (int block = 0; block < blocks; block++) {
            responses.advanceTo(starts[block + 1]);
            int lags = starts[block + 1] - starts[block];
            responses.addSeenByData(sums, lags);
            for (int entry = 0; entry < d; entry++) {
                Seen seen = responses.seenBy(shares[entry]);
                double gradient = seen.ownGradient * gradientSizes[entry]
                        + seen.otherGradient * largestGradient
                        + seen.residual * ROUNDINGS_OF_RESIDUAL;
                sums.add(entry, lags, seen, gradient);
                for (int row = 0; row < rows; row++) {
                    sums.addPaired(row, entry, gradient * residuals[row][block], seen.step() * moved[row][block]);
                }
            }
        }
        return sums;
    }

    /**
     * Sums, over the steps of each block of lags, of the norms of residuals and of steps on the exact path.
     *
     * @param residuals rows × blocks, filled in
     * @param moved rows × blocks, filled in
     * @param sums whose largest norms are raised
     */
    private void followPaths(double[][] residuals, double[][] moved, LagSums sums) {
        ModeCoordinates start = ModeCoordinates.of(problem, optimizer.weightDecay() == 0);
        int[] blocks = new int[rows];
        Arrays.fill(blocks, starts.length - 2);
        new ModePaths(problem, optimizer, start, steps).walk((row, first, count, norms) -> {
            for (int step = 0; step < count; step++) {
                while (steps - 1 - first - step < starts[blocks[row]]) {
                    blocks[row]--;
                }
                double move = Math.max(norms.gradientSteps[step], norms.velocitySteps[step + 1]);
                residuals[row][blocks[row]] += norms.residuals[step];
                moved[row][blocks[row]] += move;
                sums.largestResidual[row] = Math.max(sums.largestResidual[row], norms.residuals[step]);
                sums.largestMove[row] = Math.max(sums.largestMove[row], move);
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

    /**
     * Bounds on what one parameter e_j sees of errors that are made in a block of lags.
     *
     * @param ownStorage |α|: of its own stored number
     * @param otherStorage ‖(R_k − αI)e_j‖: of those of the others
     * @param ownGradient |β|: of its own gradient
     * @param otherGradient ‖(G_k − βI)e_j‖: of those of the others
     * @param residual ‖XᵀG_ke_j‖
     */
    record Seen(double ownStorage, double otherStorage, double ownGradient, double otherGradient, double residual) {
        /** ‖R_ke_j‖ or ‖G_ke_j‖, whichever is longer. */
        double step() {
            return Math.max(ownStorage + otherStorage, ownGradient + otherGradient);
        }
    }

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

        /** Adds what the residuals of all examples see of errors of the block. */
        void addSeenByData(LagSums sums, int lags) {
            double ofStorage = 0;
            double ofGradient = 0;
            double ofResidual = 0;
            for (int mode = 0; mode < modes; mode++) {
                double root = Math.sqrt(eigenvalues[mode]);
                double pulled = Math.abs(gradient.middle(mode)) + gradient.halfWidth(mode);
                ofStorage = Math.max(ofStorage, root * (Math.abs(storage.middle(mode)) + storage.halfWidth(mode)));
                ofGradient = Math.max(ofGradient, root * pulled);
                ofResidual = Math.max(ofResidual, eigenvalues[mode] * pulled);
            }
            sums.addSeenByData(lags, ofStorage, ofGradient, ofResidual);
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

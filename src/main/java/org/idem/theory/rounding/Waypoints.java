package org.idem.theory.rounding;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;

/**
 * Steps of the exact path of every row at which the sums of a step are bounded by the sizes of their terms; the steps
 * up to the next one are bounded by how far the row has moved since.
 *
 * <p>The state of a row at such a step is built in double precision; how far the built one may lie from the path is
 * counted as if the row had moved. Source: proofs/rounding.md, §13.
 */
final class Waypoints {
    /** Multiplications that all of them may cost; some tenths of a second. */
    private static final double CHEAP = 0x1p29;
    /** The next one follows after this share of the steps so far. */
    private static final int SHARE = 8;

    private final LeastSquares problem;
    private final ModeCoordinates coordinates;
    private final SumRoundings sums;
    /** Indices of the parameters that meet data, at most d. */
    private final int[] entries;
    /** Γ'_r and Γ'_g. */
    private final double residualFactor;

    private final double gradientFactor;
    /** θ_0, rows × d. */
    private final DMatrixRMaj initial;

    private final boolean exampleSide;
    private final double designNorm;
    private final double frobeniusNorm;
    /** What a squared distance in a mode counts for that of the parameters, one for each mode. */
    private final double[] parameterWeights;
    /** What it counts for that of the residuals, one for each mode. */
    private final double[] residualWeights;

    /** The last waypoint w of each row: place in each mode, rows × modes. */
    private final double[][] places;
    /** κ_w of each row. */
    private final double[] kept;
    /** e(θ_w) of each row, with what the building of the waypoint got wrong. */
    private final double[] residualErrors;
    /** h(ρ_w) of each row, likewise. */
    private final double[] gradientErrors;
    /** Step of each row at which the next waypoint is set. */
    private final int[] next;

    /** While a waypoint is built: its coordinates, one for each mode. */
    private final double[] onSide;
    /** θ_w, d numbers. */
    private final double[] parameters;
    /** θ_wX, n numbers. */
    private final double[] outputs;
    /** |θ_w||X|, n numbers. */
    private final double[] outputSizes;
    /** ρ_wXᵀ, d numbers. */
    private final double[] gradients;
    /** |ρ_w||Xᵀ|, d numbers. */
    private final double[] gradientSizes;

    /** ‖θ_t − θ_w‖² in each step of a block, but for the part of θ_0 that is forgotten. */
    private final double[] moved;
    /** ‖ρ_t − ρ_w‖² in each step of a block, likewise. */
    private final double[] residualMoved;

    private Waypoints(LeastSquares problem, ModeCoordinates coordinates, LocalErrors local, boolean decays) {
        this.problem = problem;
        this.coordinates = coordinates;
        sums = local.sums();
        entries = sums.entries();
        residualFactor = local.residualFactor();
        gradientFactor = local.gradientFactor();
        initial = decays ? problem.initial() : problem.movingInitial();
        Spectrum spectrum = problem.spectrum();
        exampleSide = spectrum.exampleSide();
        designNorm = spectrum.designNorm();
        frobeniusNorm = Math.sqrt(problem.squaredNorm());
        int modes = spectrum.modes();
        parameterWeights = new double[modes];
        residualWeights = new double[modes];
        setWeights(spectrum);
        int rows = problem.rows();
        places = new double[rows][modes];
        kept = new double[rows];
        residualErrors = new double[rows];
        gradientErrors = new double[rows];
        next = new int[rows];
        int d = problem.design().numRows;
        int n = problem.design().numCols;
        onSide = new double[modes];
        parameters = new double[d];
        outputs = new double[n];
        outputSizes = new double[n];
        gradients = new double[d];
        gradientSizes = new double[d];
        int block = ModeRun.block(Integer.MAX_VALUE);
        moved = new double[block];
        residualMoved = new double[block];
    }

    private void setWeights(Spectrum spectrum) {
        double error = spectrum.error();
        for (int mode = 0; mode < parameterWeights.length; mode++) {
            double lambda = spectrum.values()[mode];
            parameterWeights[mode] = exampleSide ? lambda + error : 1;
            // (‖aΛ‖ + ε‖a‖)² ≤ (1 + τ)‖aΛ‖² + (1 + 1/τ)ε²‖a‖²
            residualWeights[mode] =
                    exampleSide ? (1 + 0x1p-20) * lambda * lambda + (1 + 0x1p20) * error * error : lambda + error;
        }
    }

    /** Those of a run, where sums are long enough and the work is affordable; none otherwise. */
    static Optional<Waypoints> of(
            LeastSquares problem, ModeCoordinates coordinates, LocalErrors local, LinearMethod optimizer, int steps) {
        double count = SHARE * (1 + Math.log(1 + (double) steps / SHARE));
        double work = 4.0 * problem.design().getNumElements()
                + Math.pow(problem.spectrum().modes(), 2);
        boolean worthIt = local.sums().isLong() && count * problem.rows() * work <= CHEAP;
        return worthIt
                ? Optional.of(new Waypoints(problem, coordinates, local, optimizer.weightDecay() > 0))
                : Optional.empty();
    }

    /**
     * Bounds the sums of some steps in a row of one row of parameters.
     *
     * @param row the row, which comes with its steps in order
     * @param first number of the first step
     * @param count number of steps
     * @param multiples factor of the row in each mode
     * @param runs path in each mode
     * @param shares κ_t, the share of θ_0 that is kept before each step
     * @param norms gets the bounds
     */
    void along(int row, int first, int count, double[] multiples, ModeRun[] runs, double[] shares, PathNorms norms) {
        norms.isMeasured = true;
        int from = 0;
        while (from < count) {
            if (first + from == next[row]) {
                next[row] += Math.max(1, next[row] / SHARE);
                setWaypoint(row, from, multiples, runs, shares[from]);
            }
            int to = Math.min(count, next[row] - first);
            measureDistances(row, from, to, multiples, runs);
            double start = exampleSide ? coordinates.startNorms()[row] : 0;
            for (int step = from; step < to; step++) {
                double forgotten = Math.abs(shares[step] - kept[row]) * start;
                norms.ofResiduals[step] = residualErrors[row] + residualFactor * (Math.sqrt(moved[step]) + forgotten);
                norms.ofGradients[step] = gradientErrors[row]
                        + gradientFactor * (Math.sqrt(residualMoved[step]) + designNorm * forgotten);
            }
            from = to;
        }
    }

    /** Squares of the distances from the last waypoint. */
    private void measureDistances(int row, int from, int to, double[] multiples, ModeRun[] runs) {
        for (int step = from; step < to; step++) {
            moved[step] = 0;
            residualMoved[step] = 0;
        }
        for (int mode = 0; mode < runs.length; mode++) {
            double[] path = runs[mode].places();
            double at = places[row][mode];
            double square = multiples[mode] * multiples[mode];
            double ofParameter = square * parameterWeights[mode];
            double ofResidual = square * residualWeights[mode];
            for (int step = from; step < to; step++) {
                double way = path[step] - at;
                moved[step] += ofParameter * (way * way);
                residualMoved[step] += ofResidual * (way * way);
            }
        }
    }

    /** Makes a step the waypoint of a row. */
    private void setWaypoint(int row, int step, double[] multiples, ModeRun[] runs, double share) {
        double squares = 0;
        for (int mode = 0; mode < runs.length; mode++) {
            double place = runs[mode].places()[step];
            places[row][mode] = place;
            double start = exampleSide ? 0 : coordinates.start().get(row, mode);
            onSide[mode] = start + multiples[mode] * place;
            double size = Math.abs(start) + Math.abs(multiples[mode] * place);
            squares += size * size;
        }
        kept[row] = share;
        double missed = build(row, share, Math.sqrt(squares));
        double residualMissed = designNorm * missed + multiply(row);
        residualErrors[row] = sums.ofResidual(outputSizes, outputs) + residualFactor * missed;
        subtractTargets(row);
        multiplyBack();
        gradientErrors[row] = sums.ofGradient(gradientSizes, gradients) + gradientFactor * residualMissed;
    }

    /** Parameters from their coordinates, of which the sizes are given; returns by how much they may be wrong. */
    private double build(int row, double share, double size) {
        DMatrixRMaj basis = problem.spectrum().basis();
        DMatrixRMaj design = problem.design();
        int modes = onSide.length;
        int d = design.numRows;
        int n = design.numCols;
        double[] turned = exampleSide ? outputs : parameters;
        for (int at = 0; at < modes; at++) {
            double sum = 0;
            for (int mode = 0; mode < modes; mode++) {
                sum += basis.data[at * modes + mode] * onSide[mode];
            }
            turned[at] = sum;
        }
        double relative = 2
                * Math.sqrt(modes)
                * (Rounding.accumulated(d + n + modes + 16) + problem.spectrum().skewness());
        if (!exampleSide) {
            return relative * size;
        }
        for (int i : entries) {
            double sum = 0;
            for (int s = 0; s < n; s++) {
                sum += design.data[i * n + s] * turned[s];
            }
            parameters[i] = share * initial.get(row, i) + sum;
        }
        return relative * (frobeniusNorm * size + Math.abs(share) * coordinates.startNorms()[row]);
    }

    /** Outputs and the sizes of their terms; returns by how much the outputs less the targets may be wrong. */
    private double multiply(int row) {
        DMatrixRMaj design = problem.design();
        int n = outputs.length;
        Arrays.fill(outputs, 0);
        Arrays.fill(outputSizes, 0);
        for (int i : entries) {
            double parameter = parameters[i];
            int at = i * n;
            for (int s = 0; s < n; s++) {
                double term = parameter * design.data[at + s];
                outputs[s] += term;
                outputSizes[s] += Math.abs(term);
            }
        }
        double squares = 0;
        for (double size : outputSizes) {
            squares += size * size;
        }
        return Rounding.accumulated(parameters.length + 2)
                * (Math.sqrt(squares) + coordinates.targetNorms()[row]);
    }

    private void subtractTargets(int row) {
        for (int s = 0; s < outputs.length; s++) {
            outputs[s] -= problem.targets().get(row, s);
        }
    }

    /** Products of residuals and the design, and the sizes of their terms. */
    private void multiplyBack() {
        DMatrixRMaj design = problem.design();
        int n = outputs.length;
        for (int i : entries) {
            double sum = 0;
            double size = 0;
            for (int s = 0; s < n; s++) {
                double term = outputs[s] * design.data[i * n + s];
                sum += term;
                size += Math.abs(term);
            }
            gradients[i] = sum;
            gradientSizes[i] = size;
        }
    }
}

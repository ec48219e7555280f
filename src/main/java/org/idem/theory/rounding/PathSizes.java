package org.idem.theory.rounding;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ParameterModes;

/**
 * Bound on the size that each parameter takes anywhere on the exact path, not only at times that are looked at: between
 * two looks the heavy ball can swing out several times as far as it is at either.
 *
 * <p>Times are cut into blocks that grow in proportion. Within a block the factor r_t of every mode is followed step by
 * step and lies between its smallest and its largest value; the parameters at the middles are worked out, and the
 * half-widths are added with the sizes of their coordinates. Source: proofs/check.md, §2.
 */
public final class PathSizes {
    /** Multiplications that blocks may cost; beyond that one block holds the whole path, which is coarser. */
    private static final double AFFORDABLE = 0x1p33;

    private final LinearMethod optimizer;
    private final ParameterModes modes;
    /** z_i, where the loss is stationary in a mode: rows × modes. */
    private final DMatrixRMaj stationary;
    /** θ_0u_i − z_i: rows × modes. */
    private final DMatrixRMaj errors;
    /** The part of θ_0 outside of all modes: rows × d. */
    private final DMatrixRMaj rest;

    private PathSizes(LeastSquares problem, LinearMethod optimizer) {
        this.optimizer = optimizer;
        modes = ParameterModes.of(problem);
        DMatrixRMaj start = modes.coordinates(problem.initial());
        rest = problem.initial().copy();
        CommonOps_DDRM.multAddTransB(-1, start, modes.vectors(), rest);
        stationary = modes.pulls().copy();
        double[] curvatures = new double[modes.count()];
        Arrays.setAll(curvatures, mode -> modes.curvature(mode) + optimizer.weightDecay());
        CommonOps_DDRM.divideCols(stationary, curvatures);
        errors = CommonOps_DDRM.subtract(start, stationary, null);
    }

    /**
     * The bounds for a run.
     *
     * @param problem in matrices
     * @param optimizer whose steps they are
     * @param steps number T of steps, at least 0
     * @return rows × d: at least |θ_t| for t = 0 … T, up to the rounding of the double precision it is computed in
     */
    public static DMatrixRMaj of(LeastSquares problem, LinearMethod optimizer, int steps) {
        return new PathSizes(problem, optimizer).largest(steps);
    }

    private DMatrixRMaj largest(int steps) {
        int[] starts = RandomRounding.blockStarts(steps + 1);
        double cost = 2.0 * errors.getNumElements() * rest.numCols * (starts.length - 1);
        if (cost > AFFORDABLE) {
            starts = new int[] {0, steps + 1};
        }
        DMatrixRMaj largest = rest.createLike();
        ModeRun[] runs = runs(steps);
        double[] low = new double[runs.length];
        double[] high = new double[runs.length];
        for (int block = 0; block + 1 < starts.length; block++) {
            for (int run = 0; run < runs.length; run++) {
                follow(runs[run], starts[block + 1] - starts[block], run, low, high);
            }
            raise(largest, low, high);
        }
        return largest;
    }

    /** One for each mode, and one for what lies outside of them: from place 1 at rest the place is r_t. */
    private ModeRun[] runs(int steps) {
        ModeRun[] runs = new ModeRun[modes.count() + 1];
        for (int mode = 0; mode < runs.length; mode++) {
            double curvature = (mode < modes.count() ? modes.curvature(mode) : 0) + optimizer.weightDecay();
            runs[mode] = new ModeRun(optimizer, optimizer.learningRate() * curvature, 1, 0, ModeRun.block(steps + 1));
        }
        return runs;
    }

    /** Sets the smallest and the largest r_t over the next times of a run. */
    private static void follow(ModeRun run, int times, int at, double[] low, double[] high) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double[] places = run.places();
        double[] noForces = new double[ModeRun.block(times)];
        for (int done = 0; done < times; ) {
            int count = Math.min(noForces.length, times - done);
            run.advance(noForces, count);
            for (int time = 0; time < count; time++) {
                least = Math.min(least, places[time]);
                most = Math.max(most, places[time]);
            }
            run.turn(count);
            done += count;
        }
        low[at] = least;
        high[at] = most;
    }

    /** Raises the bounds to those of a block in which the factors lie in these ranges. */
    private void raise(DMatrixRMaj largest, double[] low, double[] high) {
        int outside = modes.count();
        DMatrixRMaj middle = errors.copy();
        DMatrixRMaj swing = errors.copy();
        for (int row = 0; row < errors.numRows; row++) {
            for (int mode = 0; mode < outside; mode++) {
                double error = errors.get(row, mode);
                middle.set(row, mode, stationary.get(row, mode) + error * (low[mode] + high[mode]) / 2);
                swing.set(row, mode, Math.abs(error) * (high[mode] - low[mode]) / 2);
            }
        }
        DMatrixRMaj sizes = modes.vectors().copy();
        CommonOps_DDRM.abs(sizes);
        DMatrixRMaj places = CommonOps_DDRM.multTransB(middle, modes.vectors(), null);
        DMatrixRMaj swings = CommonOps_DDRM.multTransB(swing, sizes, null);
        double kept = Math.max(Math.abs(low[outside]), Math.abs(high[outside]));
        double keptMiddle = (low[outside] + high[outside]) / 2;
        for (int at = 0; at < largest.getNumElements(); at++) {
            double outer = rest.data[at];
            double size = Math.abs(places.data[at] + keptMiddle * outer)
                    + swings.data[at]
                    + (kept - Math.abs(keptMiddle)) * Math.abs(outer);
            largest.data[at] = Math.max(largest.data[at], size);
        }
    }
}

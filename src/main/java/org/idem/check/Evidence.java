package org.idem.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.check.Suspicion.Fit;
import org.idem.theory.design.ParameterModes;

/**
 * Decides whether the data could have contradicted a cause that explains them. Each fitted number explains one number
 * of the data, whatever the truth is. Each other number agrees by chance with probability of about budget / size.
 * Source: proofs/check.md, §3.
 */
final class Evidence {
    /** Probability, by this count, that some cause among those tried explains the data although it is not true. */
    private static final double CHANCE = 1e-3;

    private static final Set<String> DATA =
            Set.of("targets", "bias", "padding", "flipped", "transposed", "exchanged", "permuted");

    private final Comparison claimed;
    private final ParameterModes claimedModes;
    private final double needed;

    /**
     * Evidence about causes of a refuted claim.
     *
     * @param claimed its comparison
     * @param claimedModes modes of its design
     * @param tried number of causes that had a chance to explain
     */
    Evidence(Comparison claimed, ParameterModes claimedModes, int tried) {
        this.claimed = claimed;
        this.claimedModes = claimedModes;
        needed = Math.log(tried / CHANCE);
    }

    /** Whether a suspicion explains more numbers, besides those that it fits, than chance would. */
    boolean tests(Suspicion suspicion, Comparison explained, ParameterModes modes, DMatrixRMaj predicted) {
        Fit fit = suspicion.fit();
        boolean onlySettings = suspicion.kinds().stream().noneMatch(DATA::contains);
        boolean fitted = fit.settings() > 0 || fit.choices() > 1;
        if ((onlySettings || fitted && suspicion.kinds().size() > 1)
                && !enough(factors(suspicion.account(), explained, modes, predicted), fit)) {
            return false;
        }
        return onlySettings || enough(entries(explained, fit.perOutput()), fit);
    }

    private boolean enough(double[] logs, Fit fit) {
        double left = Arrays.stream(without(logs, fit.settings())).sum();
        return left > needed + Math.log(fit.choices());
    }

    /** Leaves out as many numbers as were fitted, those that test a cause most sharply. */
    private static double[] without(double[] logs, int fitted) {
        double[] ordered = logs.clone();
        Arrays.sort(ordered);
        return Arrays.copyOf(ordered, Math.max(0, ordered.length - fitted));
    }

    /**
     * How sharply each mode shows what training has left of its error, the logarithm of size over budget: not at all if
     * all is left or nothing, or if a neighbour of the same curvature has shown it already. The last is the complement,
     * which decay shrinks.
     */
    private static double[] factors(
            Account account, Comparison comparison, ParameterModes modes, DMatrixRMaj predicted) {
        double decay = account.optimizer().weightDecay();
        boolean limit = Setting.of(account).isLimit();
        DMatrixRMaj start = modes.coordinates(account.start());
        DMatrixRMaj end = modes.coordinates(predicted);
        DMatrixRMaj budgets = budgets(comparison.budget(), modes);
        double[] logs = new double[modes.count() + 1];
        int[] order = IntStream.range(0, modes.count())
                .boxed()
                .sorted(Comparator.comparingDouble(modes::curvature))
                .mapToInt(Integer::intValue)
                .toArray();
        double last = Double.NaN;
        for (int mode : order) {
            Shares shares = Shares.of(mode, modes, start, end, decay, limit);
            double budget = 0;
            for (int row = 0; row < budgets.numRows; row++) {
                budget = Math.hypot(budget, budgets.get(row, mode));
            }
            boolean another = Double.isNaN(last) || limit && decay == 0;
            double seen =
                    another ? shares.seen() : Math.min(shares.seen(), Math.abs(shares.kept() - last) * shares.error());
            double log = log(seen, budget);
            if (log > 0) {
                logs[mode] = log;
                last = shares.kept();
            }
        }
        if (decay > 0) {
            double shrunk =
                    NormOps_DDRM.normF(modes.complement(CommonOps_DDRM.subtract(predicted, account.start(), null)));
            logs[modes.count()] = log(shrunk, NormOps_DDRM.normF(comparison.budget()));
        }
        return logs;
    }

    /**
     * What training leaves of a mode's error, over all outputs.
     *
     * @param error distance of the start from the mode's limit
     * @param kept share of the error that is left
     * @param seen size of what shows that some of it is left and some is not
     */
    private record Shares(double error, double kept, double seen) {
        static Shares of(
                int mode, ParameterModes modes, DMatrixRMaj start, DMatrixRMaj end, double decay, boolean limit) {
            double curvature = modes.curvature(mode) + decay;
            double error = 0;
            double rest = 0;
            double change = 0;
            double shift = 0;
            double product = 0;
            for (int row = 0; row < start.numRows; row++) {
                double pull = modes.pulls().get(row, mode);
                double before = start.get(row, mode) - pull / curvature;
                double after = end.get(row, mode) - pull / curvature;
                error = Math.hypot(error, before);
                rest = Math.hypot(rest, after);
                change = Math.hypot(change, after - before);
                shift = Math.hypot(shift, pull / curvature * decay / modes.curvature(mode));
                product += after * before;
            }
            return new Shares(
                    error,
                    limit ? decay / curvature : error > 0 ? product / error / error : 0,
                    limit && decay == 0 ? change : Math.max(Math.min(rest, change), shift));
        }
    }

    /**
     * How sharply each coordinate of what has to be explained shows; of what training changed, if no claim predicts.
     */
    private double[] entries(Comparison explained, int perOutput) {
        boolean decides = claimed.decides();
        DMatrixRMaj seen = decides ? claimed.deviation() : explained.change();
        DMatrixRMaj budget = decides ? claimed.budget() : explained.budget();
        DMatrixRMaj padded = new DMatrixRMaj(seen.numRows, claimedModes.vectors().numRows);
        int columns = Math.min(seen.numCols, padded.numCols);
        CommonOps_DDRM.extract(seen, 0, seen.numRows, 0, columns, padded, 0, 0);
        DMatrixRMaj within = claimedModes.coordinates(padded);
        DMatrixRMaj budgets = budgets(CommonOps_DDRM.extract(budget, 0, seen.numRows, 0, columns), claimedModes);
        DMatrixRMaj beside = claimedModes.complement(padded);
        return IntStream.range(0, seen.numRows)
                .mapToObj(row -> {
                    double[] logs = new double[within.numCols + 1];
                    for (int mode = 0; mode < within.numCols; mode++) {
                        logs[mode] = log(Math.abs(within.get(row, mode)), budgets.get(row, mode));
                    }
                    logs[within.numCols] = log(
                            NormOps_DDRM.normF(CommonOps_DDRM.extractRow(beside, row, null)),
                            NormOps_DDRM.normF(CommonOps_DDRM.extractRow(budget, row, null)));
                    return without(logs, perOutput);
                })
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** Budgets of the coordinates, outputs × modes, as of independent errors: for counting only. */
    private static DMatrixRMaj budgets(DMatrixRMaj budget, ParameterModes modes) {
        DMatrixRMaj known = CommonOps_DDRM.extract(modes.vectors(), 0, budget.numCols, 0, modes.count());
        DMatrixRMaj squares = CommonOps_DDRM.mult(squared(budget), squared(known), null);
        for (int at = 0; at < squares.getNumElements(); at++) {
            squares.data[at] = Math.sqrt(squares.data[at]);
        }
        return squares;
    }

    private static DMatrixRMaj squared(DMatrixRMaj matrix) {
        return CommonOps_DDRM.elementMult(matrix, matrix, null);
    }

    /** Logarithm of how far a size exceeds its budget; 0 if it does not. */
    private static double log(double size, double budget) {
        return size > budget && size < Double.POSITIVE_INFINITY
                ? Math.log(size / Math.max(budget, Double.MIN_NORMAL))
                : 0;
    }
}

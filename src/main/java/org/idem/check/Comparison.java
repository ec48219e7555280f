package org.idem.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.DesignMatrix;

/**
 * Trained parameters against predicted ones, entry by entry. Matrices are live, nobody writes to them.
 *
 * @param deviation trained minus predicted, outputs × known parameters
 * @param budget bound on the size of each deviation if the account is true, infinite where nothing is known
 * @param change outputs × parameters of one: what training changes if the account is true, NaN where nothing can be
 *     predicted
 * @param reached false if the limit is claimed and needs more than {@link #STEP_LIMIT} steps
 */
record Comparison(DMatrixRMaj deviation, DMatrixRMaj budget, DMatrixRMaj change, boolean reached) {
    /** Probability with which the float32 budgets of a network may fail for at least one of its entries. */
    static final double FAILURE = 1e-6;
    /** Largest allowed ratio of one entry's spread to the average, relative to their budgets. */
    private static final double UNEVENNESS = 16;
    /** Least number of entries that give a spread; of fewer, all but one may deviate little by chance. */
    private static final int FEWEST = 32;

    /** A limit that needs more steps than this counts as out of reach. */
    static final int STEP_LIMIT = 1 << 20;

    static Comparison of(Account account, ClosedForm form, Precision precision) {
        LinearMethod optimizer = account.optimizer();
        int steps;
        boolean reached = true;
        if (account.horizon() instanceof Horizon.Steps given) {
            steps = given.count();
        } else {
            int needed = form.stepsToStay(precision.unitRoundoff(), optimizer, STEP_LIMIT);
            reached = needed <= STEP_LIMIT;
            steps = Math.min(needed, STEP_LIMIT);
        }
        DMatrixRMaj predicted = form.parameters(optimizer, account.horizon());
        DMatrixRMaj budget = new DMatrixRMaj(predicted.numRows, predicted.numCols);
        if (reached) {
            budget.setTo(form.parameterBudget(optimizer, account.horizon(), steps, precision, FAILURE));
            addOwnRounding(budget, predicted, account);
        } else {
            CommonOps_DDRM.fill(budget, Double.POSITIVE_INFINITY);
        }
        return new Comparison(
                known(CommonOps_DDRM.subtract(account.end(), predicted, null), account),
                known(budget, account),
                known(CommonOps_DDRM.subtract(predicted, account.start(), null), account),
                reached);
    }

    /**
     * Handles weights whose input is 0 in every example. Without decay training keeps them to the bit, so they are
     * predicted as they started. With decay the rounding of the closed form's two products with at most d modes is
     * added to their budget.
     */
    private static void addOwnRounding(DMatrixRMaj budget, DMatrixRMaj predicted, Account account) {
        int d = budget.numCols;
        DMatrixRMaj start = account.start();
        DMatrixRMaj design =
                DesignMatrix.of(account.problem().map(), account.problem().inputs());
        double rounding = 4.0 * d * Math.sqrt(d) * Precision.FLOAT64.unitRoundoff();
        for (int row = 0; row < budget.numRows; row++) {
            double squares = 0;
            for (int column = 0; column < d; column++) {
                squares += Math.pow(predicted.get(row, column), 2) + Math.pow(start.get(row, column), 2);
            }
            for (int column = 0; column < d; column++) {
                if (isZero(design, column) && account.optimizer().weightDecay() == 0) {
                    predicted.set(row, column, start.get(row, column));
                } else if (isZero(design, column)) {
                    budget.add(row, column, rounding * Math.sqrt(squares));
                }
            }
        }
    }

    private static boolean isZero(DMatrixRMaj design, int row) {
        for (int column = 0; column < design.numCols; column++) {
            if (design.get(row, column) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The comparison where nothing can be predicted: deviations are NaN, budgets infinite. */
    static Comparison unknown(Account account) {
        DMatrixRMaj deviation = account.end();
        CommonOps_DDRM.fill(deviation, Double.NaN);
        DMatrixRMaj budget = account.end();
        CommonOps_DDRM.fill(budget, Double.POSITIVE_INFINITY);
        return new Comparison(known(deviation, account), known(budget, account), known(deviation, account), true);
    }

    private static DMatrixRMaj known(DMatrixRMaj parameters, Account account) {
        return CommonOps_DDRM.extract(parameters, 0, parameters.numRows, 0, account.known());
    }

    /** Another prediction, outputs × d, within the same budget. */
    Comparison against(DMatrixRMaj predicted, Account account) {
        DMatrixRMaj other = known(CommonOps_DDRM.subtract(account.end(), predicted, null), account);
        return new Comparison(other, budget, change, reached);
    }

    /** With something added to the budget, outputs × d. */
    Comparison widened(DMatrixRMaj bounds) {
        DMatrixRMaj wider = CommonOps_DDRM.extract(bounds, 0, budget.numRows, 0, budget.numCols);
        CommonOps_DDRM.addEquals(wider, budget);
        return new Comparison(deviation, wider, change, reached);
    }

    /** Largest ratio of a predicted change to its budget. */
    double moved() {
        return largest(change, 0, change.numCols);
    }

    private static double ratio(double deviation, double budget) {
        double size = Math.abs(deviation);
        if (Double.isNaN(size)) {
            return Double.POSITIVE_INFINITY;
        }
        return size == 0 ? 0 : size / budget;
    }

    /** |deviation| over budget of one entry, 0 for no deviation. */
    double ratio(int row, int column) {
        return ratio(deviation.get(row, column), budget.get(row, column));
    }

    /** All ratios, row by row. */
    double[][] ratios() {
        double[][] ratios = new double[deviation.numRows][deviation.numCols];
        for (int row = 0; row < ratios.length; row++) {
            for (int column = 0; column < ratios[row].length; column++) {
                ratios[row][column] = ratio(row, column);
            }
        }
        return ratios;
    }

    /** Largest ratio of a matrix of the same shape to the budget, over a range of columns. */
    double largest(DMatrixRMaj part, int from, int to) {
        double largest = 0;
        for (int row = 0; row < part.numRows; row++) {
            for (int column = from; column < to; column++) {
                largest = Math.max(largest, ratio(part.get(row, column), budget.get(row, column)));
            }
        }
        return largest;
    }

    /** Largest |deviation| over budget. */
    double largest() {
        return largest(deviation, 0, deviation.numCols);
    }

    /** Largest |deviation| over budget but for that of the worst entry. */
    double second() {
        int[] worst = worst();
        double second = 0;
        for (int row = 0; row < deviation.numRows; row++) {
            for (int column = 0; column < deviation.numCols; column++) {
                if (row != worst[0] || column != worst[1]) {
                    second = Math.max(second, ratio(row, column));
                }
            }
        }
        return second;
    }

    /** Row and column of the largest ratio. */
    int[] worst() {
        int[] worst = {0, 0};
        for (int row = 0; row < deviation.numRows; row++) {
            for (int column = 0; column < deviation.numCols; column++) {
                if (ratio(row, column) > ratio(worst[0], worst[1])) {
                    worst = new int[] {row, column};
                }
            }
        }
        return worst;
    }

    /**
     * How far the entry with the largest ratio stands out: its ratio over the root mean square of all others. Rounding
     * affects all entries, tampering with one entry does not. Source: proofs/check.md.
     *
     * @return 0 where more than half of the entries do not deviate at all, or there are too few, so that there is no
     *     spread to compare with
     */
    double standsOut() {
        int entries = deviation.getNumElements();
        double largest = 0;
        double squares = 0;
        int still = 0;
        for (int row = 0; row < deviation.numRows; row++) {
            for (int column = 0; column < deviation.numCols; column++) {
                double ratio = ratio(row, column);
                largest = Math.max(largest, ratio);
                squares += ratio * ratio;
                still += ratio == 0 ? 1 : 0;
            }
        }
        double others = (squares - largest * largest) / (entries - 1);
        return 2 * still > entries || entries < FEWEST || !(others > 0) ? 0 : largest / Math.sqrt(others);
    }

    /** Beyond this rounding makes an entry stand out with probability {@link #FAILURE} at most. */
    double mostStandingOut() {
        return UNEVENNESS * Math.sqrt(2 * Math.log(2 * deviation.getNumElements() / FAILURE));
    }

    /** Whether every budget is a number. */
    boolean decides() {
        for (double bound : budget.data) {
            if (!(bound < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it means anything that entries lie within their budgets: untrained parameters must not. */
    boolean isEvidence() {
        double moved = moved();
        return reached && decides() && !(moved > 0 && moved <= 1);
    }

    /** Number of entries beyond their budget in one row. */
    int beyond(int row) {
        int count = 0;
        for (int column = 0; column < deviation.numCols; column++) {
            count += ratio(row, column) > 1 ? 1 : 0;
        }
        return count;
    }

    /** Number of entries beyond their budget. */
    int beyond() {
        int count = 0;
        for (int row = 0; row < deviation.numRows; row++) {
            count += beyond(row);
        }
        return count;
    }
}

package org.idem.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.network.LinearProblem;
import org.jspecify.annotations.Nullable;

/**
 * Suspects that outputs are in another order: rows of the trained weights, of the initial weights or of the targets, or
 * entries of a bias. Each row is matched to the nearest expected row; the matching has to be one to one.
 */
final class OrderSuspects {
    /** Rows are matched if that takes at most so many multiplications, about a tenth of a second. */
    private static final double AFFORDABLE = 2e8;

    private final Account account;
    private final LinearProblem given;
    private final Forms forms;
    private final int outputs;
    private final List<Suspicion> found = new ArrayList<>();

    OrderSuspects(Account account, Forms forms) {
        this.account = account;
        given = account.problem();
        this.forms = forms;
        outputs = given.map().outputs();
    }

    /** Every suspicion, in no order. */
    List<Suspicion> all() {
        int fanIn = given.map().fanIn();
        boolean complete = account.known() == account.start().numCols;
        if (outputs < 2 || !complete || (double) outputs * outputs * fanIn > AFFORDABLE) {
            return found;
        }
        Array nothing = Array.zeros(given.weights().shape());
        DMatrixRMaj predicted = predicted(account);
        DMatrixRMaj learned = predicted(with(nothing, noBias(), given.targets()));
        DMatrixRMaj kept = CommonOps_DDRM.subtract(predicted, learned, null);
        DMatrixRMaj end = account.end();
        trained(matching(end, predicted, 0, end.numCols));
        initial(matching(CommonOps_DDRM.subtract(end, learned, null), kept, 0, end.numCols));
        targets(matching(CommonOps_DDRM.subtract(end, kept, null), learned, 0, end.numCols));
        if (account.trainedBias() != null) {
            biases(matching(end, predicted, fanIn, fanIn + 1));
        }
        return found;
    }

    private DMatrixRMaj predicted(Account of) {
        return forms.of(of.problem()).parameters(of.optimizer(), of.horizon());
    }

    private @Nullable Array noBias() {
        return given.initialBias() == null ? null : Array.zeros(outputs);
    }

    private Account with(Array weights, @Nullable Array bias, Array targets) {
        return account.with(new LinearProblem(given.map(), given.inputs(), targets, weights, bias, given.loss()));
    }

    /** Number of the expected row that is nearest to each row; null if two have the same, or all stay in place. */
    private static int @Nullable [] matching(DMatrixRMaj rows, DMatrixRMaj expected, int from, int to) {
        int[] order = new int[rows.numRows];
        boolean[] taken = new boolean[rows.numRows];
        boolean moved = false;
        for (int row = 0; row < order.length; row++) {
            double least = Double.POSITIVE_INFINITY;
            for (int other = 0; other < order.length; other++) {
                double squares = SquaredErrors.sum(
                        rows.data, rows.getIndex(row, from), expected.data, expected.getIndex(other, from), to - from);
                if (squares < least) {
                    least = squares;
                    order[row] = other;
                }
            }
            if (!(least < Double.POSITIVE_INFINITY) || taken[order[row]]) {
                return null;
            }
            taken[order[row]] = true;
            moved |= order[row] != row;
        }
        return moved ? order : null;
    }

    private void trained(int @Nullable [] order) {
        if (order != null) {
            int[] back = inverse(order);
            Array bias = account.trainedBias();
            add(
                    "the outputs of the trained network are in the order " + Arrays.toString(order),
                    new Account(
                            given,
                            ordered(account.trained(), back),
                            bias == null ? null : ordered(bias, back),
                            account.optimizer(),
                            account.horizon()));
        }
    }

    private void initial(int @Nullable [] order) {
        if (order != null) {
            Array bias = given.initialBias();
            add(
                    "the outputs of the initial network were in the order " + Arrays.toString(order),
                    with(ordered(given.weights(), order), bias == null ? null : ordered(bias, order), given.targets()));
        }
    }

    /** Channels or units of every target. */
    private void targets(int @Nullable [] order) {
        if (order != null) {
            double[] values = given.targets().values();
            int block = values.length / given.targets().size(0) / outputs;
            double[] other = new double[values.length];
            for (int at = 0; at < other.length; at++) {
                int output = at / block % outputs;
                other[at] = values[at + (order[output] - output) * block];
            }
            add(
                    "the outputs of the targets were in the order " + Arrays.toString(order),
                    account.withTargets(Array.of(other, given.targets().shape())));
        }
    }

    private void biases(int @Nullable [] order) {
        if (order != null) {
            Array bias = ordered(Objects.requireNonNull(account.trainedBias()), inverse(order));
            add(
                    "the entries of the trained bias are in the order " + Arrays.toString(order),
                    new Account(given, account.trained(), bias, account.optimizer(), account.horizon()));
        }
    }

    private void add(String words, Account other) {
        double distance = forms.distance(other).of(Setting.of(other));
        found.add(new Suspicion("permuted", words, other, distance));
    }

    /** Row i is row {@code order[i]} of the array. */
    private static Array ordered(Array array, int[] order) {
        int length = array.length() / order.length;
        double[] values = new double[array.length()];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(array.values(), order[row] * length, values, row * length, length);
        }
        return Array.of(values, array.shape());
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int row = 0; row < order.length; row++) {
            inverse[order[row]] = row;
        }
        return inverse;
    }
}

package org.idem.check;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.jspecify.annotations.Nullable;

/**
 * A user's account of a training run, and the parameters that came out of it. Arrays are shared, nobody writes to them.
 *
 * @param problem network, data, initial parameters and loss
 * @param trained trained weights in the network's weight shape
 * @param trainedBias trained bias of shape (outputs); null without bias, or if it is not known
 * @param optimizer method, possibly outside its stable range
 * @param horizon number of steps, or the limit
 */
public record Account(
        LinearProblem problem, Array trained, @Nullable Array trainedBias, LinearMethod optimizer, Horizon horizon) {
    /** Checks the shapes of what was trained. */
    public Account {
        if (!Arrays.equals(problem.map().weightShape(), trained.shape())) {
            throw new IllegalArgumentException("trained weights must have shape "
                    + Arrays.toString(problem.map().weightShape()) + ", got " + Arrays.toString(trained.shape()));
        }
        if (trainedBias != null && !Arrays.equals(new int[] {problem.map().outputs()}, trainedBias.shape())) {
            throw new IllegalArgumentException("the trained bias must have shape ["
                    + problem.map().outputs() + "], got " + Arrays.toString(trainedBias.shape()));
        }
        if (trainedBias != null && !problem.map().bias()) {
            throw new IllegalArgumentException("a trained bias needs an initial one, got none");
        }
    }

    Account with(LinearMethod other) {
        return new Account(problem, trained, trainedBias, other, horizon);
    }

    Account with(Horizon other) {
        return new Account(problem, trained, trainedBias, optimizer, other);
    }

    Account with(LinearProblem other) {
        return new Account(other, trained, trainedBias, optimizer, horizon);
    }

    Account with(Loss loss) {
        return with(problem.withLoss(loss));
    }

    Account withTargets(Array targets) {
        return with(problem.withTargets(targets));
    }

    /** The account with every number and setting rounded to a precision. */
    Account rounded(Precision precision) {
        Account stored = new Account(
                problem.rounded(precision),
                trained.rounded(precision),
                trainedBias == null ? null : trainedBias.rounded(precision),
                optimizer,
                horizon);
        return stored.with(Setting.of(this).rounded(precision).optimizer());
    }

    /** The same run, from other initial weights to other trained ones. */
    Account between(Array initial, Array end) {
        return new Account(problem.withWeights(initial), end, trainedBias, optimizer, horizon);
    }

    /** θ_0, one row per output. */
    DMatrixRMaj start() {
        return parameters(problem.weights(), problem.initialBias());
    }

    /** Trained θ, one row per output; an unknown bias is 0. */
    DMatrixRMaj end() {
        return parameters(trained, trainedBias);
    }

    /** Number of columns of θ that are known after training. */
    int known() {
        return problem.map().fanIn() + (trainedBias == null ? 0 : 1);
    }

    private DMatrixRMaj parameters(Array weights, @Nullable Array bias) {
        int fanIn = problem.map().fanIn();
        int outputs = problem.map().outputs();
        DMatrixRMaj rows = new DMatrixRMaj(outputs, fanIn + (problem.map().bias() ? 1 : 0));
        for (int row = 0; row < outputs; row++) {
            System.arraycopy(weights.values(), row * fanIn, rows.data, row * rows.numCols, fanIn);
            if (bias != null) {
                rows.set(row, fanIn, bias.values()[row]);
            }
        }
        return rows;
    }
}

package org.idem.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.check.Suspicion.Fit;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.network.Padding;
import org.jspecify.annotations.Nullable;

/** Another padding, bias or other targets. */
final class DataSuspects {
    /** Examples whose targets are tried one by one: each costs two predictions. */
    private static final int MOST_EXAMPLES = 64;
    /** Factors of three digits and either sign between a thousandth and a thousand. */
    private static final double ROUND_FACTORS = 2 * 6 * 900;

    private final Account account;
    private final Forms forms;
    private final List<Suspicion> found = new ArrayList<>();

    DataSuspects(Account account, Forms forms) {
        this.account = account;
        this.forms = forms;
    }

    /** Every suspicion, in no order. */
    List<Suspicion> all() {
        padding();
        bias();
        targets();
        return found;
    }

    private void add(String kind, String words, Account other, double further) {
        double distance = forms.distance(other).of(Setting.of(other));
        found.add(new Suspicion(kind, words, other, Math.hypot(distance, further)));
    }

    private void padding() {
        if (!(account.problem().map() instanceof Cnn cnn) || cnn.kernel() == 1) {
            return;
        }
        for (Padding other : Padding.values()) {
            if (other != cnn.padding()) {
                tryPadding(other.toString(), cnn, other, inputs());
            }
        }
        if (cnn.padding() != Padding.VALID) {
            tryPadding("reflecting", cnn, Padding.VALID, BorderedImages.reflecting(inputs(), cnn.kernel() / 2));
            tryPadding("replicating", cnn, Padding.VALID, BorderedImages.replicating(inputs(), cnn.kernel() / 2));
        }
    }

    private Array inputs() {
        return account.problem().inputs();
    }

    /** The identity task follows the padding; other targets have to fit as they are. */
    private void tryPadding(String name, Cnn cnn, Padding padding, @Nullable Array inputs) {
        LinearProblem given = account.problem();
        LinearMap network = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), padding, cnn.bias());
        try {
            Array targets = isIdentity() && Objects.equals(inputs, inputs())
                    ? LinearProblem.identityTargets(network, given.inputs())
                    : given.targets();
            LinearProblem other = new LinearProblem(
                    network,
                    Objects.requireNonNull(inputs),
                    targets,
                    given.weights(),
                    given.initialBias(),
                    given.loss());
            String claimed = cnn.padding().toString();
            add("padding", "the padding was " + name + ", not " + claimed, account.with(other), 0);
        } catch (IllegalArgumentException | NullPointerException doesNotFit) {
            return;
        }
    }

    private boolean isIdentity() {
        Array identity = identity();
        return identity != null && account.problem().targets().equals(identity);
    }

    private @Nullable Array identity() {
        try {
            return LinearProblem.identityTargets(
                    account.problem().map(), account.problem().inputs());
        } catch (IllegalArgumentException noIdentity) {
            return null;
        }
    }

    private void bias() {
        LinearProblem given = account.problem();
        Array initial = given.initialBias();
        LinearMap network = given.map();
        if (initial != null) {
            Array trained = Objects.requireNonNull(account.trainedBias());
            double moved = 0;
            double[] values = given.targets().values().clone();
            int perOutput = given.targets().length() / given.targets().size(0) / network.outputs();
            for (int at = 0; at < values.length; at++) {
                values[at] -= initial.values()[at / perOutput % network.outputs()];
            }
            for (int row = 0; row < network.outputs(); row++) {
                moved = Math.hypot(moved, trained.values()[row] - initial.values()[row]);
            }
            Array less = Array.of(values, given.targets().shape());
            if (moved == 0) {
                add("bias", "the bias was not trained", withoutBias(less), 0);
            }
            add("bias", "the network has no bias", withoutBias(given.targets()), moved);
        } else {
            found.add(unknownBias());
        }
    }

    private Account withoutBias(Array targets) {
        LinearProblem given = account.problem();
        LinearMap network = withBias(given.map(), false);
        return new Account(
                new LinearProblem(network, given.inputs(), targets, given.weights(), null, given.loss()),
                account.trained(),
                null,
                account.optimizer(),
                account.horizon());
    }

    private static LinearMap withBias(LinearMap network, boolean bias) {
        return network instanceof Fcn fcn
                ? new Fcn(fcn.inputs(), fcn.outputs(), bias)
                : new Cnn(
                        ((Cnn) network).channels(),
                        network.outputs(),
                        ((Cnn) network).kernel(),
                        ((Cnn) network).padding(),
                        bias);
    }

    /** The same run with a trained bias from this start. */
    private Account biased(Array start) {
        LinearProblem given = account.problem();
        return account.with(new LinearProblem(
                withBias(given.map(), true), given.inputs(), given.targets(), given.weights(), start, given.loss()));
    }

    private DMatrixRMaj predicted(Account other) {
        return forms.of(other.problem()).parameters(other.optimizer(), other.horizon());
    }

    /** Trained minus predicted parameters of another account. */
    private DMatrixRMaj missing(Account other) {
        return CommonOps_DDRM.subtract(other.end(), predicted(other), null);
    }

    /** A bias was trained and is not given: its start is fitted, output by output, to the weights. */
    Suspicion unknownBias() {
        LinearProblem given = account.problem();
        int outputs = given.map().outputs();
        Array ones = Array.zeros(outputs);
        Arrays.fill(ones.values(), 1);
        DMatrixRMaj ofZero = missing(biased(Array.zeros(outputs)));
        DMatrixRMaj missing = missing(biased(ones));
        int fanIn = given.map().fanIn();
        double[] fitted = new double[outputs];
        double squares = 0;
        for (int row = 0; row < outputs; row++) {
            double product = 0;
            double square = 0;
            for (int column = 0; column < fanIn; column++) {
                double response = ofZero.get(row, column) - missing.get(row, column);
                product += response * ofZero.get(row, column);
                square += response * response;
            }
            fitted[row] = square > 0 ? product / square : 0;
            for (int column = 0; column < fanIn; column++) {
                double response = ofZero.get(row, column) - missing.get(row, column);
                squares += Math.pow(ofZero.get(row, column) - fitted[row] * response, 2);
            }
        }
        Account other = biased(Array.of(fitted, outputs));
        return new Suspicion(
                List.of("bias"),
                List.of("a bias was trained that is not given"),
                Suspicion.MANY,
                Fit.ONE_PER_OUTPUT,
                other,
                Math.sqrt(squares),
                null);
    }

    private void targets() {
        Array identity = identity();
        if (identity != null && !isIdentity()) {
            add("targets", "the targets were the inputs themselves", account.withTargets(identity), 0);
        }
        int examples = account.problem().examples();
        if (examples > MOST_EXAMPLES) {
            return;
        }
        for (int example = 0; example < examples; example++) {
            scaledTarget(example);
            if (account.problem().map() instanceof Fcn && examples > 1) {
                oneTarget(example);
            }
        }
    }

    /** One number was fitted. */
    private void found(String words, Array targets) {
        Account other = account.withTargets(targets);
        double distance = forms.distance(other).of(Setting.of(other));
        found.add(new Suspicion(
                List.of("targets"), List.of(words), Suspicion.ROUND, Fit.oneOf(ROUND_FACTORS), other, distance, null));
    }

    /** The targets of one example are multiplied by what fits best. */
    private void scaledTarget(int example) {
        Array given = account.problem().targets();
        int length = given.length() / given.size(0);
        DMatrixRMaj predicted = predicted(account);
        DMatrixRMaj response = CommonOps_DDRM.subtract(
                predicted, predicted(account.withTargets(scaled(given, example, length, 0))), null);
        double square = ModeDistance.inner(response, response);
        if (square > 0) {
            double factor = 1 + ModeDistance.inner(response, missing(account)) / square;
            String brief = String.format(Locale.ROOT, "%.3g", factor);
            String words = "the targets of example " + example + " (counted from 0) were " + brief
                    + " times those that are given";
            found(words, scaled(given, example, length, Double.parseDouble(brief)));
        }
    }

    private static Array scaled(Array targets, int example, int length, double factor) {
        double[] values = targets.values().clone();
        for (int at = example * length; at < (example + 1) * length; at++) {
            values[at] *= factor;
        }
        return Array.of(values, targets.shape());
    }

    /** The target of one example is replaced by what fits best. */
    private void oneTarget(int example) {
        LinearProblem given = account.problem();
        int outputs = given.map().outputs();
        double[] values = given.targets().values().clone();
        DMatrixRMaj predicted = predicted(account);
        for (int output = 0; output < outputs; output++) {
            values[example * outputs + output] += 1;
        }
        DMatrixRMaj shifted =
                predicted(account.withTargets(Array.of(values, given.targets().shape())));
        CommonOps_DDRM.subtractEquals(shifted, predicted);
        DMatrixRMaj response = CommonOps_DDRM.extractRow(shifted, 0, null);
        double square = ModeDistance.inner(response, response);
        if (!(square > 0)) {
            return;
        }
        DMatrixRMaj missing = CommonOps_DDRM.subtract(account.end(), predicted, null);
        double[] fitted = given.targets().values().clone();
        for (int output = 0; output < outputs; output++) {
            DMatrixRMaj row = CommonOps_DDRM.extractRow(missing, output, null);
            double change = ModeDistance.inner(row, response) / square;
            fitted[example * outputs + output] += change;
            for (int column = 0; column < missing.numCols; column++) {
                missing.add(output, column, -change * response.get(column));
            }
        }
        found.add(new Suspicion(
                List.of("targets"),
                List.of("the target of example " + example + " (counted from 0) was another"),
                Suspicion.MANY,
                Fit.ONE_PER_OUTPUT,
                account.withTargets(Array.of(fitted, given.targets().shape())),
                NormOps_DDRM.normF(missing),
                null));
    }
}

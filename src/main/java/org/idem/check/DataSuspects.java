package org.idem.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.theory.ParameterModes;
import org.jspecify.annotations.Nullable;

/** Other arrays, padding, bias or targets. */
final class DataSuspects {
    private final Account account;
    private final ParameterModes modes;
    private final List<Suspicion> found = new ArrayList<>();

    DataSuspects(Account account, ParameterModes modes) {
        this.account = account;
        this.modes = modes;
    }

    List<Suspicion> all() {
        arrays();
        padding();
        bias();
        targets();
        return found;
    }

    private static double distance(Account account, ParameterModes modes) {
        return new ModeDistance(modes, account.start(), account.end()).of(account.optimizer(), account.horizon(), 1);
    }

    /** Same design, other weights. */
    private void add(String kind, String words, Array initial, Array trained) {
        boolean changes = !initial.equals(account.problem().weights()) || !trained.equals(account.trained());
        if (changes) {
            Account other = account.between(initial, trained);
            found.add(new Suspicion(kind, words, 0, other, distance(other, modes)));
        }
    }

    private void arrays() {
        Array initial = account.problem().weights();
        Array trained = account.trained();
        add("exchanged", "initial and trained weights are exchanged", trained, initial);
        if (account.problem().network() instanceof Cnn cnn) {
            add(
                    "flipped",
                    "the layer is a true convolution: both kernels are flipped",
                    flipped(initial),
                    flipped(trained));
            add("flipped", "the trained kernel is flipped", initial, flipped(trained));
            add("flipped", "the initial kernel is flipped", flipped(initial), trained);
            add(
                    "transposed",
                    "rows and columns of both kernels are transposed",
                    swapped(initial, 2),
                    swapped(trained, 2));
            add("transposed", "rows and columns of the trained kernel are transposed", initial, swapped(trained, 2));
            add("transposed", "rows and columns of the initial kernel are transposed", swapped(initial, 2), trained);
            if (cnn.channels() == cnn.outputs()) {
                add(
                        "transposed",
                        "input and output channels of the trained kernel are exchanged",
                        initial,
                        swapped(trained, 0));
                add(
                        "transposed",
                        "input and output channels of the initial kernel are exchanged",
                        swapped(initial, 0),
                        trained);
                add(
                        "transposed",
                        "input and output channels of both kernels are exchanged",
                        swapped(initial, 0),
                        swapped(trained, 0));
            }
        } else if (initial.size(0) == initial.size(1)) {
            add("transposed", "the trained weights are transposed", initial, swapped(trained, 0));
            add("transposed", "the initial weights are transposed", swapped(initial, 0), trained);
            add("transposed", "both weights are transposed", swapped(initial, 0), swapped(trained, 0));
        }
    }

    /** Two neighbouring axes of the same length exchanged. */
    private static Array swapped(Array array, int axis) {
        int[] shape = array.shape();
        int inner = 1;
        for (int later = axis + 2; later < shape.length; later++) {
            inner *= shape[later];
        }
        int side = shape[axis];
        double[] values = new double[array.length()];
        for (int at = 0; at < values.length; at++) {
            int rest = at % inner;
            int second = at / inner % side;
            int first = at / inner / side % side;
            int block = at / inner / side / side;
            values[((block * side + second) * side + first) * inner + rest] = array.values()[at];
        }
        return Array.of(values, shape);
    }

    /** Kernels turned by half a turn. */
    private static Array flipped(Array kernels) {
        int taps = kernels.size(2) * kernels.size(3);
        double[] values = new double[kernels.length()];
        for (int at = 0; at < values.length; at++) {
            values[at / taps * taps + taps - 1 - at % taps] = kernels.values()[at];
        }
        return Array.of(values, kernels.shape());
    }

    private void padding() {
        if (!(account.problem().network() instanceof Cnn cnn) || cnn.kernel() == 1) {
            return;
        }
        for (Padding other : Padding.values()) {
            if (other != cnn.padding()) {
                Network network = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), other, cnn.bias());
                tryProblem("padding", "the padding was " + other + ", not " + cnn.padding(), network);
            }
        }
    }

    /** The identity task follows the padding; other targets have to fit as they are. */
    private void tryProblem(String kind, String words, Network network) {
        TrainingProblem given = account.problem();
        try {
            Array targets = isIdentity() ? TrainingProblem.identityTargets(network, given.inputs()) : given.targets();
            TrainingProblem other = new TrainingProblem(
                    network, given.inputs(), targets, given.weights(), given.initialBias(), given.loss());
            add(kind, words, account.with(other), 0);
        } catch (IllegalArgumentException doesNotFit) {
            return;
        }
    }

    private void add(String kind, String words, Account other, double further) {
        ParameterModes others = new ClosedForm(other.problem()).modes();
        found.add(new Suspicion(kind, words, 0, other, Math.hypot(distance(other, others), further)));
    }

    private boolean isIdentity() {
        Array identity = identity();
        return identity != null && account.problem().targets().equals(identity);
    }

    private @Nullable Array identity() {
        try {
            return TrainingProblem.identityTargets(
                    account.problem().network(), account.problem().inputs());
        } catch (IllegalArgumentException noIdentity) {
            return null;
        }
    }

    private void bias() {
        TrainingProblem given = account.problem();
        Array initial = given.initialBias();
        Network network = given.network();
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
            add("bias", "the bias was not trained", withoutBias(less), moved);
            add("bias", "the network has no bias", withoutBias(given.targets()), moved);
        } else {
            unknownBias();
        }
    }

    private Account withoutBias(Array targets) {
        TrainingProblem given = account.problem();
        Network network = withBias(given.network(), false);
        return new Account(
                new TrainingProblem(network, given.inputs(), targets, given.weights(), null, given.loss()),
                account.trained(),
                null,
                account.optimizer(),
                account.horizon());
    }

    private static Network withBias(Network network, boolean bias) {
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
        TrainingProblem given = account.problem();
        return account.with(new TrainingProblem(
                withBias(given.network(), true),
                given.inputs(),
                given.targets(),
                given.weights(),
                start,
                given.loss()));
    }

    /** Trained minus predicted parameters of another account. */
    private static DMatrixRMaj missing(Account other) {
        DMatrixRMaj missing = other.end();
        CommonOps_DDRM.subtractEquals(
                missing, new ClosedForm(other.problem()).parameters(other.optimizer(), other.horizon()));
        return missing;
    }

    /** A bias was trained and is not given: its start is fitted, output by output, to the weights. */
    private void unknownBias() {
        TrainingProblem given = account.problem();
        int outputs = given.network().outputs();
        Array ones = Array.zeros(outputs);
        Arrays.fill(ones.values(), 1);
        DMatrixRMaj ofZero = missing(biased(Array.zeros(outputs)));
        DMatrixRMaj missing = missing(biased(ones));
        int fanIn = given.network().fanIn();
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
        found.add(new Suspicion("bias", "a bias was trained that is not given", 2, other, Math.sqrt(squares)));
    }

    private void targets() {
        Array identity = identity();
        if (identity != null && !isIdentity()) {
            Account other = account.withTargets(identity);
            add("targets", "the targets were the inputs themselves", other, 0);
        }
        if (account.problem().network() instanceof Fcn && account.problem().examples() > 1) {
            for (int example = 0; example < account.problem().examples(); example++) {
                oneTarget(example);
            }
        }
    }

    /** The target of one example is replaced by what fits best. */
    private void oneTarget(int example) {
        TrainingProblem given = account.problem();
        int outputs = given.network().outputs();
        double[] values = given.targets().values().clone();
        ClosedForm form = new ClosedForm(given);
        DMatrixRMaj predicted = form.parameters(account.optimizer(), account.horizon());
        for (int output = 0; output < outputs; output++) {
            values[example * outputs + output] += 1;
        }
        DMatrixRMaj shifted = new ClosedForm(
                        account.withTargets(Array.of(values, given.targets().shape()))
                                .problem())
                .parameters(account.optimizer(), account.horizon());
        CommonOps_DDRM.subtractEquals(shifted, predicted);
        DMatrixRMaj response = CommonOps_DDRM.extractRow(shifted, 0, null);
        double square = ModeDistance.inner(response, response);
        if (!(square > 0)) {
            return;
        }
        DMatrixRMaj missing = account.end();
        CommonOps_DDRM.subtractEquals(missing, predicted);
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
                "targets",
                "the target of example " + example + " (counted from 0) was another",
                2,
                account.withTargets(Array.of(fitted, given.targets().shape())),
                NormOps_DDRM.normF(missing)));
    }
}

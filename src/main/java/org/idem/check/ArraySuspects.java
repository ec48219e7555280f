package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;

/** Suspects that weights were exchanged, or that their axes or taps are in another order. */
final class ArraySuspects {
    private final Account account;
    private final ModeSource modes;
    private final List<Suspicion> found = new ArrayList<>();

    /** Where the distance of an account comes from. */
    @FunctionalInterface
    interface ModeSource {
        ModeDistance of(Account account);
    }

    ArraySuspects(Account account, ModeSource modes) {
        this.account = account;
        this.modes = modes;
    }

    List<Suspicion> all() {
        LinearMap network = account.problem().map();
        add(
                "exchanged",
                "initial and trained weights are exchanged",
                /* initial= */ account.trained(),
                /* trained= */ initial());
        biases();
        if (network instanceof Cnn cnn) {
            both("flipped", "the kernels are flipped: the layer is a true convolution", this::flipped);
            one("flipped", "flipped", this::flipped);
            both("transposed", "rows and columns of the kernels are transposed", a -> permuted(a, 0, 1, 3, 2));
            one("transposed", "transposed in rows and columns", a -> permuted(a, 0, 1, 3, 2));
            if (cnn.channels() == cnn.outputs()) {
                both("transposed", "input and output channels are exchanged", a -> permuted(a, 1, 0, 2, 3));
                one("transposed", "stored with input and output channels exchanged", a -> permuted(a, 1, 0, 2, 3));
                if (cnn.channels() == cnn.kernel()) {
                    both(
                            "transposed",
                            "the kernels' axes are (K,K,C_in,C_out), as Flax and Keras store them",
                            a -> permuted(a, 3, 2, 0, 1));
                    one("transposed", "stored with axes (K,K,C_in,C_out)", a -> permuted(a, 3, 2, 0, 1));
                }
            }
        } else if (network.fanIn() == network.outputs()) {
            both("transposed", "both weights are transposed, as Flax and Keras store them", a -> permuted(a, 1, 0));
            one("transposed", "transposed", a -> permuted(a, 1, 0));
        }
        return found;
    }

    private void biases() {
        LinearProblem given = account.problem();
        Array before = given.initialBias();
        Array after = account.trainedBias();
        if (before != null && after != null && !before.equals(after)) {
            LinearProblem other = given.withInitial(given.weights(), after);
            String words = "initial and trained bias are exchanged";
            add(
                    "exchanged",
                    words,
                    new Account(other, account.trained(), before, account.optimizer(), account.horizon()));
            Account both = new Account(
                    given.withInitial(account.trained(), after),
                    initial(),
                    before,
                    account.optimizer(),
                    account.horizon());
            add("exchanged", "initial and trained parameters are exchanged, the bias with the weights", both);
        }
    }

    private Array initial() {
        return account.problem().weights();
    }

    private void both(String kind, String words, UnaryOperator<Array> change) {
        add(kind, words, change.apply(initial()), change.apply(account.trained()));
    }

    private void one(String kind, String how, UnaryOperator<Array> change) {
        add(kind, "the trained weights are " + how, initial(), change.apply(account.trained()));
        add(kind, "the initial weights are " + how, change.apply(initial()), account.trained());
    }

    private void add(String kind, String words, Array initial, Array trained) {
        if (!initial.equals(initial()) || !trained.equals(account.trained())) {
            add(kind, words, account.between(initial, trained));
        }
    }

    private void add(String kind, String words, Account other) {
        found.add(new Suspicion(kind, words, other, modes.of(other).of(Setting.of(other))));
    }

    /** The array whose axis i is axis {@code axes[i]} of the given one; all shapes stay as they are. */
    static Array permuted(Array array, int... axes) {
        int[] shape = array.shape();
        int[] strides = new int[shape.length];
        for (int axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        double[] values = new double[array.length()];
        for (int at = 0; at < values.length; at++) {
            int from = 0;
            int rest = at;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += rest % shape[axes[axis]] * strides[axes[axis]];
                rest /= shape[axes[axis]];
            }
            values[at] = array.values()[from];
        }
        return Array.of(values, shape);
    }

    /** Kernels turned by half a turn. */
    private Array flipped(Array kernels) {
        int taps = kernels.size(2) * kernels.size(3);
        double[] values = new double[kernels.length()];
        for (int at = 0; at < values.length; at++) {
            values[at / taps * taps + taps - 1 - at % taps] = kernels.values()[at];
        }
        return Array.of(values, kernels.shape());
    }
}

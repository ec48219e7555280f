package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.Loss;
import org.idem.network.Optimizer;

/** Other loss, optimiser or number of steps: all in the modes of one design. */
final class SettingSuspects {
    /** Factors by which learning rates are mistyped, or multiplied in the belief that it does no harm. */
    private static final double[] RATE_SLIPS = {10, 0.1, 100, 0.01, 1000, 0.001, 2, 0.5, 5, 0.2, 4, 0.25};

    private static final double[] COMMON_MOMENTA = {0.9, 0.99, 0.95, 0.5, 0.8};
    private static final double[] COMMON_DECAYS = {1e-4, 1e-3, 5e-4, 1e-2, 1e-5, 5e-3, 5e-5, 5e-2, 0.1};
    private static final int GRID = 400;
    /** Numbers of steps around the given one that are all tried. */
    private static final int NEAR = 512;

    private final Account account;
    private final ModeDistance distance;
    private final Precision precision;
    private final double largestCurvature;
    private final List<Suspicion> found = new ArrayList<>();

    SettingSuspects(Account account, ModeDistance distance, Precision precision, double largestCurvature) {
        this.account = account;
        this.distance = distance;
        this.precision = precision;
        this.largestCurvature = largestCurvature;
    }

    /** Every suspicion, in no order. */
    List<Suspicion> all() {
        losses();
        momenta();
        rates();
        decays();
        steps();
        return found;
    }

    private void add(String kind, String words, int freedom, Optimizer optimizer, Horizon horizon) {
        found.add(new Suspicion(
                kind, words, freedom, account.with(optimizer).with(horizon), distance.of(optimizer, horizon, 1)));
    }

    private void losses() {
        long residuals = account.problem().targets().length();
        double claimed = account.problem().lossScale();
        for (Loss loss : Loss.values()) {
            if (loss != account.problem().loss() && loss.scale(residuals) != claimed) {
                found.add(new Suspicion(
                        "loss",
                        "the loss was normalised as " + loss + ", not as "
                                + account.problem().loss(),
                        0,
                        account.with(loss),
                        distance.of(account.optimizer(), account.horizon(), loss.scale(residuals) / claimed)));
            }
        }
    }

    private Optimizer momentum(double momentum, boolean nesterov) {
        Optimizer claimed = account.optimizer();
        return new Optimizer(
                claimed.learningRate(), precision.round(momentum), nesterov && momentum > 0, claimed.weightDecay());
    }

    private void momenta() {
        Optimizer claimed = account.optimizer();
        if (claimed.momentum() > 0) {
            add(
                    "nesterov",
                    claimed.nesterov()
                            ? "the momentum was that of the heavy ball, not Nesterov's"
                            : "the momentum was Nesterov's, not that of the heavy ball",
                    0,
                    momentum(claimed.momentum(), !claimed.nesterov()),
                    account.horizon());
            add("momentum", "there was no momentum", 0, momentum(0, false), account.horizon());
        }
        for (double common : COMMON_MOMENTA) {
            for (boolean nesterov : new boolean[] {false, true}) {
                Optimizer other = momentum(common, nesterov);
                boolean form = claimed.momentum() == 0 || nesterov == claimed.nesterov();
                if (form && other.momentum() != claimed.momentum()) {
                    addMomentum(other, 0);
                }
            }
        }
        for (boolean nesterov : new boolean[] {false, true}) {
            if (claimed.momentum() == 0 || nesterov == claimed.nesterov()) {
                double x = Minimum.of(
                        at -> distance.of(momentum(1 - Math.exp(-at), nesterov), account.horizon(), 1), 0, 7, GRID);
                Optimizer fitted = momentum(1 - Math.exp(-x), nesterov);
                if (fitted.momentum() > 0) {
                    addMomentum(fitted, 1);
                }
            }
        }
    }

    private void addMomentum(Optimizer other, int freedom) {
        add(
                "momentum",
                "the momentum was " + number(other.momentum()) + (other.nesterov() ? " in Nesterov's form" : "")
                        + ", not " + number(account.optimizer().momentum()),
                freedom,
                other,
                account.horizon());
    }

    private void rates() {
        if (!(account.horizon() instanceof Horizon.Steps)) {
            return;
        }
        Optimizer claimed = account.optimizer();
        for (double factor : RATE_SLIPS) {
            addRate(claimed.withLearningRate(precision.round(claimed.learningRate() * factor)), 0);
        }
        double curvature = largestCurvature + claimed.weightDecay();
        if (!(curvature > 0)) {
            return;
        }
        double end = Math.log(claimed.stableProduct() / curvature);
        double from = Math.min(end, Math.log(claimed.learningRate())) - Math.log(1e4);
        double best = Minimum.of(
                x -> distance.of(claimed.withLearningRate(Math.exp(x)), account.horizon(), 1), from, end, 2 * GRID);
        addRate(claimed.withLearningRate(precision.round(Math.exp(best))), 1);
    }

    private void addRate(Optimizer other, int freedom) {
        add(
                "learning-rate",
                "the learning rate was " + number(other.learningRate()) + ", not "
                        + number(account.optimizer().learningRate()),
                freedom,
                other,
                account.horizon());
    }

    private Optimizer decay(double decay) {
        Optimizer claimed = account.optimizer();
        return new Optimizer(claimed.learningRate(), claimed.momentum(), claimed.nesterov(), precision.round(decay));
    }

    private void decays() {
        double claimed = account.optimizer().weightDecay();
        if (claimed > 0) {
            addDecay(decay(0), 0);
        }
        for (double common : COMMON_DECAYS) {
            if (precision.round(common) != claimed) {
                addDecay(decay(common), 0);
            }
        }
        double scale = Math.max(largestCurvature, 1e-30);
        double best = Minimum.of(
                x -> distance.of(decay(Math.exp(x)), account.horizon(), 1),
                Math.log(scale * 1e-9),
                Math.log(scale),
                GRID);
        addDecay(decay(Math.exp(best)), 1);
    }

    private void addDecay(Optimizer other, int freedom) {
        double claimed = account.optimizer().weightDecay();
        add(
                "weight-decay",
                other.weightDecay() == 0
                        ? "there was no weight decay"
                        : "the weight decay was " + number(other.weightDecay()) + ", not " + number(claimed),
                freedom,
                other,
                account.horizon());
    }

    private void steps() {
        Optimizer optimizer = account.optimizer();
        if (!(account.horizon() instanceof Horizon.Steps claimed)) {
            int count = Minimum.ofWhole(
                    n -> distance.of(optimizer, new Horizon.Steps(n), 1), 0, Comparison.STEP_LIMIT, NEAR);
            add(
                    "steps",
                    "training stopped after " + count + " steps, before its limit",
                    1,
                    optimizer,
                    new Horizon.Steps(count));
            return;
        }
        TreeSet<Integer> slips = new TreeSet<>();
        for (int off = -2; off <= 2; off++) {
            slips.add(claimed.count() + off);
        }
        slips.add(2 * claimed.count());
        slips.add(10 * claimed.count());
        slips.add(claimed.count() / 2);
        slips.add(claimed.count() / 10);
        slips.remove(claimed.count());
        for (int count : slips) {
            if (count >= 0) {
                addSteps(count, 0);
            }
        }
        int most = (int) Math.min(Comparison.STEP_LIMIT, Math.max(1000L, 100L * claimed.count()));
        addSteps(Minimum.ofWhole(n -> distance.of(optimizer, new Horizon.Steps(n), 1), claimed.count(), most, NEAR), 1);
        add("steps", "training went on to its limit", 0, optimizer, new Horizon.Limit());
    }

    private void addSteps(int count, int freedom) {
        int claimed = ((Horizon.Steps) account.horizon()).count();
        if (count != claimed) {
            add(
                    "steps",
                    "there were " + count + " steps, not " + claimed,
                    freedom,
                    account.optimizer(),
                    new Horizon.Steps(count));
        }
    }

    /** Six significant digits at most. */
    static String number(double value) {
        String brief = String.format(Locale.ROOT, "%.6g", value);
        double back = Double.parseDouble(brief);
        return back == (float) back && back != value ? brief : Double.toString(back);
    }
}

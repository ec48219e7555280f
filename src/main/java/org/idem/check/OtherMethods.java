package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.check.Suspicion.Fit;
import org.idem.theory.design.ParameterModes;

/**
 * Suspects methods that frameworks offer and no closed form here covers: ascent, dampened momentum, rates that change
 * during training, a bias with a rate or a decay of its own. Their predictions are computed in plain double precision
 * and compared within the budget of the claimed method.
 */
final class OtherMethods {
    /** Factors that documentation and papers use. */
    private static final double[] SCHEDULE_FACTORS = {0.5, 0.1, 0.2, 0.9};

    private static final double[] EXPONENTIAL_FACTORS = {0.9, 0.95, 0.98, 0.99, 0.995, 0.999};
    private static final double[] BIAS_FACTORS = {2, 10, 0.5, 0.1};
    private static final double[] DAMPENINGS = {0.9, 0.5, 0.1, 0.99};
    /** Most changes of a rate during training: after ten halvings almost nothing more is learned. */
    private static final int MOST_CHANGES = 10;
    /** Most steps of a schedule, which is followed step by step in every mode: some seconds for 1,000 modes. */
    private static final int MOST_STEPS = 4000;
    /**
     * Training is followed in all its parameters if that takes at most so many multiplications, about a tenth of a
     * second.
     */
    private static final double AFFORDABLE = 2e8;

    private final Account account;
    private final Setting claimed;
    private final ModeDistance whole;
    private final ModeDistance coarse;
    private final ParameterModes modes;
    private final List<Suspicion> found = new ArrayList<>();

    OtherMethods(Account account, Forms forms) {
        this.account = account;
        claimed = Setting.of(account);
        modes = forms.of(account.problem()).modes();
        whole = new ModeDistance(modes, account);
        coarse = whole.coarse();
    }

    /** Every suspicion, in no order; none if a limit is claimed. */
    List<Suspicion> all() {
        if (claimed.steps() > 0) {
            add("ascent", "every step went uphill: the loss was maximised", 0, scheduled(step -> -1));
            dampening();
            schedules();
            bias();
        }
        return found;
    }

    /** Freedom 1 stands for a number of steps that was fitted. */
    private void add(String kind, String words, int freedom, Method method) {
        DMatrixRMaj predicted = whole.predicted(method, claimed);
        found.add(new Suspicion(
                List.of(kind),
                List.of(words),
                freedom,
                freedom == 0 ? Fit.NOTHING : Fit.oneOf(claimed.steps()),
                account,
                whole.of(method, claimed),
                predicted));
    }

    private double momentum() {
        return claimed.optimizer().momentum();
    }

    /** Dampening as in PyTorch, whose first step is not dampened. */
    private void dampening() {
        if (momentum() == 0 || claimed.optimizer().nesterov()) {
            return;
        }
        List<Double> dampenings = new ArrayList<>(List.of(momentum()));
        for (double dampening : DAMPENINGS) {
            if (dampening != momentum()) {
                dampenings.add(dampening);
            }
        }
        double rate = claimed.optimizer().learningRate();
        for (double dampening : dampenings) {
            Method method = curvature -> {
                double pull = rate * curvature;
                double share = 1 - dampening;
                double[] later = {1 - pull * share, -pull * momentum(), share, momentum()};
                double[] first = Method.step(pull, momentum(), false);
                return Method.product(Method.power(later, claimed.steps() - 1), first)[0];
            };
            add("dampening", "the momentum was dampened by " + Knob.number(dampening), 0, method);
        }
    }

    /** The claimed method with its rate multiplied step by step. */
    private Method scheduled(IntToDoubleFunction factor) {
        double rate = claimed.optimizer().learningRate();
        return curvature -> {
            double[] state = {1, 0};
            int steps = claimed.steps();
            for (int step = 0; step < steps; step++) {
                double[] matrix = Method.step(
                        factor.applyAsDouble(step) * rate * curvature,
                        momentum(),
                        claimed.optimizer().nesterov());
                state = new double[] {
                    matrix[0] * state[0] + matrix[1] * state[1], matrix[2] * state[0] + matrix[3] * state[1]
                };
            }
            return state[0];
        };
    }

    /** The rate is multiplied by a factor every so many steps. */
    private Method stepwise(int every, double factor) {
        double rate = claimed.optimizer().learningRate();
        return curvature -> {
            double[] product = {1, 0, 0, 1};
            double pull = rate * curvature;
            for (int left = claimed.steps(); left > 0; left -= every) {
                double[] step =
                        Method.step(pull, momentum(), claimed.optimizer().nesterov());
                product = Method.product(Method.power(step, Math.min(left, every)), product);
                pull *= factor;
            }
            return product[0];
        };
    }

    private void schedules() {
        int steps = claimed.steps();
        if (steps > MOST_STEPS) {
            return;
        }
        for (double factor : SCHEDULE_FACTORS) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int every = Math.max(1, steps / MOST_CHANGES); every < steps; every++) {
                double distance = coarse.of(stepwise(every, factor), claimed);
                if (distance < least) {
                    least = distance;
                    best = every;
                }
            }
            if (best > 0) {
                String words = "the learning rate was multiplied by " + factor + " every " + best + " steps";
                add("schedule", words, 1, stepwise(best, factor));
            }
        }
        for (double factor : EXPONENTIAL_FACTORS) {
            Method method = scheduled(step -> Math.pow(factor, step));
            add("schedule", "the learning rate was multiplied by " + factor + " after every step", 0, method);
        }
        add(
                "schedule",
                "the learning rate fell to 0 along a cosine",
                0,
                scheduled(step -> (1 + Math.cos(Math.PI * step / steps)) / 2));
        add("schedule", "the learning rate fell to 0 linearly", 0, scheduled(step -> 1 - step / (double) steps));
    }

    private void bias() {
        double cost = 2.0 * claimed.steps() * account.start().getNumElements() * Math.max(1, modes.count());
        if (!account.problem().map().bias() || account.trainedBias() == null || cost > AFFORDABLE) {
            return;
        }
        if (claimed.optimizer().weightDecay() > 0) {
            add("the bias was not decayed", followed(1, 0));
        }
        for (double factor : BIAS_FACTORS) {
            add("the learning rate of the bias was " + factor + " times that of the weights", followed(factor, 1));
        }
    }

    private void add(String words, DMatrixRMaj predicted) {
        DMatrixRMaj missing = CommonOps_DDRM.subtract(account.end(), predicted, null);
        double distance = Math.sqrt(ModeDistance.inner(missing, missing));
        found.add(new Suspicion(List.of("bias"), List.of(words), 0, Fit.NOTHING, account, distance, predicted));
    }

    /** Step by step, with the bias's rate and decay multiplied. */
    private DMatrixRMaj followed(double rateOfBias, double decayOfBias) {
        DMatrixRMaj here = account.start();
        DMatrixRMaj velocity = here.createLike();
        int last = here.numCols - 1;
        double rate = claimed.optimizer().learningRate();
        double decay = claimed.optimizer().weightDecay();
        for (int step = 0; step < claimed.steps(); step++) {
            DMatrixRMaj inModes = modes.coordinates(here);
            for (int row = 0; row < inModes.numRows; row++) {
                for (int mode = 0; mode < modes.count(); mode++) {
                    double pull = modes.pulls().get(row, mode);
                    inModes.set(row, mode, modes.curvature(mode) * inModes.get(row, mode) - pull);
                }
            }
            DMatrixRMaj gradient = CommonOps_DDRM.multTransB(inModes, modes.vectors(), null);
            for (int at = 0; at < here.getNumElements(); at++) {
                boolean bias = at % here.numCols == last;
                double slope = gradient.data[at] + decay * (bias ? decayOfBias : 1) * here.data[at];
                velocity.data[at] = momentum() * velocity.data[at] + slope;
                double direction =
                        claimed.optimizer().nesterov() ? slope + momentum() * velocity.data[at] : velocity.data[at];
                here.data[at] -= rate * (bias ? rateOfBias : 1) * direction;
            }
        }
        return here;
    }
}

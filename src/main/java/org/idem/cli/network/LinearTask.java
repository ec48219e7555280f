package org.idem.cli.network;

import java.util.OptionalInt;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.terminal.Terminal;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;

/**
 * Training of one linear map, of which theory knows the stable rates and often the limit.
 *
 * @param problem data and initial parameters, rounded to the precision
 * @param form its closed form
 * @param optimizer a stable method
 * @param horizon how long training goes on
 * @param test inputs to evaluate, rounded to the precision
 */
record LinearTask(LinearProblem problem, ClosedForm form, LinearMethod optimizer, Horizon horizon, Array test) {
    /** A limit that needs more steps than this counts as out of reach. */
    static final int MOST_STEPS = Horizon.Limit.MOST_STEPS;

    /** Checks the method against the spectrum of the data. */
    static LinearTask of(TrainingOptions options, LinearProblem problem, Array test) {
        Horizon horizon = options.horizon();
        Terminal.progress("spectrum of the data");
        ClosedForm form = new ClosedForm(problem);
        return new LinearTask(problem, form, options.stableOptimizer(form), horizon, test.rounded(options.precision()));
    }

    /**
     * Number of steps that {@code --limit} takes, well after the slowest mode has arrived; empty if there are more than
     * {@link #MOST_STEPS}.
     */
    OptionalInt stepsOfLimit(Precision precision) {
        int arrived = form.stepsToStay(precision.unitRoundoff(), optimizer, MOST_STEPS);
        return arrived > MOST_STEPS
                ? OptionalInt.empty()
                : OptionalInt.of(Math.min(MOST_STEPS, Math.max(64, 4 * Integer.highestOneBit(arrived))));
    }

    /** Whether the limit of training is known: without decay it depends on the rank of the data. */
    boolean limitIsKnown() {
        return optimizer.weightDecay() > 0 || form.rankIsClear();
    }
}

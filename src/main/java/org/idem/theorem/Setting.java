package org.idem.theorem;

import java.util.function.Function;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.training.Outcome;
import org.idem.training.Trainer;

/**
 * One training run with the inputs on which it is looked at.
 *
 * @param problem network, data, initial parameters and loss
 * @param optimizer method
 * @param steps number of full-batch steps really taken
 * @param limit whether the prediction is that of infinitely many steps
 * @param precision arithmetic of the training
 * @param probes inputs of the trained network
 */
public record Setting(
        TrainingProblem problem, Optimizer optimizer, int steps, boolean limit, Precision precision, Array probes) {
    /** A run towards the limit that needs more steps than this says nothing. */
    static final int MOST_STEPS = 4000;

    /** What a theorem says of the outputs, and how far rounding and truncation may move them. */
    record Prediction(Array outputs, Array budget) {
        /** Compares with outputs that were observed. */
        Evidence.Compared compare(Array observed) {
            double worst = 0;
            double discrepancy = 0;
            double budgetThere = 0;
            if (observed.length() != outputs.length()) {
                return new Evidence.Compared(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
            }
            for (int i = 0; i < observed.length(); i++) {
                double difference = Math.abs(observed.values()[i] - outputs.values()[i]);
                double budget = this.budget.values()[i];
                double ratio = difference == 0 ? 0 : difference / budget;
                discrepancy = Math.max(discrepancy, difference);
                if (!(ratio <= worst)) {
                    worst = ratio;
                    budgetThere = budget;
                }
            }
            return new Evidence.Compared(discrepancy, budgetThere, worst);
        }
    }

    Setting with(TrainingProblem other) {
        return new Setting(other, optimizer, steps, limit, precision, probes);
    }

    Setting with(Optimizer other) {
        return new Setting(problem, other, steps, limit, precision, probes);
    }

    Setting withSteps(int other) {
        return new Setting(problem, optimizer, other, limit, precision, probes);
    }

    /** Trains for real and compares the outputs, unless training cannot arrive where the claim looks. */
    Evidence observe(Function<Array, Evidence.Compared> comparison) {
        if (steps > MOST_STEPS) {
            return new Evidence.NotConverged("the limit needs more than " + MOST_STEPS + " steps");
        }
        Outcome outcome = new Trainer(problem, precision, false).train(optimizer, new Horizon.Steps(steps), probes);
        return outcome instanceof Outcome.Trained trained
                ? comparison.apply(trained.outputs())
                : new Evidence.NotConverged("training diverged inside the stable range");
    }

    /** Outputs by the closed form; for a limit the steps still missing are part of the budget. */
    Prediction predict() {
        ClosedForm form = new ClosedForm(problem.rounded(precision));
        Array inputs = probes.rounded(precision);
        Horizon horizon = limit ? new Horizon.Limit() : new Horizon.Steps(steps);
        Array budget = limit
                ? form.limitBudget(optimizer, steps, precision, inputs)
                : form.budget(optimizer, steps, precision, inputs);
        return new Prediction(form.outputs(form.parameters(optimizer, horizon), inputs), budget);
    }
}

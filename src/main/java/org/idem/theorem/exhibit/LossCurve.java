package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.LossTrajectory;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;

/**
 * The loss of one network, step by step, as theory predicts it and as training in float64 has it.
 *
 * @param network what is trained, in a few words
 * @param method name of the optimiser, in a few words
 * @param predicted losses before step 0, 1, …, T
 * @param trained the same, from real training
 */
public record LossCurve(String network, String method, List<Double> predicted, List<Double> trained) {
    /** Copies the lists and checks that they belong together. */
    public LossCurve {
        predicted = List.copyOf(predicted);
        trained = List.copyOf(trained);
        if (predicted.size() != trained.size()) {
            throw new IllegalArgumentException(
                    "each predicted loss needs a trained one, got " + predicted.size() + " and " + trained.size());
        }
    }

    /**
     * Predicts and trains.
     *
     * @param network what is trained, in a few words
     * @param method name of the optimiser
     * @param problem network, data, initial parameters and loss
     * @param optimizer the optimiser, without weight decay, inside its stable range
     * @param theory losses of the problem by the closed form
     * @param steps T ≥ 0
     * @return losses after 0 to T steps
     */
    static LossCurve of(
            String network,
            String method,
            LinearProblem problem,
            LinearMethod optimizer,
            LossTrajectory theory,
            int steps) {
        List<Double> trained = new ArrayList<>();
        // a step reports the loss that it starts from, so T + 1 of them show the losses after 0 to T steps
        Outcome outcome = new Trainer(problem, optimizer, Precision.FLOAT64)
                .onLoss((step, loss) -> trained.add(loss))
                .train(new Horizon.Steps(steps + 1), problem.inputs());
        if (!(outcome instanceof Outcome.Trained)) {
            throw new ArithmeticException(method + " diverged inside its stable range on the " + network);
        }
        List<Double> predicted = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            predicted.add(theory.loss(optimizer, step));
        }
        return new LossCurve(network, method, predicted, trained);
    }

    /**
     * Largest difference between the two, relative to the loss at the start.
     *
     * @return at least 0; NaN if the first loss is 0
     */
    public double largestDifference() {
        double largest = 0;
        for (int step = 0; step < predicted.size(); step++) {
            largest = Math.max(largest, Math.abs(predicted.get(step) - trained.get(step)));
        }
        return largest / predicted.get(0);
    }
}

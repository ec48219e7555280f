package org.idem.benchmark;

import java.util.List;
import org.idem.array.Array;
import org.idem.network.DeepProblem;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.DeepTrainer;
import org.idem.training.Outcome;
import org.idem.training.Trainer;

/** A workload in training, through the interface that users have. */
interface Training {
    /** Takes steps and returns the loss before the last of them, added over all networks. */
    double run(int steps);

    /** Starts from the beginning. */
    static Training start(Workload workload, int threads) {
        List<Training> each = workload.problems().stream()
                .map(problem -> workload.engine().equals("one-layer")
                        ? oneLayer(problem, workload)
                        : deep(problem, workload, threads))
                .toList();
        return steps -> {
            double loss = 0;
            for (Training training : each) {
                loss += training.run(steps);
            }
            return loss;
        };
    }

    private static Training deep(DeepProblem problem, Workload workload, int threads) {
        return new DeepTrainer(problem, Optimizer.gradientDescent(workload.rate()), workload.precision(), threads)
                ::train;
    }

    private static Training oneLayer(DeepProblem problem, Workload workload) {
        Array inputs = problem.inputs();
        TrainingProblem single = new TrainingProblem(
                problem.network().stages().get(0).map(),
                inputs,
                problem.targets(),
                problem.initial().get(0).weights(),
                null,
                problem.loss());
        Trainer trainer = new Trainer(single, workload.precision(), false);
        Optimizer optimizer = Optimizer.gradientDescent(workload.rate());
        return steps -> trainer.train(optimizer, new Horizon.Steps(steps), inputs) instanceof Outcome.Trained trained
                ? trained.loss()
                : Double.NaN;
    }
}

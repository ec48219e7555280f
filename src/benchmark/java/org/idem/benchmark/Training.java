package org.idem.benchmark;

import java.util.List;
import org.idem.network.DeepProblem;
import org.idem.network.Optimizer;
import org.idem.training.DeepTrainer;

/** A workload in training, through the interface that users have. */
interface Training {
    /** Takes steps and returns the loss before the last of them, added over all networks. */
    double run(int steps);

    /** Starts from the beginning. */
    static Training start(Workload workload, int threads) {
        Optimizer rule = Optimizer.gradientDescent(workload.rate());
        List<DeepTrainer> trainers = workload.problems().stream()
                .map((DeepProblem problem) -> new DeepTrainer(problem, rule, workload.precision(), threads))
                .toList();
        return steps -> {
            double loss = 0;
            for (DeepTrainer trainer : trainers) {
                loss += trainer.train(steps);
            }
            return loss;
        };
    }
}

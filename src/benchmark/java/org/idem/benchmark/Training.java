package org.idem.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.DeepProblem;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.training.DeepTrainer;
import org.idem.training.Outcome;
import org.idem.training.Run;
import org.idem.training.SmallNetworks;
import org.idem.training.Trainer;

/** A workload in training, through the interface that users have. */
interface Training {
    /** Takes steps and returns the loss before the last of them, added over all networks. */
    double run(int steps);

    /** Starts from the beginning. */
    static Training start(Workload workload, int threads) {
        List<DeepProblem> problems = workload.problems();
        return switch (workload.engine()) {
            case "deep" ->
                oneByOne(problems.stream()
                        .map(problem -> deep(problem, workload, threads))
                        .toList());
            case "one-layer" ->
                oneByOne(problems.stream()
                        .map(problem -> oneLayer(problem, workload))
                        .toList());
            case "together" -> together(problems, workload);
            default ->
                throw new IllegalArgumentException(
                        "engine must be deep, one-layer or together, got '" + workload.engine() + "'");
        };
    }

    private static Training oneByOne(List<Training> each) {
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

    private static TrainingProblem single(DeepProblem problem) {
        return new TrainingProblem(
                problem.network().stages().get(0).map(),
                problem.inputs(),
                problem.targets(),
                problem.initial().get(0).weights(),
                null,
                problem.loss());
    }

    private static Training oneLayer(DeepProblem problem, Workload workload) {
        Array inputs = problem.inputs();
        Trainer trainer = new Trainer(single(problem), workload.precision(), false);
        Optimizer optimizer = Optimizer.gradientDescent(workload.rate());
        return steps -> trained(trainer.train(optimizer, new Horizon.Steps(steps), inputs))
                .loss();
    }

    /** Many networks at once. Plain gradient descent remembers nothing but the weights, so runs can be continued. */
    private static Training together(List<DeepProblem> problems, Workload workload) {
        Optimizer optimizer = Optimizer.gradientDescent(workload.rate());
        List<TrainingProblem> reached =
                new ArrayList<>(problems.stream().map(Training::single).toList());
        return steps -> {
            List<Outcome> outcomes = SmallNetworks.train(reached.stream()
                    .map(problem -> new Run(problem, optimizer, steps, false, workload.precision(), problem.inputs()))
                    .toList());
            double loss = 0;
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome.Trained trained = trained(outcomes.get(i));
                TrainingProblem before = reached.get(i);
                loss += trained.loss();
                reached.set(
                        i,
                        new TrainingProblem(
                                before.network(),
                                before.inputs(),
                                before.targets(),
                                trained.weights(),
                                null,
                                before.loss()));
            }
            return loss;
        };
    }

    private static Outcome.Trained trained(Outcome outcome) {
        if (outcome instanceof Outcome.Trained trained) {
            return trained;
        }
        throw new IllegalStateException("training ended with " + outcome);
    }
}

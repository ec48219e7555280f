package org.idem.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.TrainingProblem;
import org.idem.training.SmallNetworks;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.memory.Threads;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;

/** A workload in training, through the interface that users have. */
interface Training {
    /** Takes steps and returns the loss before the last of them, added over all networks. */
    double run(int steps);

    /** Starts from the beginning. */
    static Training start(Workload workload, int threads) {
        List<TrainingProblem> problems = workload.problems();
        LinearMethod optimizer = LinearMethod.gradientDescent(workload.rate());
        return switch (workload.engine()) {
            case "deep" -> deep(problems, optimizer, workload, threads);
            case "side-by-side" -> sideBySide(problems, optimizer, workload);
            case "one-layer" ->
                oneLayer(
                        problems,
                        reached -> {
                            List<Outcome> outcomes = new ArrayList<>();
                            for (Run run : reached) {
                                outcomes.add(new LayerTrainer(run.problem(), run.precision(), false)
                                        .train(optimizer, new Horizon.Steps(run.steps()), run.probes()));
                            }
                            return outcomes;
                        },
                        optimizer,
                        workload);
            case "together" -> oneLayer(problems, runs -> SmallNetworks.train(runs, threads), optimizer, workload);
            default ->
                throw new IllegalArgumentException(
                        "engine must be deep, side-by-side, one-layer or together, got '" + workload.engine() + "'");
        };
    }

    private static Training deep(
            List<TrainingProblem> problems, LinearMethod optimizer, Workload workload, int threads) {
        if (threads > 1 && workload.kind().equals("cnn")) {
            // as Trainer does for convolutions on several threads
            Threads.keepBlasAlone();
        }
        List<DeepTrainer> trainers = problems.stream()
                .map(problem -> new DeepTrainer(problem, optimizer, workload.precision(), threads))
                .toList();
        return steps -> {
            double loss = 0;
            for (DeepTrainer trainer : trainers) {
                loss += trainer.train(steps);
            }
            return loss;
        };
    }

    /** A thread for each network, all at the same time, as in a study: one that makes its network, too. */
    private static Training sideBySide(List<TrainingProblem> problems, LinearMethod optimizer, Workload workload) {
        Threads.keepBlasAlone();
        List<ExecutorService> threads = new ArrayList<>();
        List<Future<DeepTrainer>> trainers = new ArrayList<>();
        for (TrainingProblem problem : problems) {
            ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
                Thread daemon = new Thread(work, "network");
                daemon.setDaemon(true);
                return daemon;
            });
            threads.add(thread);
            trainers.add(thread.submit(() -> new DeepTrainer(problem, optimizer, workload.precision(), 1)));
        }
        return steps -> {
            List<Future<Double>> losses = new ArrayList<>();
            for (int i = 0; i < threads.size(); i++) {
                DeepTrainer trainer = done(trainers.get(i));
                losses.add(threads.get(i).submit(() -> trainer.train(steps)));
            }
            return losses.stream().mapToDouble(Training::done).sum();
        };
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a network could not be trained", e);
        }
    }

    /** Every call is a run that starts where the last one ended: plain gradient descent remembers only weights. */
    private static Training oneLayer(
            List<TrainingProblem> problems,
            Function<List<Run>, List<Outcome>> trainer,
            LinearMethod optimizer,
            Workload workload) {
        List<LinearProblem> reached = new ArrayList<>();
        for (TrainingProblem problem : problems) {
            reached.add(new LinearProblem(
                    problem.network().stages().get(0).map(),
                    problem.inputs(),
                    problem.targets(),
                    problem.initial().get(0).weights(),
                    null,
                    problem.loss()));
        }
        return steps -> {
            List<Run> runs = new ArrayList<>();
            for (LinearProblem from : reached) {
                runs.add(new Run(from, optimizer, steps, false, workload.precision(), from.inputs()));
            }
            List<Outcome> outcomes = trainer.apply(runs);
            double loss = 0;
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome.Trained trained = trained(outcomes.get(i));
                LinearProblem before = reached.get(i);
                loss += trained.loss();
                reached.set(
                        i,
                        new LinearProblem(
                                before.map(),
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

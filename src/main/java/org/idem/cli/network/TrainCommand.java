package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.WholeFile;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.StateDictionary;
import org.idem.network.TrainingProblem;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.ResumableTraining;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Really trains a network by gradient steps. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a network of any depth by gradient steps and evaluates it.",
        footer = {
            "",
            "An fcn sees an image as one long vector. Without --target the task is the identity, under valid padding that"
                    + " of the central part.",
            "Exit codes: 0 done, 4 the limit is too far away (then nothing is written).",
            "Examples:",
            "  idem train fcn --train X.npy --weights W0.npy --test Z.npy --out F.npy --weights-out WT.npy --steps 100",
            "  idem train cnn --train digits.gz#0 --test digits.gz --out F.png --depth 5 --channels 8 --bias --init pytorch"
                    + " --rule adam --loss mean --steps 50 --weights-out net.npz",
            "  idem train fcn --train X.npy --weights state.npz --test Z.npy --out F.npy --rule adam --steps 50"
        })
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--weights-out",
            converter = OutputFile.class,
            description =
                    "file for the trained parameters: .npz with the names of nn.Sequential, in which a layer and an activation"
                            + " that is not linear count one each; or .npy for the weights of one layer without its bias")
    private @Nullable Path weightsOut;

    /**
     * A training that can begin.
     *
     * @param network that is trained
     * @param test inputs to evaluate
     * @param rate learning rate
     * @param run all steps
     * @param left training that keeps the parameters instead of the outcome; null of one linear map
     */
    private record Work(
            Network network,
            Array test,
            double rate,
            Supplier<Outcome> run,
            @Nullable ResumableTraining left) implements AutoCloseable {
        StageParameters parameters(Outcome.Trained trained, int stage) {
            return left == null ? trained.parameters().get(stage) : left.parameters(stage);
        }

        @Override
        public void close() {
            if (left != null) {
                left.close();
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        options.horizon();
        options.check();
        FileArguments.checkArray("--out", options.out, options.kind == TrainingOptions.Kind.CNN);
        FileArguments.checkArray("--weights-out", weightsOut, false);
        FileArguments.checkDifferent("--weights-out", weightsOut, "--out", options.out);
        try (Work work = work()) {
            return work == null ? unfinished() : done(work);
        }
    }

    /** Null if the limit is out of reach. Nothing holds the initial parameters of several layers any more. */
    private @Nullable Work work() throws IOException {
        NetworkOptions.Start start = options.start();
        if (start.network().depth() > 1 && weightsOut != null && isNpy(weightsOut)) {
            throw new BadInput(
                    "--weights-out must end with .npz for " + start.network().depth() + " layers, got " + weightsOut);
        }
        return options.isLinear(start) ? linear(start) : deep(start);
    }

    private int done(Work work) throws IOException {
        Terminal.progress("training");
        Outcome outcome = work.run.get();
        Terminal.clearProgress();
        if (outcome instanceof Outcome.Diverged diverged) {
            throw new BadInput("--train, --weights, --learning-rate: training diverged at step " + diverged.step()
                    + " in " + options.precision() + " with learning rate " + options.shortest(work.rate)
                    + (work.left == null
                            ? "; float64 or smaller numbers may help"
                            : "; a smaller --learning-rate may help"));
        }
        if (outcome instanceof Outcome.NotConverged) {
            return unfinished();
        }
        Outcome.Trained trained = (Outcome.Trained) outcome;
        FileArguments.write(
                options.out,
                "outputs",
                trained.outputs(),
                options.precision(),
                weightsOut,
                file -> weights(file, work.network, stage -> work.parameters(trained, stage)));
        System.out.println("learning rate  " + options.told(work.rate));
        System.out.println("steps          " + trained.steps());
        if (trained.steps() > 0) {
            System.out.println("last loss      " + Decimals.brief(trained.loss()));
        }
        int depth = work.network.depth();
        long biased = work.network.stages().stream()
                .filter(stage -> stage.map().bias())
                .count();
        if (biased > 0 && biased < depth) {
            System.out.println("note           " + biased + " of " + depth
                    + " layers have a bias; a layer whose bias the weights do not name has none");
        }
        if (isConstant(work.test, trained.outputs())) {
            System.out.println("note           the outputs are the same for all test inputs, although these differ: the"
                    + " network may be dead");
        }
        return ExitCode.DONE;
    }

    /** Whether different inputs have outputs that are equal in every bit. */
    private static boolean isConstant(Array inputs, Array outputs) {
        return !isRepeated(inputs) && isRepeated(outputs);
    }

    /** Whether the first item of a batch is all there is. */
    private static boolean isRepeated(Array batch) {
        double[] values = batch.values();
        int size = values.length / batch.shape()[0];
        return IntStream.range(0, values.length).allMatch(i -> values[i] == values[i % size]);
    }

    /** Null if the limit is out of reach. */
    private @Nullable Work linear(NetworkOptions.Start start) throws IOException {
        StageParameters initial = start.parameters().get(0);
        LinearProblem problem = options.problem(initial.weights(), initial.bias());
        Array probes = options.batch("--test", options.test, Network.of(problem.map()));
        LinearTask task = LinearTask.of(options, problem, probes);
        OptionalInt steps = steps(task);
        if (steps.isEmpty()) {
            return null;
        }
        LinearMethod optimizer = task.optimizer();
        // where theory does not know the limit, training ends when nothing moves any more
        boolean counted = task.horizon() instanceof Horizon.Steps || task.limitIsKnown();
        Horizon horizon = counted ? new Horizon.Steps(steps.getAsInt()) : task.horizon();
        Trainer trainer = new Trainer(problem, optimizer, options.precision())
                .onProgress(new Pace(task, steps.getAsInt(), options.precision()));
        return new Work(
                Network.of(problem.map()),
                task.test(),
                optimizer.learningRate(),
                () -> trainer.train(horizon, task.test()),
                null);
    }

    private Work deep(NetworkOptions.Start start) throws IOException {
        options.checkSteps(start);
        Optimizer optimizer = options.optimizer();
        TrainingProblem problem = options.problem(start);
        Array probes = options.batch("--test", options.test, start.network());
        int steps = ((Horizon.Steps) options.horizon()).count();
        ResumableTraining training = new Trainer(problem, optimizer, options.precision()).start();
        Pace pace = new Pace(steps, Double.POSITIVE_INFINITY, System::nanoTime);
        return new Work(
                start.network(),
                probes.rounded(options.precision()),
                options.rate(),
                () -> training.completeUnread(steps, options.precision(), probes, (step, loss) -> {}, pace),
                training);
    }

    /**
     * Number of steps to take, or the most if training decides itself when it ends; empty if the limit is out of reach.
     */
    private OptionalInt steps(LinearTask task) {
        if (task.horizon() instanceof Horizon.Steps steps) {
            return OptionalInt.of(steps.count());
        }
        return task.limitIsKnown() ? task.stepsOfLimit(options.precision()) : OptionalInt.of(LinearTask.MOST_STEPS);
    }

    private static boolean isNpy(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    private WholeFile.Content weights(Path file, Network network, IntFunction<StageParameters> parameters) {
        // a pipe may have any name, and one layer is written to it as npy, as before there were more
        if (isNpy(file) || WholeFile.isDevice(file) && network.depth() == 1) {
            return NpyFile.content(parameters.apply(0).weights(), options.precision());
        }
        // read stage by stage, as all numbers of a large network take more memory than its training
        Map<String, Integer> stages = StateDictionary.stages(network);
        return NpzFile.content(
                stages.keySet(),
                name -> new NpyFile.Content(
                        StateDictionary.array(name, parameters.apply(Objects.requireNonNull(stages.get(name)))),
                        options.precision()));
    }

    private static int unfinished() {
        Terminal.clearProgress();
        System.err.println("idem: --limit: the parameters still move after " + LinearTask.MOST_STEPS
                + " steps; --steps ends at a step of your choice");
        return ExitCode.UNDECIDED;
    }
}

package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.Account;
import org.idem.check.CheckResult;
import org.idem.check.Checker;
import org.idem.check.Invariants;
import org.idem.check.Premise;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.network.LinearProblem;
import org.idem.network.UpdateRule;
import org.idem.provenance.Provenance;
import org.idem.report.CheckReport;
import org.idem.theory.ClosedForm;
import org.idem.wording.Count;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a network that was trained elsewhere with T1 or T2. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks whether a network trained elsewhere obeys T1 (fcn) or T2 (cnn).",
            "",
            "The command compares every trained parameter with the closed form. The error budget of a parameter is the largest"
                    + " difference that rounding can cause in the precision of the training. If a difference is larger,"
                    + " the command looks for a cause: other settings, other weights, padding, bias, targets, two of these"
                    + " together, or single entries that were changed. It names only causes that explain every parameter."
                    + " A cause that would fit such data even if it were not true is named as one that 'could be'."
                    + " Weights saved in a narrower format or with few decimals are recognised."
        },
        footer = {
            "",
            "Exit codes: 0 confirmed, 1 internal failure, 2 bad usage or input, 3 refuted, 4 undecided.",
            "Examples:",
            "  idem check fcn --train X.npy --weights W0.npy --trained WT.npy --loss mean --learning-rate 0.1 --steps 500",
            "  idem check fcn --train X.npy --weights W0.npy --trained WT.npy --any-optimiser"
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private OneLayerOptions options = new OneLayerOptions();

    @Option(names = "--trained", required = true, description = "trained weights, in the shape of the initial ones")
    private String trained = "";

    @Option(names = "--trained-bias", description = "trained bias (k); goes with --bias")
    private @Nullable String trainedBias;

    @Option(
            names = "--any-optimiser",
            description =
                    "for unknown settings: check only what holds for gradient descent without weight decay, with or"
                            + " without momentum, whatever the settings were. The complement of the span of the data keeps its"
                            + " initial parameters, and in the limit the loss is stationary. Adam, RMSProp, Adagrad and weight"
                            + " decay change the complement: a change refutes (exit 3) only if gradient descent is stated, by"
                            + " --rule sgd, --momentum or --nesterov, and no weight decay; otherwise it is undecided (exit 4)."
                            + " --steps is the largest number of steps to allow for (default: " + Invariants.USUAL_STEPS
                            + "); --loss and --learning-rate are not needed")
    private boolean anyOptimiser;

    @Option(
            names = "--rule",
            paramLabel = "sgd|adam|rmsprop|adagrad",
            description =
                    "the method. sgd is gradient descent with or without --momentum, --nesterov and --weight-decay;"
                            + " closed forms exist for it alone (default without --any-optimiser). adam, rmsprop and adagrad"
                            + " may be stated with --any-optimiser; a changed complement then decides nothing")
    private @Nullable UpdateRule rule;

    @Option(names = "--report", paramLabel = "DIR", description = "folder for a report")
    private @Nullable Path report;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "file for the result as JSON")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        if (report != null) {
            FileArguments.checkFolder("--report", report);
        }
        FileArguments.checkBesideReport("--json", json, report);
        if ((options.bias == null) != (trainedBias == null)) {
            throw new BadInput("--bias and --trained-bias must be given together, got only "
                    + (options.bias == null ? "--trained-bias" : "--bias"));
        }
        if (!anyOptimiser && rule != null && rule != UpdateRule.SGD) {
            throw new BadInput("--rule must be sgd, or go with --any-optimiser, as no closed form predicts what it"
                    + " trains, got " + rule);
        }
        Terminal.progress("checking");
        CheckResult result = checked();
        Terminal.clearProgress();
        print(result);
        CheckReport page = new CheckReport(result, command(), Provenance.since(FileArguments.home(), started));
        if (report != null) {
            page.write(report);
            System.out.println("report         " + report.resolve("index.html"));
        }
        if (json != null) {
            page.writeJson(json);
        }
        return exitCode(result);
    }

    private static int exitCode(CheckResult result) {
        return switch (result.verdict()) {
            case CONFIRMED -> ExitCode.DONE;
            case REFUTED -> ExitCode.REFUTED;
            case UNDECIDED -> ExitCode.UNDECIDED;
        };
    }

    /**
     * Checks in the given precision, or without one in both, and returns the better result: weights trained in float64
     * may have been stored in float32, and weights trained in float32 as decimals that read as float64.
     */
    private CheckResult checked() throws IOException {
        boolean given = options.chosenPrecision != null;
        Array end = options.stored("--trained", trained);
        if (!given) {
            options.chosenPrecision = precisionOf(end);
        }
        CheckResult result = result();
        boolean maybeWider = !given
                && result.verdict() == CheckResult.Verdict.REFUTED
                && options.precision() == Precision.FLOAT32
                && precisionOf(options.stored("--weights", options.weights())) == Precision.FLOAT64;
        if (maybeWider) {
            options.chosenPrecision = Precision.FLOAT64;
            CheckResult wider = result();
            if (wider.verdict() != CheckResult.Verdict.REFUTED) {
                return wider;
            }
            options.chosenPrecision = Precision.FLOAT32;
        }
        boolean maybeNarrower =
                !given && result.cause() != null && result.cause().kinds().contains("precision");
        if (maybeNarrower) {
            options.chosenPrecision = Precision.FLOAT32;
            return result();
        }
        return result;
    }

    private CheckResult result() throws IOException {
        Account account = account();
        if (anyOptimiser) {
            return Invariants.check(account, options.precision(), premise());
        }
        CheckResult result = Checker.check(account, options.precision());
        return options.steps == null && !options.limit ? result.assumingTheLimit() : result;
    }

    private Premise premise() {
        boolean momentum = isGiven("--momentum") || options.nesterov;
        return new Premise(
                options.steps == null ? Invariants.USUAL_STEPS : options.steps,
                rule,
                momentum ? options.precision().round(options.momentum) : null,
                options.weightDecay > 0);
    }

    private Account account() throws IOException {
        var horizon = options.horizon();
        Array end = options.numbers("--trained", trained).rounded(options.precision());
        Array endBias = trainedBias == null
                ? null
                : options.numbers("--trained-bias", trainedBias).rounded(options.precision());
        LinearProblem problem = options.problem();
        try {
            return new Account(problem, end, endBias, options.optimizer(new ClosedForm(problem)), horizon);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--trained, --trained-bias must fit --weights, --bias: " + e.getMessage()
                    + Layouts.remark(options.kind, end, problem.inputs()));
        }
    }

    /** float32 if every number is a float32: a float64 number is one by chance with probability 2⁻²⁹. */
    private static Precision precisionOf(Array numbers) {
        for (double number : numbers.values()) {
            if (number != Precision.FLOAT32.round(number)) {
                return Precision.FLOAT64;
            }
        }
        return Precision.FLOAT32;
    }

    private void print(CheckResult result) {
        line("verdict", Terminal.coloured(result.verdict().toString(), exitCode(result)) + ": " + result.reason());
        line("precision", result.precision().toString());
        line(
                "false alarm",
                result.failure() == 0
                        ? "none: rounding alone refutes no network that was trained as stated"
                        : "with probability below " + Decimals.atMost(result.failure())
                                + " for a network that was trained as stated, if the roundings of a step are independent");
        line("settings", anyOptimiser ? stated() : settings(result.account()));
        result.parts().forEach(CheckCommand::print);
        if (result.verdict() == CheckResult.Verdict.REFUTED) {
            line("worst", result.place() + " deviates most, relative to its budget");
            long wrong =
                    Arrays.stream(result.outputs()).filter(ratio -> ratio > 1).count();
            String output = options.kind == TrainingOptions.Kind.CNN ? "output channel" : "output unit";
            line(
                    "outputs",
                    Count.part(wrong, result.outputs().length, output, "has", "have")
                            + " a parameter beyond its budget");
            if (result.causes().isEmpty()) {
                line(
                        "likeliest",
                        result.untested().isEmpty()
                                ? "none of the causes tried explains it"
                                : "cannot be told: each of these would fit such data even if it were not true");
            }
        }
        String name = "likeliest";
        for (CheckResult.Cause cause : result.causes()) {
            line(name, describe(cause));
            name = "or";
        }
        result.untested().forEach(cause -> line("could be", describe(cause)));
        result.notes().forEach(note -> line("note", note));
    }

    private static void print(CheckResult.Part part) {
        if (Double.isNaN(part.deviation())) {
            return; // nothing was predicted
        }
        if (part.empty()) {
            System.out.printf(Locale.ROOT, "%-26s empty%n", part.name());
            return;
        }
        String deviation =
                String.format(Locale.ROOT, "%-26s deviation %s", part.name(), Decimals.brief(part.deviation()));
        System.out.println(
                Double.isNaN(part.ratio())
                        ? deviation
                        : deviation + ", for one parameter "
                                + (Double.isInfinite(part.ratio())
                                        ? "beyond a budget of 0"
                                        : "at most " + Decimals.atMost(part.ratio()) + " times its budget"));
    }

    private static String describe(CheckResult.Cause cause) {
        return cause.kind() + ": " + cause.words() + "; then every parameter deviates by at most "
                + Decimals.atMost(cause.ratio()) + " times its budget";
    }

    /** What the user stated about a method whose settings are not known. */
    private String stated() {
        List<String> stated = new ArrayList<>();
        if (rule != null) {
            stated.add(rule.toString());
        }
        if (isGiven("--momentum")) {
            stated.add("momentum " + options.shortest(options.momentum));
        }
        if (options.nesterov) {
            stated.add("Nesterov's form");
        }
        if (isGiven("--weight-decay")) {
            stated.add("weight decay " + options.shortest(options.weightDecay));
        }
        if (options.steps != null) {
            stated.add("at most " + Count.of(options.steps, "step"));
        }
        return stated.isEmpty() ? "none stated" : "stated: " + String.join(", ", stated);
    }

    private boolean isGiven(String option) {
        return Objects.requireNonNull(spec).commandLine().getParseResult().hasMatchedOption(option);
    }

    private String settings(Account account) {
        var optimizer = account.optimizer();
        return "learning rate " + options.shortest(optimizer.learningRate()) + ", loss "
                + account.problem().loss() + ", momentum " + options.shortest(optimizer.momentum())
                + (optimizer.nesterov() ? " (Nesterov)" : "") + ", weight decay "
                + options.shortest(optimizer.weightDecay()) + ", "
                + (account.horizon() instanceof org.idem.network.Horizon.Steps steps
                        ? Count.of(steps.count(), "step")
                        : "limit");
    }

    private static void line(String name, String value) {
        System.out.printf(Locale.ROOT, "%-14s %s%n", name, value);
    }

    /** The command line that gives the result again. */
    private String command() {
        StringBuilder command = new StringBuilder("idem check ")
                .append(options.kind.toString().toLowerCase(Locale.ROOT))
                .append(" --train ")
                .append(options.train)
                .append(" --weights ")
                .append(options.weights())
                .append(" --trained ")
                .append(trained);
        append(command, "--bias", options.bias);
        append(command, "--trained-bias", trainedBias);
        append(command, "--target", options.target);
        append(command, "--steps", options.steps);
        append(command, "--learning-rate", options.learningRate);
        append(command, "--loss", options.loss);
        if (options.momentum != 0) {
            append(command, "--momentum", options.momentum);
        }
        if (options.nesterov) {
            command.append(" --nesterov");
        }
        if (options.weightDecay != 0) {
            append(command, "--weight-decay", options.weightDecay);
        }
        if (options.kind == TrainingOptions.Kind.CNN) {
            append(command, "--padding", options.padding);
        }
        append(command, "--precision", options.chosenPrecision);
        if (anyOptimiser) {
            command.append(" --any-optimiser");
        }
        append(command, "--rule", rule);
        return command.toString();
    }

    private static void append(StringBuilder command, String option, @Nullable Object value) {
        if (value != null) {
            command.append(' ').append(option).append(' ').append(value);
        }
    }
}
